"""How the moves of the joint view are told: which order goes where, why, and what it gains."""

from typing import Any

from app import formats
from app.i18n import _, n_
from app.operations.gentle_words import gain
from app.operations.joint import reason_of
from app.operations.sourcing_run import reason_document
from app.planning.joint.moves import JointMove, JointSuggestion, Sent
from app.planning.tours.consequences import Figures
from app.wording import sentence


def in_a_line(move: JointMove) -> str:
    """`1. 480112 from LIL (T1) to RBX (T4): −4.20 € …`, then why."""
    needs = ", ".join(formats.number(number + 1) for number in sorted(move.needs))
    line = _("{number}. {stops}: {gain}").format(
        number=formats.number(move.number + 1), stops=ways(move), gain=gain(move.change)
    )
    line = _("{line} (with {needs})").format(line=line, needs=needs) if needs else line
    return "\n".join([line, *(f"   {why}" for why in reasons(move))])


def ways(move: JointMove) -> str:
    """Which orders leave from where instead of from where."""
    return "; ".join(way(one) for one in move.sent)


def way(one: Sent) -> str:
    """`480112 from LIL (T1) to RBX (T4)`."""
    before = one.tour.rpartition("-")[2] or _("carrier")
    return _("{order} from {node} ({tour}) to {to_node} ({to_tour})").format(
        order=formats.order_number(one.order),
        node=one.node,
        tour=before,
        to_node=one.to_node,
        to_tour=one.to_tour.rpartition("-")[2],
    )


def reasons(move: JointMove) -> list[str]:
    """Why, for each order of a move."""
    return [sentence(reason_of(one, -move.change.cost_cents)) for one in move.sent]


def total(suggestion: JointSuggestion, ticked: frozenset[int]) -> str:
    """What all that is ticked changes together."""
    count = len(suggestion.sent(ticked))
    said = n_("{count} order moves", "{count} orders move", count)
    return f"{said.format(count=formats.number(count))} · {gain(suggestion.change(ticked))}"


def as_document(suggestion: JointSuggestion, entry: str) -> dict[str, Any]:
    """The moves as the public interface tells them, each with what it changes and why."""
    every = range(len(suggestion.moves))
    return {
        "entry": entry or None,
        "date": suggestion.plan.on.isoformat(),
        "moves": [_move(move) for move in suggestion.moves],
        "summary": {
            "orders": len(suggestion.sent(every)),
            **_change(suggestion.change(every)),
        },
    }


def _move(move: JointMove) -> dict[str, Any]:
    return {
        "move": move.number + 1,
        "needs": sorted(number + 1 for number in move.needs),
        "orders": [_sent(one, move) for one in move.sent],
        **_change(move.change),
    }


def _sent(one: Sent, move: JointMove) -> dict[str, Any]:
    return {
        "order": one.order,
        "shipment": one.shipment,
        "becomes": one.becomes,
        "from": one.node,
        "to": one.to_node,
        "from_tour": one.tour or None,
        "to_tour": one.to_tour,
        "reason": reason_document(reason_of(one, -move.change.cost_cents)),
    }


def _change(change: Figures) -> dict[str, int]:
    return {
        "cost_cents": change.cost_cents,
        "distance_m": change.distance_m,
        "work_s": change.work_s,
        "co2e_g": change.co2e_g,
        "late_s": change.late_s,
    }
