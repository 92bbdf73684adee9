"""The least cost of serving all orders: exhaustive search agrees, and every bound is true."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from app.planning.sourcing.optimum import Problem, Sent, cost_of, shapes, solve
from app.planning.sourcing.optimum.large import line_by_line
from app.planning.sourcing.optimum.search import lower_bound
from app.ports import never
from tests.benchmarks.sourcing import make
from tests.benchmarks.sourcing_problem import problem_of
from tests.sourcing.optimum.problems import a_problem, least_cost, problems


@settings(deadline=None, max_examples=500)
@given(problems())
def test_no_other_answer_is_cheaper(problem: Problem):
    answer = solve(problem)

    assert answer.cost == cost_of(problem, answer.shipments) == least_cost(problem)
    assert answer.bound == answer.cost
    assert answer.proven


@settings(deadline=None)
@given(problems())
def test_prices_alone_never_prove_more_than_is_true(problem: Problem):
    assert lower_bound(problem, 30, never) <= least_cost(problem)


@settings(deadline=None)
@given(problems())
def test_an_order_taken_line_by_line_never_raises_the_bound(problem: Problem):
    everyone = np.arange(problem.orders)

    assert lower_bound(line_by_line(problem, everyone), 30, never) <= least_cost(problem)


@settings(deadline=None)
@given(problems())
def test_an_answer_stopped_at_once_is_valid_and_no_dearer_than_its_start(problem: Problem):
    start = solve(problem).shipments

    stopped = solve(problem, stop=lambda: True, start=start)

    assert cost_of(problem, stopped.shipments) == stopped.cost == cost_of(problem, start)
    assert stopped.bound <= stopped.cost


@settings(deadline=None)
@given(problems())
def test_an_order_too_large_to_be_weighed_keeps_what_it_has_and_the_bound_is_true(problem: Problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "MOST_PARTS", 3)
        shapes.shape_of.cache_clear()
        answer = solve(problem)
    shapes.shape_of.cache_clear()

    assert cost_of(problem, answer.shipments) == answer.cost
    assert answer.bound <= least_cost(problem) <= answer.cost


def test_the_last_piece_goes_where_it_saves_most():
    near_only, far_too = [10, None], [20, 25]

    answer = solve(a_problem([[1], [1]], [[1], [1]], [far_too, near_only]))

    assert answer.cost == 35
    assert answer.shipments == (Sent(0, 1, ((0, 1),)), Sent(1, 0, ((1, 1),)))
    assert answer.cell_price[0] == pytest.approx(5, abs=1)


def test_a_full_node_has_a_price():
    problem = a_problem([[1], [1]], [[2], [2]], [[10, 40], [10, 60]], room=[1, 9])

    answer = solve(problem)

    assert answer.cost == 50
    assert 25 <= answer.node_price[0] <= 50


def test_nothing_is_sent_where_that_is_dearer_than_leaving_it():
    answer = solve(a_problem([[1]], [[1]], [[101]], unserved=100))

    assert (answer.cost, answer.shipments) == (100, ())


def test_no_order_and_no_node_cost_nothing():
    nothing = a_problem([[1]], [[0]], [[None]])

    assert solve(nothing).cost == 100
    assert solve(replace(nothing, node_room=nothing.node_room[:0])).bound == 100


def test_four_shipments_of_which_one_node_could_send_a_piece_each():
    answer = solve(a_problem([[4]], [[1]], [[0]], most=4))

    assert answer.cost == answer.bound == 300


def test_a_dear_part_is_sent_where_the_order_goes_whole_or_not_at_all():
    all_or_nothing = a_problem([[2]], [[1], [1]], [[1, 100]], most=2, partly=0)

    assert solve(all_or_nothing).cost == 101
    assert solve(a_problem([[2]], [[1], [1]], [[1, 101]], most=2, partly=1)).cost == 101


@pytest.fixture(scope="module")
def day() -> Problem:
    return problem_of(make(400, 30, 500, seed=5))


def test_the_curve_only_gets_better_and_ends_with_the_answer(day: Problem):
    heard = []

    answer = solve(day, on_best=heard.append)

    costs, bounds = [best.cost for best in heard], [best.bound for best in heard]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert tuple(heard) == answer.curve
    assert (heard[-1].cost, heard[-1].bound) == (answer.cost, answer.bound)
    assert len(heard) > 3


def test_the_same_seed_gives_the_same_answer(day: Problem):
    assert solve(day, seed=3).shipments == solve(day, seed=3).shipments


def test_the_whole_of_a_small_day_is_proven(day: Problem):
    answer = solve(day)

    assert cost_of(day, answer.shipments) == answer.cost
    assert answer.gap < 0.001


def test_stop_is_heeded_in_the_middle_and_keeps_the_best(day: Problem):
    pressed = threading.Event()

    answer = solve(day, stop=pressed.is_set, on_best=lambda best: best.bound and pressed.set())

    assert answer.stopped
    assert cost_of(day, answer.shipments) == answer.cost == answer.curve[-1].cost


def test_half_a_shipment_is_not_a_shipment():
    with pytest.raises(ValueError, match="does not have 2"):
        cost_of(a_problem([[2]], [[1]], [[5]]), [Sent(0, 0, ((0, 2),))])


@pytest.mark.parametrize(
    ("shipments", "message"),
    [
        ([Sent(0, 0, ((0, 1),)), Sent(0, 1, ((0, 1),))], "too many shipments"),
        ([Sent(1, 0, ((1, 1),)), Sent(2, 1, ((1, 1),))], "several cases"),
        ([Sent(0, 0, ((0, 3),))], "more than it asked for"),
        ([Sent(0, 0, ((0, 1),)), Sent(1, 0, ((1, 1),))], "sends too many"),
    ],
)
def test_the_judge_finds_what_breaks_a_limit(shipments, message):
    problem = a_problem([[2], [2]], [[9], [9]], [[5, 5]] * 3, most=1, room=[1, 9], cases=[0, 1, 1])

    with pytest.raises(ValueError, match=message):
        cost_of(problem, shipments)
