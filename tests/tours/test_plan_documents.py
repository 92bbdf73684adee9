"""A plan written as JSON is read again whole, trips, pauses and pickups too, and judged alike."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.tours import StopKind, Tour, TourPlan
from app.domain.values import Load
from app.errors import BadFile
from app.operations.plan_reading import plan_from, plan_from_file
from app.operations.touring_documents import as_document
from app.operations.touring_run import PlanRun
from tests.builders import a_vehicle
from tests.tours.a_day import LILLE, ON, PARIS, ROUBAIX, a_door, a_node, at, between
from tests.tours.trial import Step, Trial, depart, driven, home, pause, to

EAST = a_door("1", 0.05, window=between(8, 18), load=Load(30_000, 50_000, 2))
WEST = a_door("2", -0.05, load=Load(20_000, 40_000, 1))
FOREIGN = a_door("3", 0.08, node="RBX", load=Load(7_000, 50_000, 2))
VAN = a_vehicle(
    starts_at=ROUBAIX, loading_s=900, reloads=1, reload_s=600, comes_home=False, break_s=1_800
)


def everything() -> Tour:
    """A tour with every kind of stop."""
    return driven(
        VAN,
        at(9),
        depart(0, ROUBAIX),
        Step(StopKind.LOAD, LILLE, 900),
        to(EAST, not_before=at(10)),
        pause(1_800, EAST.place.point, at(12)),
        Step(StopKind.RELOAD, LILLE, 600),
        Step(StopKind.PICKUP, ROUBAIX, 320, door=FOREIGN),
        to(FOREIGN),
        to(WEST),
        home(WEST.place.point),
    )


TRIAL = Trial(
    [EAST, WEST, FOREIGN],
    [VAN],
    nodes=(a_node(), a_node("RBX", ROUBAIX)),
)


def document(*tours: Tour) -> dict[str, Any]:
    run = PlanRun(ON, TourPlan(ON, tours), zones=(("LIL", "Europe/Paris"),))
    return json.loads(json.dumps(as_document(run)))


def test_every_kind_of_stop_is_written_and_read_again():
    tour = everything()
    assert {stop.kind for stop in tour.stops} == set(StopKind)

    read = plan_from(document(tour), PARIS)

    assert read.unsaid == frozenset()
    assert read.plan.tours == (tour,)


def test_the_plan_read_is_judged_as_the_plan_was():
    tour = everything()
    (read,) = plan_from(document(tour), PARIS).plan.tours

    assert TRIAL.found(tour) == []
    assert TRIAL.found(read) == []


def test_work_begins_with_loading_or_the_way_to_it():
    told = document(everything())["tours"][0]
    tour = everything()

    assert told["stops"][0]["kind"] == "depart"
    assert told["stops"][1]["kind"] == "load"
    assert told["work_s"] == int((tour.end - at(9)).total_seconds()) - 1_800


def test_what_was_changed_in_the_file_is_found(tmp_path: Path):
    told = document(everything())
    reload = next(stop for stop in told["tours"][0]["stops"] if stop["kind"] == "reload")
    reload["departure"] = reload["start"]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(told))

    read = plan_from_file(file, PARIS).plan

    number = next(n for n, s in enumerate(read.tours[0].stops) if s.kind is StopKind.RELOAD)
    assert TRIAL.found(*read.tours) == [("loading_short", number, 0, 600)]


def test_a_kind_of_stop_that_nobody_knows_is_named_with_those_that_are():
    told = document(everything())
    told["tours"][0]["stops"][2]["kind"] = "lunch"

    with pytest.raises(Exception, match="depart, load, delivery, pickup, break, reload, return"):
        plan_from(told, PARIS)


def test_a_stop_without_its_times_is_a_bad_file(tmp_path: Path):
    told = document(everything())
    del told["tours"][0]["stops"][1]["start"]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(told))

    with pytest.raises(BadFile, match=r"stops 2"):
        plan_from_file(file, PARIS)


def test_a_whole_second_earlier_is_still_found_after_reading():
    tour = everything()
    stops = list(tour.stops)
    stops[5] = replace(stops[5], start=stops[5].start - timedelta(seconds=1))
    (read,) = plan_from(document(replace(tour, stops=tuple(stops))), PARIS).plan.tours

    assert TRIAL.found(read) == TRIAL.found(replace(tour, stops=tuple(stops))) != []
