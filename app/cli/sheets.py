"""The command that writes the drivers' road sheets."""

import argparse
from pathlib import Path

from app.cli.context import Answer, Bar, Call, Command
from app.cli.parsing import a_day
from app.i18n import _
from app.operations import sheets
from app.operations.sheets import SheetFormat


def _sheets(call: Call) -> Answer:
    options = call.options
    made = sheets.write_sheets(
        call.workspace,
        options.date,
        options.out,
        formats=[SheetFormat(name) for name in options.format or (SheetFormat.PDF,)],
        tours=tuple(options.tour or ()),
        progress=Bar(_("Road sheets")),
    )
    document = sheets.as_document(made)
    return Answer(document, "\n".join(document["files"]) or _("There is no tour that day."))


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=a_day, required=True, metavar="D", help=_("the day"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where to write"))
    parser.add_argument(
        "--tour", action="append", metavar="T", help=_("only this tour; may be repeated")
    )
    parser.add_argument(
        "--format",
        action="append",
        choices=[each.value for each in SheetFormat],
        help=_(
            "paper (pdf, when none is named), navigation (gpx), spreadsheet (csv), calendar (ics);"
            " may be repeated"
        ),
    )


SHEETS = {"sheets": Command(_sheets, _options)}
