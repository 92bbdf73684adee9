"""Zones of a carrier: the longest prefix wins; Corsica, overseas and abroad."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values import Address
from app.planning.carriage.zones import ZoneMap, destination_of
from tests.builders import a_zone

FRANCE = a_zone("FR", country="FR")


def zones_at(postcode: str, *rules: object, country: str = "FR", insee: str = "") -> frozenset[str]:
    place = destination_of(Address(postcode=postcode, country=country), insee)
    return ZoneMap(rules).zones_of(place)  # type: ignore[arg-type]


def test_the_longest_prefix_wins_whatever_the_order_of_the_rules():
    lille = a_zone("LILLE", postcode_prefix="590")
    north = a_zone("NORTH", postcode_prefix="59")
    everywhere = a_zone("WORLD")

    for rules in ((everywhere, FRANCE, north, lille), (lille, north, FRANCE, everywhere)):
        assert zones_at("59000", *rules) == {"LILLE"}
        assert zones_at("59800", *rules) == {"NORTH"}
        assert zones_at("75011", *rules) == {"FR"}
        assert zones_at("1000", *rules, country="BE") == {"WORLD"}


def test_a_department_is_wider_than_a_prefix_and_narrower_than_the_country():
    department, prefix = a_zone("NORD", department="59"), a_zone("CITY", postcode_prefix="59")

    assert zones_at("59130", FRANCE, department) == {"NORD"}
    assert zones_at("59130", FRANCE, department, prefix) == {"CITY"}


@pytest.mark.parametrize(
    ("postcode", "department"), [("20000", "2A"), ("20137", "2A"), ("20200", "2B"), ("20600", "2B")]
)
@pytest.mark.parametrize("spelling", ["2{}", "20{}"])
def test_corsica_is_found_by_either_spelling_of_its_halves(
    postcode: str, department: str, spelling: str
):
    half = spelling.format(department[1])

    assert zones_at(postcode, FRANCE, a_zone("HALF", department=half)) == {"HALF"}
    assert zones_at(postcode, FRANCE, a_zone("HALF", postcode_prefix=half)) == {"HALF"}


def test_corsica_is_found_as_20_but_its_half_is_narrower():
    whole = a_zone("CORSE", postcode_prefix="20")
    south = a_zone("SUD", postcode_prefix="2A")

    assert zones_at("20000", FRANCE, whole) == {"CORSE"}
    assert zones_at("20000", FRANCE, whole, south) == {"SUD"}
    assert zones_at("20200", FRANCE, whole, south) == {"CORSE"}
    assert zones_at("20200", FRANCE, a_zone("CORSE", department="20")) == {"CORSE"}


def test_overseas_departments_are_found_with_either_country():
    reunion = a_zone("OUTRE", country="FR", department="974")

    assert zones_at("97400", FRANCE, reunion) == {"OUTRE"}
    assert zones_at("97400", FRANCE, reunion, country="RE") == {"OUTRE"}
    assert zones_at("97400", FRANCE, a_zone("OM", postcode_prefix="97")) == {"OM"}
    assert zones_at("97400", FRANCE, a_zone("RUN", country="RE"), country="RE") == {"RUN"}


def test_a_foreign_postcode_is_no_french_department():
    assert zones_at("59000", a_zone("NORD", department="59"), country="DE") == frozenset()


def test_an_insee_code_is_the_narrowest_of_all():
    town = a_zone("TOWN", insee="59328")

    assert zones_at("59130", FRANCE, a_zone("PC", postcode_prefix="59130"), town) == {"PC"}
    rules = (FRANCE, a_zone("PC", postcode_prefix="59130"), town)
    assert zones_at("59130", *rules, insee="59328") == {"TOWN"}


def test_the_zero_that_spreadsheets_eat_is_given_back():
    assert zones_at("1000", FRANCE, a_zone("AIN", department="01")) == {"AIN"}


def test_a_rule_with_two_parts_needs_both():
    rule = a_zone("LUX", country="LU", postcode_prefix="59")

    assert zones_at("59000", FRANCE, rule) == {"FR"}
    assert zones_at("5900", FRANCE, rule, country="LU") == {"LUX"}


def test_rules_that_contradict_each_other_give_both_zones():
    assert zones_at("75011", FRANCE, a_zone("ALSO", country="FR")) == {"FR", "ALSO"}


def test_a_carrier_without_rules_goes_everywhere_and_one_with_rules_nowhere_else():
    assert zones_at("59000") == {""}
    assert zones_at("59000", a_zone("BE", country="BE")) == frozenset()


@given(
    st.lists(st.text("0123456789", min_size=1, max_size=5), unique=True, max_size=8),
    st.text("123456789", min_size=5, max_size=5).filter(lambda code: not code.startswith("20")),
)
def test_the_winner_is_the_longest_prefix_that_fits(prefixes: list[str], postcode: str):
    rules = [a_zone(f"Z{prefix}", postcode_prefix=prefix) for prefix in prefixes]
    fitting = [prefix for prefix in prefixes if postcode.startswith(prefix)]

    found = zones_at(postcode, a_zone("REST"), *rules)

    assert found == ({f"Z{max(fitting, key=len)}"} if fitting else {"REST"})
