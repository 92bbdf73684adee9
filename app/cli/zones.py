"""The command that tells which areas are closed to vehicles, and switches one on or off."""

import argparse

from app.cli.context import Answer, Call, Command
from app.cli.parsing import WrongUsage, a_day
from app.i18n import _
from app.operations import access_zones

_USAGE = "regie zones [--on D] --switch ZONE on|off [--reason R]"
_STATES = {"on": True, "off": False}


def _zones(call: Call) -> Answer:
    options, workspace = call.options, call.workspace
    document: dict[str, object] = {}
    if options.switch is not None:
        zone, state = options.switch
        if state not in _STATES:
            said = _("A zone is switched “on” or “off”, not “{state}”.").format(state=state)
            raise WrongUsage(said, _("usage: ") + _USAGE)
        settled = access_zones.switch_zone(
            workspace, zone, active=_STATES[state], reason=options.reason
        )
        document["entry"] = settled.entry
    clock = workspace.zone
    on = options.on or workspace.now().astimezone(clock).date()
    day = access_zones.zones_of_day(workspace, on)
    told = access_zones.as_text(day, clock)
    return Answer({**document, **access_zones.as_document(day, clock)}, told)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on", type=a_day, metavar="D", help=_("what is closed on that day; default: today")
    )
    parser.add_argument(
        "--switch",
        nargs=2,
        metavar=("ZONE", "on|off"),
        help=_("let a zone hold or not: its code, or CODE/SINCE for one phase"),
    )
    parser.add_argument("--reason", default="", metavar="R", help=_("why it is switched"))


ZONES = {"zones": Command(_zones, _options)}
