"""The command that replays past days with other rules: what would have changed, order by order."""

import argparse
from pathlib import Path

from app.cli.context import Answer, Bar, Call, Command
from app.cli.parsing import WrongUsage, a_day
from app.formats import (
    Format,
    change,
    distance,
    emissions,
    money,
    number,
    order_number,
)
from app.i18n import _
from app.operations.policy import rules_from
from app.operations.policy_effect import Effect, Moved
from app.operations.replay import Replay, as_document, replay
from app.wording import sentence


def _replay(call: Call) -> Answer:
    workspace, options = call.workspace, call.options
    last = options.to or options.since or workspace.now().astimezone(workspace.zone).date()
    first = options.since or last
    if last < first:
        usage = "regie replay [--rules FILE] [--from D] [--to D]"
        raise WrongUsage(_("--to comes before --from."), _("usage: ") + usage)
    policy = workspace.policy() if options.rules is None else rules_from(workspace, options.rules)
    found = replay(workspace, policy, first, last, progress=Bar(_("Replaying")))
    return Answer(as_document(found), _text(found))


def _text(found: Replay) -> str:
    effect = found.effect
    if not effect.orders:
        return _("Nothing was decided by rules on these days, or it is not kept any more.")
    head = _("Orders decided by rules: {orders} (runs: {runs}). Otherwise: {moved}.").format(
        orders=number(effect.orders), runs=number(found.runs), moved=number(len(effect.moved))
    )
    lines = [head, *_figures(effect), *(_line(moved) for moved in effect.moved)]
    if found.by_person:
        told = _("{count} were given to a node by a person: they stay.")
        lines.append(told.format(count=number(found.by_person)))
    if found.by_optimum:
        told = _(
            "{count} were weighed all at once: here the rules alone decide them on both sides."
        )
        lines.append(told.format(count=number(found.by_optimum)))
    if found.unlike:
        told = _("{count} do not come out as they were kept: run regie verify.")
        lines.append(told.format(count=number(found.unlike)))
    return "\n".join(lines)


def _figures(effect: Effect) -> list[str]:
    old, new = effect.before, effect.after
    told = (
        (_("placed whole"), number, old.placed, new.placed),
        (_("split"), number, old.split, new.split),
        (_("there when due"), number, old.in_time, new.in_time),
        (_("cost"), money, old.cost_cents, new.cost_cents),
        (_("distance"), distance, old.distance_m, new.distance_m),
        ("CO₂e", emissions, old.co2e_g, new.co2e_g),
    )
    return [
        _titled(name, f"{form(before)} → {form(after)}{_change(form, after - before)}")
        for name, form, before, after in told
    ]


def _change(form: Format, difference: int) -> str:
    return f" ({change(form, difference)})" if difference else ""


def _titled(title: str, text: str) -> str:
    return "  " + _("{title}: {text}").format(title=title, text=text)


def _line(moved: Moved) -> str:
    """An order with who sends it by either, and the first reason of each."""
    sides = []
    for outcome in (moved.before, moved.after):
        nodes = " + ".join(outcome.nodes) or _("nowhere")
        why = sentence(outcome.reasons[0]) if outcome.reasons else ""
        sides.append(f"{nodes} ({why})" if why else nodes)
    return _titled(order_number(moved.order), " → ".join(sides))


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help=_("the rules to try; default: those in force")
    )
    parser.add_argument(
        "--from", dest="since", type=a_day, metavar="D", help=_("the first day; default: today")
    )
    parser.add_argument("--to", type=a_day, metavar="D", help=_("the last day; default: the first"))


REPLAYING = {"replay": Command(_replay, _days)}
