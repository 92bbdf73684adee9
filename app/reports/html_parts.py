"""Small parts of the review's page: sections, tables, chips of tours, bars."""

from collections.abc import Iterable, Sequence

from app.drawing import Box, Picture
from app.i18n import _
from app.reports.markup import Markup, joined, tag
from app.reports.svg import svg
from app.tokens import Tokens, tokens

#: Above this share a vehicle is as good as full.
_FULL = 0.94


def section(
    title: str, *children: str, beside: str = "", name: str = "", place: str = ""
) -> Markup:
    """A white pane with its title; `place` is what links lead to."""
    header = tag("header", tag("h2", title), tag("span", beside, class_="quiet"))
    return tag("section", header, *children, class_=name or None, id=place or None)


def table(
    heads: Sequence[tuple[str, str]],
    rows: Iterable[Markup],
    foot: Markup | None = None,
) -> Markup:
    """A table whose columns have a name and a class, `n` for figures."""
    head = tag("tr", *(tag("th", text, class_=name or None, scope="col") for text, name in heads))
    parts = [tag("thead", head), tag("tbody", *rows)]
    return tag("table", *parts, *([tag("tfoot", foot)] if foot is not None else []))


def row(*cells: tuple[str, str], **attributes: str | None) -> Markup:
    """A row of cells, each a text or markup and its class."""
    return tag("tr", *(tag("td", cell, class_=name or None) for cell, name in cells), **attributes)


def chip(number: int, *, to_sheet: bool = False) -> Markup:
    """A tour's number on its colour; a link to its sheet if asked."""
    style = tokens("light").tour_style(number)
    name = f"chip t{number}" + (" ringed" if style.ringed else "")
    if to_sheet:
        return tag("a", f"T{number}", class_=name, href=f"#T{number}", title=_("Tour sheet"))
    return tag("span", f"T{number}", class_=name)


def bar(share: float, look: Tokens) -> Markup:
    """How full, as a small bar; amber when nearly full."""
    colours = look.colours
    colour = colours.warn_solid if share > _FULL else colours.text3
    filled = 34 * max(0.0, min(1.0, share))
    shapes = (
        Box(0, 0, 34, 6, colours.surface2),
        Box(0, 0, filled, 6, colour),
    )
    return tag("span", svg(Picture(34, 6, shapes)), class_="bar", aria_hidden="true")


def stack(parts: Sequence[tuple[int, str]], look: Tokens) -> Markup:
    """Parts of a whole side by side in one line, each with its colour."""
    whole = sum(count for count, _colour in parts) or 1
    wide, left = 1000.0, 0.0
    shapes = []
    for count, colour in parts:
        if count:
            long = wide * count / whole
            shapes.append(Box(left, 0, max(1.0, long - 2), 9, colour))
            left += long
    return svg(Picture(wide, 9, (Box(0, 0, wide, 9, look.colours.surface2), *shapes)))


def listed(items: Sequence[str]) -> Markup:
    """One item as it is, several as a list."""
    if len(items) == 1:
        return joined(items)
    return tag("ul", *(tag("li", item) for item in items))
