"""Gentle re-optimisation of a real workspace: suggested, ticked, done as one entry, taken back."""

import pytest

from app.domain.acts.tours import LockTour
from app.domain.tours import PlanState
from app.errors import AlreadyAgreed, MovedOn, WhollyRefused
from app.operations import gentle, hand, touring
from app.operations.gentle_words import in_a_line, total
from app.planning.tours.moves import Reverse
from app.workspace import Workspace
from db.journal import entries
from db.plans import load_plan
from tests.tours.a_day import ON
from tests.tours.test_hand import T1, T2, planned_by_hand, stops

#: Orders stand in a line eastwards, in the order of their codes: 1 and 6 would change tours.
MIXED = (("1", "5", "6", "7"), ("2", "3", "4", "8"))


def test_suggesting_writes_nothing_and_ticking_all_gives_what_was_promised(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    before, written = workspace.read(load_plan, ON), len(workspace.read(entries))

    found = gentle.reoptimise(workspace, ON, 3, seconds=None)
    assert workspace.read(load_plan, ON) == before
    assert len(workspace.read(entries)) == written
    everything = [move.number for move in found.moves]
    settled = gentle.apply_moves(workspace, found, everything)

    after = workspace.read(load_plan, ON)
    assert found.moves
    assert sum(len(move.moved) for move in found.moves) <= 3
    assert after.cost_cents - before.cost_cents == found.change(everything).cost_cents < 0
    assert after.distance_m - before.distance_m == found.change(everything).distance_m
    assert touring.check(workspace, on=ON).verdict.feasible
    assert len(workspace.read(entries)) == written + 1
    assert settled.entry


def test_undo_brings_every_tour_back_at_once(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    before = stops(workspace)
    found = gentle.reoptimise(workspace, ON, 4, seconds=None)
    gentle.apply_moves(workspace, found, range(len(found.moves)))
    assert stops(workspace) != before

    workspace.undo()

    assert stops(workspace) == before


def test_a_plan_that_moved_on_is_not_written_over(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    found = gentle.reoptimise(workspace, ON, 4, seconds=None)
    changed = found.touched([0])[0].tour.code
    hand.apply_move(workspace, ON, Reverse(changed), force=True, reason="so")

    with pytest.raises(MovedOn):
        gentle.apply_moves(workspace, found, [0])


def test_a_tour_that_was_agreed_meanwhile_is_not_written_over(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    found = gentle.reoptimise(workspace, ON, 4, seconds=None)
    touring.set_state(workspace, ON, PlanState.VALIDATED)

    with pytest.raises((AlreadyAgreed, MovedOn)):
        gentle.apply_moves(workspace, found, [0])


def test_locked_and_agreed_tours_stay(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    workspace.submit(LockTour(T1, locked=True))

    found = gentle.reoptimise(workspace, ON, 5, seconds=None)

    assert found.looked_at == (T2,)
    assert T1 not in {each.tour.code for move in found.moves for each in move.touched}


def test_nothing_ticked_changes_nothing_and_says_so(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    found = gentle.reoptimise(workspace, ON, 5, seconds=None)

    with pytest.raises(WhollyRefused) as refused:
        gentle.apply_moves(workspace, found, [])

    assert refused.value.reason.code == "hand_unchanged"


def test_no_stop_may_move_means_no_move_at_all(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)

    assert gentle.reoptimise(workspace, ON, 0).moves == ()


def test_stop_keeps_what_was_found(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)

    found = gentle.reoptimise(workspace, ON, 5, seconds=None, stop=lambda: True)

    assert found.plan_with([move.number for move in found.moves]).stop_count == 8


def test_a_move_says_which_stops_go_where_and_what_that_gains(workspace: Workspace):
    planned_by_hand(workspace, *MIXED)
    found = gentle.reoptimise(workspace, ON, 5, seconds=None)

    line = in_a_line(found.moves[0])

    assert "€" in line
    assert "T" in line
    assert all(one.order in line for one in found.moves[0].moved)
    assert "€" in total(found, frozenset({0}))
