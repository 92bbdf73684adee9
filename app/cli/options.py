"""Options that several commands share, and what is said where nothing was kept."""

import argparse
from pathlib import Path
from typing import Any

from app.cli.parsing import LARGEST_SEED, a_day, some_seconds, whole
from app.i18n import _


def with_apply(parser: argparse.ArgumentParser) -> None:
    """Without it nothing is written."""
    parser.add_argument("--apply", action="store_true", help=_("keep the suggestion"))


def with_day(parser: argparse.ArgumentParser) -> None:
    """The day that is meant."""
    parser.add_argument("--date", type=a_day, required=True, metavar="D", help=_("the day"))


def with_effort(parser: argparse.ArgumentParser, seconds: float | None = None) -> None:
    """How long, and from which seed."""
    parser.add_argument(
        "--seconds",
        type=some_seconds,
        default=seconds,
        metavar="N",
        help=_("the longest it may take"),
    )
    parser.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        default=0,
        metavar="S",
        help=_("the same seed, the same answer"),
    )


def with_sharing(parser: argparse.ArgumentParser, **how: Any) -> None:
    """What the day's tours may cost more to be even, and compact."""
    parser.add_argument(
        "--even",
        type=whole(0, 100),
        metavar="PERCENT",
        help=_("tours may cost so much more for drivers to work about as long as each other"),
        **how,
    )
    parser.add_argument(
        "--compact",
        type=whole(0, 100),
        metavar="PERCENT",
        help=_("tours may cost so much more for each to keep to an area of its own"),
        **how,
    )


def with_out(parser: argparse.ArgumentParser) -> None:
    """The folder for what is written."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where to write"))


def not_kept() -> str:
    """What is said of a suggestion that was only shown."""
    return _("Nothing was written: add --apply to keep it.")
