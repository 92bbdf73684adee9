"""The retailer's rules as a file: what is written is read again, what is wrong is pointed at."""

import tomllib
from dataclasses import fields, replace
from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.connectors.policy_file import (
    PREDEFINED,
    predefined_policies,
    read_policy,
    write_policy,
)
from app.domain.nodes import NodeKind
from app.domain.orders import Mode
from app.domain.policy import (
    LEGAL_RESTS,
    CarriagePolicy,
    Fence,
    OfferPolicy,
    Policy,
    PromisePolicy,
    Rating,
    RestRule,
    RuleCondition,
    RuleSet,
    SourcingPolicy,
    TouringPolicy,
)
from app.errors import BadPolicy
from app.i18n import _, language, use_language
from app.wording import sentence
from app.wording.policy import FENCES, HINTS, LABELS, RATINGS
from resources import resource

texts = st.text(st.characters(codec="utf-8"), max_size=12)
cents = st.integers(0, 10**9)
optional_cents = st.none() | st.integers(0, 1_000)
weights = st.floats(0, 1_000, allow_subnormal=False)


@st.composite
def conditions(draw: st.DrawFn) -> RuleCondition:
    least, most = draw(optional_cents), draw(optional_cents)
    if least is not None and most is not None:
        least, most = sorted((least, most))
    return RuleCondition(
        modes=draw(st.frozensets(st.sampled_from(Mode))),
        countries=draw(st.frozensets(texts)),
        departments=draw(st.frozensets(st.sampled_from(["59", "2A", "974"]))),
        min_value_cents=least,
        max_value_cents=most,
        max_weight_g=draw(optional_cents),
    )


@st.composite
def rules(draw: st.DrawFn) -> RuleSet:
    ratings = draw(
        st.lists(
            st.tuples(st.sampled_from(Rating), weights),
            min_size=1,
            unique_by=lambda rated: rated[0],
        ).filter(lambda rated: any(weight for _, weight in rated))
    )
    return RuleSet(
        name=draw(texts.filter(str.strip)),
        label=draw(texts),
        condition=draw(conditions()),
        fences=tuple(draw(st.lists(st.sampled_from(Fence), unique=True))),
        ratings=tuple(ratings),
        node_kinds=draw(st.frozensets(st.sampled_from(NodeKind))),
        max_range_m=draw(st.none() | st.integers(0, 40_000_000)),
        max_shipments=draw(st.none() | st.integers(1, 20)),
        max_late_days=draw(st.none() | st.integers(0, 365)),
        max_stock_age_h=draw(st.none() | st.integers(1, 1_000)),
        offer_nodes=draw(st.none() | st.integers(1, 50)),
        offer_answer_s=draw(st.none() | st.integers(60, 604_800)),
    )


