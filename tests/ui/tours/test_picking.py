"""Picking stops and tours on the timeline, without a window: one selection for every pane."""

from app.ui.selection import Selection
from app.ui.tours.lanes import Lane
from app.ui.tours.picking import How, Picker
from tests.ui.tours.days import morning_lanes


class Hands:
    """A picker over the morning's lanes, and how often it told of a change."""

    def __init__(self) -> None:
        self.selection = Selection()
        self.changes = 0
        self.picker = Picker(self.selection, self._changed)
        self.picker.show(morning_lanes())

    def _changed(self) -> None:
        self.changes += 1

    def lane(self, number: int) -> Lane:
        return next(lane for lane in self.picker.lanes if lane.number == number)

    def pick(self, tour: int, stop: int, how: How = How.ALONE) -> None:
        lane = self.lane(tour)
        self.picker.pick(lane, lane.stops[stop - 1], how)

    @property
    def selected(self) -> tuple[str, ...]:
        return self.selection.selected.codes

    @property
    def in_hand(self) -> int:
        place = self.picker.place
        return 0 if place is None else self.picker.lanes[place].number


def test_a_picked_stop_selects_its_order_and_takes_its_tour_in_hand():
    hands = Hands()

    hands.pick(4, 2)

    assert hands.selected == ("480401",)
    assert hands.in_hand == 4
    assert hands.picker.bar is hands.lane(4).stops[1]


def test_a_picked_lane_selects_all_its_orders():
    hands = Hands()

    hands.picker.pick(hands.lane(9), None)

    assert hands.selected == hands.lane(9).orders
    assert hands.in_hand == 9


def test_a_vehicle_without_a_tour_can_be_taken_in_hand():
    hands = Hands()
    hands.pick(1, 1)

    hands.picker.pick(hands.picker.lanes[-1], None)

    assert hands.selected == ()
    assert hands.picker.place == len(hands.picker.lanes) - 1
    assert hands.picker.tours == ()


def test_the_lane_in_hand_follows_what_another_pane_selects():
    hands = Hands()

    hands.selection.choose(["480600"])
    assert hands.in_hand == 6

    hands.selection.choose(["no tour has it"])
    assert hands.picker.place is None


def test_ctrl_adds_and_takes_away():
    hands = Hands()
    hands.pick(4, 1)

    hands.pick(5, 1, How.TOGGLE)
    assert hands.selected == ("480400", "480500")

    hands.pick(4, 1, How.TOGGLE)
    assert hands.selected == ("480500",)


def test_ctrl_on_a_lane_adds_what_is_missing_then_takes_all_away():
    hands = Hands()
    hands.pick(4, 3)

    hands.picker.pick(hands.lane(4), None, How.TOGGLE)
    assert set(hands.selected) == set(hands.lane(4).orders)

    hands.picker.pick(hands.lane(4), None, How.TOGGLE)
    assert hands.selected == ()


def test_shift_picks_everything_between_across_lanes_and_ends_on_what_was_hit():
    hands = Hands()
    hands.pick(4, 10)

    hands.pick(5, 2, How.RANGE)
    assert hands.selected == ("480410", "480411", "480500", "480501")

    hands.pick(4, 11, How.RANGE)
    assert hands.selected == ("480501", "480500", "480411")


def test_shift_without_a_start_picks_what_was_hit():
    hands = Hands()

    hands.pick(5, 2, How.RANGE)

    assert hands.selected == ("480501",)


def test_arrows_go_from_stop_to_stop_over_breaks_and_end_at_the_ends():
    hands = Hands()
    hands.pick(4, 8)

    hands.picker.step(1)
    assert hands.picker.bar is not None
    assert hands.picker.bar.number == 9

    for _again in range(5):
        hands.picker.step(1)
    assert hands.picker.bar.number == 11


def test_an_arrow_with_nothing_picked_starts_at_an_end_of_the_first_tour():
    hands = Hands()
    hands.picker.step(1)
    assert hands.selected == (hands.lane(1).stops[0].order,)

    other = Hands()
    other.picker.step(-1)
    assert other.selected == (other.lane(1).stops[-1].order,)


def test_shift_and_an_arrow_keep_what_was_picked():
    hands = Hands()
    hands.pick(4, 1)

    hands.picker.step(1, extend=True)
    hands.picker.step(1, extend=True)

    assert hands.selected == ("480400", "480401", "480402")


def test_the_next_tour_is_entered_at_the_stop_nearest_in_time():
    hands = Hands()
    hands.pick(4, 6)  # 12:47

    hands.picker.step_lane(1)

    assert hands.in_hand == 5
    assert hands.picker.bar is not None
    assert hands.picker.bar.number == 10  # 12:31


def test_vehicles_without_a_tour_are_stepped_over():
    hands = Hands()
    hands.pick(9, 1)

    hands.picker.step_lane(1)

    assert hands.in_hand == 9


def test_home_and_end_go_to_the_ends_of_the_tour():
    hands = Hands()
    hands.pick(6, 4)

    hands.picker.go_to_end(last=True)
    assert hands.picker.bar is hands.lane(6).stops[-1]

    hands.picker.go_to_end(last=False)
    assert hands.picker.bar is hands.lane(6).stops[0]


def test_everything_can_be_picked_and_dropped():
    hands = Hands()

    hands.picker.pick_everything()
    assert len(hands.selected) == 99

    hands.picker.drop()
    assert hands.selected == ()
    assert hands.picker.place is None


def test_what_is_in_hand_stays_when_lanes_come_anew():
    hands = Hands()
    hands.pick(4, 3)

    hands.picker.show(tuple(lane for lane in morning_lanes() if lane.number != 1))

    assert hands.in_hand == 4
    assert hands.picker.bar is not None
    assert hands.picker.bar.number == 3


def test_a_tour_that_is_gone_is_no_longer_in_hand():
    hands = Hands()
    hands.pick(4, 3)

    hands.picker.show(tuple(lane for lane in morning_lanes() if lane.number != 4))

    assert hands.picker.place is None


def test_actions_are_about_the_tours_that_the_selection_touches():
    hands = Hands()
    hands.selection.choose(["480400", "480600", "elsewhere"])

    assert [tour.number for tour in hands.picker.tours] == [4, 6]


def test_actions_are_never_about_ghosts():
    hands = Hands()
    ghost = hands.lane(4).tour
    assert ghost is not None
    hands.picker.show(morning_lanes(ghosts=[ghost]))

    hands.pick(4, 1)

    assert hands.picker.tours == ()


def test_one_pick_tells_of_a_change():
    hands = Hands()

    hands.pick(4, 1)

    assert hands.changes >= 1
