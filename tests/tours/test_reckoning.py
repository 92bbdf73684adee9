"""The benchmark's own reckoning of tours: each rule of a family is seen when it is broken."""

import numpy as np

from tests.benchmarks.reckoning import RELOAD, Client, Reckoning, Van

#: Places 0 (depot) to 4 on a line, ten apart.
LINE = np.abs(np.subtract.outer(np.arange(5), np.arange(5))) * 10


def reckoned(*clients: Client, collects_last: bool = False, **van: object) -> Reckoning:
    return Reckoning(clients, [Van(0, 10, **van)], LINE, collects_last)  # type: ignore[arg-type]


def test_a_cost_counts_ways_vehicles_and_prizes_left():
    day = reckoned(Client(1), Client(3, prize=7), fixed=100, unit=2)

    assert day.cost([(0, [0])]) == 100 + 2 * 20 + 7
    assert day.cost([(0, [0, 1])]) == 100 + 2 * 60
    assert day.cost([]) == 7


def test_a_way_back_for_goods_costs_its_ways_and_needs_leave():
    day = reckoned(Client(1, delivery=10), Client(2, delivery=10), reloads=True)

    assert day.cost([(0, [0, RELOAD, 1])]) == 60
    assert day.faults([(0, [0, RELOAD, 1])]) == []
    assert day.faults([(0, [0, 1])]) == ["vehicle 0 overloaded"]
    none = reckoned(Client(1, delivery=10), Client(2, delivery=10))
    assert none.faults([(0, [0, RELOAD, 1])]) == ["vehicle 0 reloads"]


def test_a_trip_leaves_no_earlier_than_its_goods_are_ready():
    early, late = Client(1, closes=10), Client(2, ready=25, closes=45)

    assert reckoned(early, late, reloads=True).faults([(0, [0, RELOAD, 1])]) == []
    assert reckoned(early, late).faults([(0, [0, 1])]) == ["client 0 late"]
    too_late = reckoned(early, late._replace(closes=44), reloads=True)
    assert too_late.faults([(0, [0, RELOAD, 1])]) == ["client 1 late"]


def test_waiting_that_a_later_start_would_save_is_no_length():
    day = reckoned(Client(1, opens=50, service=5), longest=25)

    assert day.faults([(0, [0])]) == []
    assert reckoned(Client(1, opens=50, service=5), longest=24).faults([(0, [0])]) == [
        "vehicle 0 out too long"
    ]


def test_goods_of_a_pair_ride_from_door_to_door_on_one_trip():
    pair = (Client(2, pickup=10, taker=1), Client(1, delivery=10, source=0))
    day = reckoned(*pair, Client(3, delivery=10), reloads=True)

    assert day.faults([(0, [2, 0, 1])]) == []
    assert "vehicle 0 overloaded" in day.faults([(0, [0, 2, 1])])
    assert "client 1 before its source" in day.faults([(0, [1, 0, 2])])
    assert "client 1 without its source" in day.faults([(0, [2, 0, RELOAD, 1])])


def test_collections_come_after_deliveries_where_the_family_says_so():
    clients = (Client(1, delivery=10), Client(2, pickup=10))
    day = reckoned(*clients, collects_last=True)

    assert day.faults([(0, [0, 1])]) == []
    assert day.faults([(0, [1, 0])]) == [
        "vehicle 0 overloaded",
        "client 1 and others out of turn",
    ]
    assert "client 1 and others out of turn" in day.faults([(0, [1])])


def test_a_client_is_served_once_by_a_vehicle_that_may_come():
    day = reckoned(Client(1), Client(2), clients=frozenset({0}))

    assert day.faults([(0, [0, 1])]) == ["client 1 not for vehicle 0"]
    assert day.faults([(0, [0, 0])]) == ["client 0 twice", "client 1 missing"]
    assert "vehicle 0 twice" in day.faults([(0, [0]), (0, [1])])
