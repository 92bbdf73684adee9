"""Days with everything that files and people can say: what the solver plans, the judge accepts."""

from dataclasses import dataclass, field, replace
from datetime import time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.fleet import Vehicle
from app.domain.locks import LockKind, TourLock
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import LEGAL_RESTS, Policy, RestRule, TouringPolicy
from app.domain.tours import TourPlan, Violation
from app.domain.values import Window
from app.planning.tours.check import judge
from app.planning.tours.court import Facts
from app.planning.tours.day import problem_of
from app.planning.tours.locked import with_locks
from app.planning.tours.problem import Problem
from app.planning.tours.solver import solve
from tests.builders import ROUBAIX, a_node
from tests.tours.a_day import ON, PARIS, TRAVEL, a_door, at, between, some_doors, some_vehicles

NODES = [a_node("LIL"), a_node("RBX", ROUBAIX)]


@dataclass(frozen=True)
class WholeDay:
    """A day with its policy and locks."""

    doors: list[ShipmentAtDoor]
    vehicles: list[Vehicle]
    policy: TouringPolicy
    locks: list[TourLock] = field(default_factory=list)

    def problem(self) -> Problem:
        problem = problem_of(
            self.doors, self.vehicles, NODES, TRAVEL, Policy(touring=self.policy), ON, PARIS
        )
        groups = {door.shipment.code: door.group for door in self.doors}
        return with_locks(problem, self.locks, groups=groups)

    def against(self, plan: TourPlan) -> list[Violation]:
        facts = Facts.of(self.doors, self.vehicles, NODES, TRAVEL, PARIS, self.policy, self.locks)
        return list(judge(plan, facts).violations)


#: Locks of one shipment alone.
ALONE = (LockKind.VEHICLE, LockKind.NOT_VEHICLE, LockKind.AT)


@st.composite
def fuller_doors(draw: st.DrawFn, number: int) -> ShipmentAtDoor:
    door = draw(some_doors(number, ["LIL", "RBX"]))
    also: tuple[Window, ...] = ()
    if door.window is not None and draw(st.booleans()):
        start = door.window.end + timedelta(hours=draw(st.integers(0, 3)))
        also = (Window(start, start + timedelta(hours=1)),)
    return replace(
        door,
        also=also,
        setup_s=draw(st.sampled_from((0, 240))),
        ready_at=draw(st.sampled_from((None, None, at(9), at(11, 30)))),
    )


@st.composite
def fuller_vehicles(draw: st.DrawFn, code: str) -> Vehicle:
    vehicle = draw(some_vehicles(code, ["LIL", "RBX"]))
    return replace(
        vehicle,
        loading_s=draw(st.sampled_from((0, 900))),
        reload_s=draw(st.sampled_from((0, 600))),
        max_work_s=draw(st.sampled_from((None, 7_200, 18_000))),
        overtime_s=draw(st.sampled_from((0, 3_600))),
        overtime_cost_per_hour_cents=draw(st.sampled_from((0, 1_200))),
        starts_at=draw(st.sampled_from((None, None, ROUBAIX))),
        ends_at=draw(st.sampled_from((None, None, ROUBAIX))),
        comes_home=draw(st.booleans()),
        service_percent=draw(st.sampled_from((70, 100, 133))),
        areas=draw(st.sampled_from((frozenset(), frozenset({"59"}), frozenset({"62"})))),
        gross_weight_kg=draw(st.sampled_from((None, 3_500, 12_000))),
    )


@st.composite
def some_policies(draw: st.DrawFn) -> TouringPolicy:
    short = (RestRule("short", 600, drive_s=1_500), RestRule("work", 900, work_s=7_200))
    return TouringPolicy(
        late_tolerance_s=draw(st.sampled_from((0, 0, 900))),
        late_cents_per_hour=draw(st.sampled_from((0, 3_000))),
        unknown_area_cents=draw(st.sampled_from((0, 300))),
        rests=draw(st.sampled_from(((), LEGAL_RESTS, short))),
    )


@st.composite
def some_locks(draw: st.DrawFn, doors: list[ShipmentAtDoor]) -> list[TourLock]:
    if not doors:
        return []
    names = st.sampled_from([door.shipment.code for door in doors])
    made = []
    for kind in draw(st.lists(st.sampled_from(ALONE), max_size=3)):
        vehicle = draw(st.sampled_from(("V0", "V1")))
        made.append(
            TourLock(
                ON,
                kind,
                (draw(names),),
                "" if kind is LockKind.AT else vehicle,
                at(draw(st.integers(8, 17))) if kind is LockKind.AT else None,
            )
        )
    return list({lock.code: lock for lock in made}.values())


