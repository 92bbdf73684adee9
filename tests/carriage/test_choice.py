"""Choosing carriers for a day: price, promise, weights, quotas over the whole batch."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.carriers import CarrierChoice, CarrierService, Panel
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import CarriagePolicy, Policy
from app.domain.reasons import Reason
from app.domain.values import Load
from app.errors import Stopped
from app.planning.carriage.choice import cheapest_quotes, choose, chosen_by_hand
from app.planning.carriage.prices import PriceDesk
from app.planning.carriage.sharing import Option, share_out
from tests.builders import NOW, a_node, a_panel, a_service, a_shipment, a_tariff, at_door

TUESDAY = date(2026, 11, 24)


def services(*made: tuple[str, int, CarrierService]) -> Panel:
    """A panel of one carrier with services at flat prices: (code, cents, but)."""
    return a_panel(
        *(a_tariff(cents=cents, service=code) for code, cents, _ in made),
        services=tuple(replace(service, code=code) for code, _, service in made),
    )


def doors(count: int) -> list[ShipmentAtDoor]:
    return [at_door(f"48{n:04d}-1") for n in range(1, count + 1)]


def chosen(panel: Panel, these: list[ShipmentAtDoor], **but: object) -> list[CarrierChoice]:
    carriage = but.pop("carriage", CarriagePolicy())
    policy = Policy(version=7, carriage=carriage)  # type: ignore[arg-type]
    return choose(these, panel, policy, on=TUESDAY, now=NOW, nodes=[a_node()], **but)  # type: ignore[arg-type]


def names(choices: list[CarrierChoice]) -> list[str]:
    return [choice.best.service if choice.best else "" for choice in choices]


def test_the_cheapest_service_that_can_is_chosen_and_the_dearer_ones_are_ranked():
    panel = services(
        ("DEAR", 900, a_service()),
        ("CHEAP", 700, a_service()),
        ("TINY", 100, a_service(max_weight_g=1)),
    )

    choice = chosen(panel, doors(1))[0]

    assert [quote.service for quote in choice.ranked] == ["CHEAP", "DEAR"]
    assert [one.service for one in choice.refused] == ["TINY"]
    assert choice.policy_version == 7


def test_a_shipment_that_nobody_takes_keeps_every_reason():
    choice = chosen(services(("TINY", 100, a_service(max_weight_g=1))), doors(1))[0]

    assert choice.best is None
    assert choice.refused[0].reason.code == "service_weight"


def test_a_promise_is_kept_before_money_is_saved():
    panel = services(
        ("SLOW", 500, a_service(transit_days=3)), ("FAST", 900, a_service(transit_days=1))
    )
    promised = at_door(promised_to=NOW + timedelta(days=1))

    assert names(chosen(panel, [promised])) == ["FAST"]
    assert names(chosen(panel, doors(1))) == ["SLOW"]
    assert chosen(panel, [promised])[0].ranked[1].late_days == 2


def test_when_no_promise_can_be_kept_the_cheapest_is_chosen():
    panel = services(
        ("SLOW", 500, a_service(transit_days=3)), ("LESS", 900, a_service(transit_days=2))
    )

    assert names(chosen(panel, [at_door(promised_to=NOW)])) == ["SLOW"]


def test_the_policy_may_pay_for_speed_and_for_carbon():
    panel = services(
        ("SLOW", 700, a_service(transit_days=2, co2e_g_per_km=500)),
        ("FAST", 850, a_service(transit_days=1, co2e_g_per_km=500)),
        ("BIKE", 780, a_service(transit_days=2, co2e_g_per_km=15)),
    )

    assert names(chosen(panel, doors(1))) == ["SLOW"]
    assert names(chosen(panel, doors(1), carriage=CarriagePolicy(weight_promise=1.0))) == ["FAST"]
    assert names(chosen(panel, doors(1), carriage=CarriagePolicy(weight_carbon=1.0))) == ["BIKE"]


def test_equal_prices_are_settled_by_day_carbon_and_code():
    panel = services(
        ("C", 700, a_service(transit_days=2)),
        ("B", 700, a_service(transit_days=1, co2e_g_per_km=9)),
        ("A", 700, a_service(transit_days=1, co2e_g_per_km=9)),
        ("D", 700, a_service(transit_days=1, co2e_g_per_km=1)),
    )

    ranked = chosen(panel, doors(1))[0].ranked

    assert [quote.service for quote in ranked] == ["D", "A", "B", "C"]


def test_a_quota_goes_to_those_for_whom_it_saves_most():
    heavy, light = at_door("480001-1"), at_door("480002-1")
    heavy = replace(heavy, shipment=a_shipment("480001-1", load=Load(20_000, 0, 1)))
    panel = a_panel(
        a_tariff(cents=500, service="SCARCE"),
        a_tariff(5, 600, service="PLENTY"),
        a_tariff(None, 2_000, above=5, service="PLENTY"),
        services=(a_service(code="SCARCE", quota_per_day=1), a_service(code="PLENTY")),
    )

    choices = chosen(panel, [light, heavy])

    assert names(choices) == ["SCARCE", "PLENTY"]
    refused = choices[1].refused[0]
    assert (refused.service, refused.reason.code) == ("SCARCE", "service_quota")
    assert [quote.service for quote in choices[1].ranked] == ["PLENTY"]


def test_what_was_given_before_counts_against_the_quota():
    panel = services(("SCARCE", 500, a_service(quota_per_day=3)), ("PLENTY", 600, a_service()))

    choices = chosen(panel, doors(4), taken={("DEX", "SCARCE"): 2})

    assert sorted(names(choices)) == ["PLENTY", "PLENTY", "PLENTY", "SCARCE"]
    full = chosen(panel, doors(2), taken={("DEX", "SCARCE"): 3})
    assert names(full) == ["PLENTY", "PLENTY"]
    assert full[0].refused[0].reason.code == "service_quota"


def test_a_day_that_fills_every_quota_leaves_the_rest_without_carrier():
    choices = chosen(services(("SCARCE", 500, a_service(quota_per_day=2))), doors(3))

    assert sorted(names(choices)) == ["", "SCARCE", "SCARCE"]
    left = next(choice for choice in choices if choice.best is None)
    assert [one.reason.code for one in left.refused] == ["service_quota"]


def test_the_order_of_shipments_and_of_the_panel_changes_nothing():
    panel = services(("A", 500, a_service(quota_per_day=2)), ("B", 600, a_service()))
    turned = replace(panel, services=panel.services[::-1], tariffs=panel.tariffs[::-1])

    assert chosen(panel, doors(5)) == chosen(turned, doors(5)[::-1])


def test_stop_ends_it_without_an_answer():
    with pytest.raises(Stopped):
        chosen(services(("A", 500, a_service())), doors(3), stop=lambda: True)


def test_progress_is_told_to_the_end():
    told: list[tuple[int, int]] = []

    chosen(
        services(("A", 500, a_service())),
        doors(3),
        progress=lambda done, total, best="": told.append((done, total)),
    )

    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_prize_of_a_stop_is_the_cheapest_price_that_keeps_its_promise():
    panel = services(
        ("SLOW", 500, a_service(transit_days=3)), ("FAST", 900, a_service(transit_days=1))
    )
    promised = at_door("480001-1", promised_to=NOW + timedelta(days=1))
    tight, free = at_door("480002-1", promised_to=NOW), at_door("480003-1")

    prizes = cheapest_quotes([promised, tight, free], panel, Policy(), TUESDAY, NOW, [a_node()])

    assert {code: quote.service for code, quote in prizes.items()} == {
        "480001-1": "FAST",
        "480003-1": "SLOW",
    }


def by_hand(panel: Panel, service: str) -> CarrierChoice | Reason | None:
    desk = PriceDesk(panel, Policy(), on=TUESDAY, now=NOW, nodes=[a_node()])
    return chosen_by_hand(desk, at_door(), ("DEX", service), "client demande", Policy(), TUESDAY)


def test_a_person_may_choose_over_a_fence_and_the_fence_stays_on_record():
    panel = services(("TINY", 100, a_service(max_weight_g=1)), ("CHEAP", 700, a_service()))

    choice = by_hand(panel, "TINY")

    assert isinstance(choice, CarrierChoice)
    assert [quote.service for quote in choice.ranked] == ["TINY", "CHEAP"]
    assert choice.refused[0].reason.code == "service_weight"
    assert choice.override == "client demande"


def test_a_person_cannot_choose_what_has_no_price():
    panel = a_panel(
        a_tariff(cents=700, service="CHEAP"),
        services=(a_service(code="FREE"), a_service(code="CHEAP")),
    )

    without_price = by_hand(panel, "FREE")
    assert isinstance(without_price, Reason)
    assert without_price.code == "tariff_missing"
    assert by_hand(panel, "UNHEARD") is None


def total(given: tuple[int | None, ...], costs: list[list[int]]) -> tuple[int, int]:
    """How many are left over, and what the others cost: less is better."""
    left = sum(one is None for one in given)
    return left, sum(costs[i][one] for i, one in enumerate(given) if one is not None)


@given(
    costs=st.lists(st.lists(st.integers(0, 2_000), min_size=3, max_size=3), min_size=1, max_size=5),
    quotas=st.tuples(*[st.integers(0, 3)] * 3),
)
def test_a_short_day_is_shared_out_as_well_as_trying_everything(
    costs: list[list[int]], quotas: tuple[int, int, int]
):
    keys = [("DEX", name) for name in "ABC"]
    places = dict(zip(keys, quotas, strict=True))
    wanted = [
        [Option(keys[i], row[i]) for i in sorted(range(3), key=lambda i, row=row: (row[i], i))]
        for row in costs
    ]

    given_out = share_out(wanted, places)

    for key, room in places.items():
        assert given_out.count(key) <= room
    found = tuple(None if key is None else keys.index(key) for key in given_out)
    allowed = (
        guess
        for guess in product((None, 0, 1, 2), repeat=len(costs))
        if all(guess.count(i) <= quotas[i] for i in range(3))
    )
    assert total(found, costs) == min(total(guess, costs) for guess in allowed)


def test_a_broken_promise_is_dearer_than_any_price_when_places_are_short():
    key, other = ("DEX", "A"), ("DEX", "B")
    on_time_only_there = [Option(key, 900), Option(other, 100, late=True)]
    cheaper_there = [Option(key, 100), Option(other, 900)]

    given_out = share_out([on_time_only_there, cheaper_there], {key: 1})

    assert given_out == [key, other]
