"""Every command by its name, in the order of the day; loaded when it is called."""

from importlib import import_module

from app.cli.context import Command
from app.i18n import N_

#: The module of each command, and what it is for.
COMMANDS: dict[str, tuple[str, str]] = {
    "import": ("intake", N_("take in nodes, products, stock, orders, vehicles, carriers")),
    "roads": ("keeping", N_("roads and measured travel times that tours reckon with")),
    "zones": ("zones", N_("areas closed to vehicles on a day; switch one on or off")),
    "notes": ("notes", N_("local knowledge that binds the tours: list it, add to it, strike out")),
    "template": ("intake", N_("an empty file with the columns, and a commented mapping")),
    "demo": ("intake", N_("fill the workspace with a believable day")),
    "source": ("sourcing", N_("suggest a node for every order to source")),
    "offer": ("offers", N_("show an order to several nodes; the first to claim wins")),
    "claim": ("offers", N_("take an offered order for a node")),
    "decline": ("offers", N_("refuse an offered order for a node")),
    "release": ("offers", N_("give back what a node was to send")),
    "plan": ("tours", N_("suggest the day's delivery tours")),
    "scenarios": ("scenarios", N_("what if: plan a day otherwise, compare, adopt")),
    "joint": ("tours", N_("send orders from where a tour passes")),
    "check": ("tours", N_("judge a plan, whoever made it")),
    "lock": ("locks", N_("lay down what planning may not change, or list it")),
    "unlock": ("locks", N_("take such a lock off")),
    "validate": ("tours", N_("validate the day's tours")),
    "publish": ("tours", N_("publish the validated tours")),
    "close": ("tours", N_("close the published tours")),
    "allocate": ("carriage", N_("suggest a carrier for every other shipment")),
    "book": ("carriage", N_("write carrier bookings and manifests")),
    "review": ("sheets", N_("the supervisor's day: maps and figures, HTML and PDF")),
    "sheets": ("sheets", N_("a road sheet for each driver: PDF, GPX, CSV, ICS")),
    "rules": ("rules", N_("the rules in plain words; check a file of rules, publish it")),
    "replay": ("replaying", N_("what other rules would have made of past days")),
    "vroom": ("vroom", N_("the day's problem and tours in VROOM's JSON, for other solvers")),
    "why": ("sourcing", N_("the whole chain of decisions for an order")),
    "quote": ("carriage", N_("every service's price for a parcel, or why not")),
    "promise": ("promises", N_("which dates can be promised for a basket at a postcode")),
    "risks": ("promises", N_("promises of a day at risk: why, and what would save each")),
    "stock": ("keeping", N_("the unified picture of stock, pending work included")),
    "journal": ("keeping", N_("who did what, and when")),
    "undo": ("keeping", N_("take back an entry of the journal")),
    "backup": ("keeping", N_("copy the workspace, checked")),
    "restore": ("keeping", N_("put a backup in place of the workspace")),
    "verify": ("keeping", N_("check the journal's chain and the reservations")),
    "doctor": ("keeping", N_("say what this machine lacks")),
}


def command(name: str) -> Command:
    """A command, with its options and what it does: its module names them all, in capitals."""
    module = COMMANDS[name][0]
    found: dict[str, Command] = getattr(import_module(f"app.cli.{module}"), module.upper())
    return found[name]
