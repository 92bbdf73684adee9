"""Promises at risk: which, why, by when what must happen, and what would save each."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.domain.acts.orders import ImportRows
from app.domain.carriers import ServiceKind
from app.domain.orders import Mode
from app.operations.carriage import allocate
from app.operations.promise_risk_words import as_document, as_text
from app.operations.promise_risks import AtRisk, promise_risks
from app.operations.sourcing import source
from app.ui.views import BY_NAME, Moment
from app.workspace import Workspace
from db.queries.board import load_board
from tests.builders import (
    LAMBERSART,
    NOW,
    a_carrier,
    a_cell,
    a_panel,
    a_product,
    a_service,
    a_tariff,
    an_order,
)
from tests.promises.asking import a_store

TODAY = date(2026, 11, 24)
EXPRESS = a_service("DEX", "EXP", kind=ServiceKind.EXPRESS, transit_days=0)
SLOW = a_service(transit_days=3)


def take_in(workspace: Workspace, on_hand: int = 10, *services: Any) -> None:
    panel = a_panel(a_tariff(cents=1_000), a_tariff(cents=2_500, service="EXP"))
    for kind, rows in (
        ("node", (a_store(code="LIL", point=LAMBERSART),)),
        ("product", (a_product(),)),
        ("stock", (a_cell(on_hand=on_hand),)),
        ("carrier", (a_carrier(),)),
        ("service", services or panel.services),
        ("zone", panel.zones),
        ("tariff", panel.tariffs),
    ):
        workspace.submit(ImportRows(kind, f"{kind}.csv", rows))


def order_due(workspace: Workspace, in_hours: float, **but: Any) -> None:
    window = {"promised_from": NOW, "promised_to": NOW + timedelta(hours=in_hours)}
    workspace.submit(ImportRows("order", "orders.csv", (an_order(**window | but),)))


def risks(workspace: Workspace) -> dict[str, AtRisk]:
    return {risk.order: risk for risk in promise_risks(workspace, TODAY).risks}


def codes(risk: AtRisk) -> set[str]:
    return {reason.code for reason in risk.reasons}


def test_a_promise_with_time_enough_is_not_told(workspace: Workspace):
    take_in(workspace, 10, EXPRESS)
    order_due(workspace, 8)

    assert risks(workspace) == {}


def test_what_nobody_has_is_told_before_it_is_due(workspace: Workspace):
    take_in(workspace, 0, EXPRESS)
    order_due(workspace, 8)

    assert codes(risks(workspace)["480001"]) == {"risk_nobody"}


def test_what_can_only_come_later_says_when(workspace: Workspace):
    take_in(workspace, 10, SLOW)
    order_due(workspace, 8)

    risk = risks(workspace)["480001"]
    assert codes(risk) == {"risk_soonest_too_late"}
    assert risk.reasons[0]["soonest_on"] == "2026-11-27"
    assert risk.savers == ()


def test_a_carrier_that_comes_too_late_is_saved_by_one_that_does_not(workspace: Workspace):
    take_in(workspace, 10, SLOW)
    order_due(workspace, 8)
    source(workspace, apply=True)
    allocate(workspace, TODAY, apply=True)
    workspace.submit(ImportRows("service", "service.csv", (EXPRESS,)))

    risk = risks(workspace)["480001"]

    assert codes(risk) == {"risk_carrier_late"}
    assert [(one.carrier, one.service) for one in risk.savers] == [("DEX", "EXP")]


def test_the_view_counts_carriers_that_come_too_late(workspace: Workspace):
    take_in(workspace, 10, SLOW)
    order_due(workspace, 8)
    source(workspace, apply=True)
    moment = Moment(NOW, 600)

    def at_risk() -> list[str]:
        policy, zone = workspace.policy(), workspace.zone
        board = workspace.read(load_board, policy, zone, TODAY)
        return [row.code for row in board.rows if BY_NAME["at_risk"].holds(row, moment)]

    assert at_risk() == []
    allocate(workspace, TODAY, apply=True)
    assert at_risk() == ["480001"]


def test_its_own_reserved_pieces_can_save_an_order(workspace: Workspace):
    """The last piece is reserved for the order itself: another way may still take it."""
    take_in(workspace, 1, SLOW)
    order_due(workspace, 8)
    source(workspace, apply=True)
    allocate(workspace, TODAY, apply=True)
    workspace.submit(ImportRows("service", "service.csv", (EXPRESS,)))

    assert len(risks(workspace)["480001"].savers) == 1


def test_a_sourced_order_tells_what_is_left_to_do(workspace: Workspace):
    take_in(workspace, 10, SLOW)
    order_due(workspace, 8)
    source(workspace, apply=True)
    allocate(workspace, TODAY, apply=True)

    kinds = [each.kind.value for each in risks(workspace)["480001"].milestones]

    assert kinds == ["prepare", "hand_over", "there"]


def test_an_order_to_collect_is_saved_only_at_its_own_store(workspace: Workspace):
    take_in(workspace, 10)
    order_due(workspace, 0.5, mode=Mode.CLICK_AND_COLLECT, collect_node="LIL")

    risk = risks(workspace)["480001"]

    assert risk.savers == ()
    assert "risk_soonest_too_late" in codes(risk)  # an hour of preparation, half an hour left


def test_the_most_urgent_comes_first_and_words_are_whole(workspace: Workspace, french: None):
    take_in(workspace, 0)
    later, sooner = an_order("480001"), an_order("480002")
    for order, hours in ((later, 9), (sooner, 3)):
        due = replace(order, promised_from=NOW, promised_to=NOW + timedelta(hours=hours))
        workspace.submit(ImportRows("order", "orders.csv", (due,)))

    run_ = promise_risks(workspace, TODAY)

    assert [risk.order for risk in run_.risks] == ["480002", "480001"]
    assert "{" not in as_text(run_)
    assert "risk_" not in as_text(run_)
    assert as_document(run_)["orders"][0]["reasons"][0]["code"] == "risk_nobody"


def test_the_command_names_the_order_it_is_asked_about(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
):
    take_in(workspace, 0)
    order_due(workspace, 8)
    workspace.close()
    words = ["risks", "--data", str(folder), "--at", "2026-11-24T09:42", "--date", "2026-11-24"]

    assert run([*words, "--order", "480001", "--json"]) == 0
    assert [one["order"] for one in json.loads(capsys.readouterr().out)["orders"]] == ["480001"]
    assert run([*words, "--order", "nobody"]) == 3
