"""What lanes show of tours and vehicles, without a window."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.tours import PlanState, Stop, StopKind, TourPlan
from app.domain.values import Load, Window
from app.ui.tours.brackets import brackets_of
from app.ui.tours.lane_layout import LaneLayout, layout_of
from app.ui.tours.lanes import Bar, Lane, Standing, lanes_of
from app.ui.tours.scale import HOUR_S, TimeScale, span_of
from tests.builders import LILLE, a_vehicle
from tests.ui.tours.days import DAY, ON, TIGHT_S, a_morning, clock, morning_lanes


def lane(number: int) -> Lane:
    return next(one for one in morning_lanes() if one.number == number)


def test_every_tour_has_a_lane_by_number_and_vehicles_without_one_follow():
    assert [one.number for one in morning_lanes()] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0]
    assert [one.label for one in morning_lanes()[9:]] == [
        "Fourgon diesel 12",
        "Vélo-cargo 11",
        "Fourgon élec. 10",
    ]


def test_stops_are_numbered_in_order_and_breaks_are_not():
    bars = lane(4).bars

    assert [bar.number for bar in bars] == [1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 10, 11]
    assert bars[8].kind is StopKind.BREAK


def test_seconds_count_from_midnight_of_the_day():
    assert lane(1).from_s == 8 * HOUR_S + 5 * 60
    assert DAY.moment(lane(1).from_s) == clock("8:05")


def test_waiting_lies_between_arrival_and_service():
    eighth = next(bar for bar in lane(1).bars if bar.number == 8)

    assert eighth.waiting_s == 21 * 60


def test_a_stop_is_late_tight_or_easy_by_its_window():
    eighth = lane(8)

    standings = {bar.number: bar.standing for bar in eighth.stops}
    assert standings[10] is Standing.LATE
    assert standings[2] is Standing.TIGHT
    assert standings[1] is Standing.EASY
    assert (eighth.late, eighth.tight) == (1, 1)


def test_slack_of_exactly_the_limit_is_not_tight():
    plan, vehicles = a_morning()
    tour = plan.tours[3]
    first = tour.stops[1]
    window = Window(first.start - timedelta(hours=1), first.start + timedelta(seconds=TIGHT_S))
    exact = replace(tour, stops=(tour.stops[0], replace(first, window=window), *tour.stops[2:]))

    (made, *_idle) = lanes_of(TourPlan(ON, (exact,)), vehicles, DAY, tight_slack_s=TIGHT_S)

    assert made.stops[0].standing is Standing.EASY


def test_only_what_is_published_counts_as_done_by_the_clock():
    noon = DAY.second(clock("12"))
    draft, published = lane(4), lane(5)

    assert published.is_done(published.stops[0], noon)
    assert not draft.is_done(draft.stops[0], noon)


def test_the_largest_of_three_dimensions_fills_the_vehicle():
    vehicle = a_vehicle(capacity=Load(100_000, 1_000_000, 10))
    point = (LILLE, clock("9"), clock("9"), clock("9"))
    tour = replace(
        a_morning()[0].tours[0],
        vehicle=vehicle.code,
        stops=(
            Stop(StopKind.DEPART, *point),
            Stop(StopKind.DELIVERY, *point, order="1", load=Load(20_000, 900_000, 1)),
            Stop(StopKind.DELIVERY, *point, order="2", load=Load(30_000, 50_000, 1)),
            Stop(StopKind.RETURN, *point),
        ),
    )

    (made,) = lanes_of(TourPlan(ON, (tour,)), [vehicle], DAY, tight_slack_s=0)

    assert (made.filling.weight, made.filling.volume, made.filling.parcels) == (0.5, 0.95, 0.2)
    assert made.filling.largest == 0.95
    assert [share for _at, share in made.carried] == [0.95, 0.3, 0.0]


def test_a_pickup_fills_the_vehicle_on_its_way():
    vehicle = a_vehicle(capacity=Load(100_000, 10**9, 100))
    point = (LILLE, clock("9"), clock("9"), clock("9"))
    tour = replace(
        a_morning()[0].tours[0],
        vehicle=vehicle.code,
        stops=(
            Stop(StopKind.DEPART, *point),
            Stop(StopKind.DELIVERY, *point, order="1", load=Load(20_000)),
            Stop(StopKind.PICKUP, *point, order="2", load=Load(60_000)),
            Stop(StopKind.RETURN, *point),
        ),
    )

    (made,) = lanes_of(TourPlan(ON, (tour,)), [vehicle], DAY, tight_slack_s=0)

    assert made.filling.weight == 0.6


def test_ghosts_stand_in_the_place_of_the_drafts_they_would_replace():
    plan, vehicles = a_morning()
    ghost = replace(plan.tours[3], code=f"{ON}-T10", number=10)

    lanes = lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S, ghosts=[ghost])

    shown = {one.number: one.ghost for one in lanes if one.tour is not None}
    assert 4 not in shown  # the draft
    assert shown[9] is False  # locked: planning leaves it
    assert shown[10] is True


def test_a_tour_of_an_unknown_vehicle_is_still_shown():
    plan, _vehicles = a_morning()

    lanes = lanes_of(plan, [], DAY, tight_slack_s=TIGHT_S)

    assert [one.label for one in lanes] == [tour.vehicle for tour in plan.tours]


def test_a_shift_past_midnight_ends_on_the_next_day():
    night = a_vehicle(
        shift_from=clock("22").astimezone(DAY.zone).time(),
        shift_to=clock("6").astimezone(DAY.zone).time(),
    )

    (made,) = lanes_of(TourPlan(ON, ()), [night], DAY, tight_slack_s=0)

    assert (made.from_s, made.to_s) == (22 * HOUR_S, 30 * HOUR_S)


def test_closed_tours_count_as_under_way():
    tour = replace(a_morning()[0].tours[3], state=PlanState.CLOSED)

    assert Lane(a_vehicle(), 0, 1, tour).under_way


# Windows


def a_bar(opens_s: int, closes_s: int) -> Bar:
    return Bar(
        StopKind.DELIVERY,
        opens_s,
        opens_s + 60,
        opens_s,
        1,
        "1",
        opens_s=opens_s,
        closes_s=closes_s,
    )


def test_stops_with_one_window_share_its_bracket():
    (bracket,) = brackets_of([a_bar(0, 7200), a_bar(0, 7200)])

    assert len(bracket.bars) == 2


def test_stops_without_a_window_have_no_bracket():
    assert brackets_of([Bar(StopKind.DELIVERY, 0, 60, 0, 1, "1")]) == ()


windows = st.tuples(st.integers(0, 80_000), st.integers(0, 20_000)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@given(st.lists(windows, max_size=20))
def test_no_two_brackets_of_a_mini_lane_overlap(spans: list[tuple[int, int]]):
    packed = brackets_of(a_bar(*span) for span in spans)

    assert {(b.opens_s, b.closes_s) for b in packed} == set(spans)
    for one in packed:
        for other in packed:
            if one is not other and one.row == other.row:
                assert one.closes_s < other.opens_s or other.closes_s < one.opens_s


# Where lanes lie


@given(
    st.integers(1, 60),
    st.none() | st.integers(0, 59),
    st.integers(0, 3_000),
)
def test_a_height_belongs_to_the_lane_that_lies_there(count: int, opened: int | None, y: int):
    layout = LaneLayout(count, 27, opened if opened is None or opened < count else None, 48)
    place = layout.at(y)

    if place is None:
        assert y >= layout.total
    else:
        assert layout.top(place) <= y < layout.top(place) + layout.height(place)
        assert place < count


@given(st.integers(1, 40), st.integers(0, 39), st.integers(0, 900), st.integers(1, 400))
def test_the_lanes_between_two_heights_are_those_that_can_be_seen(
    count: int, opened: int, top: int, room: int
):
    layout = LaneLayout(count, 27, opened if opened < count else None, 48)

    seen = set(layout.between(top, top + room - 1))

    for place in range(count):
        first, last = layout.top(place), layout.top(place) + layout.height(place) - 1
        assert (place in seen) == (first <= top + room - 1 and last >= top)


def a_layout(count: int, opened: int | None, room: int) -> LaneLayout:
    return layout_of(count, opened, room, lane=27, low=23, opened_height=48)


def test_nine_lanes_and_the_open_one_fit_a_large_desk():
    assert a_layout(9, 3, 268).total == 264


def test_lanes_are_low_on_a_small_desk_and_none_opens():
    layout = a_layout(9, 3, 208)

    assert (layout.lane, layout.opened, layout.total) == (23, None, 207)


def test_a_few_lanes_keep_their_height_on_a_small_desk():
    assert a_layout(4, 1, 208).height(1) == 48


# Time


def test_at_first_the_whole_day_fits():
    scale = TimeScale(8 * HOUR_S, 18 * HOUR_S, 1_000)

    assert (scale.x(8 * HOUR_S), scale.x(18 * HOUR_S)) == (0, 1_000)
    assert scale.content_width == 1_000


def test_no_zoom_goes_beyond_the_day_or_a_minute_of_twenty_pixels():
    scale = TimeScale(8 * HOUR_S, 18 * HOUR_S, 1_000)

    assert scale.zoomed(0.1).zoom == 1
    assert round(scale.zoomed(1e9).px_per_s * 60) == 20


def test_what_was_zoomed_stays_as_near_when_the_pane_grows():
    scale = TimeScale(8 * HOUR_S, 18 * HOUR_S, 1_000).zoomed(4)

    wider = scale.over((8 * HOUR_S, 18 * HOUR_S), 1_400)

    assert wider.px_per_s == scale.px_per_s


def test_what_fitted_still_fits_when_the_pane_grows():
    scale = TimeScale(8 * HOUR_S, 18 * HOUR_S, 1_000)

    assert scale.over((7 * HOUR_S, 19 * HOUR_S), 1_400).zoom == 1


@given(st.integers(300, 3_000), st.floats(1, 60))
def test_names_of_hours_never_touch(width: int, zoom: float):
    scale = TimeScale(7 * HOUR_S, 19 * HOUR_S, width).zoomed(zoom)

    named = [scale.x(t.second) for t in scale.ticks(0, scale.content_width) if t.named]

    assert named
    assert all(after - before >= 63.9 for before, after in pairwise(named))


def test_the_span_holds_all_tours_and_a_near_now():
    lanes = [one for one in morning_lanes() if one.tour is not None]

    first, last = span_of(lanes, DAY.second(clock("17:30")))

    assert first <= min(one.from_s for one in lanes)
    assert last >= DAY.second(clock("17:30"))


def test_a_far_now_does_not_stretch_the_span():
    lanes = [one for one in morning_lanes() if one.tour is not None]

    assert span_of(lanes, DAY.second(clock("23:00"))) == span_of(lanes)


def test_without_lanes_office_hours_are_shown():
    assert span_of(()) == (8 * HOUR_S - 900, 18 * HOUR_S + 900)


def test_what_is_fetched_comes_aboard_on_the_way_and_its_stop_is_marked():
    morning, vehicles = a_morning()
    tour = next(one for one in morning.tours if one.number == 1)
    first, *_, last = tour.deliveries
    fetched = replace(first, kind=StopKind.PICKUP, order=last.order, shipment=last.shipment)
    fetched = replace(fetched, load=last.load)
    stops = tuple(fetched if stop is first else stop for stop in tour.stops)
    plan = replace(morning, tours=(replace(tour, stops=stops),))
    (changed, *_) = lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S)
    kept = lane(1)

    assert [bar.number for bar in changed.stops if bar.fetch] == [1]
    assert changed.filling.weight < kept.filling.weight, "it does not leave the depot with it"
    assert changed.carried[1][1] > changed.carried[0][1]
    assert changed.carried[-1][1] == 0
