"""The sourcing benchmark: its instances, its answers, and its own account of what they cost."""

import json
from copy import deepcopy

import pytest

from app.errors import Stopped
from tests.benchmarks.sourcing import by_rules, cost_cents, main, make, optimal

SMALL = {
    "nodes": [
        {"code": "A", "latitude": 0.0, "longitude": 0.0, "orders_per_day": 1},
        {"code": "B", "latitude": 0.0, "longitude": 1.0, "orders_per_day": 9},
    ],
    "stock": {"A": {"S": 5}, "B": {"S": 1}},
    "orders": [
        {
            "order": name,
            "latitude": 0.0,
            "longitude": 0.0,
            "lines": [{"sku": "S", "quantity": 1}],
        }
        for name in ("1", "2", "3")
    ],
    "max_shipments": 3,
    "costs": {
        "per_shipment_cents": 450,
        "per_km_cents": 10,
        "circuity": 1.5,
        "unserved_unit_cents": 7_000,
    },
}
DEGREE_KM = 111.19493


def test_rules_take_the_cheapest_node_while_it_has_stock_and_room():
    answer = by_rules(SMALL)

    assert [[s["node"] for s in one["shipments"]] for one in answer] == [["A"], ["B"], []]
    assert cost_cents(SMALL, answer) == pytest.approx(450 + 450 + 15 * DEGREE_KM + 7_000, abs=1)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda one: one[1].update(shipments=one[0]["shipments"]), "A sends too many"),
        (lambda one: one[0]["shipments"][0]["lines"][0].update(quantity=2), "more than was asked"),
        (lambda one: one[2].update(shipments=one[1]["shipments"]), "B does not have 2"),
        (lambda one: one[0].update(shipments=4 * one[0]["shipments"]), "too many shipments"),
        (lambda one: one.pop(), "no answer for 3"),
    ],
)
def test_an_answer_that_breaks_a_limit_is_found_out(broken, message):
    answer = deepcopy(by_rules(SMALL))
    broken(answer)

    with pytest.raises(ValueError, match=message):
        cost_cents(SMALL, answer)


def test_made_instances_are_the_same_for_a_seed_and_scarce_in_part():
    made = make(60, 8, 40, seed=3)

    assert made == make(60, 8, 40, seed=3) != make(60, 8, 40, seed=4)
    assert (len(made["orders"]), len(made["nodes"])) == (60, 8)
    answer = by_rules(made)
    served = sum(bool(one["shipments"]) for one in answer)
    assert 40 < served <= 60
    assert cost_cents(made, answer) > 60 * 450 / 2


def test_the_command_prints_the_answer_that_was_promised(tmp_path, capsys):
    file = tmp_path / "instance.json"
    assert main(["--make", "20", "4", "10", "1", str(file)]) == 0

    assert main([str(file), "--seconds", "60", "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert {"assignments", "cost_cents", "bound_cents", "seconds"} <= set(answer)
    assert len(answer["assignments"]) == 20
    judged = cost_cents(json.loads(file.read_text()), answer["assignments"])
    assert answer["cost_cents"] == pytest.approx(judged, abs=0.5)
    assert answer["bound_cents"] <= answer["cost_cents"] <= answer["rules"]["cost_cents"]
    assert answer["bound_cents"] >= 0.99 * answer["cost_cents"]


def test_the_optimum_is_cheaper_than_rules_and_says_how_near_it_is(tmp_path, capsys):
    between = deepcopy(SMALL)
    between["orders"][0]["longitude"] = 0.4
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(between))

    assert main([str(file)]) == 0

    assert "proven within 0.000%" in capsys.readouterr().out
    best = optimal(between, None)
    assert best.cost_cents == pytest.approx(2 * 450 + 15 * 0.6 * DEGREE_KM + 7_000, abs=1)
    assert best.cost_cents < cost_cents(between, by_rules(between))


def test_no_time_means_no_answer_rather_than_half_of_one():
    with pytest.raises(Stopped):
        by_rules(SMALL, seconds=-1)
