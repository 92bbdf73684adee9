"""How times, sums, next steps and empty views read."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.orders import summary
from app.ui.orders.deadlines import Deadline, Until
from app.ui.orders.next_step import (
    ACCEPT,
    ADDRESSES,
    BOOK,
    PLAN,
    nothing_found,
    nothing_in,
    step_for,
)
from app.ui.orders.standing import Standing
from app.ui.orders.time_left import time_left, told
from tests.builders import NOW
from tests.ui.orders.rows import PARIS, a_line, promised

NB = "\u00a0"


def left(seconds, until=Until.SOURCE, **but):
    line = a_line(deadline=Deadline(NOW + timedelta(seconds=seconds), until), **but)
    found = time_left(line, NOW)
    return found.text.replace(NB, " "), found.tone


@pytest.mark.parametrize(
    ("seconds", "text", "tone"),
    [
        (3 * 3600 + 125, "3 h 02", "text2"),
        (3599, "59 min", "warn"),
        (14 * 60 + 59, "14 min", "danger"),
        (40, "< 1 min", "danger"),
        (-40, "0 min", "danger"),
        (-9 * 60, "−9 min", "danger"),
        (47 * 3600, "47 h 00", "text2"),
        (50 * 3600, "2 d", "text2"),
        (-80 * 3600, "−3 d", "danger"),
    ],
)
def test_time_left_to_decide_warns_before_it_is_gone(seconds, text, tone):
    assert left(seconds) == (text, tone)


@given(seconds=st.integers(60, 170_000))
def test_never_more_time_is_shown_than_there_is(seconds):
    shown, _tone = left(seconds)

    hours, _h, minutes = shown.rpartition("h") if "h" in shown else ("0", "", shown[:-4])
    minutes_shown = int(hours.replace("\u202f", "") or 0) * 60 + int(minutes)
    assert 0 <= seconds - 60 * minutes_shown < 60


def test_what_is_planned_warns_by_its_slack_not_by_the_clock():
    assert left(600, Until.DOOR)[1] == "text2"
    assert left(6_000, Until.DOOR, standing=Standing.TIGHT)[1] == "warn"
    assert left(6_000, Until.DOOR, standing=Standing.LATE)[1] == "danger"


def test_a_closed_order_has_no_time_left():
    assert time_left(a_line(deadline=None), NOW) is None


def test_a_deadline_says_what_it_is_for_and_names_another_day():
    soon = Deadline(NOW + timedelta(minutes=9), Until.SOURCE)
    tomorrow = Deadline(NOW + timedelta(days=1), Until.DOOR)
    past = Deadline(NOW - timedelta(hours=1), Until.LEAVE)

    assert told(soon, NOW, PARIS) == "To be given to a node by 09:51"
    assert told(tomorrow, NOW, PARIS) == "Promised by 25/11/2026 09:42"
    assert told(past, NOW, PARIS) == "Should have left its node by 08:42"


def test_sums_count_orders_parcels_and_weight():
    lines = [a_line(parcels=2, weight_g=8_400), a_line(promised("480214"), parcels=1, weight_g=600)]

    assert summary.sums(lines) == f"2 orders · 3 parcels · 9.0{NB}kg"
    assert summary.sums([a_line()]) == "1 order"
    assert summary.sums([]) == "0 orders"


def test_the_hidden_part_of_a_selection_is_counted():
    one, other = a_line(promised("480213")), a_line(promised("480214"))

    assert summary.selected([one], {"480213"}) == "1 selected"
    assert summary.selected([one, other], {"480213"}) == "2 selected · 1 of them hidden"
    assert summary.selected([], {"480213"}) == ""


def test_each_view_leads_to_its_step_and_all_orders_to_the_first_one_left():
    counts = {"orders": 9, "to_plan": 4, "to_book": 2}

    assert step_for("to_source", counts, 0) == ACCEPT
    assert step_for("to_plan", counts, 3) == PLAN
    assert step_for("to_book", counts, 3) == BOOK
    assert step_for("anomalies", counts, 3) == ADDRESSES
    assert step_for("at_risk", counts, 3) == ""
    assert step_for("orders", counts, 3) == ACCEPT
    assert step_for("orders", counts, 0) == PLAN
    assert step_for("orders", counts | {"to_plan": 0}, 0) == BOOK
    assert step_for("orders", {"orders": 9}, 0) == ""


def test_an_empty_view_says_what_to_do_next():
    counts = {"orders": 9, "to_source": 0, "to_plan": 4}

    sourced = nothing_in("to_source", counts)

    assert sourced.sentence == "Everything is sourced. 4 orders are ready to plan."
    assert sourced.view == "to_plan"
    assert nothing_in("to_plan", {"orders": 9, "to_source": 2}).view == "to_source"
    assert nothing_in("at_risk", counts).sentence == "Nothing is late, nothing is tight."
    assert nothing_in("at_risk", {"orders": 0}).action == "intake.import"


def test_a_search_without_a_find_here_points_to_where_there_is_one():
    here = nothing_found("480 2", 0)
    elsewhere = nothing_found("480 2", 3)

    assert here.sentence == "Nothing matches “480 2”."
    assert here.action == "orders.clear_filter"
    assert elsewhere.sentence == "Nothing matches “480 2”. 3 orders in other views."
    assert elsewhere.view == "orders"
