"""The command that writes a day in VROOM's JSON."""

import argparse

from app.cli.context import Answer, Call, Command
from app.cli.options import with_day, with_out
from app.operations.vroom_export import as_document, export_vroom


def _vroom(call: Call) -> Answer:
    files = export_vroom(call.workspace, call.options.date, call.options.out)
    document = as_document(files)
    return Answer(document, "\n".join(document["files"]))


def _options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    with_out(parser)


VROOM = {"vroom": Command(_vroom, _options)}