@st.composite
def rests(draw: st.DrawFn) -> RestRule:
    seconds = st.integers(60, 86_400)
    drive_s = draw(st.none() | seconds)
    return RestRule(
        draw(texts.filter(str.strip)),
        draw(seconds),
        drive_s,
        draw(seconds if drive_s is None else st.none() | seconds),
        heavy_only=draw(st.booleans()),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    share = st.floats(0, 1, allow_subnormal=False)
    chain = draw(st.lists(rules(), min_size=1, max_size=3, unique_by=lambda rule: rule.name))
    return Policy(
        version=draw(st.integers(0, 10_000)),
        label=draw(texts),
        sourcing=SourcingPolicy(
            chain=tuple(chain),
            split_allowed=draw(st.booleans()),
            max_shipments=draw(st.integers(1, 20)),
            min_split_value_cents=draw(cents),
            shipment_cents=draw(cents),
            circuity=draw(st.floats(1, 5)),
            min_place_score=draw(share),
        ),
        touring=TouringPolicy(
            min_place_score=draw(share),
            service_s=draw(st.integers(0, 86_400)),
            service_s_per_floor=draw(st.integers(0, 86_400)),
            late_tolerance_s=draw(st.integers(0, 86_400)),
            late_cents_per_hour=draw(cents),
            unknown_area_cents=draw(cents),
            even_percent=draw(st.integers(0, 100)),
            compact_percent=draw(st.integers(0, 100)),
            battery_margin_percent=draw(st.integers(0, 100)),
            cold_from_month=draw(st.integers(1, 12)),
            rests=tuple(draw(st.lists(rests(), max_size=3, unique_by=lambda rest: rest.name))),
            day_from=draw(st.times()),
            day_to=draw(st.times(timezones=st.none())),
        ),
        offers=OfferPolicy(
            nodes=draw(st.integers(1, 50)),
            answer_s=draw(st.integers(60, 604_800)),
            by_opening_hours=draw(st.booleans()),
            wanted_chance=draw(share),
            fallback=draw(st.booleans()),
            claims_itself=draw(st.frozensets(st.sampled_from(NodeKind))),
        ),
        carriage=CarriagePolicy(
            weight_cost=draw(weights), excluded_energies=draw(st.frozensets(texts))
        ),
        timezone=draw(st.sampled_from(["Europe/Paris", "Indian/Reunion"])),
        country=draw(st.sampled_from(["FR", "BE"])),
    )


@settings(deadline=None)
@given(policies(), st.sampled_from(["en", "fr"]))
def test_what_is_written_is_read_again(policy: Policy, spoken: str):
    before = language()
    use_language(spoken)
    try:
        text = write_policy(policy)
    finally:
        use_language(before)

    assert read_policy(text) == policy


def test_every_value_is_explained_where_it_first_stands():
    told: set[str] = set()
    table = ""
    for above, line in pairwise(write_policy(Policy()).splitlines()):
        table = line if line.startswith("[") else table
        key = table + line.partition(" =")[0]
        if line and line[0].isalpha() and "weights" not in table and key not in told:
            told.add(key)
            assert above.startswith("# "), line

    assert len(told) > 30


def test_every_field_of_the_policy_has_its_hint():
    def names(shape: type, place: str) -> set[str]:
        return {f"{place}{field.name}" for field in fields(shape)}

    expected = names(Policy, "") - {"sourcing", "offers", "promise", "touring", "carriage"}
    expected |= names(SourcingPolicy, "sourcing.") - {"sourcing.chain"}
    expected |= names(TouringPolicy, "touring.") | names(CarriagePolicy, "carriage.")
    expected |= names(RuleCondition, "sourcing.rule.only.") | names(OfferPolicy, "offers.")
    expected |= names(PromisePolicy, "promise.")
    expected |= names(RuleSet, "sourcing.rule.") - {
        "sourcing.rule.condition",
        "sourcing.rule.ratings",
    }
    expected |= {"sourcing.rule.weights", "sourcing.rule.only"}
    expected = (expected - {"touring.rests"}) | names(RestRule, "touring.rest.")

    assert set(HINTS) == expected
    assert set(FENCES) == set(Fence)
    assert set(RATINGS) == set(Rating)


def test_an_empty_file_is_the_default_policy():
    assert read_policy("") == Policy()


def test_the_first_of_the_policies_to_choose_from_is_the_default():
    assert predefined_policies()[0] == Policy()


@pytest.mark.usefixtures("french")
def test_the_policies_to_choose_from_have_french_names():
    policies = predefined_policies()

    assert [_(policy.label) for policy in policies] == [
        "Au plus près",
        "Au moins cher",
        "Au plus vert",
        "L'entrepôt d'abord",
        "La promesse d'abord",
    ]
    labels = {rule.label for policy in policies for rule in policy.sourcing.chain}
    assert labels | {policy.label for policy in policies} == set(LABELS)
    assert all(_(label) != label for label in LABELS)


def test_every_policy_to_choose_from_serves_an_order_however_late():
    for policy in predefined_policies():
        assert policy.sourcing.chain[-1].max_late_days is None
        assert policy.sourcing.chain[-1].max_range_m is None


def test_every_policy_file_that_ships_is_offered():
    shipped = {entry.name for entry in resource("policies").iterdir()}

    assert shipped - {"__init__.py", "__pycache__"} == {f"{name}.toml" for name in PREDEFINED}


def test_a_number_is_taken_as_a_weight_even_without_a_point():
    policy = read_policy("[carriage]\nweight_cost = 2\n")

    assert policy.carriage.weight_cost == 2.0


def test_times_are_read_as_times():
    assert read_policy("[touring]\nday_from = 07:30:00\n").touring.day_from == time(7, 30)


def test_the_pauses_of_the_law_are_due_unless_a_policy_says_otherwise():
    assert read_policy("[touring]\nservice_s = 60\n").touring.rests == LEGAL_RESTS
    assert read_policy("[touring]\nrest = []\n").touring.rests == ()
    assert read_policy(REST + "length_s = 900\nwork_s = 14_400\n").touring.rests == (
        RestRule("own", 900, work_s=14_400),
    )


RULE = '[[sourcing.rule]]\nname = "a"\n'
REST = '[[touring.rest]]\nname = "own"\n'


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("label = \n", 1, "label ="),
        ('label = "x"\n[sourcing\n', 2, "[sourcing"),
        ("x = 1\nx = 2\n", 2, "x = 2"),
        ("\nlabl = 'x'\n", 2, "labl"),
        ("[sourcing]\nmax_shipments = 0\n", 2, "sourcing.max_shipments"),
        ("[sourcing]\nmax_shipments = true\n", 2, "sourcing.max_shipments"),
        ("[sourcing]\nmax_shipments = 2.5\n", 2, "sourcing.max_shipments"),
        ('[sourcing]\nsplit_allowed = "yes"\n', 2, "sourcing.split_allowed"),
        ("[sourcing]\nchain = []\n", 2, "sourcing.chain"),
        ("[sourcing]\nrule = []\n", 2, "sourcing.rule"),
        ("sourcing = 3\n", 1, "sourcing"),
        ("[touring]\nday_from = 8\n", 2, "touring.day_from"),
        ("[touring]\nmin_place_score = 1.5\n", 2, "touring.min_place_score"),
        ("[sourcing]\ncircuity = nan\n", 2, "sourcing.circuity"),
        ("[carriage]\nexcluded_energies = [1]\n", 2, "carriage.excluded_energies"),
        ('timezone = "Mars/Base"\n', 1, "timezone"),
        ('country = "France"\n', 1, "country"),
        ('currency = "€"\n', 1, "currency"),
        ("[[sourcing.rule]]\nlabel = 'x'\n", 1, "sourcing.rule.name"),
        (RULE + RULE, 4, "sourcing.rule.name"),
        (RULE + 'fences = ["opne"]\n', 3, "sourcing.rule.fences"),
        (RULE + 'node_kinds = ["shop"]\n', 3, "sourcing.rule.node_kinds"),
        (RULE + 'max_late_days = "some"\n', 3, "sourcing.rule.max_late_days"),
        (RULE + "[sourcing.rule.weights]\nspeed = 1\n", 4, "sourcing.rule.weights.speed"),
        (RULE + "[sourcing.rule.weights]\ncost = -1\n", 4, "sourcing.rule.weights.cost"),
        (RULE + "[sourcing.rule.weights]\ncost = 0\n", 3, "sourcing.rule.weights"),
        (RULE + "weights = 1\n", 3, "sourcing.rule.weights"),
        (RULE + "[sourcing.rule.only]\nmode = []\n", 4, "sourcing.rule.only.mode"),
        (
            RULE + "[sourcing.rule.only]\nmax_value_cents = 1\nmin_value_cents = 2\n",
            5,
            "sourcing.rule.only.min_value_cents",
        ),
        ("[touring]\nlate_tolerance_s = -1\n", 2, "touring.late_tolerance_s"),
        ("[touring]\nrests = []\n", 2, "touring.rests"),
        ("[touring]\nrest = 3\n", 2, "touring.rest"),
        ("[[touring.rest]]\nlength_s = 60\n", 1, "touring.rest.name"),
        (REST, 1, "touring.rest"),
        (REST + "length_s = 900\n", 1, "touring.rest"),
        (REST + "length_s = 30\nwork_s = 60\n", 3, "touring.rest.length_s"),
        (REST + "length_s = 900\nwork = 60\n", 4, "touring.rest.work"),
        (
            REST + "length_s = 900\nwork_s = 60\n" + REST + "length_s = 900\nwork_s = 60\n",
            6,
            "touring.rest.name",
        ),
        (
            RULE + '\n[[sourcing.rule]]\nname = "b"\nmax_range_m = -1\n',
            6,
            "sourcing.rule.max_range_m",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_line_and_field(text: str, line: int, field: str):
    with pytest.raises(BadPolicy) as refused:
        read_policy(text, "mine.toml")

    assert (refused.value.file, refused.value.line, refused.value.field) == (
        "mine.toml",
        line,
        field,
    )
    assert refused.value.detail.endswith(".")


@pytest.mark.usefixtures("french")
def test_a_refusal_reads_as_a_french_sentence():
    with pytest.raises(BadPolicy) as refused:
        read_policy("[sourcing]\nmax_shipments = 0\n")

    said = sentence(refused.value.reason)
    assert "rules.toml" in said
    assert "entre 1 et 20" in said


def test_a_file_that_says_too_little_keeps_the_rest_as_it_was():
    policy = read_policy("[sourcing]\nmax_shipments = 1\n")

    assert policy.sourcing == replace(Policy().sourcing, max_shipments=1)


@settings(deadline=None)
@given(st.integers(0, 2_000))
def test_a_file_cut_off_anywhere_is_read_or_refused_at_a_line(length: int):
    text = write_policy(predefined_policies()[3])[:length]

    def line_refused() -> int | None:
        try:
            read_policy(text)
        except BadPolicy as refused:
            return refused.line
        return None

    line = line_refused()
    assert line is None or 1 <= line <= max(1, len(text.splitlines()))


def test_the_text_is_toml_that_any_reader_understands():
    table = tomllib.loads(write_policy(Policy()))

    assert [rule["name"] for rule in table["sourcing"]["rule"]] == ["near", "farther", "late"]
    assert table["sourcing"]["rule"][2]["max_late_days"] == "any"
