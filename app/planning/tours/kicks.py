"""Other fleets to try when a search is stuck: a vehicle more, one less, or one for another.

Moves of single visits hardly ever open a vehicle that costs a fixed sum, nor close one: each step
on the way there makes the plan dearer. A kick takes the whole step, and the search goes on there.
"""

from collections.abc import Callable
from random import Random

from app.planning.tours.model import Model, tidy
from app.planning.tours.problem import RELOAD, Routes

Kick = Callable[[Model, Routes, list[list[int]], Random], Routes]


def kicked(model: Model, routes: Routes, chance: Random) -> Routes:
    """The tours with one vehicle more, one less, or one exchanged."""
    busy = {vehicle for vehicle, _ in routes}
    idle = [[v for v in kind if v not in busy] for kind in model.kinds]
    openings = [kind for kind, vehicles in enumerate(idle) if vehicles]
    ways: list[Kick] = [_without_one] if routes else []
    if openings:
        ways.append(_with_one_more)
        if routes and len(model.kinds) > 1:
            ways.append(_with_one_exchanged)
    if not ways:
        return routes
    return chance.choice(ways)(model, routes, idle, chance)


def _without_one(_model: Model, routes: Routes, _idle: list[list[int]], chance: Random) -> Routes:
    """A tour given up; its visits ride with carriers until the search finds them room."""
    gone = chance.randrange(len(routes))
    return routes[:gone] + routes[gone + 1 :]


def _with_one_exchanged(
    model: Model, routes: Routes, idle: list[list[int]], chance: Random
) -> Routes:
    """A tour driven by a vehicle of another kind, as far as it may."""
    number = chance.randrange(len(routes))
    vehicle, visits = routes[number]
    kinds = [k for k, free in enumerate(idle) if free and vehicle not in model.kinds[k]]
    if not kinds:
        return routes
    kind = chance.choice(kinds)
    may = {RELOAD, *(visit for n in model.allowed[kind] for visit in model.pieces[n].made)}
    other = (idle[kind][0], tuple(visit for visit in visits if visit in may))
    return (*routes[:number], other, *routes[number + 1 :])


def _with_one_more(model: Model, routes: Routes, idle: list[list[int]], chance: Random) -> Routes:
    """An idle vehicle sent to the doors round one of them, taken from whoever had them."""
    kind = chance.choice([k for k, free in enumerate(idle) if free and model.allowed[k]])
    start = chance.choice(sorted(model.allowed[kind]))
    size = round(len(model.pieces) / (len(routes) + 1) * chance.uniform(0.5, 1.2))
    near = [start, *(n for n in model.near(start) if n in model.allowed[kind])]
    pieces = sorted(near[: max(1, size)], key=model.opening)
    ordered = tuple(visit for n in pieces for visit in model.pieces[n].visits)
    taken = set(ordered) - {RELOAD}
    rest = ((v, tidy(visit for visit in visits if visit not in taken)) for v, visits in routes)
    return (*((v, visits) for v, visits in rest if visits), (idle[kind][0], ordered))
