"""offer, claim, decline and release as scripts use them: one document, exit 3 with the winner."""

import json
import shutil
from pathlib import Path

import pytest

from app.cli import run
from app.workspace import Workspace
from tests.builders import NOW, an_order
from tests.offers.asked import fill

T0 = "2026-11-24T09:42+01:00"


@pytest.fixture
def data(empty_workspace: Path, tmp_path: Path) -> Path:
    own = tmp_path / "w"
    shutil.copytree(empty_workspace, own)
    with Workspace.open(own, user="c.vasseur", clock=lambda: NOW) as desk:
        fill(desk, orders=(an_order("480001"), an_order("480002")))
    return own


@pytest.fixture
def regie(data: Path, capsys: pytest.CaptureFixture[str]):
    def call(*words: str, at: str = T0) -> tuple[int, dict]:
        status = run(["--data", str(data), "--lang", "en", "--json", "--at", at, *words])
        return status, json.loads(capsys.readouterr().out)

    return call


def test_an_offer_a_claim_and_a_late_claim_that_names_the_winner(regie):
    status, told = regie("offer", "480001", "--to", "LIL", "RBX", "--to", "TCG", "--minutes", "10")
    assert (status, told["order"], told["state"], told["winner"]) == (0, "480001", "open", None)
    assert told["at"] == "2026-11-24T09:42:00+01:00"
    assert told["expires"] == "2026-11-24T09:52:00+01:00"
    assert [one["node"] for one in told["recipients"]] == ["LIL", "RBX", "TCG"]
    assert told["order_state"] == "offered"

    status, told = regie("claim", "480001", "--as", "RBX", at="2026-11-24T09:46+01:00")
    assert (status, told["state"], told["winner"]) == (0, "claimed", "RBX")
    assert (told["at"], told["order_state"]) == ("2026-11-24T09:46:00+01:00", "allocated")

    status, told = regie("claim", "480001", "--as", "LIL", at="2026-11-24T09:47+01:00")
    assert status == 3
    (refused,) = told["refused"]
    assert refused["code"] == "already_claimed"
    assert (refused["winner"], refused["winner_name"]) == ("RBX", "Store RBX")
    assert refused["claimed_at"] == "2026-11-24T09:46:00+01:00"
    assert refused["text"] == "Order 480001 was claimed by Store RBX at 09:46."


def test_a_refusal_and_the_fence_it_leaves(regie):
    regie("offer", "480001", "--to", "LIL")

    status, told = regie("decline", "480001", "--as", "LIL", "--reason", "absent")

    assert (status, told["state"], told["winner"]) == (0, "exhausted", None)
    assert told["recipients"][0]["reason"] == "absent"
    _status, stock = regie("stock", "--node", "LIL", "--sku", "SKU1")
    assert stock["rows"][0]["available"] == 0
    _status, source = regie("source")
    shipments = {one["order"]: one["shipments"] for one in source["orders"]}
    assert [s["node"] for s in shipments["480001"]] == ["TCG"]
    status, told = regie("offer", "480001", "--to", "LIL")
    assert (status, told["refused"][0]["code"]) == (3, "node_refused_before")


def test_source_counts_what_is_offered_and_says_nothing_of_it(regie):
    regie("offer", "480001", "--to", "LIL")

    _status, told = regie("source", "--apply")

    assert told["summary"]["offered"] == 1
    assert [one["order"] for one in told["orders"]] == ["480002"]


def test_an_offer_lapses_by_the_clock_that_a_command_is_given(regie):
    regie("offer", "480001", "--to", "LIL", "--minutes", "10")
    later = "2026-11-24T09:53+01:00"

    status, told = regie("claim", "480001", "--as", "LIL", at=later)
    assert (status, told["refused"][0]["code"]) == (3, "offer_expired")
    _status, told = regie("source", at=later)

    assert told["summary"]["offered"] == 0
    assert {one["order"] for one in told["orders"]} == {"480001", "480002"}
    _status, told = regie("journal", at=later)
    kinds = [entry["kind"] for entry in told["entries"]]
    assert "lapse_offers" in kinds


