"""How a picture stands in a page: as SVG, whose texts are escaped."""

from collections.abc import Sequence

from app.drawing import Arc, Box, Disc, Fill, Line, Picture, Shape, Stroke, Words
from app.reports.arcs import arc_line
from app.reports.markup import Markup, tag

#: From the middle of a line of text down to where its letters stand, in shares of its size.
_TO_BASELINE = 0.35


def svg(picture: Picture, name: str = "") -> Markup:
    """The picture as wide as its place; `name` is its class."""
    return tag(
        "svg",
        *(_drawn(shape) for shape in picture.shapes),
        viewBox=f"0 0 {_n(picture.width)} {_n(picture.height)}",
        role="img",
        aria_label=picture.title,
        class_=name or None,
    )


def _drawn(shape: Shape) -> Markup:
    match shape:
        case Fill():
            path = "".join(_path(ring, closed=True) for ring in shape.rings)
            return tag("path", d=path, fill=shape.colour, fill_rule="evenodd")
        case Stroke():
            path = "".join(_path(line) for line in shape.lines)
            return tag(
                "path",
                d=path,
                fill="none",
                **_stroke(shape.colour, shape.width, shape.dash),
                stroke_linejoin="round",
                stroke_linecap="round" if shape.round_ends else None,
            )
        case Disc():
            return tag(
                "circle",
                cx=_n(shape.x),
                cy=_n(shape.y),
                r=_n(shape.r),
                fill=shape.fill or "none",
                **_outline(shape.stroke, shape.width, shape.dash),
            )
        case Arc():
            return tag(
                "path", d=_path(arc_line(shape)), fill="none", **_stroke(shape.stroke, shape.width)
            )
        case Box():
            return tag(
                "rect",
                x=_n(shape.x),
                y=_n(shape.y),
                width=_n(shape.width),
                height=_n(shape.height),
                rx=_n(shape.radius) if shape.radius else None,
                fill=shape.fill or "none",
                **_outline(shape.stroke, shape.line),
            )
        case Words():
            return _text(shape)


def _text(words: Words) -> Markup:
    return tag(
        "text",
        words.text,
        x=_n(words.x),
        y=_n(words.y + _TO_BASELINE * words.size),
        fill=words.colour,
        font_size=_n(words.size),
        font_weight=600 if words.strong else None,
        text_anchor=None if words.anchor == "start" else words.anchor,
        letter_spacing=_n(words.spacing) if words.spacing else None,
        stroke=words.halo or None,
        stroke_width=_n(words.halo_width) if words.halo else None,
        stroke_linejoin="round" if words.halo else None,
        paint_order="stroke" if words.halo else None,
    )


def _stroke(colour: str, width: float, dash: Sequence[float] = ()) -> dict[str, str | None]:
    return {
        "stroke": colour,
        "stroke_width": _n(width),
        "stroke_dasharray": " ".join(_n(part) for part in dash) or None,
    }


def _outline(colour: str, width: float, dash: Sequence[float] = ()) -> dict[str, str | None]:
    return _stroke(colour, width, dash) if colour else {}


def _path(line: Line, *, closed: bool = False) -> str:
    return "M" + " ".join(f"{_n(x)} {_n(y)}" for x, y in line) + ("Z" if closed else "")


def _n(value: float) -> str:
    """A figure to a hundredth, as short as may be."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
