"""Planning a day in a real workspace: what is taken, kept, agreed, judged and taken out again."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.acts.desk import ChooseCarriers
from app.domain.acts.orders import ApplySourcing, ImportRows
from app.domain.carriers import Panel
from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import Mode, Order, OrderLine, OrderState
from app.domain.policy import Policy
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.domain.tours import PlanState, TourPlan
from app.domain.values import GeoPoint
from app.errors import AlreadyAgreed, BadFile, UnknownSubject
from app.operations import carriage, touring
from app.planning.tours.solver import solve
from app.planning.tours.worker import SolverCrashed
from app.workspace import Workspace
from db.orders import load_doors, load_shipments
from db.plans import load_plan
from tests.builders import (
    LILLE,
    NOW,
    ROUBAIX,
    a_cell,
    a_node,
    a_panel,
    a_product,
    a_service,
    a_tariff,
    a_vehicle,
    an_order,
)
from tests.builders import at as located
from tests.tours.a_day import ON, PARIS, at

FREE = a_vehicle(fixed_cost_cents=0)


def today(code: str, east: float = 0.02, **but: Any) -> Order:
    """An order promised for the afternoon, so many degrees east of Lille."""
    point = GeoPoint(LILLE.latitude, LILLE.longitude + east)
    order = an_order(code, point, promised_from=at(13), promised_to=at(17))
    return replace(order, **but)


def fill(
    workspace: Workspace,
    *orders: Order,
    vehicles: tuple[Vehicle, ...] = (FREE,),
    nodes: tuple[StockNode, ...] = (a_node(), a_node("RBX", ROUBAIX)),
    sources: dict[str, str] | None = None,
    panel: Panel | None = None,
) -> None:
    """A day with its orders sourced, from Lille unless `sources` says otherwise."""
    cells = tuple(a_cell(node.code, on_hand=100) for node in nodes)
    rows: list[tuple[str, tuple[Any, ...]]] = [
        ("node", nodes),
        ("product", (a_product(),)),
        ("stock", cells),
        ("order", orders),
        ("vehicle", vehicles),
    ]
    if panel is not None:
        rows += [
            ("carrier", panel.carriers),
            ("service", panel.services),
            ("zone", panel.zones),
            ("tariff", panel.tariffs),
        ]
    for kind, values in rows:
        workspace.submit(ImportRows(kind, f"{kind}s.csv", values))
    decisions = tuple(
        sourced(order.code, (sources or {}).get(order.code, "LIL")) for order in orders
    )
    workspace.submit(ApplySourcing(decisions))


def sourced(order: str, node: str) -> SourcingDecision:
    shipment = SuggestedShipment(node, (OrderLine("SKU1", 1),))
    return SourcingDecision(order, 1, OrderState.ALLOCATED, (shipment,), (), (), "nearest", 0, NOW)


def planned(workspace: Workspace, **but: Any) -> touring.PlanRun:
    given = {"seconds": None, "iterations": 15, "solver": solve, "apply": True, **but}
    return touring.plan(workspace, ON, **given)


def in_tours(plan: TourPlan) -> list[str]:
    return sorted(stop.shipment for tour in plan.tours for stop in tour.deliveries)


def test_without_apply_nothing_is_written(workspace: Workspace):
    fill(workspace, today("1"), today("2"))

    run = planned(workspace, apply=False)

    assert in_tours(run.plan) == ["1-1", "2-1"]
    assert run.entry == ""
    assert workspace.read(load_plan, ON).tours == ()


def test_applied_tours_are_the_day_and_undo_takes_them_back(workspace: Workspace):
    fill(workspace, today("1"), today("2"))

    run = planned(workspace)

    assert workspace.read(load_plan, ON) == run.plan
    assert [s.state.value for s in workspace.read(load_shipments)] == ["planned", "planned"]
    workspace.undo(run.entry)
    assert workspace.read(load_plan, ON).tours == ()


def test_the_kept_day_stands_before_the_judge(workspace: Workspace):
    fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 9)))
    planned(workspace)

    judged = touring.check(workspace, on=ON)

    assert judged.verdict.feasible
    assert judged.verdict.cost_cents == judged.plan.cost_cents


def test_only_home_deliveries_of_that_day_are_taken(workspace: Workspace):
    tomorrow = {"promised_from": at(13).replace(day=25), "promised_to": at(17).replace(day=25)}
    fill(
        workspace,
        today("1"),
        today("2", mode=Mode.PICKUP_POINT, pickup_point="P1"),
        today("3", **tomorrow),
    )

    run = planned(workspace)

    assert in_tours(run.plan) == ["1-1"]
    assert run.plan.unplanned == ()


def test_shipments_at_nodes_without_vehicles_are_left_to_carriers(workspace: Workspace):
    fill(workspace, today("1"), today("2"), sources={"2": "RBX"})

    run = planned(workspace)

    assert in_tours(run.plan) == ["1-1"]
    assert run.plan.left_to_carriers == 1
    assert run.plan.unplanned == ()


def test_a_vague_address_waits_and_does_not_hold_up_the_rest(workspace: Workspace):
    vague = today("2", place=located(LILLE, 0.2))
    fill(workspace, today("1"), vague, today("3", place=None))

    run = planned(workspace)

    reasons = {left.order: left.reasons[0].code for left in run.plan.unplanned}
    assert in_tours(run.plan) == ["1-1"]
    assert reasons == {"2": "tour_vague_address", "3": "tour_no_address"}


def test_a_carrier_s_price_is_the_prize_of_a_stop(workspace: Workspace):
    cheap = a_panel(a_tariff(cents=300), services=(a_service(transit_days=0),))
    fill(workspace, today("1"), today("2", 0.4), panel=cheap)

    run = planned(workspace)

    (left, *_) = run.plan.unplanned
    assert in_tours(run.plan) == []
    assert left.reasons[0].code == "tour_cheaper_carrier"
    assert left.reasons[0]["carrier_cents"] == 300


def test_what_a_person_gave_to_a_carrier_stays_there(workspace: Workspace):
    panel = a_panel(a_tariff(cents=5_000), services=(a_service(transit_days=0),))
    fill(workspace, today("1"), today("2"), panel=panel)
    carriage.choose_by_hand(workspace, "1-1", "DEX", "STD", "client asked for it", on=ON)

    run = planned(workspace)

    assert in_tours(run.plan) == ["2-1"]


def test_what_was_only_allocated_may_still_be_toured(workspace: Workspace):
    panel = a_panel(a_tariff(cents=5_000), services=(a_service(transit_days=0),))
    fill(workspace, today("1"), panel=panel)
    run = carriage.allocate(workspace, ON)
    workspace.submit(ChooseCarriers(run.choices))

    assert in_tours(planned(workspace).plan) == ["1-1"]


def test_agreed_tours_keep_their_shipments_and_vehicles(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(FREE, replace(FREE, code="V2")))
    (first,) = planned(workspace).plan.tours
    touring.set_state(workspace, ON, PlanState.VALIDATED)
    workspace.submit(ImportRows("order", "more.csv", (today("2"),)))
    workspace.submit(ApplySourcing((sourced("2", "LIL"),)))

    run = planned(workspace)

    kept, new = run.plan.tours
    assert (kept.code, kept.state, kept.vehicle) == (first.code, PlanState.VALIDATED, "V1")
    assert (new.number, new.vehicle, [s.shipment for s in new.deliveries]) == (2, "V2", ["2-1"])
    assert touring.check(workspace, on=ON).verdict.feasible


def test_when_every_vehicle_is_taken_the_reason_says_so(workspace: Workspace):
    fill(workspace, today("1"))
    (tour,) = planned(workspace).plan.tours
    touring.lock(workspace, tour.code)
    workspace.submit(ImportRows("order", "more.csv", (today("2"),)))
    workspace.submit(ApplySourcing((sourced("2", "LIL"),)))

    run = planned(workspace)

    assert [left.reasons[0].code for left in run.plan.unplanned] == ["tour_vehicles_busy"]
    assert run.kept[0].locked


def test_one_depot_alone_leaves_the_other_s_drafts(workspace: Workspace):
    fleet = (FREE, replace(FREE, code="V2", depot="RBX"))
    fill(workspace, today("1"), today("2"), vehicles=fleet, sources={"2": "RBX"})
    before = planned(workspace).plan

    run = planned(workspace, depot="RBX")

    assert in_tours(run.plan) == ["1-1", "2-1"]
    assert {t.vehicle: t.number for t in run.plan.tours} == {
        t.vehicle: t.number for t in before.tours
    }
    assert workspace.read(load_plan, ON) == run.plan


def test_an_unknown_depot_is_refused(workspace: Workspace):
    fill(workspace, today("1"))

    with pytest.raises(UnknownSubject):
        planned(workspace, depot="NOWHERE")


def test_a_vehicle_whose_depot_is_unknown_is_named(workspace: Workspace):
    fill(workspace, today("1"), vehicles=(FREE, replace(FREE, code="V2", depot="GONE")))

    run = planned(workspace)

    assert [(note.code, note["vehicle"]) for note in run.notes] == [("vehicle_without_depot", "V2")]
    assert in_tours(run.plan) == ["1-1"]


def test_states_go_one_after_the_other_and_tours_are_named_by_number(workspace: Workspace):
    fleet = (FREE, replace(FREE, code="V2", depot="RBX"))
    fill(workspace, today("1"), today("2"), vehicles=fleet, sources={"2": "RBX"})
    planned(workspace)

    touring.set_state(workspace, ON, PlanState.VALIDATED, ("T2",))
    touring.set_state(workspace, ON, PlanState.PUBLISHED)

    states = [tour.state for tour in workspace.read(load_plan, ON).tours]
    assert states == [PlanState.DRAFT, PlanState.PUBLISHED]
    with pytest.raises(AlreadyAgreed):
        touring.set_state(workspace, ON, PlanState.CLOSED, ("T1",))


def test_taking_a_shipment_out_times_its_tour_again(workspace: Workspace):
    fill(workspace, today("1", 0.02), today("2", 0.2), today("3", 0.03))
    before = planned(workspace).plan

    touring.unplan(workspace, ["2-1"])

    after = workspace.read(load_plan, ON)
    assert in_tours(after) == ["1-1", "3-1"]
    assert after.distance_m < before.distance_m
    assert [left.reasons[0].code for left in after.unplanned] == ["tour_taken_out"]
    assert touring.check(workspace, on=ON).verdict.feasible


def test_taking_the_last_shipment_out_ends_the_tour(workspace: Workspace):
    fill(workspace, today("1"))
    planned(workspace)

    touring.unplan(workspace, ["1-1"])

    assert workspace.read(load_plan, ON).tours == ()
    with pytest.raises(UnknownSubject):
        touring.unplan(workspace, ["1-1"])


def test_an_agreed_tour_gives_nothing_out(workspace: Workspace):
    fill(workspace, today("1"), today("2"))
    planned(workspace)
    touring.set_state(workspace, ON, PlanState.VALIDATED)

    with pytest.raises(AlreadyAgreed):
        touring.unplan(workspace, ["1-1"])


def test_a_crash_keeps_what_was_found_and_says_so(workspace: Workspace):
    fill(workspace, today("1"))

    def dies(problem: Any, **_how: Any) -> TourPlan:
        raise SolverCrashed("exit status -9", solve(problem, iterations=5))

    run = planned(workspace, solver=dies)

    assert in_tours(run.plan) == ["1-1"]
    assert [note.code for note in run.notes] == ["solver_crashed"]


def test_a_crash_with_nothing_found_is_an_error(workspace: Workspace):
    fill(workspace, today("1"))

    def dies(_problem: Any, **_how: Any) -> TourPlan:
        raise SolverCrashed("exit status -9", None)

    with pytest.raises(SolverCrashed):
        planned(workspace, solver=dies)


def test_progress_is_told_with_the_best_so_far(workspace: Workspace, english: None):
    fill(workspace, today("1"))
    told: list[tuple[int, int, str]] = []

    planned(workspace, progress=lambda done, total, best="": told.append((done, total, best)))

    assert told[-1][0] == told[-1][1]
    assert told[-1][2].startswith("1 tour, ")


def test_the_document_says_what_the_interface_promises(workspace: Workspace, english: None):
    fill(workspace, today("1"), today("2", 0.03), today("3", place=None))

    document = touring.as_document(planned(workspace))

    (tour,) = document["tours"]
    assert {
        "tour", "vehicle", "depot", "start", "end", "distance_m", "drive_s", "load",
        "cost_cents", "co2e_g", "stops",
    } <= tour.keys()  # fmt: skip
    assert tour["start"].endswith("+01:00")
    assert tour["load"] == {"weight_g": 2_000, "volume_ml": 4_000, "parcels": 2}
    depart, stop = tour["stops"][0], tour["stops"][1]
    assert depart["kind"] == "depart"
    assert "order" not in depart
    assert {
        "kind", "order", "shipment", "latitude", "longitude", "arrival", "start", "departure",
        "waiting_s", "late_s", "window",
    } <= stop.keys()  # fmt: skip
    assert stop["window"] == ["2026-11-24T13:00:00+01:00", "2026-11-24T17:00:00+01:00"]
    (left,) = document["unplanned"]
    assert (left["order"], left["colour"]) == ("3", "red")
    assert left["reasons"][0]["text"] == "The address has no place on the map yet."
    assert {
        "tours", "stops", "unplanned", "left_to_carriers", "distance_m", "drive_s", "work_s",
        "cost_cents", "co2e_g", "late_s",
    } <= document["summary"].keys()  # fmt: skip
    assert (document["summary"]["stops"], document["summary"]["unplanned"]) == (2, 1)


def test_a_plan_in_a_file_is_judged_like_the_day_itself(workspace: Workspace, tmp_path: Path):
    fill(workspace, *(today(str(n), 0.01 * n) for n in range(1, 6)))
    run = planned(workspace, apply=False)
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(touring.as_document(run)), encoding="utf-8")

    judged = touring.check(workspace, file=file)

    assert judged.verdict.feasible
    assert judged.verdict.cost_cents == run.plan.cost_cents
    assert judged.plan.tours == tuple(replace(t, emission_level=1) for t in run.plan.tours)


def test_a_plan_that_was_tampered_with_is_found_out(workspace: Workspace, tmp_path: Path):
    fill(workspace, today("1"))
    document = touring.as_document(planned(workspace, apply=False))
    document["tours"][0]["cost_cents"] -= 100
    document["tours"][0]["stops"][1]["start"] = "2026-11-24T18:00:00+01:00"
    document["tours"][0]["stops"][1]["departure"] = "2026-11-24T18:05:00+01:00"
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), encoding="utf-8")

    said = touring.verdict_document(touring.check(workspace, file=file))

    assert not said["feasible"]
    codes = {(v["code"], v["stop"]): v["amount"] for v in said["violations"]}
    assert codes["late", 1] == 3_600
    assert ("cost_differs", None) in codes
    assert said["summary"]["violations"] == len(said["violations"])


def test_a_plan_of_somebody_who_reckons_no_figures_is_judged_without_them(
    workspace: Workspace, tmp_path: Path
):
    fill(workspace, today("1"))
    document = touring.as_document(planned(workspace, apply=False))
    for name in ("distance_m", "drive_s", "cost_cents", "co2e_g", "load", "state", "work_s"):
        del document["tours"][0][name]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({"tours": document["tours"]}), encoding="utf-8")

    said = touring.verdict_document(touring.check(workspace, file=file))

    assert said["violations"] == []
    assert said["summary"]["distance_m"] > 0


@pytest.mark.parametrize(
    ("part", "value", "where"),
    [
        ("arrival", "noon", "tours 1, stops 2, arrival"),
        ("arrival", "2026-11-24T14:00:00", "tours 1, stops 2, arrival"),
        ("window", ["2026-11-24T14:00:00+01:00"], "tours 1, stops 2, window"),
        ("latitude", 999, "tours 1, stops 2, latitude"),
        ("kind", "picnic", "tours 1, stops 2, kind"),
        ("distance_m", 10**400, "tours 1, stops 2, distance_m"),
        ("load", 3, "tours 1, stops 2"),
    ],
)
def test_what_does_not_fit_in_a_plan_is_named_with_where_it_stands(
    workspace: Workspace, tmp_path: Path, part: str, value: object, where: str
):
    fill(workspace, today("1"))
    document = touring.as_document(planned(workspace, apply=False))
    document["tours"][0]["stops"][1][part] = value
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(BadFile) as refused:
        touring.check(workspace, file=file)

    assert refused.value.detail.startswith(f"{where}:")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"tours": 3}',
        '{"tours": []}',
        '{"tours": [{"stops": []}], "date": "2026-11-24"}',
        '{"tours": [{"stops": [{"kind": "picnic"}]}], "date": "2026-11-24"}',
        '{"date": "tomorrow", "tours": []}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_plan_is_refused_and_named(
    workspace: Workspace, tmp_path: Path, text: str
):
    file = tmp_path / "odd.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadFile) as refused:
        touring.check(workspace, file=file)

    assert refused.value.file == "odd.json"


def test_a_file_that_is_not_there_is_refused(workspace: Workspace, tmp_path: Path):
    with pytest.raises(BadFile):
        touring.check(workspace, file=tmp_path / "nothing.json")


def test_a_day_without_anything_is_an_empty_plan(workspace: Workspace):
    run = planned(workspace)

    assert (run.plan.tours, run.plan.unplanned, run.plan.left_to_carriers) == ((), (), 0)
    assert touring.as_document(run)["summary"]["tours"] == 0


def test_zones_of_depots_decide_the_times_of_the_document(workspace: Workspace):
    london = a_node(timezone="Europe/London")
    fill(workspace, today("1"), nodes=(london,))

    document = touring.as_document(planned(workspace))

    assert document["tours"][0]["start"].endswith("+00:00")
    assert PARIS.key == "Europe/Paris"


def test_the_day_of_a_shipment_is_that_of_its_node(workspace: Workspace):
    reunion = a_node("REU", GeoPoint(-20.88, 55.45), timezone="Indian/Reunion")
    night = datetime(2026, 11, 25, 0, 30, tzinfo=ZoneInfo("Indian/Reunion"))  # 21:30 in Paris
    order = an_order(
        "1",
        GeoPoint(-20.89, 55.46),
        promised_from=night,
        promised_to=night + timedelta(hours=2),
    )
    fill(workspace, order, nodes=(a_node(), reunion), sources={"1": "REU"})

    days = {
        day: [door.shipment.code for door in workspace.read(load_doors, Policy(), PARIS, day)]
        for day in (date(2026, 11, 24), date(2026, 11, 25))
    }

    assert list(days.values()) == [[], ["1-1"]]


def clock_at(workspace: Workspace, hour: int, minute: int = 0) -> None:
    workspace.use_clock(lambda: at(hour, minute))


@pytest.mark.parametrize(("hour", "minute"), [(9, 42), (12, 30), (14, 50)])
def test_no_tour_of_today_leaves_in_the_past(workspace: Workspace, hour: int, minute: int):
    fill(workspace, *(today(f"4800{n:02}", 0.01 * n) for n in range(1, 6)))
    clock_at(workspace, hour, minute)

    run = touring.plan(workspace, ON, seconds=None, iterations=200, solver=solve, apply=True)

    assert run.plan.tours
    assert all(tour.start >= at(hour, minute) for tour in run.plan.tours)
    assert touring.check(workspace, on=ON).verdict.feasible


def test_a_day_under_way_leaves_out_what_it_can_no_longer_reach(workspace: Workspace):
    fill(workspace, today("480001"))
    clock_at(workspace, 17, 30)

    run = touring.plan(workspace, ON, seconds=None, iterations=200, solver=solve)

    assert not run.plan.tours
    assert run.plan.unplanned[0].reasons


@pytest.mark.parametrize("days", [-3, 3])
def test_another_day_is_planned_whole(workspace: Workspace, days: int):
    fill(workspace, today("480001"))
    workspace.use_clock(lambda: at(17, 30) + timedelta(days=days))

    run = touring.plan(workspace, ON, seconds=None, iterations=200, solver=solve)

    assert len(run.plan.tours) == 1
