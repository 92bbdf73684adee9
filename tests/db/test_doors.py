"""What planning knows of an order: its windows of the day, its time at the door, its group."""

from typing import Any

import pytest

from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.values import Window
from app.workspace import Workspace
from db.orders import load_doors
from tests.tours.a_day import ON, PARIS, at, between
from tests.tours.test_touring import fill, today

TOMORROW = ON.replace(day=ON.day + 1)


def the_door(workspace: Workspace, **but: Any) -> ShipmentAtDoor:
    fill(workspace, today("1", **but))
    (door,) = workspace.read(load_doors, Policy(), PARIS)
    return door


def test_further_windows_ready_time_and_group_come_with_the_order(workspace: Workspace):
    evening = between(18, 20)

    door = the_door(workspace, also=(evening,), ready_at=at(9), group="kitchen")

    assert (door.also, door.ready_at, door.group) == ((evening,), at(9), "kitchen")


@pytest.mark.parametrize(
    ("but", "seconds"),
    [
        ({}, 300),
        ({"floor": 3}, 300),
        ({"floor": 3, "lift": False}, 300 + 3 * 45),
        ({"service_s": 420}, 420),
        ({"service_s": 420, "floor": 3, "lift": False}, 420),
    ],
)
def test_the_time_at_a_door_is_the_policys_with_floors_on_foot_or_the_orders_own(
    workspace: Workspace, but: dict[str, Any], seconds: int
):
    door = the_door(workspace, **but)

    assert door.setup_s + door.service_s == seconds


def test_a_day_sees_the_window_that_it_has(workspace: Workspace):
    promised, later = Window(at(13), at(17)), Window(at(9, 0, TOMORROW), at(12, 0, TOMORROW))
    fill(workspace, today("1", also=(later,)))

    def seen(on: Any) -> list[tuple[Window | None, tuple[Window, ...]]]:
        doors = workspace.read(load_doors, Policy(), PARIS, on)
        return [(door.window, door.also) for door in doors]

    assert seen(ON) == [(promised, (later,))]
    assert seen(TOMORROW) == [(later, (promised,))]
    assert seen(TOMORROW.replace(day=TOMORROW.day + 1)) == []


def test_what_was_promised_keeps_its_name_whatever_window_counts(workspace: Workspace):
    later = Window(at(9, 0, TOMORROW), at(12, 0, TOMORROW))
    fill(workspace, today("1", also=(later,)))

    (door,) = workspace.read(load_doors, Policy(), PARIS, TOMORROW)

    assert door.promised_to == at(17)
