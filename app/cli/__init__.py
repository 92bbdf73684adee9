"""The command line: one command, one operation, words or one JSON document on standard output."""

import argparse
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from app import __version__
from app.cli.commands import COMMANDS, command
from app.cli.context import Call
from app.cli.parsing import Parser, WrongUsage, an_instant, translate_argparse
from app.cli.saying import answer_with, speak, trouble_document
from app.domain.journal import PartRefused
from app.domain.reasons import Reason
from app.errors import EnvironmentProblem, Refused, Stopped, WhollyRefused
from app.i18n import LANGUAGES, _, use_language
from app.settings import default_workspace, load_settings
from app.wording import sentence
from app.wording.machine import os_problem

DONE, WRONG_USAGE, REFUSED, ENVIRONMENT = 0, 2, 3, 4


def run(arguments: Sequence[str]) -> int:
    """Run one command, or open the window when none is named; returns the exit status."""
    _speak_utf8()
    use_language(chosen_language(arguments))
    translate_argparse()
    reader = parser(arguments)
    try:
        options = reader.parse_args(arguments)
        if options.command is None and options.json:
            reader.error(_("--json needs a command"))
    except WrongUsage as wrong:
        return _wrong_usage(wrong, as_json="--json" in arguments)
    if options.command is None:
        return _window(options)
    return _command(options)


def _command(options: argparse.Namespace) -> int:
    call = Call(options.data, options.at, json=options.json, options=options)
    try:
        answer = command(options.command).run(call)
    except WrongUsage as wrong:
        return _wrong_usage(wrong, as_json=options.json)
    except Refused as refusal:
        return _refused(refusal, as_json=options.json)
    except EnvironmentProblem as problem:
        return _machine_problem(problem.reason, as_json=options.json)
    except OSError as error:
        return _machine_problem(os_problem(error), as_json=options.json)
    except KeyboardInterrupt:
        return _refused(Stopped(), as_json=options.json)
    finally:
        call.close()
    answer_with(answer.document if options.json else answer.text)
    return answer.status


def chosen_language(arguments: Sequence[str]) -> str:
    """The language asked for, else this workstation's, else the system's; French when unknown."""
    asked = [b for a, b in pairwise(arguments) if a == "--lang"]
    asked += [a.partition("=")[2] for a in arguments if a.startswith("--lang=")]
    system = next(
        (os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), ""
    )
    for wanted in (*asked, load_settings().language, system[:2]):
        if wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def parser(arguments: Sequence[str]) -> Parser:
    """The command line in the language in use; of its commands, those named have their options."""
    top = Parser(
        prog="regie",
        description=_(
            "The regional dispatcher's desk: stock, sourcing, tours, carriers, bookings."
        ),
        epilog=_(
            "Without a command, the window opens. Exit: 0 done, 2 usage, 3 refused, 4 machine."
        ),
    )
    version = f"Régie {__version__}"
    top.add_argument("--version", action="version", version=version, help=_("show the version"))
    common = _common(top=True)
    for action in common._actions:  # noqa: SLF001 - argparse has no public way to share options
        top._add_action(action)  # noqa: SLF001
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"))
    for name, (_module, purpose) in COMMANDS.items():
        told, common = _(purpose), _common(top=False)
        sub = commands.add_parser(name, help=told, description=told, parents=[common])
        if name in arguments:
            command(name).arguments(sub)
    return top


def _common(*, top: bool) -> Parser:
    """Options that may stand before or after the command."""
    shared = Parser(add_help=False)
    missing = None if top else argparse.SUPPRESS
    shared.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=default_workspace() if top else missing,
        help=_("the workspace folder"),
    )
    shared.add_argument(
        "--lang", choices=LANGUAGES, default=missing, help=_("the language of words")
    )
    shared.add_argument(
        "--json",
        action="store_true",
        default=False if top else missing,
        help=_("one JSON document on standard output"),
    )
    shared.add_argument(
        "--at",
        type=an_instant,
        default=missing,
        metavar="INSTANT",
        help=_("what counts as now (ISO 8601); default: the workspace's clock"),
    )
    return shared


def _window(options: argparse.Namespace) -> int:
    from app.ui.screen import require_display

    try:
        require_display()
    except EnvironmentProblem as problem:
        return _machine_problem(problem.reason, as_json=options.json)
    from app.ui.application import open_window

    return open_window(options.data)


def _refused(refusal: Refused, *, as_json: bool) -> int:
    parts = refusal.parts if isinstance(refusal, WhollyRefused) else ()
    parts = parts or (PartRefused("", refusal.reason),)
    for reason in dict.fromkeys(part.reason for part in parts):
        speak(sentence(reason))
    if as_json:
        answer_with({"refused": [_part_document(part) for part in parts]})
    return REFUSED


def _part_document(part: PartRefused) -> dict[str, object]:
    told = trouble_document(part.reason)
    return {**told, "subject": part.subject} if part.subject and "subject" not in told else told


def _machine_problem(reason: Reason, *, as_json: bool) -> int:
    speak(sentence(reason))
    if as_json:
        answer_with({"trouble": trouble_document(reason)})
    return ENVIRONMENT


def _wrong_usage(wrong: WrongUsage, *, as_json: bool) -> int:
    speak(wrong.usage.rstrip())
    speak(_("{prog}: {message}").format(prog="regie", message=wrong.message))
    if as_json:
        answer_with({"trouble": {"code": "usage", "text": wrong.message}})
    return WRONG_USAGE


def _speak_utf8() -> None:
    """Accents survive a machine whose console speaks something else."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
