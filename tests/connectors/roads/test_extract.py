"""Ways over a road extract: who may drive where, which way is the quickest, what lies beyond."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.feeds.faults import Unreadable
from app.connectors.roads.extract_travel import RoadTravel
from app.connectors.roads.graph import RoadGraph
from app.connectors.roads.great_circle import GreatCircleTravel
from app.connectors.roads.osm import read_extract
from app.connectors.roads.quickest import Dijkstra, Hierarchy
from app.domain.travel import VehicleProfile
from app.domain.values import GeoPoint
from app.errors import Stopped
from tests.connectors.roads.osm_files import grid_point, osm_file

VAN, HEAVY, BIKE = VehicleProfile
ROAD = {"highway": "secondary"}
Way = tuple[tuple[tuple[int, int], ...], Mapping[str, str]]

#: Two streets north, joined at both ends: a ring that everyone can go round.
WEST = ((0, 0), (1, 0), (2, 0))
EAST = ((0, 4), (1, 4), (2, 4))
RING: dict[str, Way] = {
    "west": (WEST, ROAD),
    "east": (EAST, ROAD),
    "south": (((0, 0), (0, 4)), ROAD),
    "north": (((2, 0), (2, 4)), ROAD),
}


def point(north: int, east: int) -> GeoPoint:
    return GeoPoint(*grid_point(north, east))


def travel(folder: Path, ways: Mapping[str, Way]) -> RoadTravel:
    return RoadTravel(read_extract(osm_file(folder, ways)), "grid", GreatCircleTravel())


def metres(on: RoadTravel, start: GeoPoint, end: GeoPoint, profile: VehicleProfile = VAN) -> int:
    return int(on.matrix([start, end], profile).distance_m[0, 1])


def seconds(on: RoadTravel, start: GeoPoint, end: GeoPoint, profile: VehicleProfile = VAN) -> int:
    return int(on.matrix([start, end], profile).duration_s[0, 1])


def test_a_way_is_as_long_as_its_streets(tmp_path: Path):
    grid = travel(tmp_path, RING)

    found = metres(grid, point(0, 0), point(2, 0))

    assert found == pytest.approx(2 * 111.195, abs=1)


def test_a_one_way_street_is_driven_round_the_block_against_it(tmp_path: Path):
    grid = travel(tmp_path, RING | {"west": (WEST, {**ROAD, "oneway": "yes"})})

    along = metres(grid, point(0, 0), point(2, 0))
    against = metres(grid, point(2, 0), point(0, 0))

    assert along == pytest.approx(222, abs=1)
    assert against == pytest.approx(222 + 2 * 4 * 73.2, abs=3)


def test_a_bicycle_may_go_against_a_one_way_street_where_that_is_signposted(tmp_path: Path):
    tags = {**ROAD, "oneway": "yes", "oneway:bicycle": "no"}
    grid = travel(tmp_path, RING | {"west": (WEST, tags)})

    assert metres(grid, point(2, 0), point(0, 0), BIKE) == pytest.approx(222, abs=1)
    assert metres(grid, point(2, 0), point(0, 0), VAN) > 700


@pytest.mark.parametrize(
    ("tags", "shut_to"),
    [
        ({"access": "private"}, {VAN, HEAVY, BIKE}),
        ({"motor_vehicle": "no"}, {VAN, HEAVY}),
        ({"access": "no", "bicycle": "yes"}, {VAN, HEAVY}),
        ({"hgv": "no"}, {HEAVY}),
        ({"maxweight": "3.5"}, {HEAVY}),
        ({"maxheight": "2.9"}, {HEAVY}),
        ({"bicycle": "no"}, {BIKE}),
        ({"highway": "motorway", "oneway": "no"}, {BIKE}),
        ({"highway": "cycleway"}, {VAN, HEAVY}),
        ({"highway": "pedestrian"}, {VAN, HEAVY}),
        ({"highway": "proposed"}, {VAN, HEAVY, BIKE}),
        ({"maxweight": "12", "hgv": "destination"}, set()),
    ],
)
def test_each_kind_of_vehicle_keeps_to_the_ways_it_may_use(
    tmp_path: Path, tags: dict[str, str], shut_to: set[VehicleProfile]
):
    grid = travel(tmp_path, RING | {"west": (WEST, {**ROAD, **tags})})

    round_the_block = {
        profile
        for profile in VehicleProfile
        if metres(grid, point(0, 0), point(2, 0), profile) > 700
    }

    assert round_the_block == shut_to


def test_the_quicker_way_wins_over_the_shorter_one(tmp_path: Path):
    slow, fast = {"highway": "living_street"}, {"highway": "primary", "maxspeed": "80"}
    ways: dict[str, Way] = {name: (places, fast) for name, (places, _tags) in RING.items()}
    grid = travel(tmp_path, ways | {"west": (WEST, slow)})

    assert metres(grid, point(0, 0), point(2, 0)) > 700
    assert seconds(grid, point(0, 0), point(2, 0)) < 222 / (10 / 3.6)


def test_a_lorry_is_slower_than_a_van_and_a_bicycle_slower_still(tmp_path: Path):
    grid = travel(tmp_path, RING)

    van_s, heavy_s, bike_s = (
        seconds(grid, point(0, 0), point(2, 4), profile) for profile in (VAN, HEAVY, BIKE)
    )

    assert van_s <= heavy_s < bike_s


def test_a_road_that_leads_nowhere_else_is_left_out(tmp_path: Path):
    island: dict[str, Way] = {"island": (((0, 9), (1, 9)), ROAD)}
    grid = travel(tmp_path, RING | island)

    found = metres(grid, point(0, 0), point(0, 9))

    assert found > metres(grid, point(0, 0), point(0, 4))  # by the nearest crossing of the ring


def test_beyond_the_extract_the_great_circle_counts(tmp_path: Path):
    grid, far = travel(tmp_path, RING), GeoPoint(49.4, 2.4)

    found = grid.matrix([point(0, 0), far, point(2, 0)], VAN)
    guess = GreatCircleTravel().matrix([point(0, 0), far, point(2, 0)], VAN)

    assert found.distance_m[0, 1] == guess.distance_m[0, 1]
    assert found.duration_s[1, 2] == guess.duration_s[1, 2]
    assert found.distance_m[0, 2] == pytest.approx(222, abs=1)


def test_the_line_of_a_way_follows_its_streets_from_door_to_door(tmp_path: Path):
    grid = travel(tmp_path, RING | {"west": (WEST, {**ROAD, "oneway": "yes"})})
    leg = (point(2, 0), point(0, 0))

    line = grid.ways([leg], VAN)[leg]

    length = sum(a.distance_m(b) for a, b in pairwise(line))
    assert (line[0], line[-1]) == leg
    assert point(0, 4).distance_m(min(line, key=point(0, 4).distance_m)) < 1
    assert length == pytest.approx(metres(grid, *leg), abs=3)


def test_a_leg_without_a_known_road_has_no_line(tmp_path: Path):
    grid, far = travel(tmp_path, RING), GeoPoint(49.4, 2.4)

    assert grid.ways([(point(0, 0), far)], VAN) == {}


def test_a_graph_comes_back_from_its_file_as_it_went_in(tmp_path: Path):
    graph = read_extract(osm_file(tmp_path, RING))
    graph.save(tmp_path / "grid.npz")

    again = RoadGraph.load(tmp_path / "grid.npz")

    assert np.array_equal(again.tail, graph.tail)
    assert np.array_equal(again.tenths(VAN), graph.tenths(VAN))


def test_a_cut_file_of_roads_is_refused(tmp_path: Path):
    graph = read_extract(osm_file(tmp_path, RING))
    graph.save(tmp_path / "grid.npz")
    whole = (tmp_path / "grid.npz").read_bytes()
    (tmp_path / "grid.npz").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(ValueError, match=r"grid\.npz"):
        RoadGraph.load(tmp_path / "grid.npz")


@pytest.mark.parametrize("content", [b"", b"order;placed_at", b"<osm><way", b"\x00" * 500])
def test_what_is_no_extract_is_refused_by_name(tmp_path: Path, content: bytes):
    file = tmp_path / "region.osm"
    file.write_bytes(content)

    with pytest.raises(Unreadable) as refused:
        read_extract(file)

    assert refused.value.reason["file"] == "region.osm"


def test_an_extract_without_roads_is_refused(tmp_path: Path):
    with pytest.raises(Unreadable) as refused:
        read_extract(osm_file(tmp_path, {"river": (WEST, {"waterway": "river"})}))

    assert refused.value.reason.code == "no_roads"


def test_stop_ends_the_reading(tmp_path: Path):
    with pytest.raises(Stopped):
        read_extract(osm_file(tmp_path, RING), stop=lambda: True)


# Real roads


@pytest.fixture(scope="module")
def monaco(shared_data: Path) -> RoadGraph:
    return read_extract(shared_data / "osm" / "monaco-2021-04.osm.pbf")


@pytest.mark.parametrize("profile", VehicleProfile)
def test_contraction_hierarchies_and_dijkstra_agree_to_the_metre(
    monaco: RoadGraph, profile: VehicleProfile
):
    everywhere = np.flatnonzero(monaco.main_part(profile))
    some = [int(crossing) for crossing in everywhere[::7]]

    tenths, length = Hierarchy(monaco, profile, None).table(some, some)
    by_dijkstra = Dijkstra(monaco, profile).table(some, some)

    assert (tenths >= 0).all()
    assert np.abs(tenths - by_dijkstra[0]).max() <= 1
    assert (length <= by_dijkstra[1] + 1024).all()
    assert np.median(np.abs(length - by_dijkstra[1])) == 0


def test_the_way_is_as_long_as_the_table_says(monaco: RoadGraph):
    everywhere = np.flatnonzero(monaco.main_part(VAN))
    engine = Hierarchy(monaco, VAN, None)
    for start, end in pairwise(int(crossing) for crossing in everywhere[::97]):
        arcs = engine.way(start, end)
        assert arcs is not None
        _, length = engine.table([start], [end])
        assert int(monaco.metres[arcs].sum()) == length[0, 0]
        assert Dijkstra(monaco, VAN).way(start, end) is not None


def test_the_order_of_contraction_is_kept_and_gives_the_same_ways(
    monaco: RoadGraph, tmp_path: Path
):
    some = [int(crossing) for crossing in np.flatnonzero(monaco.main_part(VAN))[::50]]
    first = Hierarchy(monaco, VAN, tmp_path / "order").table(some, some)

    again = Hierarchy(monaco, VAN, tmp_path / "order").table(some, some)

    assert np.array_equal(first[0], again[0])


@given(
    chosen=st.lists(st.lists(st.integers(0, 60), min_size=2, max_size=8), min_size=1, max_size=4)
)
def test_what_is_remembered_is_what_would_be_found_afresh(
    monaco: RoadGraph, chosen: list[list[int]]
):
    everywhere = np.flatnonzero(monaco.main_part(VAN))[::14]
    doors = [
        GeoPoint(float(monaco.latitude[c]) + 1e-4, float(monaco.longitude[c])) for c in everywhere
    ]
    remembering = RoadTravel(monaco, "Monaco", GreatCircleTravel())
    for numbers in chosen:
        points = [doors[number] for number in numbers]
        fresh = RoadTravel(monaco, "Monaco", GreatCircleTravel()).matrix(points, VAN)

        found = remembering.matrix(points, VAN)

        assert np.array_equal(found.distance_m, fresh.distance_m)
        assert np.array_equal(found.duration_s, fresh.duration_s)
