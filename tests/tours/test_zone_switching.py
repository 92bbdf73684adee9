"""The law slider: what each zone does on a day, and zones switched on and off by hand."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.cli import run
from app.domain.acts.orders import ImportRows
from app.domain.fleet import Energy
from app.domain.values import GeoPoint, Load
from app.domain.zones import AccessZone, Ban, Ring
from app.errors import WhollyRefused
from app.operations.access_zones import switch_zone, zones_of_day
from app.wording import sentence
from app.workspace import Workspace
from db.fleet import load_access_zones
from db.journal import entries
from tests.builders import LILLE, a_node, a_vehicle
from tests.tours.a_day import ON
from tests.tours.test_touring import fill, planned, today

VAN = Load(800_000, 6_000_000, 60)
OLD = a_vehicle("OLD", critair="5", capacity=VAN, fixed_cost_cents=0)
CLEAN = a_vehicle("CLEAN", energy=Energy.ELECTRIC, capacity=VAN)
NEXT_YEAR = date(2027, 1, 1)


def round_lille(east: float = 0.0) -> Ring:
    """A square of about eight kilometres."""
    north, middle = LILLE.latitude, LILLE.longitude + east
    corners = ((-0.04, -0.05), (-0.04, 0.05), (0.04, 0.05), (0.04, -0.05), (-0.04, -0.05))
    return tuple(GeoPoint(north + y, middle + x) for y, x in corners)


def zone(code: str = "LILLE", *bans: Ban, east: float = 0.0, **but: object) -> AccessZone:
    ban = Ban(heavy=False, critair_from="3")
    return AccessZone(code, (round_lille(east),), bans or (ban,), **but)  # type: ignore[arg-type]


def take_in(workspace: Workspace, *zones: AccessZone) -> None:
    workspace.submit(ImportRows("access_zone", "access_zones.geojson", zones))


def test_a_zone_tells_its_vehicles_and_stops_and_what_none_may_bring(workspace: Workspace):
    near, twin, far = today("1"), today("2"), today("3", 0.3)
    fill(workspace, near, twin, far, vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone())

    (effect,) = zones_of_day(workspace, ON).effects

    assert effect.in_force
    assert effect.vehicles == ("OLD",)
    assert effect.stops == 1  # two orders at one door
    assert effect.unreachable == ("1-1", "2-1")


def test_a_vehicle_that_may_come_leaves_nothing_unreachable(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(OLD, CLEAN), nodes=(a_node(),))
    take_in(workspace, zone())

    day = zones_of_day(workspace, ON)

    assert day.vehicles == ("OLD",)
    assert day.unreachable == ()


def test_hours_that_leave_some_of_the_day_leave_a_way_to_deliver(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone("LILLE", Ban("Mo-Fr 08:00-20:00")))

    (effect,) = zones_of_day(workspace, ON).effects

    assert effect.vehicles == ("OLD",)
    assert effect.unreachable == ()


def test_zones_together_may_close_what_each_leaves_open(workspace: Workspace):
    lorry = a_vehicle("LORRY", capacity=Load(8_000_000, 40_000_000, 900))
    fill(workspace, today("1"), vehicles=(OLD, lorry), nodes=(a_node(),))
    take_in(workspace, zone("VANS", Ban(heavy=False)), zone("LORRIES", Ban(heavy=True)))

    day = zones_of_day(workspace, ON)

    assert [effect.unreachable for effect in day.effects] == [(), ()]
    assert day.unreachable == ("1-1",)


def test_the_day_decides_which_phase_is_in_force(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))
    soft = zone("LILLE", Ban(critair_from=""), valid_to=date(2026, 12, 31))
    hard = zone(valid_from=NEXT_YEAR)
    take_in(workspace, soft, hard)

    def holding(on: date) -> list[str]:
        return [
            effect.zone.key for effect in zones_of_day(workspace, on).effects if effect.in_force
        ]

    assert holding(ON) == ["LILLE/"]
    assert holding(NEXT_YEAR) == ["LILLE/2027-01-01"]


def test_a_zone_switched_off_keeps_nobody_out_and_undo_brings_it_back(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone())
    assert planned(workspace).drafts.tours == ()

    switched = switch_zone(workspace, "LILLE", active=False, reason="suspended by the court")

    assert len(planned(workspace).drafts.tours) == 1
    workspace.undo(switched.entry)
    assert planned(workspace).drafts.tours == ()


def test_a_code_switches_every_phase_and_a_key_one_alone(workspace: Workspace):
    take_in(workspace, zone(), zone(valid_from=NEXT_YEAR), zone("LILLE-SUD"))

    switch_zone(workspace, "LILLE/2027-01-01", active=False)
    assert _active(workspace) == {"LILLE/": True, "LILLE/2027-01-01": False, "LILLE-SUD/": True}

    switch_zone(workspace, "LILLE", active=False)
    assert _active(workspace) == {"LILLE/": False, "LILLE/2027-01-01": False, "LILLE-SUD/": True}


def test_the_same_file_again_leaves_a_zone_off_and_a_new_text_brings_it_back(workspace: Workspace):
    take_in(workspace, zone())
    switch_zone(workspace, "LILLE", active=False)

    take_in(workspace, zone())
    assert _active(workspace) == {"LILLE/": False}

    take_in(workspace, zone("LILLE", Ban(critair_from="2")))
    assert _active(workspace) == {"LILLE/": True}


def test_the_journal_says_which_zone_and_why(workspace: Workspace, english: None):
    take_in(workspace, zone())
    switch_zone(workspace, "LILLE", active=False, reason="suspended by the court")

    said = [sentence(entry.summary) for entry in workspace.read(entries)]

    assert said == [
        "Access zone LILLE holds no more: suspended by the court",
        "Access zones taken in from access_zones.geojson: 1",
    ]


def test_a_switch_is_not_undone_under_a_later_one(workspace: Workspace):
    take_in(workspace, zone())
    first = switch_zone(workspace, "LILLE", active=False)
    switch_zone(workspace, "LILLE", active=True)

    with pytest.raises(WhollyRefused) as refusal:
        workspace.undo(first.entry)

    assert refusal.value.code == "moved_on"


def test_an_unknown_zone_is_refused(workspace: Workspace):
    take_in(workspace, zone())

    with pytest.raises(WhollyRefused) as refusal:
        switch_zone(workspace, "LIL", active=False)

    assert refusal.value.code == "unknown_subject"


def test_the_command_tells_the_day_and_switches(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
):
    fill(workspace, today("1"), vehicles=(OLD,), nodes=(a_node(),))
    take_in(workspace, zone())
    workspace.close()

    words = ["--data", str(folder), "--lang", "en", "--json", "zones", "--on", ON.isoformat()]
    assert run(words) == 0
    before = json.loads(capsys.readouterr().out)
    assert run([*words, "--switch", "LILLE", "off", "--reason", "court"]) == 0
    after = json.loads(capsys.readouterr().out)

    assert before["summary"] == {
        "zones": 1,
        "in_force": 1,
        "vehicles": ["OLD"],
        "stops": 1,
        "unreachable": ["1-1"],
    }
    assert before["zones"][0]["bans"][0]["text"] == "vans Crit'Air 3 and worse"
    assert before["zones"][0]["bans"][0]["closed"] == [
        ["2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"]
    ]
    assert after["zones"][0]["active"] is False
    assert after["summary"]["in_force"] == 0
    assert after["entry"]


def test_a_state_that_is_neither_on_nor_off_is_wrong_usage(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
):
    workspace.close()

    status = run(["--data", str(folder), "--lang", "en", "zones", "--switch", "LILLE", "maybe"])

    assert status == 2
    assert "“maybe”" in capsys.readouterr().err


def _active(workspace: Workspace) -> dict[str, bool]:
    return {one.key: one.active for one in workspace.read(load_access_zones)}
