"""Milestones: backward from the promise, through way, opening hours and cut-off."""

from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.values import Window
from app.planning.promise.milestones import MilestoneKind, milestones, next_milestone
from tests.builders import NOW, a_node

OPEN = (Window(NOW, NOW + timedelta(hours=8)),)
WAY = timedelta(minutes=40)


def test_each_last_moment_lies_before_the_next():
    due = NOW + timedelta(hours=5)
    node = a_node(preparation_minutes=30)

    made = milestones(node, OPEN, WAY, due)

    assert [each.kind for each in made] == list(MilestoneKind)
    assert [due - each.by for each in made] == [
        timedelta(minutes=70),
        timedelta(minutes=70),
        WAY,
        timedelta(),
    ]


def test_a_node_that_closes_before_must_begin_before():
    node = a_node(preparation_minutes=30)
    due = NOW + timedelta(hours=12)

    prepare = milestones(node, OPEN, WAY, due)[1]

    assert prepare.by == OPEN[0].end - timedelta(minutes=30)


def test_the_cut_off_moves_sourcing_alone():
    node = a_node(cutoff=time(10))  # 09:00 UTC
    source, prepare, _hand_over, _there = milestones(node, OPEN, WAY, NOW + timedelta(hours=5))

    assert source.by == NOW.replace(hour=9, minute=0)
    assert prepare.by > source.by


def test_the_next_milestone_is_the_first_that_has_not_passed():
    made = milestones(a_node(preparation_minutes=30), OPEN, WAY, NOW + timedelta(hours=1))

    assert next_milestone(made, NOW).kind is MilestoneKind.HAND_OVER
    assert next_milestone(made, NOW + timedelta(hours=2)).kind is MilestoneKind.THERE


@given(
    preparation=st.integers(0, 300),
    way_min=st.integers(0, 600),
    due_min=st.integers(-600, 3_000),
    cutoff=st.none() | st.times(),
)
def test_they_never_stand_out_of_order(
    preparation: int, way_min: int, due_min: int, cutoff: time | None
):
    node = a_node(preparation_minutes=preparation, cutoff=cutoff)
    due = NOW + timedelta(minutes=due_min)

    by = [each.by for each in milestones(node, OPEN, timedelta(minutes=way_min), due)]

    assert by == sorted(by)
