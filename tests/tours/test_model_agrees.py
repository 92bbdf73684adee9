"""The search and the exact timetable speak of the same day: same tours possible, same money.

Where the search only comes near (lateness priced by steps, doors shared with a setup, pauses) the
days here have none of it.
"""

from decimal import Decimal
from itertools import product
from typing import Any

import pyvrp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyvrp import Activity, ActivityType

from app.domain.values import Load
from app.planning.tours.model import Model
from app.planning.tours.modelling import model_of
from app.planning.tours.parts import Part
from app.planning.tours.problem import RELOAD, Problem, Shut, VehicleDay
from app.planning.tours.settle import Exact
from tests.tours.a_line import HOUR, MINUTE, a_day, a_van, a_visit

THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: Two products and overtime, each rounded to the cent.
ROUNDING_MC = 3_000
#: What the search does not know of pairs.
PLAIN: dict[str, Any] = {"shut": (), "also": (), "usual": frozenset()}


def moments(first: int = 0, last: int = 300) -> st.SearchStrategy[int]:
    return st.integers(first, last).map(lambda minutes: minutes * MINUTE)


@st.composite
def some_spans(draw: st.DrawFn) -> dict[str, Any]:
    starts = sorted({draw(moments()) for _ in range(draw(st.integers(1, 2)))})
    spans = [(start, start + draw(moments(0, 90))) for start in starts]
    apart = [s for n, s in enumerate(spans) if n == 0 or s[0] > spans[n - 1][1]]
    return {"opens_s": apart[0][0], "closes_s": apart[0][1], "also": tuple(apart[1:])}


@st.composite
def some_visits(draw: st.DrawFn) -> list[dict[str, Any]]:
    visits = []
    for number in range(draw(st.integers(1, 4))):
        shut = Shut(frozenset("A"), draw(moments()), draw(moments(200, 400)))
        visits.append(
            a_visit(
                "abcd"[number],
                5 + 7 * number,
                load=Load(draw(st.sampled_from((100, 400))), 1, 1),
                service_s=draw(st.sampled_from((0, 450))),
                setup_s=draw(st.sampled_from((0, 320))),
                ready_s=draw(st.sampled_from((0, 0, 45 * MINUTE, 2 * HOUR))),
                late_s=draw(st.sampled_from((0, 0, 20 * MINUTE))),
                shut=draw(st.sampled_from(((), (), (shut,)))),
                usual=draw(st.sampled_from((frozenset(), frozenset("B")))),
                unusual_cents=120,
                **draw(st.just({}) | st.just({}) | some_spans()),
            )
        )
    return [dict(visit, **_goods(draw, visits, number)) for number, visit in enumerate(visits)]


