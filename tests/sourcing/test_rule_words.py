"""Rules in plain words, in both languages; and rules that never decide."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import run as run_command
from app.connectors.policy_file import predefined_policies, write_policy
from app.domain.nodes import NodeKind
from app.domain.orders import Mode
from app.domain.policy import (
    Fence,
    Policy,
    Rating,
    RuleCondition,
    RuleSet,
    SourcingPolicy,
    Weekday,
)
from app.domain.rule_cover import covers, idle_rules
from app.i18n import use_language
from app.wording.rules import idle_in_words, rule_in_words
from tests.sourcing.asking import with_rules
from tests.sourcing.test_invariants import Day, days
from tests.sourcing.test_policy_file import rules as any_rules

NORTH = RuleSet(
    "north",
    "North",
    condition=RuleCondition(
        modes=frozenset({Mode.HOME_DELIVERY}),
        departments=frozenset({"59", "62"}),
        min_value_cents=10_000,
    ),
    fences=tuple(fence for fence in Fence if fence is not Fence.BEFORE_CUTOFF),
    ratings=((Rating.COST, 1.0), (Rating.DISTANCE, 3.0)),
    node_kinds=frozenset({NodeKind.STORE}),
    max_range_m=50_000,
    max_late_days=1,
    hold_until=time(14),
)


@pytest.mark.usefixtures("english")
def test_a_rule_reads_as_english():
    assert rule_in_words(NORTH, SourcingPolicy()) == (
        "For orders delivered at home, in departments 59 and 62, worth at least €100.00: from"
        " stores, within 50\u00a0km, even past their cut-off, up to 1 day late, in at most 3"
        " shipments. Ranked by distance (75%) and cost (25%). They wait until 14:00, then go"
        " together."
    )


@pytest.mark.usefixtures("french")
def test_a_rule_reads_as_french():
    said = rule_in_words(NORTH, SourcingPolicy(split_allowed=False)).replace("\u00a0", " ")

    assert said == (
        "Pour les commandes livrées à domicile, dans les départements 59 et 62, d'au moins"
        " 100,00 € : depuis les magasins, à 50 km au plus, même après leur heure limite, jusqu'à"
        " 1 jour de retard, en une seule expédition. Classement : distance (75 %) et coût (25 %)."
        " Elles attendent 14:00, puis partent ensemble."
    )


@pytest.mark.usefixtures("english")
def test_hours_days_products_and_clients_are_told():
    only = RuleCondition(
        skus=frozenset({"COLD-*"}),
        customers=frozenset({"Mairie*"}),
        weekdays=frozenset({Weekday.SATURDAY, Weekday.FRIDAY}),
        placed_from=time(18),
        postcode_prefixes=frozenset({"590"}),
    )

    said = rule_in_words(RuleSet("own", condition=only), SourcingPolicy())

    for words in (
        "with a postcode beginning with 590",
        "with COLD-*",
        "of client Mairie*",
        "placed on Friday or Saturday",
        "placed from 18:00 on",
    ):
        assert words in said


@settings(deadline=None, max_examples=50)
@given(any_rules(), st.sampled_from(["en", "fr"]))
def test_any_rule_can_be_said_without_a_gap(rule: RuleSet, spoken: str):
    use_language(spoken)
    known = replace(rule, condition=replace(rule.condition, countries=frozenset({"FR"})))

    said = rule_in_words(known, SourcingPolicy())

    assert said.endswith(".")
    assert not any(gap in said for gap in ("{", "}", "  ", ", ,", ",."))


def test_no_rule_of_the_program_is_idle():
    for policy in predefined_policies():
        assert not list(idle_rules(policy.sourcing.chain))


def test_a_rule_behind_one_that_takes_all_never_decides():
    all_of_them = RuleSet("all", fences=NORTH.fences, max_late_days=None)
    chain = (all_of_them, NORTH, replace(all_of_them, name="again"))

    assert [(rule.name, by.name) for rule, by in idle_rules(chain)] == [
        ("north", "all"),
        ("again", "all"),
    ]


@pytest.mark.parametrize(
    "wider",
    [
        {"max_range_m": 60_000},
        {"max_late_days": 2},
        {"max_late_days": None},
        {"node_kinds": frozenset({NodeKind.STORE, NodeKind.HUB})},
        {"fences": (Fence.OPEN,)},
        {"condition": replace(NORTH.condition, min_value_cents=9_999)},
        {"condition": replace(NORTH.condition, departments=frozenset({"59", "62", "80"}))},
        {"condition": replace(NORTH.condition, modes=frozenset())},
    ],
)
def test_a_wider_rule_after_a_narrow_one_still_decides(wider: dict[str, object]):
    other = replace(NORTH, **wider)

    assert not covers(NORTH, other)
    assert covers(other, NORTH)


@settings(deadline=None, max_examples=60)
@given(days(), any_rules(), any_rules())
def test_a_rule_said_to_be_idle_decides_nothing(day: Day, first: RuleSet, second: RuleSet):
    """On any day: taking it out of the chain changes no decision."""
    chain = (replace(first, name="first"), replace(second, name="second"))
    idle = [rule for rule, _by in idle_rules(chain)]
    if not idle:
        chain = (replace(second, name="first", max_range_m=None), replace(second, name="second"))
        idle = [rule for rule, _by in idle_rules(chain)]
    with_it = replace(day, policy=with_rules(*chain)).decisions()

    assert {made.rule for made in with_it.values() if made.shipments} <= {"first"} or not idle


@pytest.mark.usefixtures("english")
def test_an_idle_rule_is_told_with_the_one_before_it():
    said = idle_in_words(NORTH, RuleSet("all", "Everything"))

    assert said == "Rule “North” never decides: “Everything” finds all that it would."


@pytest.mark.usefixtures("english")
def test_the_command_tells_publishes_and_dates_rules(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "mine.toml"
    file.write_text(write_policy(Policy(sourcing=SourcingPolicy(chain=(NORTH,)))), "utf-8")
    asked = ["--data", str(folder), "--lang", "en", "--at", "2026-11-24T09:42", "rules"]

    assert run_command(asked) == 0
    assert "Late rather than never" in capsys.readouterr().out
    later = ["--publish", "--from", "2026-11-30T08:00"]
    assert run_command([*asked, str(file), *later]) == 0
    told = capsys.readouterr().out
    assert "departments 59 and 62" in told
    assert "From 30/11/2026 08:00" in told
    assert run_command([*asked, str(file), "--publish", "--from", "2026-11-20T08:00"]) == 3
    assert "that is over" in capsys.readouterr().err
    assert run_command([*asked, "--publish"]) == 2
