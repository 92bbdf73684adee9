"""A day of tours to test with: shipments round Lille, vehicles, travel times, a problem of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.connectors.roads.great_circle import GreatCircleTravel
from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import LEGAL_RESTS, Policy, RestRule, TouringPolicy
from app.domain.tours import TourPlan, Verdict
from app.domain.values import GeoPoint, Load, Window
from app.planning.tours.check import judge
from app.planning.tours.court import Facts
from app.planning.tours.day import problem_of
from app.planning.tours.problem import Problem
from tests.builders import LILLE, ROUBAIX, a_node, a_vehicle, at_door

ON = date(2026, 11, 24)
PARIS = ZoneInfo("Europe/Paris")
TRAVEL = GreatCircleTravel()


def at(hour: int, minute: int = 0, day: date = ON) -> datetime:
    """A moment of the day, on the wall in Paris."""
    return datetime.combine(day, time(hour, minute), PARIS)


def between(first: int, last: int) -> Window:
    return Window(at(first), at(last))


def a_door(
    code: str, east: float = 0.0, north: float = 0.0, *, node: str = "LIL", **but: Any
) -> ShipmentAtDoor:
    """A shipment to a door so many degrees from the depot; 1 kg unless `load` says otherwise."""
    load = but.pop("load", Load(1_000, 2_000, 1))
    door = at_door(f"{code}-1", GeoPoint(LILLE.latitude + north, LILLE.longitude + east))
    shipment = replace(door.shipment, node=node, load=load)
    return replace(door, shipment=shipment, **but)


@dataclass(frozen=True)
class Day:
    """What a plan is made from."""

    doors: Sequence[ShipmentAtDoor]
    vehicles: Sequence[Vehicle] = (a_vehicle(),)
    nodes: Sequence[StockNode] = (a_node(),)
    prizes: Mapping[str, int] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)

    def problem(self, **but: Any) -> Problem:
        return problem_of(
            self.doors,
            self.vehicles,
            self.nodes,
            TRAVEL,
            self.policy,
            ON,
            PARIS,
            prizes=self.prizes,
            **but,
        )

    def judged(self, plan: TourPlan) -> Verdict:
        facts = Facts.of(self.doors, self.vehicles, self.nodes, TRAVEL, PARIS, self.policy.touring)
        return judge(plan, facts)


def some_windows() -> st.SearchStrategy[Window | None]:
    """None, or a window of one to six hours."""
    spans = st.tuples(st.integers(7, 17), st.integers(1, 6))
    return st.none() | spans.map(lambda s: between(s[0], min(23, s[0] + s[1])))


@st.composite
def some_doors(draw: st.DrawFn, number: int, nodes: Sequence[str]) -> ShipmentAtDoor:
    degrees = st.floats(-0.25, 0.25)
    return a_door(
        f"{480000 + number}",
        draw(degrees),
        draw(degrees),
        node=draw(st.sampled_from(nodes)),
        window=draw(some_windows()),
        service_s=draw(st.sampled_from((0, 120, 300, 1_800))),
        load=Load(draw(st.sampled_from((500, 20_000, 400_000))), draw(st.integers(0, 800_000)), 1),
        handling=draw(st.sampled_from((frozenset(), frozenset({"fragile"}), frozenset({"cold"})))),
    )


@st.composite
def some_vehicles(draw: st.DrawFn, code: str, nodes: Sequence[str]) -> Vehicle:
    starts = draw(st.integers(6, 12))
    resting = draw(st.booleans())
    return a_vehicle(
        code,
        draw(st.sampled_from(nodes)),
        capacity=Load(draw(st.sampled_from((100_000, 800_000))), 6_000_000, 60),
        shift_from=time(starts),
        shift_to=time(starts + draw(st.integers(4, 11))),
        max_m=draw(st.sampled_from((None, 30_000, 120_000))),
        break_s=draw(st.sampled_from((1_200, 2_700))) if resting else 0,
        break_from=draw(st.sampled_from((None, time(11, 30), time(12, 30)))),
        break_to=draw(st.sampled_from((None, time(14), time(15)))),
        fixed_cost_cents=draw(st.sampled_from((0, 4_000))),
        cost_per_km_cents=draw(st.sampled_from((0.0, 18.5, 35.25))),
        cost_per_hour_cents=draw(st.sampled_from((0, 2_350))),
        co2e_g_per_km=draw(st.sampled_from((0, 15, 250))),
        skills=draw(st.sampled_from((frozenset(), frozenset({"cold"})))),
    )


@st.composite
def some_days(draw: st.DrawFn, *, doors: int = 8, vehicles: int = 3) -> Day:
    """Days with one or two depots, few vehicles, and shipments that may or may not fit."""
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)][: draw(st.integers(1, 2))]
    codes = [node.code for node in nodes]
    wanted = [draw(some_doors(n, codes)) for n in range(draw(st.integers(0, doors)))]
    fleet = [draw(some_vehicles(f"V{n}", codes)) for n in range(draw(st.integers(1, vehicles)))]
    prizes = {door.shipment.code: draw(st.sampled_from((0, 600, 2_500, 50_000))) for door in wanted}
    return Day(wanted, fleet, nodes, prizes)


@st.composite
def any_doors(draw: st.DrawFn, number: int, nodes: Sequence[str]) -> ShipmentAtDoor:
    """A door with further windows, goods to wait for, a setup; now and then one seen before."""
    door = draw(some_doors(number, nodes))
    also = () if door.window is None else tuple(draw(st.lists(later_windows(), max_size=2)))
    return replace(
        door,
        also=also,
        place=draw(st.sampled_from((door.place, door.place, at_door("1-1", LILLE).place))),
        ready_at=draw(st.none() | st.integers(6, 15).map(at)),
        setup_s=draw(st.sampled_from((0, 240))),
        address=replace(door.address, postcode=draw(st.sampled_from(("59000", "62300")))),
    )


def later_windows() -> st.SearchStrategy[Window]:
    return st.integers(8, 21).map(lambda hour: between(hour, hour + 2))


@st.composite
def any_vehicles(draw: st.DrawFn, code: str, nodes: Sequence[str]) -> Vehicle:
    """A vehicle with loading, reloads, overtime, and its begin and end anywhere."""
    elsewhere = GeoPoint(LILLE.latitude + 0.05, LILLE.longitude - 0.04)
    return replace(
        draw(some_vehicles(code, nodes)),
        loading_s=draw(st.sampled_from((0, 900))),
        reloads=draw(st.integers(0, 2)),
        reload_s=draw(st.sampled_from((0, 600))),
        max_work_s=draw(st.sampled_from((None, 4 * 3_600, 7 * 3_600))),
        overtime_s=draw(st.sampled_from((0, 3_600))),
        overtime_cost_per_hour_cents=draw(st.sampled_from((0, 900))),
        starts_at=draw(st.sampled_from((None, None, elsewhere, LILLE))),
        ends_at=draw(st.sampled_from((None, None, elsewhere, ROUBAIX))),
        comes_home=draw(st.booleans()),
        service_percent=draw(st.sampled_from((100, 85, 150))),
        areas=draw(st.sampled_from((frozenset(), frozenset({"59"})))),
        gross_weight_kg=draw(st.sampled_from((None, 3_500, 12_000))),
    )


@st.composite
def any_days(draw: st.DrawFn, *, doors: int = 8, vehicles: int = 3) -> Day:
    """Days in which everything may be asked of tours that files can ask."""
    nodes = [a_node("LIL"), a_node("RBX", ROUBAIX)][: draw(st.integers(1, 2))]
    codes = [node.code for node in nodes]
    wanted = [draw(any_doors(n, codes)) for n in range(draw(st.integers(1, doors)))]
    fleet = [draw(any_vehicles(f"V{n}", codes)) for n in range(draw(st.integers(1, vehicles)))]
    prizes = {door.shipment.code: draw(st.sampled_from((0, 600, 2_500, 50_000))) for door in wanted}
    early = RestRule("early", 900, drive_s=5_400, work_s=3 * 3_600)
    policy = TouringPolicy(
        late_tolerance_s=draw(st.sampled_from((0, 0, 1_800))),
        late_cents_per_hour=draw(st.sampled_from((0, 3_000))),
        unknown_area_cents=draw(st.sampled_from((0, 400))),
        rests=draw(st.sampled_from((LEGAL_RESTS, (*LEGAL_RESTS, early), ()))),
    )
    return Day(wanted, fleet, nodes, prizes, Policy(touring=policy))


def without_carbon() -> Policy:
    """A policy in which carbon has no price."""
    return Policy(touring=TouringPolicy(carbon_cents_per_kg=0))


__all__ = ["LILLE", "ROUBAIX", "a_node"]