def _goods(draw: st.DrawFn, visits: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """From the depot, or collected; the second may take what the first collects."""
    if number == 1 and visits[0].get("paired"):
        return {
            "source": 0,
            "load": visits[0]["load"],
            "shut": (),
            "also": (),
            "usual": frozenset(),
        }
    if number == 0 and len(visits) > 1 and draw(st.booleans()):
        visits[0]["paired"] = True
        return {"collect": True, "prize_cents": 0, **PLAIN}
    return {"collect": draw(st.booleans()) and draw(st.booleans())}


@st.composite
def some_van(draw: st.DrawFn) -> VehicleDay:
    work_s = draw(st.sampled_from((None, None, 3 * HOUR)))
    return a_van(
        "A",
        capacity=Load(1_000, 1_000, 10),
        from_s=draw(moments(0, 60)),
        to_s=draw(st.just(10 * HOUR) | moments(120, 400)),
        km_cents=Decimal(draw(st.sampled_from((10, 100)))),
        hour_cents=draw(st.sampled_from((0, 1_800, 3_600))),
        fixed_cents=draw(st.sampled_from((0, 4_000))),
        max_m=draw(st.sampled_from((None, None, 60_000))),
        max_work_s=work_s,
        overtime_s=draw(st.sampled_from((0, HOUR))) if work_s else 0,
        overtime_hour_cents=360,
        lead_m=draw(st.sampled_from((0, 3_000))),
        lead_s=draw(st.sampled_from((0, 240))),
        loading_s=draw(st.sampled_from((0, 900))),
        open_ended=draw(st.booleans()) and draw(st.booleans()),
        reloads=draw(st.integers(0, 2)),
        reload_s=draw(st.sampled_from((0, 600))),
        service_percent=draw(st.sampled_from((100, 100, 133))),
    )


@st.composite
def some_routes(draw: st.DrawFn) -> tuple[Problem, tuple[int, ...]]:
    """A day of one van, and some order of all its visits."""
    visits, van = draw(some_visits()), draw(some_van())
    for visit in visits:
        visit.pop("paired", None)
    order = draw(st.permutations(range(len(visits))))
    route: list[int] = []
    for visit in order:
        if route and van.reloads and draw(st.booleans()) and route.count(RELOAD) < van.reloads:
            route.append(RELOAD)
        route.append(visit)
    return a_day(visits, [van]), tuple(route)


def in_search(problem: Problem, route: tuple[int, ...]) -> int | None:
    """The tour's money to the search in thousandths of a cent, in the best of its spans."""
    model = model_of(problem, Part(tuple(range(len(problem.visits))), (0,)))
    costs = [money(model, problem, way) for way in ways_to_write(model, route)]
    return min((cost for cost in costs if cost is not None), default=None)


def ways_to_write(model: Model, route: tuple[int, ...]) -> list[list[Activity]]:
    steps: list[list[Activity]] = []
    for visit in route:
        if visit == RELOAD:
            steps.append([Activity(ActivityType.DEPOT, model.reloads[0][0])])
            continue
        number = model.piece_with(visit)
        assert number is not None
        pair = number - len(model.clients)
        if pair >= 0:
            end = model.pieces[number].visits.index(visit)
            kind = (ActivityType.PICKUP, ActivityType.DELIVERY)[end]
            steps.append([Activity(kind, pair)])
        else:
            steps.append([Activity(ActivityType.CLIENT, c) for c in model.clients[number]])
    return [list(way) for way in product(*steps)]


def money(model: Model, problem: Problem, way: list[Activity]) -> int | None:
    try:
        route = pyvrp.Route(model.data, way, 0)
    except ValueError:  # a pair split over two trips
        return None
    if not route.is_feasible():
        return None
    client = [model.data.client(step.idx) for step in way if step.is_client()]
    dearest = {
        model.data.client(c).group: max(model.data.client(o).prize for o in among)
        for among in model.clients
        for c in among
    }
    missed = sum(dearest[one.group] - one.prize for one in client if one.group is not None)
    cost = route.fixed_vehicle_cost() + route.distance_cost() + route.duration_cost() + missed
    return 10 * (cost + spared(model, problem, client))


def spared(model: Model, problem: Problem, clients: list[pyvrp.Client]) -> int:
    """What carriers are spared because a tour pays it in any case."""
    ways = model.data.distance_matrix(model.data.num_profiles - 1)
    prizes = {
        model.doors[n]: 100 * sum(problem.visits[v].prize_cents for v in piece.made)
        for n, piece in enumerate(model.pieces)
    }
    return sum(prizes[one.location] - int(ways[0, one.location]) for one in clients)


@THOROUGH
@given(day=some_routes())
def test_a_tour_is_possible_in_the_search_as_in_truth_and_costs_the_same(
    day: tuple[Problem, tuple[int, ...]],
):
    problem, route = day

    driven = Exact(problem).drive(0, route)
    cost_mc = in_search(problem, route)

    assert (driven is None) == (cost_mc is None)
    if driven is not None and cost_mc is not None:
        assert abs(driven.worth_mc - cost_mc) <= ROUNDING_MC


@THOROUGH
@given(day=some_routes())
def test_what_is_written_is_read_back(day: tuple[Problem, tuple[int, ...]]):
    problem, route = day
    if Exact(problem).drive(0, route) is None:
        return
    model = model_of(problem, Part(tuple(range(len(problem.visits))), (0,)))

    solution = model.solution(((0, route),))

    assert model.routes(solution) == ((0, route),)
