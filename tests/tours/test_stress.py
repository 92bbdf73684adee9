"""The stress test: a weak tour shows before it is published, the same seed shows the same."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tours import Stop, StopKind, Tour
from app.domain.values import Window
from app.operations.stress_test import stress_document, stress_lines, stress_test
from app.planning.tours.stress import Chances, StressTest, stress
from app.workspace import Workspace
from tests.builders import LILLE, a_vehicle
from tests.tours.a_day import ON, at
from tests.tours.test_touring import fill, planned, today

MINUTE = timedelta(minutes=1)
STILL = Chances(absent_share=0, day_cv=0, way_cv=0, stop_cv=0, goods_late_share=0)


def a_tour(number: int, slack_min: int, *, stops: int = 6, drive_min: int = 20) -> Tour:
    """Doors one after the other, each reached so many minutes before its window closes."""
    now = at(8)
    made = [Stop(StopKind.DEPART, LILLE, now, now, now)]
    drive = timedelta(minutes=drive_min)
    for place in range(stops):
        now += drive
        window = Window(now - 30 * MINUTE, now + timedelta(minutes=slack_min))
        name = f"{number}0{place}"
        made.append(
            Stop(
                StopKind.DELIVERY,
                LILLE,
                now,
                now,
                now + 5 * MINUTE,
                order=name,
                shipment=f"{name}-1",
                window=window,
                drive_s=60 * drive_min,
            )
        )
        now += 5 * MINUTE
    now += drive
    made.append(Stop(StopKind.RETURN, LILLE, now, now, now, drive_s=60 * drive_min))
    return Tour(
        code=f"{ON}-T{number}",
        number=number,
        on=ON,
        vehicle=f"V{number}",
        depot="LIL",
        stops=tuple(made),
        load=made[0].load,
        distance_m=0,
        drive_s=0,
        cost_cents=0,
        co2e_g=0,
    )


def ends(tours: Iterable[Tour], spare: timedelta = timedelta(hours=3)) -> dict[str, datetime]:
    return {tour.vehicle: tour.end + spare for tour in tours}


def put_to_test(*tours: Tour, **but: object) -> StressTest:
    return stress(tours, ends(tours), **but)


def test_a_planted_weak_tour_ranks_first():
    strong = [a_tour(number, slack_min=120) for number in (1, 2, 4)]
    weak = a_tour(3, slack_min=4)

    result = put_to_test(*strong[:2], weak, strong[2])

    assert result.tours[0].tour == weak.code
    assert result.tours[0].breaks_share > 0.4
    assert all(one.breaks_share < 0.05 for one in result.tours[1:])


def test_the_stop_that_breaks_first_is_the_one_without_room():
    tour = a_tour(1, slack_min=90)
    stops = list(tour.stops)
    tight = stops[4]
    assert tight.window is not None
    stops[4] = replace(tight, window=replace(tight.window, end=tight.start + 2 * MINUTE))

    (one,) = put_to_test(replace(tour, stops=tuple(stops))).tours

    assert one.first is not None
    assert (one.first.position, one.first.order) == (4, tight.order)
    assert one.first.days_share <= one.late_share


def test_the_same_seed_draws_the_same_days_and_another_one_others():
    tours = (a_tour(1, 20), a_tour(2, 15))

    assert put_to_test(*tours, seed=7) == put_to_test(*tours, seed=7)
    assert put_to_test(*tours, seed=7) != put_to_test(*tours, seed=8)


def test_what_befalls_a_tour_does_not_hang_on_the_others():
    alone = put_to_test(a_tour(2, 15)).tours[0]

    beside = put_to_test(a_tour(1, 20), a_tour(2, 15), a_tour(3, 5))

    assert alone in beside.tours


def test_on_days_that_are_as_planned_nothing_breaks():
    result = put_to_test(a_tour(1, slack_min=0), chances=STILL)

    assert result.whole_share == 1
    assert result.tours[0].breaks_share == 0
    assert result.tours[0].first is None


def test_a_shift_that_leaves_no_room_is_not_kept_and_its_minutes_are_counted():
    tour = a_tour(1, slack_min=600)

    (tight,) = stress([tour], ends([tour], timedelta())).tours
    (roomy,) = stress([tour], ends([tour], timedelta(hours=6))).tours

    assert tight.late_share == roomy.late_share == 0
    assert tight.over_share > 0.3
    assert tight.over_s > 60
    assert (roomy.over_share, roomy.over_s) == (0, 0)


def test_goods_that_always_come_late_make_every_stop_late_by_as_much():
    late = replace(STILL, goods_late_share=1, goods_late_s=3_600)
    tour = a_tour(1, slack_min=0, stops=1)

    (one,) = put_to_test(tour, chances=late, days=4_000).tours

    assert one.late_share == 1
    assert one.late_s == pytest.approx(3_600, rel=0.06)


def test_a_client_who_is_out_costs_the_wait_in_place_of_the_stop():
    nobody = replace(STILL, absent_share=1, absent_s=60)
    tour = a_tour(1, slack_min=600)

    (one,) = stress([tour], {tour.vehicle: tour.end - 24 * MINUTE}, chances=nobody).tours

    assert one.absent == one.stops == 6
    assert one.over_s == 0  # six stops of five minutes became six waits of one


def test_a_window_is_waited_for():
    early = a_tour(1, slack_min=60)
    stops = [
        stop if stop.window is None else replace(stop, window=Window(stop.start, stop.window.end))
        for stop in early.stops
    ]
    fast = replace(STILL, absent_share=1, absent_s=0)

    (one,) = stress(
        [replace(early, stops=tuple(stops))], {"V1": early.end - 6 * MINUTE}, chances=fast
    ).tours

    assert one.over_share == 1  # each door opened as planned, so only the last stop was saved


def test_what_is_done_already_cannot_break_any_more():
    tour = a_tour(1, slack_min=2)
    half = tour.stops[3].departure

    (whole,) = put_to_test(tour).tours
    (rest,) = put_to_test(tour, now=half).tours
    (done,) = put_to_test(tour, now=tour.end).tours

    assert whole.first is not None
    assert rest.first is not None
    assert whole.first.position < 4 <= rest.first.position
    assert rest.breaks_share < whole.breaks_share
    assert (done.breaks_share, done.absent) == (0, 0)


@given(seed=st.integers(0, 2**31), slack_min=st.integers(0, 60))
def test_shares_are_shares_and_a_tour_breaks_where_it_is_late_or_over(seed: int, slack_min: int):
    tour = a_tour(1, slack_min)

    (one,) = stress([tour], ends([tour], 10 * MINUTE), seed=seed, days=60).tours

    assert 0 <= max(one.late_share, one.over_share) <= one.breaks_share <= 1
    assert one.breaks_share <= one.late_share + one.over_share + 1e-9
    assert one.late_stops >= one.late_share
    assert (one.first is None) == (one.late_share == 0)


@given(slack_min=st.integers(0, 40), more_min=st.integers(1, 40))
def test_more_room_never_makes_a_tour_later(slack_min: int, more_min: int):
    tight, roomy = a_tour(1, slack_min), a_tour(1, slack_min + more_min)

    assert (
        put_to_test(roomy, days=80).tours[0].late_s <= put_to_test(tight, days=80).tours[0].late_s
    )


def test_a_hundred_tours_take_no_time_a_person_would_notice():
    tours = [a_tour(number, 20, stops=20) for number in range(1, 101)]
    before_s = process_time()

    result = put_to_test(*tours)

    assert (len(result.tours), result.days) == (100, 500)
    assert process_time() - before_s < 2


def test_the_day_as_it_is_kept_is_tested_and_told(workspace: Workspace, english: None):
    fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 5)), vehicles=(a_vehicle(),))
    planned(workspace)

    result = stress_test(workspace, ON, seed=3)
    document = stress_document(result)

    assert document["seed"] == 3
    assert document["days"] == 500
    assert [tour["tour"] for tour in document["tours"]] == [one.tour for one in result.tours]
    assert "simulated days" in stress_lines(result)[-1]


def test_a_day_without_tours_has_nothing_to_break(workspace: Workspace):
    result = stress_test(workspace, ON)

    assert result.tours == ()
    assert result.whole_share == 1
