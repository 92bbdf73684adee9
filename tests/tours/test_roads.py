"""Tours over a workspace's own roads and measured times: taken in, used, shown, done without."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from app.connectors.feeds.faults import Unreadable
from app.domain.travel import VehicleProfile
from app.errors import EnvironmentProblem, UnknownSubject
from app.operations import touring
from app.operations.review_day import read_ground
from app.operations.roads import (
    RoadKind,
    add_roads,
    as_document,
    remove_roads,
    road_sources,
    road_ways,
    travel_times,
)
from app.planning.tours.solver import solve
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.plans import load_plan
from tests.builders import a_node, a_vehicle
from tests.builders import at as located
from tests.connectors.roads.osm_files import grid_point, osm_file
from tests.connectors.roads.test_extract import RING, point
from tests.tours.a_day import ON
from tests.tours.test_touring import fill, today

VAN = VehicleProfile.VAN
HEADER = "from_latitude;from_longitude;to_latitude;to_longitude;distance_m;duration_s;profile"


def pairs_file(folder: Path, *rows: str, name: str = "measured.csv") -> Path:
    file = folder / name
    file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return file


def row(start: tuple[int, int], end: tuple[int, int], *, metres: int, seconds: int) -> str:
    places = (*grid_point(*start), *grid_point(*end))
    return ";".join((*(f"{degrees:.6f}" for degrees in places), f"{metres}", f"{seconds}", ""))


@pytest.fixture
def on_the_grid(workspace: Workspace, tmp_path: Path) -> Workspace:
    """One depot and two doors on the ring of streets, which the workspace knows."""
    doors = [
        replace(today(code), place=located(point(*place)))
        for code, place in (("480001", (2, 0)), ("480002", (2, 4)))
    ]
    fill(workspace, *doors, nodes=(a_node("LIL", point(0, 0)),), vehicles=(a_vehicle(),))
    add_roads(workspace, osm_file(tmp_path, RING))
    return workspace


def test_tours_follow_the_workspaces_roads(on_the_grid: Workspace):
    touring.plan(on_the_grid, ON, iterations=50, apply=True, solver=solve)

    plan = on_the_grid.read(load_plan, ON)

    assert "grid" in plan.method
    assert [tour.distance_m for tour in plan.tours] == [2 * (222 + 293)]
    assert touring.check(on_the_grid, on=ON).verdict.feasible


def test_the_review_draws_the_roads(on_the_grid: Workspace):
    touring.plan(on_the_grid, ON, iterations=50, apply=True, solver=solve)

    (ways,) = read_ground(on_the_grid, ON).ways.values()

    assert len(ways) == 3
    lengths = [sum(a.distance_m(b) for a, b in pairwise(line)) for line in ways.values()]
    assert sum(lengths) == pytest.approx(2 * (222 + 293), abs=3)


def test_without_roads_no_way_is_drawn(on_the_grid: Workspace):
    touring.plan(on_the_grid, ON, iterations=50, apply=True, solver=solve)
    remove_roads(on_the_grid, "grid")
    tours = on_the_grid.read(load_plan, ON).tours

    assert road_ways(on_the_grid, tours, on_the_grid.read(load_vehicles)) == {}
    assert "grid" not in travel_times(on_the_grid).note


def test_measured_times_win_over_the_extract(on_the_grid: Workspace, tmp_path: Path):
    add_roads(on_the_grid, pairs_file(tmp_path, row((0, 0), (2, 0), metres=5000, seconds=900)))

    matrix = travel_times(on_the_grid).matrix([point(0, 0), point(2, 0)], VAN)

    assert (matrix.distance_m[0, 1], matrix.duration_s[0, 1]) == (5000, 900)
    assert matrix.distance_m[1, 0] == pytest.approx(222, abs=1)


def test_bad_rows_of_measured_times_are_named_and_the_good_ones_go_in(
    workspace: Workspace, tmp_path: Path
):
    good = row((0, 0), (2, 0), metres=5000, seconds=900)
    file = pairs_file(tmp_path, good, "95;2;48;2;1;1;", good, "48;2;48;3;ten;1;")

    added = add_roads(workspace, file)

    assert added.pairs == 1
    assert [(line, why.code) for line, _column, why in added.notes] == [
        (3, "too_large"),
        (4, "repeated"),
        (5, "not_a_number"),
    ]


def test_a_table_of_nothing_usable_changes_nothing(workspace: Workspace, tmp_path: Path):
    for file in (pairs_file(tmp_path), pairs_file(tmp_path, "a;b;c;d;e;f;")):
        with pytest.raises(Unreadable):
            add_roads(workspace, file)

    assert road_sources(workspace) == ()


def test_the_same_name_again_takes_the_place_of_the_first(workspace: Workspace, tmp_path: Path):
    add_roads(workspace, osm_file(tmp_path, RING))
    before = travel_times(workspace).matrix([point(2, 0), point(0, 0)], VAN).distance_m[0, 1]
    places, tags = RING["west"]
    add_roads(workspace, osm_file(tmp_path, RING | {"west": (places, {**tags, "oneway": "yes"})}))

    after = travel_times(workspace).matrix([point(2, 0), point(0, 0)], VAN).distance_m[0, 1]

    assert [source.kind for source in road_sources(workspace)] == [RoadKind.EXTRACT]
    assert after > 3 * before


def test_what_is_not_there_cannot_be_removed(workspace: Workspace):
    with pytest.raises(UnknownSubject):
        remove_roads(workspace, "Atlantis")


def test_damaged_roads_are_named_with_what_to_do(workspace: Workspace, tmp_path: Path):
    add_roads(workspace, osm_file(tmp_path, RING))
    (source,) = road_sources(workspace)
    source.file.write_bytes(b"half")

    with pytest.raises(EnvironmentProblem) as trouble:
        travel_times(workspace)

    assert trouble.value.reason["name"] == "grid"


def test_the_document_tells_sources_and_method(on_the_grid: Workspace):
    document = as_document(on_the_grid)

    assert document["roads"] == [{"name": "grid", "kind": "extract"}]
    assert "grid" in document["method"]
