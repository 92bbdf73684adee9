"""How a command line is read: argparse in the language in use, and what a word must be."""

import argparse
import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, NoReturn

from app.i18n import N_, _, n_

#: Days outside are a slip of the finger, and zones know little of them.
FIRST_YEAR, LAST_YEAR = 1900, 2999
MOST_SECONDS = 86_400
#: What the solver's dice take.
LARGEST_SEED = 2**32 - 1

#: The words that argparse itself says, so that they are in the catalogue.
ARGPARSE_SAYS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)


class WrongUsage(Exception):
    """The command line cannot be understood; `usage` says how it goes."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """A parser that takes options by their full names and leaves the exit to its caller."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(message, self.format_usage())


def translate_argparse() -> None:
    """Let argparse look its own words up in our catalogue, each time it says one."""
    vars(argparse).update(_=_, ngettext=n_)


def a_day(text: str) -> date:
    """A day as ISO 8601 writes it."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _unfit(_("“{text}” is no day; write 2026-11-24."), text) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _unfit(_("“{text}” is too far from our time."), text)
    return day


def a_time(text: str) -> time:
    """A time of the day."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise _unfit(_("“{text}” is no time; write 14:30."), text) from error


def an_instant(text: str) -> datetime:
    """A moment as ISO 8601 writes it, with or without offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _unfit(
            _("“{text}” is no moment; write 2026-11-24T09:42 or 2026-11-24T09:42+01:00."), text
        ) from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _unfit(_("“{text}” is too far from our time."), text)
    return moment


def some_seconds(text: str) -> float:
    """How long something may take."""
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= MOST_SECONDS:
        raise _unfit(_("“{text}” is no number of seconds: more than 0, at most 86400."), text)
    return seconds


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            unfit = _("“{text}” is no whole number from {least} to {most}.")
            raise _unfit(unfit, text, least=least, most=most)
        return value

    return parse


def some_of(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Several of the known names, parted by commas."""

    def parse(text: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in text.split(",") if name.strip())
        for name in names:
            if name not in known:
                unfit = _("“{text}” is not known; there are {names}.")
                raise argparse.ArgumentTypeError(unfit.format(text=name, names=", ".join(known)))
        return names or tuple(known)

    return parse


def _unfit(sentence: str, text: str, **facts: int) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(sentence.format(text=text, **facts))
