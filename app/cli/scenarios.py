"""The command that compares what-ifs of a day, and adopts one."""

import argparse
from typing import Any

from app.cli.context import Answer, Bar, Call, Command
from app.cli.options import with_day, with_sharing
from app.cli.parsing import LARGEST_SEED, WrongUsage, some_seconds, whole
from app.i18n import _
from app.operations import scenario_adoption, scenario_documents, scenarios
from app.planning.tours.scenarios import (
    Change,
    Compact,
    DepotClosed,
    ElectricOnly,
    Even,
    More,
    Scenario,
    Speed,
    Windows,
    Without,
    ZoneSwitched,
)

#: So many vehicles more, so many minutes, so many per cent at most.
MOST_MORE, MOST_MINUTES, MOST_PERCENT = 20, 240, 50
_USAGE = (
    "regie scenarios --date D [--without V] [--more V=N] [--closed NODE] [--windows MINUTES]"
    " [--zone-off ZONE] [--zone-on ZONE] [--electric] [--speed PERCENT] [--even PERCENT]"
    " [--compact PERCENT] [--together] [--seconds N] [--seed S] [--adopt NAME]"
)


def _scenarios(call: Call) -> Answer:
    options = call.options
    wanted = _wanted(options)
    adopted = options.adopt
    names = [each.name for each in (scenarios.ANEW, *wanted)]
    if adopted is not None and adopted not in names:
        unknown = _("“{text}” is not known; there are {names}.")
        raise _unclear(unknown.format(text=adopted, names=", ".join(names)))
    made = scenarios.compare(
        call.workspace,
        options.date,
        wanted,
        seconds=options.seconds,
        seed=options.seed,
        progress=Bar(_("Comparing")),
    )
    document = scenario_documents.as_document(made) | {"adopted": None, "entry": None}
    text = scenario_documents.as_text(made)
    if adopted is None:
        hint = _("Nothing was written: add --adopt NAME to keep one ({names}).")
        return Answer(document, f"{text}\n{hint.format(names=', '.join(names))}")
    settled = scenario_adoption.adopt(call.workspace, made.outcome(adopted))
    document |= {"adopted": adopted, "entry": settled.entry}
    kept = _("Adopted: {scenario}.").format(scenario=adopted)
    return Answer(document, f"{text}\n{kept}")


def _wanted(options: argparse.Namespace) -> list[Scenario]:
    """One scenario for each change, or one of all of them."""
    changes: list[Change] = [Without(vehicle) for vehicle in options.without or ()]
    changes += [_more(text) for text in options.more or ()]
    changes += [DepotClosed(node) for node in options.closed or ()]
    changes += [Windows(minutes) for minutes in options.windows or () if minutes]
    changes += [ZoneSwitched(zone, active=False) for zone in options.zone_off or ()]
    changes += [ZoneSwitched(zone, active=True) for zone in options.zone_on or ()]
    changes += [ElectricOnly()] if options.electric else []
    changes += [Speed(percent) for percent in options.speed or () if percent]
    changes += [Even(percent) for percent in options.even or ()]
    changes += [Compact(percent) for percent in options.compact or ()]
    if not changes:
        raise _unclear(_("Say what is to be otherwise."))
    return [Scenario.of(*changes)] if options.together else [Scenario.of(each) for each in changes]


def _more(text: str) -> More:
    vehicle, _sign, count = text.rpartition("=")
    try:
        return More(vehicle or text, whole(1, MOST_MORE)(count) if vehicle else 1)
    except argparse.ArgumentTypeError as unfit:
        raise _unclear(str(unfit)) from unfit


def _unclear(message: str) -> WrongUsage:
    return WrongUsage(message, _("usage: ") + _USAGE)


def _options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    many: dict[str, Any] = {"action": "append"}
    parser.add_argument("--without", metavar="V", help=_("this vehicle stays in"), **many)
    parser.add_argument(
        "--more", metavar="V=N", help=_("so many more vehicles like this one"), **many
    )
    parser.add_argument("--closed", metavar="NODE", help=_("no tour leaves from there"), **many)
    parser.add_argument(
        "--windows",
        type=whole(-MOST_MINUTES, MOST_MINUTES),
        metavar="MINUTES",
        help=_("every window opens sooner and closes later by this; below 0 the other way round"),
        **many,
    )
    parser.add_argument(
        "--zone-off", metavar="ZONE", help=_("this access zone does not hold"), **many
    )
    parser.add_argument("--zone-on", metavar="ZONE", help=_("this access zone holds"), **many)
    parser.add_argument(
        "--electric", action="store_true", help=_("only what drives without exhaust goes out")
    )
    parser.add_argument(
        "--speed",
        type=whole(-MOST_PERCENT, MOST_PERCENT),
        metavar="PERCENT",
        help=_("every way is driven faster by this; below 0 slower"),
        **many,
    )
    with_sharing(parser, **many)
    parser.add_argument(
        "--together",
        action="store_true",
        help=_("all of it at once, in one scenario; without, each change is one of its own"),
    )
    parser.add_argument(
        "--seconds",
        type=some_seconds,
        default=scenarios.SECONDS,
        metavar="N",
        help=_("the longest each scenario may take"),
    )
    parser.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        default=0,
        metavar="S",
        help=_("the same seed, the same answer"),
    )
    parser.add_argument(
        "--adopt", metavar="NAME", help=_("make this scenario's tours the day's drafts")
    )


SCENARIOS = {"scenarios": Command(_scenarios, _options)}
