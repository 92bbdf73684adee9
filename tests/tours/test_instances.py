"""Public instances with best-known costs: read right, solved well, judged by another reckoning."""

from pathlib import Path

import pytest

from app.planning.tours.solver import solve
from tests.benchmarks.instance_files import best_known
from tests.benchmarks.instances import read_instance
from tests.benchmarks.tours import document_of, routes_of


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
