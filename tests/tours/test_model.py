"""What the search is told of a day: planted cases in which forgetting a rule gives another plan."""

from dataclasses import replace

import pytest

from app.domain.values import Load
from app.planning.tours.model import tidy
from app.planning.tours.modelling import model_of
from app.planning.tours.parts import Part
from app.planning.tours.problem import RELOAD, Problem, Shut
from app.planning.tours.search import Search
from app.planning.tours.settle import Exact, settled
from tests.tours.a_line import HOUR, MINUTE, a_day, a_van, a_visit

FULL = Load(1_000, 1_000, 10)


def whole(problem: Problem) -> Part:
    return Part(tuple(range(len(problem.visits))), tuple(range(len(problem.vehicles))))


def searched(problem: Problem, iterations: int = 150) -> list[tuple[str, str]]:
    """Who brings what in which order, by name, `/` for a reload; carriers are not told.

    Each tour can be driven as it is: nothing is let go when it is made exact.
    """
    model = model_of(problem, whole(problem))
    search = Search(model, seed=1)
    search.run(lambda: False, iterations)
    exact = settled(Exact(problem), search.routes)
    assert sorted((v, tour.visits) for v, tour in exact.items()) == sorted(search.routes)
    return told(problem, search.routes)


def told(problem: Problem, routes: object) -> list[tuple[str, str]]:
    names = [visit.shipment for visit in problem.visits]
    return sorted(
        (problem.vehicles[vehicle].code, "".join("/" if v == RELOAD else names[v] for v in visits))
        for vehicle, visits in routes
    )


def test_a_second_span_is_as_good_as_the_first():
    early, late = (1 * HOUR, 2 * HOUR), (5 * HOUR, 6 * HOUR)
    two = a_visit("a", 60, opens_s=early[0], closes_s=early[1], also=(late,))
    one = {**two, "also": ()}
    other = a_visit("b", 61, opens_s=late[0], closes_s=late[1])
    vans = [a_van(code, hour_cents=20_000) for code in "AB"]

    assert len(searched(a_day([two, other], vans))) == 1
    assert len(searched(a_day([one, other], vans))) == 2


def test_lateness_is_borne_where_it_costs_less_than_another_vehicle():
    due = {"opens_s": 60 * MINUTE, "closes_s": 60 * MINUTE}
    doors = [a_visit("a", 10, **due), a_visit("b", 20, late_s=HOUR, late_hour_cents=1_200, **due)]
    vans = [a_van("A", fixed_cents=1_000), a_van("B", fixed_cents=1_000)]

    assert searched(a_day(doors, vans)) == [("A", "ab")]
    dear = [doors[0], {**doors[1], "late_hour_cents": 60_000}]
    assert len(searched(a_day(dear, vans))) == 2


def test_lateness_counts_after_each_span():
    span = (3 * HOUR, 3 * HOUR)
    door = a_visit("a", 150, opens_s=0, closes_s=10, also=(span,), late_s=HOUR, late_hour_cents=60)
    start = 51 * MINUTE

    assert searched(a_day([door], [a_van(from_s=start)])) == [("A", "a")]
    assert searched(a_day([{**door, "late_s": 0}], [a_van(from_s=start)])) == []


def test_goods_that_are_not_ready_keep_their_vehicle_waiting():
    ready = a_visit("a", 10, ready_s=2 * HOUR)
    early = a_visit("b", 11, closes_s=HOUR)

    routes = searched(a_day([ready, early], [a_van("A"), a_van("B")]))

    assert sorted(visits for _, visits in routes) == ["a", "b"]
    assert searched(a_day([{**ready, "ready_s": 0}, early], [a_van("A"), a_van("B")])) == [
        ("A", "ba")
    ]


def test_goods_that_are_not_ready_may_still_ride_with_a_carrier_beside_early_ones():
    doors = [
        a_visit("a", 100, ready_s=2 * HOUR, prize_cents=10),
        a_visit("b", 100.5, closes_s=HOUR, prize_cents=10),
    ]

    assert searched(a_day(doors, [a_van()])) == []


