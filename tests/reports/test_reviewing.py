"""Reviewing a day of a real workspace: what is told is what is stored, and files are whole."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import SaveTours, SetTourState
from app.domain.tours import PlanState, Tour, TourPlan
from app.errors import EnvironmentProblem, Stopped
from app.operations import carriage
from app.operations.review import as_document, review
from app.operations.review_day import read_ground, review_of
from app.reports.day_review import DayReview, Left
from app.wording import sentence
from app.workspace import Workspace
from db.orders import load_shipments
from db.plans import load_plan
from tests.bookings.a_day import bring_in, heavy, source_from, today, two_carriers
from tests.builders import NOW, an_order
from tests.reports.a_day import BIKE, ON, VAN, both_tours, orders, play

QUIET = date(2026, 12, 24)


def told(workspace: Workspace, on: date = ON) -> DayReview:
    return review_of(read_ground(workspace, on))


def names(files: tuple[Path, ...], out: Path) -> list[str]:
    return [file.relative_to(out).as_posix() for file in files]


def test_the_figures_are_those_of_the_stored_plan(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    plan = workspace.read(load_plan, ON)

    figures = review(workspace, ON, tmp_path / "review").figures

    assert figures["tours"] == len(plan.tours)
    assert figures["stops"] == plan.stop_count
    assert figures["distance_m"] == plan.distance_m
    assert figures["drive_s"] == plan.drive_s
    assert figures["work_s"] == plan.work_s
    assert figures["cost_cents"] == plan.cost_cents
    assert figures["co2e_g"] == plan.co2e_g
    assert figures["late_s"] == plan.late_s
    assert figures["emission_level"] == plan.emission_level


def test_every_order_of_the_day_is_counted_once(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path, tours=both_tours)

    fates = told(workspace).fates

    assert fates.orders == 7
    assert (fates.on_tour, fates.with_carrier, fates.left_out) == (5, 1, 1)


def test_no_shipment_is_both_on_a_tour_and_with_a_carrier(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path, tours=both_tours)
    day = told(workspace)

    riding = [visit.stop.shipment for one in day.tours for visit in one.visits]
    carried = [one.shipment for carrier in day.carriers for one in carrier.carried]
    told_of = Counter([*riding, *carried])

    assert set(told_of) == {shipment.code for shipment in workspace.read(load_shipments)}
    assert set(told_of.values()) == {1}


def test_stops_are_told_with_the_orders_customer_and_their_share_of_carbon(
    workspace: Workspace, tmp_path: Path
):
    play(workspace, tmp_path, tours=both_tours)
    van = told(workspace).tours[0]

    assert [visit.customer for visit in van.visits] == [f"Client 48000{n}" for n in (1, 2, 3)]
    assert sum(visit.co2e_g for visit in van.visits) == van.tour.co2e_g
    assert [visit.keeping.value for visit in van.visits] == ["easy", "tight", "late"]
    assert "Fourgon élec. 04" in sentence(van.basis)


def test_what_the_tours_left_out_is_told_with_who_took_it(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path, tours=both_tours)
    day = told(workspace)

    [handed] = day.handed_over
    assert (handed.order, handed.carrier, handed.cost_cents) == ("480006", "Deûle Express", 900)
    assert "Fourgon élec. 04" in sentence(handed.reasons[0].reason)
    [dex] = day.carriers
    assert dex.references == ("DEX-00001",)
    assert dex.unsent == 0


def test_an_order_without_a_node_is_left_out_and_says_why(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path, tours=both_tours)

    [left] = told(workspace).left_out

    assert (left.order, left.cause) == ("480007", Left.NO_NODE)
    assert [one.reason.code for one in left.reasons] == ["not_sourced_yet"]


def test_an_order_that_no_carrier_takes_says_which_service_refuses_and_why(
    workspace: Workspace, english: None
):
    order = heavy("480031")
    panel = two_carriers()
    only_light = replace(panel, services=panel.services[:1])
    bring_in(workspace, only_light, order)
    source_from(workspace, "LIL", order)
    carriage.allocate(workspace, ON, apply=True)

    [left] = told(workspace).left_out

    assert left.cause is Left.NO_CARRIER
    [reason] = left.reasons
    assert reason.about == "Deûle Express · Express du jour"
    assert sentence(reason.reason) == "40.0\u00a0kg exceeds the limit of 10.0\u00a0kg."


def test_an_address_that_cannot_be_placed_is_left_out_by_itself(workspace: Workspace):
    bring_in(workspace, two_carriers(), replace(today("480041"), place=None))

    [left] = told(workspace).left_out

    assert left.cause is Left.ADDRESS


def test_what_waits_since_an_earlier_day_is_told_with_its_own_date(workspace: Workspace):
    yesterday = NOW - timedelta(days=1)
    bring_in(workspace, two_carriers(), an_order("480051", wish_from=yesterday, wish_to=yesterday))

    [left] = told(workspace).left_out

    assert left.due_on == date(2026, 11, 23)


def test_what_went_with_a_carrier_on_an_earlier_day_is_not_told_again(
    workspace: Workspace, tmp_path: Path
):
    play(workspace, tmp_path, tours=both_tours)

    later = told(workspace, ON + timedelta(days=1))

    assert later.carriers == ()
    assert later.fates.with_carrier == 0
    assert later.tours == ()
    assert [left.order for left in later.left_out] == ["480007"]


def test_page_document_and_road_sheets_are_written(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    out = tmp_path / "review"

    done = review(workspace, ON, out)

    assert names(done.files, out) == [
        "review-2026-11-24.html",
        "review-2026-11-24.pdf",
        "tours/2026-11-24-T1.pdf",
        "tours/2026-11-24-T2.pdf",
    ]
    assert sorted(file for file in out.rglob("*") if file.is_file()) == sorted(done.files)
    assert done.files[0].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert all(file.read_bytes().startswith(b"%PDF") for file in done.files[1:])


def test_the_document_names_files_and_figures_and_nothing_else(
    workspace: Workspace, tmp_path: Path
):
    play(workspace, tmp_path / "bookings", tours=both_tours)

    document = as_document(review(workspace, ON, tmp_path / "review"))

    assert list(document) == ["files", "figures"]
    assert all(Path(file).is_file() for file in document["files"])
    assert document["figures"]["orders"] == 7


def test_the_same_workspace_gives_the_same_bytes_and_writes_nothing_twice(
    workspace: Workspace, tmp_path: Path, french: None
):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    first = review(workspace, ON, tmp_path / "one")
    before = {file: file.stat().st_mtime_ns for file in first.files}

    again = review(workspace, ON, tmp_path / "one")
    elsewhere = review(workspace, ON, tmp_path / "two")

    assert {file: file.stat().st_mtime_ns for file in again.files} == before
    for one, two in zip(first.files, elsewhere.files, strict=True):
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    "states",
    [
        (),
        (PlanState.VALIDATED,),
        (PlanState.VALIDATED, PlanState.PUBLISHED),
        (PlanState.VALIDATED, PlanState.PUBLISHED, PlanState.CLOSED),
    ],
)
def test_tours_are_told_however_far_they_were_agreed(
    workspace: Workspace, tmp_path: Path, states: tuple[PlanState, ...], english: None
):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    for state in states:
        workspace.submit(SetTourState(ON, state))

    done = review(workspace, ON, tmp_path / "review")

    state = states[-1] if states else PlanState.DRAFT
    assert done.figures["states"] == {state.value: 2}
    assert f"2 {state.value} tours" in done.files[0].read_text(encoding="utf-8")


def test_a_day_on_which_nothing_was_to_be_done_is_told_as_such(
    workspace: Workspace, tmp_path: Path, english: None
):
    done = review(workspace, QUIET, tmp_path)

    assert names(done.files, tmp_path) == ["review-2026-12-24.html", "review-2026-12-24.pdf"]
    assert done.figures["orders"] == 0
    assert "No tour was planned for Thu 24 Dec 2026." in done.files[0].read_text(encoding="utf-8")
    assert not (tmp_path / "tours").exists()


def test_a_tour_whose_vehicle_is_gone_from_the_fleet_is_still_told(
    workspace: Workspace, tmp_path: Path
):
    every = orders(1, 2, 3)
    bring_in(workspace, two_carriers(), *every)
    source_from(workspace, "LIL", *every)
    workspace.submit(SaveTours(TourPlan(ON, both_tours()[:1])))

    done = review(workspace, ON, tmp_path)

    assert done.figures["stops"] == 3
    assert "FE04" in done.files[0].read_text(encoding="utf-8")


def test_a_road_sheet_of_a_tour_that_is_gone_is_taken_away(workspace: Workspace, tmp_path: Path):
    plan = play(workspace, tmp_path / "bookings", tours=both_tours)
    out = tmp_path / "review"
    review(workspace, ON, out)
    kept = out / "tours" / "2026-11-23-T2.pdf"
    kept.write_bytes(b"%PDF of another day")
    workspace.submit(SaveTours(replace(plan, tours=both_tours()[:1])))

    review(workspace, ON, out)

    assert sorted(file.name for file in (out / "tours").iterdir()) == [
        "2026-11-23-T2.pdf",
        "2026-11-24-T1.pdf",
    ]


def test_a_stopped_review_leaves_only_whole_files(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Stopped):
        review(workspace, ON, tmp_path / "review", stop=stop)

    written = [file.name for file in (tmp_path / "review").rglob("*") if file.is_file()]
    assert sorted(written) == ["review-2026-11-24.html", "review-2026-11-24.pdf"]


def test_progress_runs_to_its_end(workspace: Workspace, tmp_path: Path):
    play(workspace, tmp_path / "bookings", tours=both_tours)
    heard: list[tuple[int, int]] = []

    review(
        workspace,
        ON,
        tmp_path / "review",
        progress=lambda done, total, best="": heard.append((done, total)),
    )

    assert heard == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_folder_that_cannot_be_made_is_an_environment_problem(
    workspace: Workspace, tmp_path: Path
):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    with pytest.raises(EnvironmentProblem):
        review(workspace, ON, blocked)


def test_tours_of_the_second_dozen_are_told_with_their_ring(workspace: Workspace, tmp_path: Path):
    every = orders(1, 2, 3)
    bring_in(workspace, two_carriers(), *every)
    workspace.submit(ImportRows("vehicle", "vehicles.csv", (VAN, BIKE)))
    source_from(workspace, "LIL", *every)
    [van, _bike] = both_tours()
    tours = tuple(_one_stop(van, number, stop) for number, stop in enumerate((0, 1, 2), start=12))
    workspace.submit(SaveTours(TourPlan(ON, tours)))

    done = review(workspace, ON, tmp_path)

    assert done.figures["tours"] == 3
    assert "chip t13 ringed" in done.files[0].read_text(encoding="utf-8")


def _one_stop(tour: Tour, number: int, stop: int) -> Tour:
    only = tour.deliveries[stop]
    return replace(
        tour,
        number=number,
        code=f"{ON.isoformat()}-T{number}",
        stops=(tour.stops[0], only, tour.stops[-1]),
        load=only.load,
    )


def test_the_review_says_when_the_workspace_was_last_written(workspace: Workspace):
    assert told(workspace).as_of is None
    bring_in(workspace, two_carriers(), *orders(1))

    assert told(workspace).as_of == NOW
    assert datetime(2026, 11, 24, 8, 42, tzinfo=UTC) == NOW
