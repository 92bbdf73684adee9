"""Public instances with best-known costs: read right, solved well, judged by another reckoning."""

from pathlib import Path

import pytest

from app.planning.tours.solver import solve
from tests.benchmarks import peer_pyvrp
from tests.benchmarks.instance_files import best_known
from tests.benchmarks.instances import read_instance
from tests.benchmarks.plans import document_of, routes_of


def solved(path: Path, iterations: int) -> dict[str, object]:
    instance = read_instance(path)
    plan = solve(instance.problem, seed=1, iterations=iterations)
    return document_of(instance, routes_of(instance, plan), [])


@pytest.mark.parametrize(
    ("name", "iterations", "within"),
    [
        ("vrptw-100/C101.txt", 100, 0.0),
        ("vrptw-100/R103.txt", 1_500, 0.02),
        ("sdvrptw/PR02.vrp", 3_000, 0.06),
        ("hfvrp/X115-HVRP.vrp", 4_000, 0.04),
        ("mdvrptw/PR11A.vrp", 150, 0.15),
        ("pdptw/lr104.txt", 2_500, 0.01),
        ("pdptw/lc207.txt", 300, 0.0),
        ("mtvrptwr/C203R0.5.vrp", 600, 0.04),
        ("vrpb/X-n561-50-k22.vrp", 200, 0.08),
    ],
)
def test_an_instance_is_solved_near_its_best_known_cost(
    shared_data: Path, name: str, iterations: int, within: float
):
    path = shared_data / "routing" / name

    found = solved(path, iterations)

    known = best_known(path)
    assert found["faults"] == []
    assert isinstance(found["cost"], int)
    assert known <= found["cost"] <= known * (1 + within)


def test_clients_with_small_prizes_are_left_out(shared_data: Path):
    path = shared_data / "routing" / "pcvrptw" / "R1_10_2.vrp"
    instance = read_instance(path)

    found = solved(path, 60)

    assert found["faults"] == []
    assert best_known(path) <= instance.cost(routes_of_document(found)) == found["cost"]
    assert found["cost"] < 1.1 * best_known(path)


def routes_of_document(found: dict[str, object]) -> list[tuple[int, list[int]]]:
    """A document's tours as indices: VRPLIB counts the depot as 1 and clients from 2."""
    routes = found["routes"]
    assert isinstance(routes, list)
    return [(r["vehicle"] - 1, [stop - 2 for stop in r["stops"]]) for r in routes]


def test_the_numbers_are_those_of_the_file(shared_data: Path):
    found = solved(shared_data / "routing" / "vrptw-100" / "C101.txt", 30)

    routes = found["routes"]
    assert isinstance(routes, list)
    assert sorted(stop for route in routes for stop in route["stops"]) == list(range(1, 101))
    assert {route["depot"] for route in routes} == {0}


def test_the_other_reckoning_sees_what_is_wrong(shared_data: Path):
    instance = read_instance(shared_data / "routing" / "vrptw-100" / "R103.txt")

    assert "client 1 missing" in instance.faults([(0, [1, 2])])
    assert "client 2 twice" in instance.faults([(0, [1]), (1, [1])])
    assert "vehicle 1 twice" in instance.faults([(0, [0]), (0, [1])])
    assert "vehicle 1 overloaded" in instance.faults([(0, list(range(60)))])


def test_pairs_trips_and_collections_are_read_from_their_files(shared_data: Path):
    folder = shared_data / "routing"
    pairs = read_instance(folder / "pdptw" / "lr104.txt")
    trips = read_instance(folder / "mtvrptwr" / "C203R0.5.vrp")
    back = read_instance(folder / "vrpb" / "X-n524-66-k129.vrp")

    visits = pairs.problem.visits
    assert sum(visit.source is not None for visit in visits) == 52
    assert (visits[1].collect, visits[73].source, visits[73].load) == (True, 1, visits[1].load)
    assert pairs.depots == (0,)
    assert {vehicle.reloads > 0 for vehicle in trips.problem.vehicles} == {True}
    assert trips.problem.visits[0].ready_s == 15_880
    assert back.problem.collects_last
    assert {v.collect for v in back.problem.visits} == {True, False}
    assert trips.stops(0, [0, -1, 1]) == [2, 1, 3]


def test_one_more_engine_agrees_with_the_reckoning(shared_data: Path):
    """PyVRP's own idea of a cost, on the families whose rules are more than distances."""
    for name in ("pdptw/lc207.txt", "mtvrptwr/C203R0.5.vrp", "vrpb/X-n561-50-k22.vrp"):
        instance = read_instance(shared_data / "routing" / name)

        found = peer_pyvrp.solve(instance.reckoning, 1.0, 1, lambda tours: None)

        assert found is not None
        assert instance.faults(found) == []
        assert instance.cost(found) >= best_known(shared_data / "routing" / name)