@pytest.mark.parametrize(("percent", "vehicles"), [(100, 1), (300, 2)])
def test_a_slow_crew_needs_more_time_at_each_door(percent: int, vehicles: int):
    doors = [a_visit(name, 1, service_s=20 * MINUTE, setup_s=20 * MINUTE) for name in "abc"]
    crew = [a_van(code, to_s=200 * MINUTE, service_percent=percent) for code in "AB"]

    routes = searched(a_day(doors, crew))

    assert len(routes) == vehicles
    assert sorted("".join(visits for _, visits in routes)) == list("abc")


def test_a_crew_of_two_takes_what_would_be_too_much_for_one():
    doors = [a_visit(name, 1 + n, service_s=HOUR) for n, name in enumerate("abc")]
    crews = [a_van("A", to_s=4 * HOUR, service_percent=100), a_van("B", to_s=2 * HOUR)]

    routes = searched(a_day(doors, [replace(crews[0], service_percent=60), crews[1]]))

    assert [visits for code, visits in routes if code == "A"] in (["abc"], ["cba"])


def test_a_setup_is_spent_once_where_visits_share_a_door():
    there = [a_visit(name, 1, setup_s=HOUR, service_s=MINUTE) for name in "abc"]
    apart = [a_visit(name, km, setup_s=HOUR) for name, km in zip("abc", (1, 1.1, 1.2), strict=True)]
    short = [a_van(code, to_s=2 * HOUR) for code in "ABC"]

    assert [len(visits) for _, visits in searched(a_day(there, short))] == [3]
    assert [len(visits) for _, visits in searched(a_day(apart, short))] == [1, 1, 1]


def test_a_setup_counts_before_coming_home():
    door = a_visit("a", 10, setup_s=50 * MINUTE)

    assert searched(a_day([door], [a_van(to_s=70 * MINUTE)])) == [("A", "a")]
    assert searched(a_day([door], [a_van(to_s=69 * MINUTE)])) == []


@pytest.mark.parametrize("roomy", [True, False])
def test_a_visit_goes_where_it_must_and_never_where_it_may_not(
    monkeypatch: pytest.MonkeyPatch, roomy: bool
):
    """Both ways to say so: with matrices of their own, and by loads where memory is short."""
    if not roomy:
        monkeypatch.setattr("app.planning.tours.barriers.MOST_FIGURES", 0)
    doors = [
        a_visit("a", 10, only=frozenset("B")),
        a_visit("b", 10.5, never=frozenset("B")),
        a_visit("c", 11, never=frozenset("AB")),
        a_visit("d", 11.5),
    ]
    vans = [a_van(code, fixed_cents=100) for code in "ABC"]

    routes = dict(searched(a_day(doors, vans)))

    assert "a" in routes["B"]
    assert "b" not in routes["B"]
    assert "c" in routes["C"]
    assert sorted("".join(routes.values())) == list("abcd")


