"""A comparison of what-ifs as the JSON of the public interface, and as lines for a terminal."""

from dataclasses import fields
from typing import Any

from app import formats
from app.i18n import _, n_
from app.operations.scenarios import Comparison, Outcome
from app.operations.sourcing_run import reason_document
from app.planning.tours.scenarios import Scenario
from app.planning.tours.side_by_side import Side
from app.wording.scenarios import in_words


def as_document(made: Comparison) -> dict[str, Any]:
    """The present plan and every scenario; `change` is a scenario's figures less the present's."""
    return {
        "date": made.on.isoformat(),
        "present": figures(made.side),
        "scenarios": [_outcome(made, each) for each in made.outcomes],
    }


def figures(side: Side) -> dict[str, int]:
    """One side of the comparison."""
    named = {one.name: int(getattr(side, one.name)) for one in fields(side)}
    return {**named, "total_cents": side.total_cents}


def title(scenario: Scenario) -> str:
    """The scenario in the language in use."""
    return in_words(tuple(change.reason for change in scenario.changes))


def as_text(made: Comparison) -> str:
    """One line for each plan, the present one first."""
    lines = [f"{_('present plan')} — {side_in_words(made.side)}"]
    for each in made.outcomes:
        lines.append(f"{title(each.scenario)} — {side_in_words(each.side)}")
        if each.stopped:
            lines[-1] += f" ({_('stopped early')})"
    return "\n".join(lines)


def side_in_words(side: Side) -> str:
    """The figures of one plan in a line."""
    tours = n_("{count} tour", "{count} tours", side.tours)
    said = [
        tours.format(count=formats.number(side.tours)),
        formats.distance(side.distance_m),
        formats.duration(side.work_s),
        formats.money(side.cost_cents),
        formats.emissions(side.co2e_g),
    ]
    if side.late:
        said.append(_("{count} late").format(count=formats.number(side.late)))
    if side.left_out:
        left = n_("{count} left out", "{count} left out", side.left_out)
        price = _("{price} with carriers").format(price=formats.money(side.left_cents))
        said.append(f"{left.format(count=formats.number(side.left_out))} ({price})")
    if side.moved:
        moved = n_("{count} stop moves", "{count} stops move", side.moved)
        said.append(moved.format(count=formats.number(side.moved)))
    return " · ".join(said)


def _outcome(made: Comparison, each: Outcome) -> dict[str, Any]:
    own, present = figures(each.side), figures(made.side)
    return {
        "name": each.scenario.name,
        "text": title(each.scenario),
        "changes": [reason_document(change.reason) for change in each.scenario.changes],
        **own,
        "change": {name: own[name] - present[name] for name in own if name != "moved"},
        "moved_shipments": list(each.moved),
        "stopped": each.stopped,
        "notes": [reason_document(note) for note in each.run.notes],
    }
