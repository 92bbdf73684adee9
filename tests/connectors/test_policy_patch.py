"""Rules changed by a form: the words that people wrote beside them stay."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.connectors.policy_file import read_policy, write_policy
from app.connectors.policy_patch import patched
from app.domain.orders import Mode
from app.domain.policy import Policy, Rating, RuleCondition, RuleSet
from tests.sourcing.test_policy_file import conditions
from tests.sourcing.test_policy_file import policies as any_policies

OWN = """# Our rules. Ask Claire before you touch them.
label = "Ours"  # the winter's

[sourcing]
km_cents = 40  # as of l'accord, n° 3
max_shipments = 2

# Near by: what the "north" wants.
[[sourcing.rule]]
name = "near"
label = "Near # by"
max_range_m = 30_000
[sourcing.rule.weights]
distance = 0.9  # not less!
"""


def changed(text: str, **sourcing: object) -> str:
    before = read_policy(text)
    after = replace(before, sourcing=replace(before.sourcing, **sourcing))
    fresh = patched(text, before, after)
    assert fresh is not None
    assert read_policy(fresh) == after
    return fresh


def first(text: str, **fields: object) -> str:
    rule = read_policy(text).sourcing.chain[0]
    return changed(text, chain=(replace(rule, **fields),))


def test_a_value_changes_on_its_line_and_its_comment_stays():
    assert changed(OWN, km_cents=55) == OWN.replace("km_cents = 40 ", "km_cents = 55 ")


def test_a_sign_within_quotes_is_no_comment():
    assert first(OWN, label="Next door") == OWN.replace('"Near # by"', '"Next door"')


def test_a_weight_changes_and_a_new_one_comes_last():
    text = first(OWN, ratings=((Rating.DISTANCE, 0.5), (Rating.COST, 0.5)))

    assert text == OWN.replace("distance = 0.9 ", "distance = 0.5 ") + "cost = 0.5\n"


def test_what_the_file_left_out_is_added_to_its_table():
    text = changed(OWN, km_cents=40, shipment_cents=700)

    assert text == OWN.replace("max_shipments = 2\n", "max_shipments = 2\nshipment_cents = 700\n")


def test_what_is_not_said_any_more_goes():
    assert first(OWN, max_range_m=None) == OWN.replace("max_range_m = 30_000\n", "")


def test_nothing_changes_where_nothing_is_changed():
    before = read_policy(OWN)

    assert patched(OWN, before, before) == OWN


def test_rules_that_are_added_are_not_written_into_the_lines():
    before = read_policy(OWN)
    chain = (*before.sourcing.chain, RuleSet("more"))
    after = replace(before, sourcing=replace(before.sourcing, chain=chain))

    assert patched(OWN, before, after) is None


@pytest.mark.parametrize("text", ['fences = [\n  "open",\n]\n'])
def test_a_value_over_several_lines_is_left_to_whoever_asks(text: str):
    whole = OWN.replace("max_range_m = 30_000\n", text)
    before = read_policy(whole)
    rule = replace(before.sourcing.chain[0], fences=())
    after = replace(before, sourcing=replace(before.sourcing, chain=(rule,)))

    assert patched(whole, before, after) is None


@settings(deadline=None, max_examples=15)
@given(any_policies(), conditions(), st.integers(1, 20))
def test_lines_that_the_program_wrote_are_changed_as_wanted(
    policy: Policy, condition: RuleCondition, shipments: int
):
    rule = replace(policy.sourcing.chain[0], condition=condition, max_range_m=None)
    chain = (rule, *policy.sourcing.chain[1:])
    sourcing = replace(policy.sourcing, chain=chain, max_shipments=shipments)
    after = replace(policy, sourcing=sourcing)

    text = write_policy(policy)
    assume(len(text.splitlines()) == text.count("\n"))  # a name may hold a sign that ends a line

    fresh = patched(text, policy, after)

    assert fresh is not None
    assert read_policy(fresh) == after


def test_a_condition_gets_a_table_of_its_own_after_the_rule_it_belongs_to():
    other = OWN + '\n[[sourcing.rule]]\nname = "far"\n'
    chain = read_policy(other).sourcing.chain
    only = replace(chain[0].condition, modes=frozenset({Mode.HOME_DELIVERY}))

    text = changed(other, chain=(replace(chain[0], condition=only), chain[1]))

    assert text == other.replace(
        "# not less!\n", '# not less!\n[sourcing.rule.only]\nmodes = ["home_delivery"]\n'
    )