def test_many_visits_bound_to_one_vehicle_each_are_told_apart_by_few_loads(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("app.planning.tours.barriers.MOST_FIGURES", 0)
    codes = "ABCDEFGHIJ"
    doors = [a_visit(c.lower(), 10 + n, only=frozenset(c)) for n, c in enumerate(codes)]
    problem = a_day(doors, [a_van(code) for code in codes])

    model = model_of(problem, whole(problem))

    assert model.data.num_load_dimensions <= 8
    assert searched(problem) == [(code, code.lower()) for code in codes]


@pytest.mark.parametrize("max_m", [None, 30_000])
def test_a_familiar_driver_comes_as_long_as_that_is_cheaper(max_m: int | None):
    door = a_visit("a", 10, usual=frozenset("B"), unusual_cents=500)
    near, far = a_van("A", max_m=max_m), a_van("B", max_m=max_m, fixed_cents=400)

    assert searched(a_day([door], [near, far])) == [("B", "a")]
    assert searched(a_day([{**door, "unusual_cents": 300}], [near, far])) == [("A", "a")]


@pytest.mark.parametrize("few", [0, 6])
def test_what_is_unusual_takes_nothing_from_the_range(monkeypatch: pytest.MonkeyPatch, few: int):
    """Told by loads where few groups of vehicles are, by dearer arcs and a looser limit else."""
    monkeypatch.setattr("app.planning.tours.barriers.FEW_FAMILIAR", few)
    door = a_visit("a", 10, usual=frozenset("B"), unusual_cents=80_000)

    assert searched(a_day([door], [a_van("A", max_m=20_000)])) == [("A", "a")]


def test_many_drivers_with_areas_of_their_own_are_told_apart_within_memory(
    monkeypatch: pytest.MonkeyPatch,
):
    """Where not even that fits, the search forgets whose area it is; the day is still planned."""
    monkeypatch.setattr("app.planning.tours.barriers.FEW_FAMILIAR", 0)
    monkeypatch.setattr("app.planning.tours.barriers.MOST_FIGURES", 0)
    doors = [a_visit(c, 10 + n, usual=frozenset(c), unusual_cents=50) for n, c in enumerate("ab")]
    problem = a_day(doors, [a_van("a"), a_van("b")])

    model = model_of(problem, whole(problem))

    assert (model.data.num_profiles, model.data.num_load_dimensions) == (2, 0)
    assert len(searched(problem)) == 1


def test_a_door_shut_to_some_vehicles_is_served_by_them_in_other_hours():
    shut = (Shut(frozenset("A"), HOUR, 9 * HOUR),)
    noon = {"opens_s": 4 * HOUR, "closes_s": 5 * HOUR}
    door = a_visit("a", 10, service_s=10 * MINUTE, shut=shut, **noon)
    cheap, dear = a_van("A"), a_van("B", fixed_cents=700)

    assert searched(a_day([door], [cheap, dear])) == [("B", "a")]
    early = {**door, "opens_s": 50 * MINUTE, "closes_s": 5 * HOUR}
    assert searched(a_day([early], [cheap, dear])) == [("A", "a")]
    just_late = {**early, "opens_s": 51 * MINUTE}
    assert searched(a_day([just_late], [cheap, dear])) == [("B", "a")]


def test_overtime_is_worked_where_it_is_cheaper_than_another_vehicle():
    doors = [a_visit("a", 10, service_s=2 * HOUR), a_visit("b", 11, service_s=2 * HOUR)]
    short = [
        a_van(
            c, max_work_s=3 * HOUR, overtime_s=2 * HOUR, overtime_hour_cents=500, fixed_cents=2_000
        )
        for c in "AB"
    ]

    assert len(searched(a_day(doors, short))) == 1
    dear = [replace(van, overtime_hour_cents=5_000) for van in short]
    assert len(searched(a_day(doors, dear))) == 2
    none = [replace(van, overtime_s=HOUR // 4) for van in short]
    assert len(searched(a_day(doors, none))) == 2


def test_the_way_to_the_depot_and_loading_are_paid_worked_and_driven():
    door = a_visit("a", 10, prize_cents=2_600)
    van = a_van(lead_m=5_000, lead_s=300, loading_s=900, hour_cents=360)

    assert searched(a_day([door], [van])) == []
    assert searched(a_day([{**door, "prize_cents": 2_800}], [van])) == [("A", "a")]
    sure = {**door, "prize_cents": 90_000}
    assert searched(a_day([sure], [replace(van, max_m=24_999)])) == []
    assert searched(a_day([sure], [replace(van, max_m=25_000)])) == [("A", "a")]
    assert searched(a_day([sure], [replace(van, max_work_s=40 * MINUTE)])) == [("A", "a")]
    assert searched(a_day([sure], [replace(van, max_work_s=39 * MINUTE)])) == []
    due = {**sure, "closes_s": 30 * MINUTE}
    assert searched(a_day([due], [van])) == [("A", "a")]
    assert searched(a_day([{**due, "closes_s": 29 * MINUTE}], [van])) == []


def test_a_tour_ends_elsewhere_or_at_its_last_door():
    doors = [a_visit("a", 10), a_visit("b", 20, prize_cents=1_200)]
    homes = a_van()

    assert searched(a_day(doors, [homes])) == [("A", "a")]
    assert searched(a_day(doors, [replace(homes, open_ended=True)])) == [("A", "ab")]
    elsewhere = a_day(doors, [replace(homes, ends=3)], other_places=[21.0])
    assert searched(elsewhere) == [("A", "ab")]


def test_an_open_end_still_has_its_setup_to_do():
    door = a_visit("a", 10, setup_s=50 * MINUTE)

    assert searched(a_day([door], [a_van(open_ended=True, to_s=60 * MINUTE)])) == [("A", "a")]
    assert searched(a_day([door], [a_van(open_ended=True, to_s=59 * MINUTE)])) == []


def test_a_vehicle_comes_back_for_more_goods_as_often_as_it_may():
    doors = [a_visit(name, 10, load=FULL) for name in "abc"]

    def visits(reloads: int) -> list[int]:
        problem = a_day(doors, [a_van(reloads=reloads, reload_s=60)])
        return [len(tour.replace("/", "")) for _, tour in searched(problem)]

    assert visits(2) == [3]
    assert visits(1) == [2]


def test_loading_again_takes_its_time_but_does_not_delay_goods_that_are_ready_meanwhile():
    doors = [
        a_visit("a", 10, load=FULL, closes_s=10 * MINUTE),
        a_visit("b", 10.5, load=FULL, ready_s=50 * MINUTE, closes_s=61 * MINUTE),
    ]
    van = a_van(reloads=1, reload_s=30 * MINUTE)

    assert searched(a_day(doors, [van])) == [("A", "a/b")]
    assert searched(a_day(doors, [replace(van, reload_s=31 * MINUTE)])) != [("A", "a/b")]


def test_what_is_collected_needs_room_after_its_door_alone():
    doors = [
        a_visit("a", 10, load=FULL),
        a_visit("b", 20, load=FULL, collect=True),
    ]

    assert searched(a_day(doors, [a_van()])) == [("A", "ab")]
    delivered = [doors[0], {**doors[1], "collect": False}]
    assert len(searched(a_day(delivered, [a_van("A"), a_van("B")]))) == 2


def test_goods_of_a_pair_come_aboard_before_they_leave_on_one_vehicle():
    there = a_visit("s", 20, load=FULL, collect=True, prize_cents=0)
    here = a_visit("t", 10, load=FULL, source=0)

    assert searched(a_day([there, here], [a_van("A"), a_van("B")])) == [("A", "st")]
    cheap = a_day([there, {**here, "prize_cents": 3_000}], [a_van("A")])
    assert searched(cheap) == []


def test_a_pair_s_goods_are_aboard_between_its_doors_alone():
    there = a_visit("s", 20, load=FULL, collect=True, prize_cents=0)
    here = a_visit("t", 30, load=FULL, source=0)
    other = a_visit("d", 10, load=FULL)

    assert searched(a_day([there, here, other], [a_van("A")])) == [("A", "dst")]


def test_half_a_pair_is_nobody_s():
    there = a_visit("s", 20, collect=True, prize_cents=0)
    problem = a_day([there, a_visit("t", 10, source=0), a_visit("d", 5)], [a_van("A")])

    for half in (0, 1):
        model = model_of(problem, Part((half, 2), (0,)))
        assert [piece.visits for piece in model.pieces] == [(2,)]
        assert model.routes(model.solution(((0, (half, 2)),))) == ((0, (2,)),)


def test_goods_that_are_aboard_already_only_go_to_their_door():
    doors = [a_visit("s", 20, collect=True, prize_cents=0), a_visit("t", 10, source=0)]

    problem = a_day([*doors, a_visit("d", 25)], [a_van("A")], begun=((0, (0,)),))

    assert searched(problem) == [("A", "sdt")]


def test_no_two_of_a_set_apart_ride_together():
    doors = [a_visit(name, 10) for name in "abc"]
    vans = [a_van("A", fixed_cents=500), a_van("B", fixed_cents=500)]

    routes = searched(a_day(doors, vans, apart=(frozenset({0, 1}),)))

    assert len(routes) == 2
    assert all(not {"a", "b"} <= set(visits) for _, visits in routes)


def test_visits_at_one_door_that_must_ride_together_do():
    doors = [a_visit("a", 10, load=Load(600, 1, 1)), a_visit("b", 10, load=Load(600, 1, 1))]
    vans = [a_van("A"), a_van("B"), a_van("C", capacity=Load(2_000, 10, 10), fixed_cents=5_000)]

    assert searched(a_day(doors, vans, together=(frozenset({0, 1}),))) in (
        [("C", "ab")],
        [("C", "ba")],
    )
    assert len(searched(a_day(doors, vans), iterations=900)) == 2


def test_what_a_tour_has_begun_with_stays_its_beginning():
    doors = [a_visit("a", 30), a_visit("b", 10), a_visit("c", 20), a_visit("d", 31)]
    vans = [a_van("A"), a_van("B", fixed_cents=90)]

    assert searched(a_day(doors, vans, begun=((1, (1, 0)),))) == [("B", "badc")]


def test_a_tour_that_has_begun_goes_on_even_where_it_does_not_pay():
    door = a_visit("a", 30, prize_cents=0)

    assert searched(a_day([door], [a_van("A")], begun=((0, (0,)),))) == [("A", "a")]


def test_a_beginning_with_a_reload_has_the_rest_of_the_room():
    doors = [a_visit("a", 10, load=FULL), a_visit("b", 11), a_visit("c", 12)]

    problem = a_day(doors, [a_van("A", reloads=1)], begun=((0, (0, RELOAD, 1)),))

    assert searched(problem) == [("A", "a/bc")]


def test_collections_come_last_where_the_day_says_so():
    doors = [a_visit("a", 10, collect=True), a_visit("b", 20), a_visit("c", 30, collect=True)]

    routes = searched(a_day(doors, [a_van("A"), a_van("B")], collects_last=True))

    assert routes in ([("A", "bca")], [("A", "bac")])
    problem = a_day(doors, [a_van("A")], collects_last=True)
    assert not problem.collects_in_turn((0, 1))
    assert not problem.collects_in_turn((1, 0, RELOAD, 2))
    assert problem.collects_in_turn((1, 0, 2))


def test_a_tour_is_written_and_read_back_as_it_was():
    doors = [
        a_visit("a", 10, also=((5 * HOUR, 6 * HOUR),), opens_s=0, closes_s=HOUR),
        a_visit("s", 20, collect=True, prize_cents=0),
        a_visit("t", 30, source=1),
        a_visit("d", 15),
    ]
    problem = a_day(doors, [a_van("A", reloads=1), a_van("B")])
    model = model_of(problem, whole(problem))
    routes = ((0, (0, RELOAD, 1, 3, 2)),)

    assert model.routes(model.solution(routes)) == routes
    assert model.routes(model.solution(((1, (1, 0, 2)),))) == ((1, (1, 0, 2)),)


def test_a_tour_with_half_a_pair_or_a_reload_too_many_is_written_whole():
    doors = [
        a_visit("s", 20, collect=True, prize_cents=0),
        a_visit("t", 30, source=0),
        a_visit("d", 5),
    ]
    problem = a_day(doors, [a_van("A")])
    model = model_of(problem, whole(problem))

    assert model.routes(model.solution(((0, (1, RELOAD, 2)),))) == ((0, (0, 1, 2)),)
    assert model.routes(model.solution(((0, (1, 0)),))) == ((0, (0, 1)),)


def test_a_tour_that_is_written_gets_the_spans_it_can_reach():
    door = a_visit("a", 60, opens_s=0, closes_s=HOUR, also=((3 * HOUR, 4 * HOUR),))
    problem = a_day([door, a_visit("b", 20, opens_s=HOUR, closes_s=2 * HOUR)], [a_van()])
    model = model_of(problem, whole(problem))

    assert model.solution(((0, (0, 1)),)).is_feasible()
    assert model.solution(((0, (1, 0)),)).is_feasible()


def test_tours_are_tidied_of_reloads_for_nothing():
    assert tidy((RELOAD, 1, RELOAD, RELOAD, 2, RELOAD)) == (1, RELOAD, 2)
    assert tidy((RELOAD,)) == ()


def test_a_vehicle_whose_shift_is_over_before_it_has_loaded_is_no_fault():
    doors = [a_visit("a", 10), a_visit("b", 11)]
    late = a_van("A", from_s=9 * HOUR, to_s=9 * HOUR, loading_s=900)

    assert searched(a_day(doors, [late, a_van("B")])) in ([("B", "ab")], [("B", "ba")])
