"""The command of the local knowledge book: list, add, strike out, take a file in."""

import argparse
from pathlib import Path
from typing import Any

from app.cli.context import Answer, Call, Command
from app.cli.parsing import WrongUsage, a_time, some_of, whole
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.moments import weekdays
from app.domain.knowledge import MOST_MORE_S, About, Note
from app.domain.travel import VehicleProfile
from app.i18n import _
from app.operations import notes
from app.operations.intake import import_path
from app.operations.intake_report import as_document as report_document
from app.operations.intake_report import as_text as report_text
from app.wording import sentence

_USAGE = "regie notes [--client C | --street S | --place S | --postcode P | --vehicle V] …"


def _notes(call: Call) -> Answer:
    options, workspace = call.options, call.workspace
    told: dict[str, Any] = {}
    said: list[str] = []
    status = 0
    if options.import_file is not None:
        report = import_path(workspace, options.import_file, kind="notes")
        told["import"] = report_document(report)
        said.append(report_text(report))
        status = 3 if report.nothing_usable else 0
    for code in options.strike or ():
        told["entry"] = notes.strike_note(workspace, code, options.reason).entry
    about = _about(options)
    if about is not None:
        told["entry"] = notes.write_note(workspace, _written(options, about)).entry
    lines = notes.book(workspace)
    said.append(notes.as_text(lines))
    return Answer({**told, **notes.as_document(lines)}, "\n".join(said), status)


def _about(options: argparse.Namespace) -> About | None:
    """Whom a new note is about; a postcode tells more of a street or a place."""
    named = [about for about in About if getattr(options, about.value)]
    places = [about for about in named if about in (About.STREET, About.PLACE)]
    named = [about for about in named if not (places and about is About.POSTCODE)]
    if len(named) > 1:
        raise _wrong(_("A note is about one thing alone."))
    if not named and (options.only or options.days or options.more or options.knows):
        raise _wrong(_("The note does not say whom or what it is about."))
    return named[0] if named else None


def _written(options: argparse.Namespace, about: About) -> Note:
    return Note(
        options.code,
        about,
        getattr(options, about.value).strip(),
        "" if about is About.POSTCODE else options.postcode.strip(),
        only=frozenset(map(VehicleProfile, options.only or ())),
        weekdays=options.days or frozenset(),
        not_before=options.not_before,
        not_after=options.not_after,
        more_s=60 * (options.more or 0),
        areas=frozenset(options.knows.upper().replace(",", " ").split()),
        reason=options.reason.strip(),
    )


def _wrong(said: str) -> WrongUsage:
    return WrongUsage(said, _("usage: ") + _USAGE)


def _weekdays(text: str) -> frozenset[int]:
    try:
        return weekdays(text, Ground())
    except Misfit as misfit:
        raise argparse.ArgumentTypeError(sentence(misfit.reason)) from misfit


def _options(parser: argparse.ArgumentParser) -> None:
    for name, metavar, words in (
        ("client", "C", _("about a client, by name")),
        ("street", "S", _("about a street, without its number")),
        ("place", "S", _("about one address, by its street line")),
        ("postcode", "P", _("about a postcode; or where the street or address is")),
        ("vehicle", "V", _("about a vehicle's driver, with --knows")),
        ("knows", "P,P", _("postcodes, or their beginnings, that the driver knows")),
        ("reason", "R", _("why, in words")),
        ("code", "N", _("write this note anew instead of a new one")),
    ):
        parser.add_argument(f"--{name}", metavar=metavar, default="", help=words)
    kinds = tuple(kind.value for kind in VehicleProfile)
    only = _("only these vehicles: {names}").format(names=", ".join(kinds))
    parser.add_argument("--only", type=some_of(kinds), metavar="K,K", help=only)
    parser.add_argument("--days", type=_weekdays, metavar="D", help=_("only on days such as Mo-Fr"))
    parser.add_argument("--not-before", type=a_time, metavar="HH:MM", help=_("no stop before"))
    parser.add_argument("--not-after", type=a_time, metavar="HH:MM", help=_("no stop after"))
    most = MOST_MORE_S // 60
    parser.add_argument(
        "--more", type=whole(1, most), metavar="MIN", help=_("minutes more at the door")
    )
    parser.add_argument("--strike", action="append", metavar="NOTE", help=_("strike this note out"))
    parser.add_argument(
        "--import", dest="import_file", type=Path, metavar="FILE", help=_("take in a file of notes")
    )


NOTES = {"notes": Command(_notes, _options)}
