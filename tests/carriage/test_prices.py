"""Prices line by line: surcharges in order, whole cents, the day of arrival, carbon."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.carriers import (
    CarrierService,
    Quote,
    Surcharge,
    SurchargeKind,
    TariffKind,
    TariffLine,
)
from app.domain.orders import ShipmentAtDoor
from app.domain.policy import Policy
from app.domain.values import Address, Load
from app.planning.carriage.prices import PriceDesk, quotes
from app.wording.quotes import line_label
from tests.builders import (
    LAMBERSART,
    LILLE,
    NOW,
    a_node,
    a_panel,
    a_service,
    a_shipment,
    a_tariff,
    a_zone,
    at_door,
)

TUESDAY = date(2026, 11, 24)
FIXED, PERCENT, PER_UNIT = SurchargeKind


def a_surcharge(code: str, kind: SurchargeKind, amount: float | str, **but: object) -> Surcharge:
    surcharge = Surcharge("DEX", "", code, code.lower(), 1, kind, Decimal(str(amount)))
    return replace(surcharge, **but)  # type: ignore[arg-type]


def quote_of(
    *surcharges: Surcharge,
    tariff: TariffLine | None = None,
    door: ShipmentAtDoor | None = None,
    service: CarrierService | None = None,
    on: date = TUESDAY,
) -> Quote:
    panel = a_panel(
        tariff or a_tariff(cents=1_000),
        services=(service or a_service(),),
        surcharges=surcharges,
    )
    priced, refused = quotes(door or at_door(), panel, Policy(), on, NOW, [a_node()])
    assert not refused, refused[0].reason
    return priced[0]


def cents_of(quote: Quote) -> dict[str, int]:
    return {line.code: line.cents for line in quote.lines}


def test_surcharges_follow_the_base_in_the_order_of_their_ranks():
    quote = quote_of(
        a_surcharge("LAST", PERCENT, 10, rank=9, applies_to="total"),
        a_surcharge("FUEL", PERCENT, 5, rank=1),
        a_surcharge("STAIRS", FIXED, 300, rank=2),
    )

    assert cents_of(quote) == {"base": 1_000, "FUEL": 50, "STAIRS": 300, "LAST": 135}
    assert quote.total_cents == 1_485


def test_a_percentage_may_be_taken_of_lines_it_names():
    quote = quote_of(
        a_surcharge("STAIRS", FIXED, 300, rank=1),
        a_surcharge("FUEL", PERCENT, 10, rank=2, applies_to="STAIRS"),
        a_surcharge("BOTH", PERCENT, 10, rank=3, applies_to="base STAIRS"),
        a_surcharge("NONE", PERCENT, 10, rank=4, applies_to="UNKNOWN"),
    )

    assert cents_of(quote) == {"base": 1_000, "STAIRS": 300, "FUEL": 30, "BOTH": 130}


def test_a_surcharge_by_the_unit_counts_parcels_unless_it_names_another():
    door = at_door()
    door = replace(door, shipment=a_shipment(load=Load(12_400, 0, 3)))
    quote = quote_of(
        a_surcharge("PIECES", PER_UNIT, 25, rank=1),
        a_surcharge("HEAVY", PER_UNIT, "1.5", rank=2, applies_to="KG"),
        door=door,
    )

    assert cents_of(quote) == {"base": 1_000, "PIECES": 75, "HEAVY": 19}  # 18.6


def test_the_minimum_is_a_line_of_its_own_and_part_of_the_base():
    tariff = a_tariff(cents=150, kind=TariffKind.PER_UNIT, minimum_cents=900)

    quote = quote_of(a_surcharge("FUEL", PERCENT, 10), tariff=tariff)

    assert cents_of(quote) == {"base": 150, "minimum": 750, "FUEL": 90}


def test_a_surcharge_is_due_only_on_its_days_for_its_service_and_where_its_condition_holds():
    quote = quote_of(
        a_surcharge("OCTOBER", FIXED, 10, valid_to=date(2026, 10, 31)),
        a_surcharge("NOVEMBER", FIXED, 20, valid_from=date(2026, 11, 1)),
        a_surcharge("OTHER", FIXED, 30, service="EXPRESS"),
        a_surcharge("MINE", FIXED, 40, service="STD"),
        a_surcharge("CORSICA", FIXED, 50, condition="department = 20"),
        a_surcharge("NORTH", FIXED, 60, condition="department = 59 and zone = FR"),
    )

    assert list(cents_of(quote)) == ["base", "MINE", "NORTH", "NOVEMBER"]


def test_last_months_shipment_costs_what_it_cost_last_month():
    fuel = (
        a_surcharge(
            "FUEL", PERCENT, "9.85", valid_from=date(2026, 10, 1), valid_to=date(2026, 10, 31)
        ),
        a_surcharge("FUEL", PERCENT, "10.40", valid_from=date(2026, 11, 1)),
    )

    october = quote_of(*fuel, on=date(2026, 10, 20))
    november = quote_of(*fuel)

    assert cents_of(october)["FUEL"] == 99  # 98.5
    assert cents_of(november)["FUEL"] == 104


def test_a_condition_that_cannot_be_read_refuses_the_price_rather_than_guess_it():
    panel = a_panel(surcharges=(a_surcharge("ODD", FIXED, 10, condition="weight_kg > much"),))

    priced, refused = quotes(at_door(), panel, Policy(), TUESDAY, NOW, [a_node()])

    assert not priced
    assert refused[0].reason.code == "tariff_condition"


def test_a_sheet_in_another_currency_gives_no_price():
    panel = a_panel(a_tariff(cents=900, currency="GBP"))

    _, refused = quotes(at_door(), panel, Policy(), TUESDAY, NOW, [a_node()])

    assert refused[0].reason.code == "tariff_currency"


def published_oversize() -> Surcharge:
    return a_surcharge(
        "MANUAL_SORT_OVERSIZE",
        FIXED,
        615,
        condition="length_cm >= 100 or weight_kg > 20 or girth_cm >= 200",
    )


@pytest.mark.parametrize(
    ("weight_g", "longest_mm", "girth_mm", "cents"),
    [(20_000, 999, 1_999, 0), (20_001, 1, 1, 615), (1, 1_000, 1, 615), (1, 1, 2_000, 615)],
)
def test_published_surcharges_of_colis_prive_come_out(
    weight_g: int, longest_mm: int, girth_mm: int, cents: int
):
    door = replace(
        at_door(longest_mm=longest_mm, girth_mm=girth_mm, phone="0320000000", email="a@b.fr"),
        shipment=a_shipment(load=Load(weight_g, 0, 1)),
    )
    incomplete = "phone = missing or email = missing"
    quote = quote_of(
        published_oversize(),
        a_surcharge("INCOMPLETE_FILE", FIXED, 55, condition=incomplete),
        door=door,
    )

    assert cents_of(quote).get("MANUAL_SORT_OVERSIZE", 0) == cents
    assert "INCOMPLETE_FILE" not in cents_of(quote)
    without = quote_of(
        a_surcharge("INCOMPLETE_FILE", FIXED, 55, condition=incomplete),
        door=replace(door, email=" "),
    )
    assert cents_of(without)["INCOMPLETE_FILE"] == 55


@pytest.mark.parametrize(
    ("on", "transit_days", "days", "arrives"),
    [
        (date(2026, 11, 24), 0, "12345", date(2026, 11, 24)),
        (date(2026, 11, 24), 2, "12345", date(2026, 11, 26)),
        (date(2026, 11, 27), 1, "12345", date(2026, 11, 30)),
        (date(2026, 11, 27), 1, "123456", date(2026, 11, 28)),
        (date(2026, 12, 24), 1, "12345", date(2026, 12, 28)),  # Christmas on a Friday
        (date(2026, 12, 24), 1, "1234567", date(2026, 12, 25)),
        (date(2026, 10, 24), 1, "1234567", date(2026, 10, 25)),  # the clocks go back
        (date(2026, 5, 13), 1, "12345", date(2026, 5, 15)),  # Ascension Day
    ],
)
def test_transit_counts_working_days(on: date, transit_days: int, days: str, arrives: date):
    service = a_service(transit_days=transit_days, days=frozenset(int(day) for day in days))

    assert quote_of(service=service, on=on).delivered_on == arrives


def test_holidays_at_the_destination_count_for_the_delivery():
    boxing_day = date(2025, 12, 26)
    service = a_service(transit_days=1, days=frozenset({1, 2, 3, 4, 5, 6}))
    metz = replace(at_door(), address=Address("1 rue", "57000", "Metz"))

    assert quote_of(service=service, on=date(2025, 12, 24)).delivered_on == boxing_day
    there = quote_of(service=service, on=date(2025, 12, 24), door=metz)
    assert there.delivered_on == date(2025, 12, 27)


def test_a_broken_promise_is_counted_in_days_of_the_nodes_clock():
    late_in_paris = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # already the 25th there
    door = at_door(promised_to=late_in_paris)

    assert quote_of(service=a_service(transit_days=1), door=door).late_days == 0
    assert quote_of(service=a_service(transit_days=2), door=door).late_days == 1


def test_carbon_is_shared_by_the_tonne_kilometre_or_is_a_run_of_its_own():
    road_km = LILLE.distance_m(LAMBERSART) * 1.3 / 1000
    door = replace(at_door(), shipment=a_shipment(load=Load(20_000, 0, 1)))

    shared = quote_of(service=a_service(co2e_g_per_tkm=1_103, co2e_g_per_km=507), door=door)
    alone = quote_of(service=a_service(co2e_g_per_km=507, emission_level=2), door=door)

    assert shared.co2e_g == round(road_km * 0.020 * 1_103)
    assert alone.co2e_g == round(road_km * 507)
    assert (shared.emission_level, alone.emission_level) == (1, 2)


def test_lines_are_called_by_what_they_are_for_in_the_language_in_use(french: None):
    tariff = a_tariff(cents=1_000)
    quote = quote_of(a_surcharge("FUEL", PERCENT, 10, label="Indice gazole"), tariff=tariff)

    labels = [line_label(line) for line in quote.lines]

    assert labels == ["Transport, zone FR, 1,0\u00a0kg", "Indice gazole"]


def test_a_service_whose_carrier_is_unknown_is_no_service():
    panel = a_panel(services=(a_service(), a_service("GONE")))

    assert list(PriceDesk(panel, Policy(), on=TUESDAY, now=NOW).services) == [("DEX", "STD")]


def test_a_zone_by_insee_code_asks_the_finder():
    panel = a_panel(zones=(a_zone("FR", insee="59328"),))
    desk = PriceDesk(
        panel,
        Policy(),
        on=TUESDAY,
        now=NOW,
        insee_of=lambda address: "59328" if address.town == "Lambersart" else "",
    )

    assert len(desk.quotes_for(at_door())[0]) == 1
    elsewhere = replace(at_door(), address=Address("", "59130", "Ailleurs"))
    assert desk.quotes_for(elsewhere)[0] == []


surcharges = st.builds(
    a_surcharge,
    code=st.sampled_from(["A", "B", "C", "D"]),
    kind=st.sampled_from(SurchargeKind),
    amount=st.decimals(-50, 400, places=3),
    rank=st.integers(0, 3),
    applies_to=st.sampled_from(["", "base", "total", "A", "KG", "base B"]),
    condition=st.sampled_from(["", "weight_kg > 5", "parcels = 2 or zone = EU"]),
)


@given(
    st.lists(surcharges, max_size=5),
    st.decimals(0, 900, places=3),
    st.integers(0, 40_000),
    st.integers(0, 2_000),
)
def test_the_total_is_the_sum_of_lines_in_whole_cents(
    extras: list[Surcharge], amount: Decimal, weight_g: int, minimum: int
):
    door = replace(at_door(), shipment=a_shipment(load=Load(weight_g, 1_000, 2)))
    tariff = a_tariff(cents=str(amount), kind=TariffKind.PER_UNIT, minimum_cents=minimum)

    quote = quote_of(*extras, tariff=tariff, door=door)

    assert quote.total_cents == sum(line.cents for line in quote.lines)
    assert all(isinstance(line.cents, int) for line in quote.lines)
    assert quote == quote_of(*reversed(extras), tariff=tariff, door=door) or len(
        {(s.rank, s.code) for s in extras}
    ) < len(extras)
