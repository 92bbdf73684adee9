"""Zones that some vehicles may not enter: read from files, judged by class, day and hour."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fleet import Energy, Vehicle
from app.domain.values import GeoPoint, Load
from app.domain.zones import AccessZone, Ban, Ring
from app.operations import touring
from app.operations.intake import import_path
from app.planning.tours.solver import solve
from app.planning.tours.zone_access import access_of
from app.workspace import Workspace
from db.fleet import load_access_zones
from tests.builders import LILLE, a_vehicle
from tests.tours.a_day import ON
from tests.tours.test_touring import fill, today

PARIS = ZoneInfo("Europe/Paris")
TUESDAY, SATURDAY, MAY_DAY = date(2026, 11, 24), date(2026, 11, 28), date(2026, 5, 1)
VAN, LORRY = Load(800_000, 6_000_000, 60), Load(8_000_000, 40_000_000, 900)
H = 3600


def square(side: float = 1.0, north: float = 0.0, east: float = 0.0) -> Ring:
    corners = ((0, 0), (0, side), (side, side), (side, 0), (0, 0))
    return tuple(GeoPoint(north + y, east + x) for y, x in corners)


def a_zone(*bans: Ban, rings: tuple[Ring, ...] = (square(),), **but: Any) -> AccessZone:
    return AccessZone("Z", rings, bans or (Ban(),), **but)


def kept_out(zone: AccessZone, vehicle: Vehicle, on: date = TUESDAY) -> bool:
    (said,) = access_of([GeoPoint(0.5, 0.5)], [vehicle], [zone], on, PARIS, "FR")
    return bool(said.never)


@pytest.mark.parametrize(
    ("vehicle", "out"),
    [
        (a_vehicle(energy=Energy.ELECTRIC, capacity=VAN), False),
        (a_vehicle(critair="2", capacity=VAN), False),
        (a_vehicle(critair="3", capacity=VAN), True),
        (a_vehicle(critair="5", capacity=VAN), True),
        (a_vehicle(critair="", capacity=VAN), True),
        (a_vehicle(energy=Energy.CARGO_BIKE, capacity=VAN), False),
        (a_vehicle(critair="3", capacity=LORRY), False),  # this ban is for light vehicles
    ],
)
def test_the_named_class_and_the_worse_ones_are_kept_out(vehicle: Vehicle, out: bool):
    assert kept_out(a_zone(Ban(heavy=False, critair_from="3")), vehicle) is out


def test_a_ban_of_vehicles_without_class_leaves_the_worst_class_in():
    zone = a_zone(Ban(critair_from=""))

    assert not kept_out(zone, a_vehicle(critair="5"))
    assert kept_out(zone, a_vehicle(critair=""))


def test_a_weight_limit_keeps_heavier_vehicles_out():
    zone = a_zone(Ban(above_kg=3_500))

    assert not kept_out(zone, a_vehicle(capacity=VAN))
    assert kept_out(zone, a_vehicle(capacity=LORRY))
    assert kept_out(zone, a_vehicle(capacity=VAN, gross_weight_kg=5_000))


def test_a_zone_holds_between_its_days_and_while_it_is_switched_on():
    van = a_vehicle(critair="4")
    phase = a_zone(valid_from=date(2026, 1, 1), valid_to=TUESDAY)

    assert kept_out(phase, van)
    assert not kept_out(phase, van, SATURDAY)
    assert not kept_out(a_zone(valid_from=SATURDAY), van)
    assert not kept_out(a_zone(active=False), van)


@pytest.mark.parametrize(
    ("on", "spans"),
    [
        (TUESDAY, [(8 * H, 20 * H), (32 * H, 44 * H)]),
        (SATURDAY, []),
        (MAY_DAY, []),  # a public holiday, then a Saturday
        (date(2026, 3, 29), [(31 * H, 43 * H)]),  # Sunday; Monday's hours, the clock went forward
    ],
)
def test_hours_are_those_of_the_day_holidays_and_the_clock_considered(
    on: date, spans: list[tuple[int, int]]
):
    zone = a_zone(Ban("Mo-Fr 08:00-20:00; PH off"))

    (said,) = access_of([GeoPoint(0.5, 0.5)], [a_vehicle()], [zone], on, PARIS, "FR")

    assert said.never == frozenset()
    assert [(shut.from_s, shut.to_s) for shut in said.shut] == spans


def test_a_hole_is_outside():
    zone = a_zone(rings=(square(3), square(1, 1, 1)))
    points = [GeoPoint(0.5, 0.5), GeoPoint(1.5, 1.5), GeoPoint(2.5, 2.5), GeoPoint(3.5, 1)]

    said = access_of(points, [a_vehicle()], [zone], TUESDAY, PARIS, "FR")

    assert [bool(one.never) for one in said] == [True, False, True, False]


def _winds_round(ring: Sequence[GeoPoint], point: GeoPoint) -> bool:
    """The winding number (Sunday 2001): another way to tell inside from outside."""
    winds = 0
    for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
        left = (b.longitude - a.longitude) * (point.latitude - a.latitude) - (
            point.longitude - a.longitude
        ) * (b.latitude - a.latitude)
        if a.latitude <= point.latitude < b.latitude and left > 0:
            winds += 1
        elif b.latitude <= point.latitude < a.latitude and left < 0:
            winds -= 1
    return winds != 0


@given(
    corners=st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=3, unique=True
    ),
    place=st.tuples(st.floats(0.1, 39.9), st.floats(0.1, 39.9)),
)
def test_inside_is_what_the_winding_number_says(
    corners: list[tuple[int, int]], place: tuple[float, float]
):
    ring = tuple(GeoPoint(y, x) for y, x in (*corners, corners[0]))
    point = GeoPoint(*place)

    (said,) = access_of([point], [a_vehicle()], [a_zone(rings=(ring,))], TUESDAY, PARIS, "FR")

    assert bool(said.never) is _winds_round(ring, point)


# Files


def _file(folder: Path, *features: Any, name: str = "access_zones.geojson") -> Path:
    file = folder / name
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def _feature(**properties: Any) -> dict[str, Any]:
    ring = [[3.0, 50.5], [3.2, 50.5], [3.2, 50.7], [3.0, 50.7], [3.0, 50.5]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_the_french_zones_come_in_whole(workspace: Workspace, shared_data: Path):
    (report,) = import_path(workspace, shared_data / "zfe" / "zfe_aires_2023-12.geojson").files

    zones = workspace.read(load_access_zones)

    assert (report.rows, report.accepted, report.rejected) == (27, 27, ())
    in_force = [zone.code for zone in zones if zone.in_force(date(2023, 12, 1))]
    assert "217500016-ZFE-001" in in_force
    assert len({zone.code for zone in zones}) == 25  # one has three phases


def test_the_zone_of_paris_keeps_old_vans_out_on_working_days(
    workspace: Workspace, shared_data: Path
):
    import_path(workspace, shared_data / "zfe" / "zfe_aires_2023-12.geojson")
    zones = workspace.read(load_access_zones)
    paris, versailles = GeoPoint(48.8566, 2.3522), GeoPoint(48.8049, 2.1204)
    old, new = a_vehicle("OLD", critair="4", capacity=VAN), a_vehicle("NEW", critair="1")

    inside, outside = access_of([paris, versailles], [old, new], zones, TUESDAY, PARIS, "FR")

    assert {vehicle for shut in inside.shut for vehicle in shut.vehicles} == {"OLD"}
    assert outside.shut == ()


def test_bad_features_are_named_and_the_good_ones_go_in(workspace: Workspace, tmp_path: Path):
    point = {"type": "Feature", "properties": {"code": "P"}, "geometry": {"type": "Point"}}
    file = _file(
        tmp_path,
        _feature(code="A", light_critair="V4", light_hours="24/7"),
        {**point, "properties": {"code": "P", "light_critair": "V4"}},
        _feature(code="B", light_critair="V9"),
        _feature(code="C"),
        {"type": "Feature", "properties": {"code": "D"}, "geometry": None},
        _feature(code="A", light_critair="V5"),
    )

    (report,) = import_path(workspace, file).files

    assert report.accepted == 1
    assert [(fault.line, fault.reason.code) for fault in report.rejected] == [
        (3, "no_polygon"),
        (4, "not_one_of"),
        (5, "no_ban"),
        (6, "no_geometry"),
        (7, "repeated"),
    ]


def test_zones_come_in_again_unchanged_and_undo_takes_them_out(
    workspace: Workspace, tmp_path: Path
):
    file = _file(tmp_path, _feature(code="A", above_kg=3500, motor_hours="Mo-Su 11:00-19:00"))
    import_path(workspace, file)

    (again,) = import_path(workspace, file).files
    workspace.undo()

    assert again.unchanged == 1
    assert workspace.read(load_access_zones) == []


def test_no_vehicle_is_sent_where_it_may_not_go(workspace: Workspace, tmp_path: Path):
    """The nearer door lies in the zone: the bicycle goes there, the old van elsewhere."""
    old = a_vehicle("OLD", critair="5", capacity=VAN, fixed_cost_cents=0)
    bike = a_vehicle("BIKE", energy=Energy.CARGO_BIKE, fixed_cost_cents=5_000, max_m=20_000)
    fill(workspace, today("1", 0.02), today("2", 0.3), vehicles=(old, bike))
    east = LILLE.longitude
    ring = [
        [east, LILLE.latitude - 0.1],
        [east + 0.1, LILLE.latitude - 0.1],
        [east + 0.1, LILLE.latitude + 0.1],
        [east, LILLE.latitude + 0.1],
        [east, LILLE.latitude - 0.1],
    ]
    feature = _feature(code="Z", light_critair="V3")
    feature["geometry"]["coordinates"] = [ring]
    import_path(workspace, _file(tmp_path, feature))

    run = touring.plan(workspace, ON, seconds=None, iterations=50, solver=solve)

    by_vehicle = {tour.vehicle: [s.order for s in tour.deliveries] for tour in run.plan.tours}
    assert by_vehicle == {"OLD": ["2"], "BIKE": ["1"]}


def test_the_judge_names_a_stop_where_its_vehicle_may_not_be(workspace: Workspace, tmp_path: Path):
    old = a_vehicle("OLD", critair="5", capacity=VAN, fixed_cost_cents=0)
    fill(workspace, today("1", 0.02), vehicles=(old,))
    touring.plan(workspace, ON, seconds=None, iterations=10, apply=True, solver=solve)
    ring = [[2.0, 50.0], [4.0, 50.0], [4.0, 51.0], [2.0, 51.0], [2.0, 50.0]]
    feature = _feature(code="Z", light_critair="V3", light_hours="Tu 08:00-20:00")
    feature["geometry"]["coordinates"] = [ring]
    import_path(workspace, _file(tmp_path, feature))

    verdict = touring.check(workspace, on=ON).verdict

    assert [(v.code, v.shipment) for v in verdict.violations] == [("shut", "1-1")]
