"""Commands that write the day's papers: road sheets for drivers, the review for the supervisor."""

import argparse

from app.cli.context import Answer, Bar, Call, Command
from app.cli.options import with_day, with_out
from app.i18n import _
from app.operations import review, sheets
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


def _review(call: Call) -> Answer:
    made = review.review(call.workspace, call.options.date, call.options.out)
    document = review.as_document(made)
    return Answer(document, "\n".join(document["files"]))


def _sheets_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    with_out(parser)
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


def _review_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    with_out(parser)


SHEETS = {
    "sheets": Command(_sheets, _sheets_options),
    "review": Command(_review, _review_options),
}
