"""New orders beside agreed ones: quick, and nobody is moved for little."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.sourcing.optimum import Sent, cost_of, solve
from app.planning.sourcing.optimum.joining import join
from tests.benchmarks.sourcing import make
from tests.benchmarks.sourcing_problem import problem_of
from tests.sourcing.optimum.problems import a_problem, least_cost, problems

#: The first order is agreed at node 0, whose only piece the second needs; node 1 would do for it.
CONTESTED = a_problem([[1], [1]], [[1], [1]], [[10, 30], [10, None]])


AGREED = [Sent(0, 0, ((0, 1),))]


@pytest.mark.parametrize(("move_cost", "moved", "cost"), [(60, (0,), 40), (80, (), 110)])
def test_an_agreed_order_moves_only_when_that_saves_more_than_a_move_costs(move_cost, moved, cost):
    joined = join(CONTESTED, AGREED, move_cost)

    assert (joined.moved, joined.cost) == (moved, cost)
    assert cost_of(CONTESTED, joined.shipments) == cost


@settings(deadline=None, max_examples=60)
@given(problems(), st.integers(0, 2), st.sampled_from([0, 20, 10**6]))
def test_joining_is_valid_and_never_dearer_than_leaving_the_new_ones(problem, new, move_cost):
    agreed = [s for s in solve(problem).shipments if problem.case_order[s.case] != new]

    joined = join(problem, agreed, move_cost)

    assert cost_of(problem, joined.shipments) == joined.cost
    assert least_cost(problem) <= joined.cost <= cost_of(problem, agreed)
    if move_cost == 10**6:
        assert joined.moved == ()


def test_free_moves_find_the_optimum_among_rivals():
    assert join(CONTESTED, AGREED, 0).cost == least_cost(CONTESTED)


def test_fifty_new_orders_leave_nearly_everybody_where_they_were():
    problem = problem_of(make(600, 40, 800, seed=8))
    agreed = [sent for sent in solve(problem, 5).shipments if sent.case >= 50]
    served = np.unique([sent.case for sent in agreed])

    dear, cheap = join(problem, agreed, 10**9), join(problem, agreed, 1_000_000)

    assert dear.moved == ()
    assert cheap.cost <= dear.cost <= cost_of(problem, agreed)
    assert len(cheap.moved) < len(served) / 10


@settings(deadline=None, max_examples=40)
@given(problems(), st.integers(0, 2), st.sampled_from([0, 20]))
def test_moves_are_worth_more_than_they_cost_beside_a_known_answer(problem, new, move_cost):
    agreed = [s for s in solve(problem).shipments if problem.case_order[s.case] != new]
    unmoved = join(problem, agreed, move_cost, may_move=())
    own = [s for s in unmoved.shipments if problem.case_order[s.case] == new]

    joined = join(problem, agreed, move_cost, 0.0, start=own)

    assert unmoved.moved == ()
    assert joined.cost + move_cost * len(joined.moved) <= unmoved.cost
