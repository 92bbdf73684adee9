"""What each column of a file becomes, as rows: the file's own first, then what nothing fills."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from app.connectors.feeds.columns import Column
from app.connectors.feeds.mappings.mapping import Fill
from app.i18n import N_, _
from app.operations.intake_preview import ColumnUse, Example, Preview
from app.ui.intake.edits import columns_filled_by
from app.ui.intake.read_as import read_as
from app.wording import sentence
from app.wording.columns import COLUMNS

NOTHING = Example("")


class Standing(Enum):
    """How a column stands."""

    READ = auto()
    REFUSED = auto()  # some of its cells are
    UNUSED = auto()
    MISSING = auto()  # it is needed, and nothing fills it
    ABSENT = auto()  # nothing fills it, which is no harm


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file, or one of ours that the file does not fill (`title` empty).

    `names` are those of ours that it fills; `text` stands in the file and is read as `value`.
    """

    key: str
    title: str
    names: tuple[str, ...]
    becomes: str
    how: str
    text: str
    value: str
    standing: Standing
    refused: int = 0
    fault: str = ""


def column_rows(preview: Preview, counts: Mapping[str, int]) -> list[ColumnRow]:
    """The rows for a file as it is read now; `counts` are its refused cells by column."""
    return [
        *_theirs(preview, counts),
        *(row for row in _ours(preview, counts) if row.standing is not Standing.ABSENT),
        *(row for row in _ours(preview, counts) if row.standing is Standing.ABSENT),
    ]


def label_of(kind: str, name: str) -> str:
    """What one of our columns is called on screen."""
    return _(COLUMNS.get(f"{kind}.{name}", COLUMNS[name]))


def how(fill: Fill, column: Column) -> str:
    """What is done to a cell on its way, in short."""
    steps = []
    if fill.unit and fill.unit != column.unit:
        steps.append(f"{fill.unit} → {column.unit}")
    if fill.date:
        steps.append(date_form(fill.date))
    if fill.codes or fill.other_codes is not None:
        steps.append(_("codes translated"))
    if fill.default:
        steps.append(_("if empty: {value}").format(value=fill.default))
    return " · ".join(steps)


#: How people write the parts of a date, by what `strptime` calls them.
_PARTS = {
    "%d": N_("dd"),
    "%m": N_("mm"),
    "%Y": N_("yyyy"),
    "%y": N_("yy"),
    "%H": N_("hh"),
    "%I": N_("hh"),
    "%M": N_("mm"),
    "%S": N_("ss"),
    "%p": N_("AM"),
}


def date_form(form: str) -> str:
    """A form of dates as people write it: `dd/mm/yyyy`."""
    return re.sub(r"%[a-zA-Z]", lambda part: _(_PARTS.get(part[0], part[0])), form)


def _theirs(preview: Preview, counts: Mapping[str, int]) -> Iterator[ColumnRow]:
    """The columns of the file, and those of files that its mapping joins."""
    joined = [
        title
        for _name, fill in preview.mapping.fills
        for title in (*fill.columns, fill.total)
        if title and title not in preview.header
    ]
    for title in dict.fromkeys((*filter(None, preview.header), *joined)):
        names = columns_filled_by(preview.mapping, title)
        uses = [use for use in preview.columns if use.column.name in names]
        yield _used(preview, title, uses, counts) if uses else _unused(preview, title)


def _used(
    preview: Preview, title: str, uses: list[ColumnUse], counts: Mapping[str, int]
) -> ColumnRow:
    fills = dict(preview.mapping.fills)
    names = tuple(use.column.name for use in uses)
    column, example = uses[0].column, _example(uses[0])
    refused = sum(counts.get(_heading(fills[name], name), 0) for name in names)
    return ColumnRow(
        key=f"theirs {title}",
        title=title,
        names=names,
        becomes=" + ".join(label_of(preview.kind.name, name) for name in names),
        how=how(fills[column.name], column),
        text=example.text or _first_text(preview, title),
        value=read_as(example.value, column),
        standing=Standing.REFUSED if refused or example.fault else Standing.READ,
        refused=refused,
        fault=sentence(example.fault.reason) if example.fault else "",
    )


def _unused(preview: Preview, title: str) -> ColumnRow:
    text = _first_text(preview, title)
    return ColumnRow(f"theirs {title}", title, (), "", "", text, "", Standing.UNUSED)


def _first_text(preview: Preview, title: str) -> str:
    """The first cell of the column that is not empty."""
    if title not in preview.header:
        return ""
    place = preview.header.index(title)
    texts = (row[place].strip() for row in preview.first_rows if place < len(row))
    return next(filter(None, texts), "")


def _ours(preview: Preview, counts: Mapping[str, int]) -> Iterator[ColumnRow]:
    """Our columns that no column of the file fills: a constant, a count, or nothing at all."""
    fills = dict(preview.mapping.fills)
    for use in preview.columns:
        column, fill = use.column, fills.get(use.column.name)
        if fill is not None and (fill.columns or fill.total):
            continue
        example = _example(use)
        refused = counts.get(column.name, 0) if fill is not None else 0
        yield ColumnRow(
            key=f"ours {column.name}",
            title="",
            names=(column.name,),
            becomes=label_of(preview.kind.name, column.name),
            how="" if fill is None else how(fill, column),
            text=example.text if fill is not None and not fill.count else "",
            value=read_as(example.value, column),
            standing=_standing(use, fill, refused, example),
            refused=refused,
            fault=sentence(example.fault.reason) if example.fault else "",
        )


def _standing(use: ColumnUse, fill: Fill | None, refused: int, example: Example) -> Standing:
    if fill is not None:
        return Standing.REFUSED if refused or example.fault else Standing.READ
    return Standing.MISSING if use.is_missing else Standing.ABSENT


def _example(use: ColumnUse) -> Example:
    """A cell that says most: one that is refused, else the first that is not empty."""
    faulty = (one for one in use.examples if one.fault is not None and one.text)
    full = (one for one in use.examples if one.text)
    return next(faulty, None) or next(full, NOTHING)


def _heading(fill: Fill, name: str) -> str:
    """What a fault calls the column that it stands in."""
    return ", ".join(fill.columns) or fill.total or name
