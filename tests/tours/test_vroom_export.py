"""A day in VROOM's JSON: the problem with its matrices, and the kept tours as a solution of it."""

import json
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.domain.fleet import Energy
from app.domain.knowledge import About, Note
from app.domain.travel import VehicleProfile
from app.operations.notes import write_note
from app.operations.vroom_export import export_vroom
from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import a_node, a_vehicle
from tests.tours.a_day import ON, at
from tests.tours.test_touring import FREE, fill, planned, today

BIKE = a_vehicle("BIKE", energy=Energy.CARGO_BIKE, fixed_cost_cents=9_000, max_m=30_000)


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Three orders east of the depot, a van that takes them and a bike that stays at home."""
    orders = [today(f"48021{n}", 0.01 * n) for n in (1, 2, 3)]
    fill(workspace, *orders, vehicles=(FREE, BIKE), nodes=(a_node(),))
    planned(workspace)
    return workspace


def written(workspace: Workspace, out: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    files = export_vroom(workspace, ON, out)
    return json.loads(files.problem.read_text()), json.loads(files.solution.read_text())


def test_the_solution_says_what_the_plan_says(desk: Workspace, tmp_path: Path):
    _, told = written(desk, tmp_path)
    plan = desk.read(load_plan, ON)

    (route,) = told["routes"]
    (tour,) = plan.tours
    summary = told["summary"]
    assert (summary["cost"], summary["distance"]) == (plan.cost_cents, plan.distance_m)
    assert (route["duration"], route["distance"]) == (tour.drive_s, tour.distance_m)
    assert (route["steps"][-1]["duration"], route["steps"][-1]["distance"]) == (
        tour.drive_s,
        tour.distance_m,
    )
    assert [step["type"] for step in route["steps"]] == ["start", "job", "job", "job", "end"]
    assert route["delivery"] == [tour.load.weight_g, tour.load.volume_ml, tour.load.parcels]
    assert summary["unassigned"] == 0


def test_the_solution_solves_the_problem_by_its_own_figures(desk: Workspace, tmp_path: Path):
    """Each leg takes what the matrix says, each service starts in a window, capacity suffices."""
    problem, told = written(desk, tmp_path)
    jobs = {job["id"]: job for job in problem["jobs"]}
    vehicles = {vehicle["id"]: vehicle for vehicle in problem["vehicles"]}

    for route in told["routes"]:
        vehicle = vehicles[route["vehicle"]]
        durations = problem["matrices"][vehicle["profile"]]["durations"]
        steps = [step for step in route["steps"] if step["type"] != "break"]
        places = [_place(step, jobs, vehicle) for step in steps]
        for (here, before), (there, after) in pairwise(zip(places, steps, strict=True)):
            left = before["arrival"] + before["waiting_time"] + before["service"]
            assert after["arrival"] - left >= durations[here][there]
        for step in steps:
            if step["type"] == "job":
                job, start = jobs[step["id"]], step["arrival"] + step["waiting_time"]
                assert any(opens <= start <= closes for opens, closes in job["time_windows"])
                assert step["service"] == job["setup"] + job["service"]
                assert step["location"] == job["location"]
                assert set(job.get("skills", ())) <= set(vehicle.get("skills", ()))
        assert all(a <= b for a, b in zip(route["delivery"], vehicle["capacity"], strict=True))
        assert steps[0]["arrival"] >= vehicle["time_window"][0]
        assert steps[-1]["arrival"] <= vehicle["time_window"][1]


def test_vehicles_keep_their_prices_limits_and_matrices(desk: Workspace, tmp_path: Path):
    problem, _ = written(desk, tmp_path)
    bike, van = sorted(problem["vehicles"], key=lambda vehicle: vehicle["description"])

    assert (bike["description"], van["description"]) == ("BIKE", "V1")
    assert bike["max_distance"] == 30_000
    assert bike["costs"] == {"fixed": 9_000, "per_hour": 2_400, "per_km": 35}
    assert bike["profile"] != van["profile"]
    assert set(problem["matrices"]) == {bike["profile"], van["profile"]}
    places = len(problem["matrices"][van["profile"]]["durations"])
    assert places == 4  # the depot and three doors
    assert van["start_index"] == van["end_index"] == 0


def test_who_may_not_come_lacks_the_skill(desk: Workspace, tmp_path: Path):
    only = frozenset({VehicleProfile.VAN})
    write_note(desk, Note("", About.CLIENT, "Claire Delattre", only=only))

    problem, _ = written(desk, tmp_path)

    bike, van = sorted(problem["vehicles"], key=lambda vehicle: vehicle["description"])
    for job in problem["jobs"]:
        assert set(job["skills"]) <= set(van["skills"])
        assert not set(job["skills"]) <= set(bike.get("skills", ()))


def test_hours_that_bind_everybody_cut_the_windows(desk: Workspace, tmp_path: Path):
    bound = Note("", About.CLIENT, "Claire Delattre", not_before=time(14), not_after=time(16))
    write_note(desk, bound)

    problem, _ = written(desk, tmp_path)

    for job in problem["jobs"]:
        ((opens, closes),) = job["time_windows"]
        assert opens == at(14).timestamp()
        assert closes + job["setup"] + job["service"] == at(16).timestamp()


def test_what_no_tour_took_is_unassigned(workspace: Workspace, tmp_path: Path):
    fill(workspace, today("1"), vehicles=(FREE,), nodes=(a_node(),))
    write_note(workspace, Note("", About.CLIENT, "Claire Delattre", weekdays=frozenset({6})))
    planned(workspace)

    problem, told = written(workspace, tmp_path)

    (left,) = told["unassigned"]
    assert (left["description"], told["routes"]) == ("1-1", [])
    assert left["id"] in {job["id"] for job in problem["jobs"]}
    assert told["summary"]["delivery"] == [0, 0, 0]


def test_a_day_without_anything_is_an_empty_solution(workspace: Workspace, tmp_path: Path):
    problem, told = written(workspace, tmp_path)

    assert (problem["jobs"], told["routes"], told["unassigned"]) == ([], [], [])


def test_the_command_writes_both_files(
    desk: Workspace, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    desk.close()

    words = ["--data", str(folder), "--json", "vroom", "--date", ON.isoformat()]
    assert run([*words, "--out", str(tmp_path / "out")]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["jobs"], told["routes"]) == (3, 1)
    assert all(Path(file).is_file() for file in told["files"])


def _place(step: dict[str, Any], jobs: dict[int, Any], vehicle: dict[str, Any]) -> int:
    """The row of the matrix at which a step is."""
    if step["type"] == "job":
        place: int = jobs[step["id"]]["location_index"]
        return place
    index: int = vehicle["start_index" if step["type"] == "start" else "end_index"]
    return index
