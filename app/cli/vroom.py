"""The command that writes a day in VROOM's JSON."""

import argparse
from pathlib import Path

from app.cli.context import Answer, Call, Command
from app.cli.parsing import a_day
from app.i18n import _
from app.operations.vroom_export import as_document, export_vroom


def _vroom(call: Call) -> Answer:
    files = export_vroom(call.workspace, call.options.date, call.options.out)
    document = as_document(files)
    return Answer(document, "\n".join(document["files"]))


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=a_day, required=True, metavar="D", help=_("the day"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where to write"))


VROOM = {"vroom": Command(_vroom, _options)}
