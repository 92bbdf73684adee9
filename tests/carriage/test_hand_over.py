"""Handing over to carriers what the tours left out: each its best, as a person chose it."""

from app.domain.acts.tours import SaveTours
from app.domain.carriers import Panel
from app.domain.tours import Colour, Stop, StopKind, Tour, TourPlan, Unplanned
from app.domain.values import Load
from app.operations.by_hand import hand_over
from app.operations.carriage import allocate
from app.workspace import Workspace
from db.bookings import load_choices
from db.queries.board import load_board
from tests.bookings.a_day import TODAY, bring_in, source_from, today, two_carriers
from tests.builders import LILLE, NOW


def a_day(workspace: Workspace, panel: Panel, *codes: str) -> None:
    orders = [today(code) for code in codes]
    bring_in(workspace, panel, *orders)
    source_from(workspace, "LIL", *orders)


def a_tour_with(shipment: str) -> Tour:
    order = shipment.rsplit("-", 1)[0]
    stop = Stop(StopKind.DELIVERY, LILLE, NOW, NOW, NOW, order=order, shipment=shipment)
    ends = (Stop(kind, LILLE, NOW, NOW, NOW) for kind in (StopKind.DEPART, StopKind.RETURN))
    return Tour("T1", 1, TODAY, "V1", "LIL", (next(ends), stop, next(ends)), Load(), 0, 0, 0, 0)


def test_each_shipment_gets_its_best_carrier_in_one_entry(workspace: Workspace):
    a_day(workspace, two_carriers(), "480001", "480002")
    best = {choice.shipment: choice.best for choice in allocate(workspace, TODAY).choices}

    acted = hand_over(workspace, ["480001-1", "480002-1"], TODAY, "left out of the tours")

    kept = workspace.read(load_choices)
    assert acted.done == ("480001-1", "480002-1")
    assert {code: choice.best for code, choice in kept.items()} == best
    assert {choice.override for choice in kept.values()} == {"left out of the tours"}
    workspace.undo()
    assert workspace.read(load_choices) == {}


def test_what_rides_on_a_tour_is_refused_and_the_rest_goes(workspace: Workspace):
    a_day(workspace, two_carriers(), "480001", "480002")
    workspace.submit(SaveTours(TourPlan(TODAY, (a_tour_with("480001-1"),))))

    acted = hand_over(workspace, ["480001-1", "480002-1"], TODAY, "left out")

    assert acted.done == ("480002-1",)
    assert [(p.subject, p.reason.code) for p in acted.refused] == [("480001-1", "already_planned")]


def test_what_no_carrier_can_take_is_refused(workspace: Workspace):
    a_day(workspace, Panel(), "480001")

    acted = hand_over(workspace, ["480001-1"], TODAY, "left out")

    assert acted.done == ()
    assert [part.reason.code for part in acted.refused] == ["no_carrier_can"]


def test_what_goes_by_a_carrier_is_no_longer_left_out(workspace: Workspace):
    a_day(workspace, two_carriers(), "480001")
    left = Unplanned("480001", "480001-1", Colour.RED, ())
    workspace.submit(SaveTours(TourPlan(TODAY, (), (left,))))
    policy, zone = workspace.policy(), workspace.zone
    before = workspace.read(load_board, policy, zone, TODAY).rows[0].unplanned

    hand_over(workspace, ["480001-1"], TODAY, "left out")

    assert before == left
    assert workspace.read(load_board, policy, zone, TODAY).rows[0].unplanned is None