def test_what_was_claimed_is_given_back_with_a_reason_in_words(regie):
    regie("offer", "480001", "--to", "LIL", "RBX")
    regie("claim", "480001", "--as", "LIL")

    status, told = regie("release", "480001", "--as", "LIL", "--reason", "lift out of order")

    assert (status, told["state"], told["order_state"]) == (0, "released", "to_source")
    assert (told["recipients"][0]["reason"], told["recipients"][0]["note"]) == (
        "other",
        "lift out of order",
    )
    status, told = regie("release", "480001", "--as", "LIL", "--reason", "other")
    assert (status, told["refused"][0]["code"]) == (3, "nothing_held")
    _status, why = regie("why", "480001")
    node = next(link for link in why["links"] if link["link"] == "node")
    assert node["rejected"][0]["reasons"][0]["code"] == "refused_before"


def test_without_names_the_rules_say_whom_to_ask(regie):
    status, told = regie("offer", "480001")

    assert status == 0
    assert {one["node"] for one in told["recipients"]} == {"LIL", "RBX", "TCG"}


def test_a_line_is_claimed_by_itself(regie, data: Path):
    from app.domain.acts.orders import ImportRows
    from app.domain.orders import OrderLine

    with Workspace.open(data, user="c.vasseur", clock=lambda: NOW) as desk:
        two = an_order("480003", lines=(OrderLine("SKU1", 2),))
        desk.submit(ImportRows("order", "o.csv", (two,)))
    regie("offer", "480003", "--to", "LIL", "RBX")

    status, told = regie("claim", "480003", "--as", "LIL", "--line", "SKU1:1")

    assert (status, told["order_state"]) == (0, "partially_allocated")


def test_a_node_misses_nothing_that_it_was_not_to_send(regie):
    regie("offer", "480001", "--to", "LIL", "RBX")

    status, told = regie("decline", "480001", "--as", "LIL", "--reason", "absent", "--sku", "SKU9")
    assert (status, told["refused"][0]["code"]) == (3, "missing_strange")

    status, told = regie("claim", "480001", "--as", "LIL")
    assert (status, told["winner"]) == (0, "LIL")
    status, told = regie(
        "release", "480001", "--as", "LIL", "--reason", "fewer", "--sku", "SKU9:2", "--sku", "SKU1"
    )
    assert (status, told["refused"][0]["code"]) == (3, "missing_strange")
    assert "SKU9" in told["refused"][0]["text"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("offer", "999999", "--to", "LIL"), 3),
        (("offer", "480001", "--to", "NOWHERE"), 3),
        (("claim", "480001", "--as", "LIL"), 3),
        (("claim", "480001", "--as", "NOWHERE"), 3),
        (("decline", "480001", "--as", "LIL", "--reason", "absent"), 3),
        (("release", "480001", "--as", "LIL", "--reason", "absent"), 3),
        (("offer", "480001", "--to", "LIL", "--minutes", "0"), 2),
        (("claim", "480001"), 2),
        (("decline", "480001", "--as", "LIL"), 2),
        (("decline", "480001", "--as", "LIL", "--reason", " "), 2),
        (("release", "480001", "--as", "LIL", "--reason", ""), 2),
    ],
)
def test_what_cannot_be_is_refused_with_a_code_and_a_sentence(regie, words, status: int):
    ended, told = regie(*words)

    assert ended == status
    one = told["refused"][0] if status == 3 else told["trouble"]
    assert one["code"]
    assert one["text"].strip()


@pytest.mark.usefixtures("french")
def test_a_terminal_hears_it_in_french(data: Path, capsys: pytest.CaptureFixture[str]):
    def say(*words: str, at: str = T0) -> str:
        run(["--data", str(data), "--lang", "fr", "--at", at, *words])
        told = capsys.readouterr()
        return (told.out + told.err).strip().replace("\u202f", " ").replace("\xa0", " ")

    offered = say("offer", "480001", "--to", "LIL", "RBX", "--minutes", "10")
    assert offered == "La commande 480 001 est proposée à LIL, RBX jusqu'à 09:52."
    claimed = say("claim", "480001", "--as", "RBX", at="2026-11-24T09:46+01:00")
    assert claimed == "Commande 480 001 : prise par RBX"
    late = say("claim", "480001", "--as", "LIL", at="2026-11-24T09:47+01:00")
    assert late == "La commande 480001 a été prise en charge par Store RBX à 09:46."
