"""What-ifs and the stress test on the command line: what is asked, refused, told and adopted."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import NOW, a_vehicle
from tests.end_to_end.small_day import done, regie
from tests.tours.a_day import ON
from tests.tours.test_touring import fill, planned, today

FLEET = tuple(a_vehicle(code, fixed_cost_cents=0) for code in ("V1", "V2"))


@pytest.fixture
def folder(empty_workspace: Path, tmp_path: Path) -> Iterator[Path]:
    """A planned day of three orders, closed again."""
    shutil.copytree(empty_workspace, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="test", clock=lambda: NOW) as workspace:
        fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 4)), vehicles=FLEET)
        planned(workspace)
    return tmp_path / "day"


def kept(folder: Path) -> list[str]:
    """The vehicles of the tours that are kept."""
    with Workspace.open(folder, user="test", clock=lambda: NOW) as workspace:
        return [tour.vehicle for tour in workspace.read(load_plan, ON).tours]


def test_each_change_is_compared_and_one_is_adopted_by_its_name(folder: Path):
    (driven,) = kept(folder)
    other = next(vehicle.code for vehicle in FLEET if vehicle.code != driven)
    words = ("--without", driven, "--windows", -30, "--seconds", 0.3)

    told = done(folder, "scenarios", "--date", ON, *words, "--adopt", f"without {driven}")

    names = [each["name"] for each in told["scenarios"]]
    assert names == ["anew", f"without {driven}", "windows -30"]
    assert told["adopted"] == f"without {driven}"
    assert told["entry"]
    assert kept(folder) == [other]
    done(folder, "undo")
    assert kept(folder) == [driven]


def test_all_changes_at_once_are_one_scenario(folder: Path):
    words = ("--more", "V1=2", "--speed", -10, "--electric", "--together", "--seconds", 0.3)

    told = done(folder, "scenarios", "--date", ON, *words)

    assert [each["name"] for each in told["scenarios"]] == [
        "anew",
        "more V1=2, electric, speed -10",
    ]
    assert (told["adopted"], told["entry"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), "otherwise"),
        (("--more", "V1=0"), "“0”"),
        (("--more", "V1=many"), "“many”"),
        (("--speed", "95"), "“95”"),
        (("--windows", "30", "--adopt", "windows 30"), "windows +30"),
    ],
)
def test_what_cannot_be_understood_is_named_before_anything_is_searched(
    folder: Path, words: tuple[str, ...], named: str
):
    said = regie(folder, "scenarios", "--date", ON, *words)

    assert said.status == 2
    assert named in said.beside + said.out


def test_what_nobody_knows_is_refused(folder: Path):
    said = regie(folder, "scenarios", "--date", ON, "--closed", "XYZ")

    assert said.refused == ["unknown_subject"]


def test_the_stress_test_stands_beside_the_verdict_and_is_the_same_for_a_seed(folder: Path):
    first = done(folder, "check", "--date", ON, "--stress", "--seed", 4)
    again = done(folder, "check", "--date", ON, "--stress", "--seed", 4)

    assert first["stress"] == again["stress"]
    assert (first["stress"]["days"], first["stress"]["seed"]) == (500, 4)
    assert first["feasible"]
    assert "stress" not in done(folder, "check", "--date", ON)


def test_a_seed_without_a_day_is_not_understood(folder: Path):
    said = regie(folder, "check", "--plan", "nothing.json", "--stress")

    assert said.status == 2
    assert "--date" in said.beside + said.out


def test_evener_hours_and_clearer_areas_are_asked_for_once(folder: Path):
    words = ("--even", 5, "--compact", 3, "--seconds", 0.3)

    told = done(folder, "scenarios", "--date", ON, *words)
    plan = done(folder, "plan", "--date", ON, *words)

    assert [each["name"] for each in told["scenarios"]] == ["anew", "even 5", "compact 3"]
    summary = plan["summary"]
    assert summary["spread_s"] == summary["longest_s"] - summary["shortest_s"] >= 0
    assert summary["apart_m"] > 0
    assert regie(folder, "plan", "--date", ON, "--even", "101").status == 2
    beside = regie(folder, "plan", "--date", ON, "--even", "5", "--gentle", "3")
    assert beside.status == 2
    assert "--gentle" in beside.beside + beside.out
