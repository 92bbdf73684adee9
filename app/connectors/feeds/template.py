"""An empty file of a kind, and a mapping with every column explained: something to start from."""

import csv
import io
from textwrap import wrap

from app.connectors.feeds.columns import Column, Kind
from app.connectors.feeds.mappings.conversions import UNITS
from app.i18n import N_, _

#: The other ways to fill a column, each with an example.
_WAYS = (
    (N_("Several columns, joined by what glue says:"), 'name = { from = ["a", "b"], glue = " " }'),
    (N_("The same for every row:"), 'name = { constant = "home_delivery" }'),
    (N_("What stands for an empty cell:"), 'name = { from = "a", default = "FR" }'),
    (N_("Their form of a date:"), 'name = { from = "a", date = "%d/%m/%Y %H:%M" }'),
    (N_("Their unit (one of {units}):"), 'name = { from = "a", unit = "kg" }'),
    (
        N_("Their codes, and what stands for all others:"),
        'name = { from = "a", codes = { LIV = "home_delivery" }, other_codes = "pickup_point" }',
    ),
    (
        N_("How many rows are alike in the columns that group_by names, or a column's total:"),
        "name = { count = true }    name = { sum = " + '"a" }',
    ),
)
_TOP = (
    '# file = "theirs.csv"',
    '# timezone = "Europe/Paris"',
    '# encoding = "Windows-1252"',
    '# separator = ";"',
    '# decimal_mark = ","',
)
_JOIN = ("[[join]]", 'name = "items"', 'file = "items.csv"', 'on = "a"', 'key = "b"', "many = true")
_LEAVE_OUT = ("[[leave_out]]", 'column = "status"', 'values = ["cancelled", ""]')


def template_csv(kind: Kind) -> str:
    """A CSV file with the kind's columns and no row."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(column.name for column in kind.columns)
    return text.getvalue()


def template_mapping(kind: Kind) -> str:
    """A mapping for the kind as TOML: what is needed is there, the rest is commented."""
    about = _("This mapping reads somebody else's file as {kind}: right of = stand their titles.")
    lines = [*_said(about.format(kind=f"{kind.name}.csv")), f'kind = "{kind.name}"']
    lines += [*_TOP, '# group_by = ["a", "b"]']
    lines += ["", "[columns]"]
    for column in kind.columns:
        lines += _explained(column)
    lines += ["", *_said(_("Other ways to fill a column:"))]
    for way, example in _WAYS:
        lines += [*_said(_(way).format(units=", ".join(UNITS))), f"#   {example}"]
    join = _("Columns of a second file beside this one, then called items.title:")
    leave_out = _("Rows to leave out:")
    lines += ["", *_said(join), *(f"# {line}" for line in _JOIN)]
    lines += ["", *_said(leave_out), *(f"# {line}" for line in _LEAVE_OUT)]
    return "\n".join(lines) + "\n"


def _explained(column: Column) -> list[str]:
    needed = f" {_('Required.')}" if column.required else ""
    entry = f'{column.name} = "{column.name}"'
    return [*_said(_(column.help) + needed), entry if column.required else f"# {entry}"]


def _said(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, 96)]
