"""Promising from a workspace: what days hold already, the command's document and its words."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.cli import run
from app.domain.acts.orders import ImportRows
from app.domain.orders import OrderLine
from app.domain.promises import PromiseKind
from app.errors import UnknownSubject
from app.operations.carriage import allocate
from app.operations.promise_ground import promise_ground
from app.operations.promising import as_document, as_text, promise_dates
from app.operations.sourcing import source
from app.workspace import Workspace
from tests.builders import (
    LAMBERSART,
    a_carrier,
    a_cell,
    a_panel,
    a_product,
    a_service,
    a_vehicle,
    an_order,
)
from tests.promises.asking import a_store

TODAY = date(2026, 11, 24)
BASKET = (OrderLine("SKU1", 1),)


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    """A store with ten pieces, a vehicle and a carrier that takes three parcels a day."""
    panel = a_panel(services=(a_service(quota_per_day=3),))
    for kind, rows in (
        ("node", (a_store(code="LIL", point=LAMBERSART),)),
        ("product", (a_product(),)),
        ("stock", (a_cell(),)),
        ("vehicle", (a_vehicle(),)),
        ("carrier", (a_carrier(),)),
        ("service", panel.services),
        ("zone", panel.zones),
        ("tariff", panel.tariffs),
    ):
        workspace.submit(ImportRows(kind, f"{kind}.csv", rows))
    return workspace


def test_nothing_is_written_and_nothing_reserved(shop: Workspace):
    seen = []
    shop.subscribe(seen.append)

    told = promise_dates(shop, BASKET, "59130")

    assert {option.kind for option in told.promise.options} >= {
        PromiseKind.HOME,
        PromiseKind.COLLECT,
    }
    assert seen == []


def test_what_the_day_holds_already_counts(shop: Workspace):
    orders = tuple(an_order(f"48000{n}") for n in range(3))
    shop.submit(ImportRows("order", "orders.csv", orders))
    source(shop, apply=True)

    ground = promise_ground(shop)

    assert ground.given.orders == {"LIL": 3}
    assert sum(load.weight_g for load in ground.given.loads.values()) == 3_000


def test_parcels_given_to_a_service_use_up_its_quota(shop: Workspace):
    window = {"promised_from": shop.now(), "promised_to": shop.now()}
    orders = tuple(an_order(f"48000{n}", **window) for n in range(3))
    shop.submit(ImportRows("order", "orders.csv", orders))
    source(shop, apply=True)
    free = promise_dates(shop, BASKET, "59130", kinds=[PromiseKind.HOME])
    allocate(shop, TODAY, apply=True)

    used = promise_dates(shop, BASKET, "59130", kinds=[PromiseKind.HOME])

    def by_carrier(told):
        return next(o.on for o in told.promise.options if o.carrier)

    assert promise_ground(shop).given.services[TODAY]["DEX", "STD"] == 3
    assert by_carrier(used) > by_carrier(free)


def test_an_unknown_product_is_refused_by_its_name(shop: Workspace):
    with pytest.raises(UnknownSubject) as refused:
        promise_dates(shop, (OrderLine("SKU9", 1),), "59130")
    assert refused.value.name == "SKU9"


def test_the_document_has_every_date_with_its_chain(shop: Workspace):
    document = as_document(promise_dates(shop, BASKET, "59130", wanted_on=TODAY))

    assert document["wanted_on"] == "2026-11-24"
    assert document["basket"] == [{"sku": "SKU1", "quantity": 1}]
    assert document["options"]
    for option in document["options"]:
        assert option["from"] < option["to"]
        assert [step["text"] for step in option["steps"]]


def test_the_words_are_whole_sentences_in_french(shop: Workspace, french: None):
    text = as_text(promise_dates(shop, BASKET, "59130"))

    assert "Retrait magasin LIL" in text
    assert "{" not in text
    assert "promise_" not in text


def test_the_command_answers_in_json_and_refuses_what_is_no_basket(
    shop: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
):
    shop.close()
    words = ["promise", "--data", str(folder), "--at", "2026-11-24T09:42", "--to", "59130"]

    assert run([*words, "--sku", "SKU1=2", "--mode", "collect", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {option["kind"] for option in document["options"]} == {"collect"}
    assert document["basket"][0]["quantity"] == 2

    assert run([*words, "--sku", "SKU1=none"]) == 2
    assert run([*words, "--sku", "SKU9"]) == 3