@st.composite
def whole_days(draw: st.DrawFn) -> WholeDay:
    doors = [draw(fuller_doors(n)) for n in range(draw(st.integers(0, 7)))]
    fleet = [draw(fuller_vehicles(f"V{n}")) for n in range(draw(st.integers(1, 3)))]
    return WholeDay(doors, fleet, draw(some_policies()), draw(some_locks(doors)))


@settings(deadline=None, max_examples=60)
@given(whole_days())
def test_whatever_is_planned_is_accepted(day: WholeDay):
    plan = solve(day.problem(), iterations=10, seed=1)

    assert day.against(plan) == []


def test_the_day_of_a_vehicle_is_as_the_file_says():
    vehicle = replace(
        Vehicle("V1", "LIL"),
        loading_s=900,
        reloads=2,
        reload_s=600,
        max_work_s=25_200,
        overtime_s=3_600,
        overtime_cost_per_hour_cents=1_200,
        starts_at=ROUBAIX,
        comes_home=False,
        service_percent=120,
        gross_weight_kg=12_000,
        shift_from=time(7),
    )

    problem = WholeDay([], [vehicle], TouringPolicy()).problem()
    (day,) = problem.vehicles

    assert (day.loading_s, day.reloads, day.reload_s) == (900, 2, 600)
    assert (day.max_work_s, day.overtime_s, day.overtime_hour_cents) == (25_200, 3_600, 1_200)
    assert day.starts is not None
    assert problem.points[day.starts] == ROUBAIX
    assert day.lead_m > ROUBAIX.distance_m(NODES[0].point)
    assert (day.open_ended, day.ends, day.service_percent) == (True, None, 120)
    assert [(rest.drive_s, rest.work_s) for rest in day.rests] == [(16_200, None), (None, 21_600)]


def test_a_van_has_no_lorry_s_pauses_and_ends_where_it_does():
    vehicle = Vehicle("V1", "LIL", ends_at=ROUBAIX, comes_home=False)

    problem = WholeDay([], [vehicle], TouringPolicy()).problem()
    (day,) = problem.vehicles

    assert [rest.work_s for rest in day.rests] == [21_600]
    assert (day.starts, day.open_ended) == (None, False)
    assert day.ends is not None
    assert problem.points[day.ends] == ROUBAIX


def test_a_visit_has_its_further_windows_its_goods_time_and_the_lateness_that_is_borne():
    door = a_door(
        "1", 0.05, window=between(9, 10), also=(between(15, 16),), setup_s=240, ready_at=at(8, 30)
    )
    bearing = TouringPolicy(late_tolerance_s=600, late_cents_per_hour=1_000)
    (visit,) = WholeDay([door], [Vehicle("V1", "LIL")], bearing).problem().visits

    assert visit.spans == ((9 * 3_600, 10 * 3_600), (15 * 3_600, 16 * 3_600))
    assert (visit.setup_s, visit.ready_s) == (240, 8 * 3_600 + 1_800)
    assert (visit.late_s, visit.late_hour_cents) == (600, 1_000)


def test_a_stop_shows_the_window_that_it_keeps():
    first, second = between(8, 9), between(15, 16)
    van = Vehicle("V1", "LIL", shift_from=time(12), shift_to=time(18))
    doors = [a_door("1", 0.05, window=first, also=(second,)), a_door("2", 0.06)]
    plan = solve(WholeDay(doors, [van], TouringPolicy()).problem(), iterations=10)

    stops = {stop.shipment: stop for stop in plan.tours[0].deliveries}

    assert stops["1-1"].window == second
    assert stops["2-1"].window is None
    assert plan.late_s == 0


def test_who_knows_the_area_is_the_usual_one():
    def usual(*fleet: Vehicle, cents: int = 500) -> frozenset[str]:
        policy = TouringPolicy(unknown_area_cents=cents)
        (visit,) = WholeDay([a_door("1")], list(fleet), policy).problem().visits
        return visit.usual

    here = Vehicle("V1", "LIL", areas=frozenset({"591"}))
    elsewhere = Vehicle("V2", "LIL", areas=frozenset({"62", "80"}))

    assert usual(here, elsewhere) == {"V1"}
    assert usual(here, Vehicle("V3", "LIL")) == frozenset()
    assert usual(elsewhere, cents=0) == frozenset()
