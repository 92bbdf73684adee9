"""Form and text say the same at any time, and nothing is lost when they cannot."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.connectors.policy_file import read_policy, write_policy
from app.domain.policy import Policy, Rating
from app.ui.rules.draft import Draft


def a_draft(**but: object) -> Draft:
    policy = replace(Policy(version=4), **but)
    return Draft(policy, write_policy(policy))


def test_the_text_follows_the_form():
    draft = a_draft()

    draft.become(replace(draft.policy, label="Ours"))

    assert 'label = "Ours"' in draft.text
    assert draft.changed
    assert draft.policy.version == 4


def test_the_form_follows_the_text():
    draft = a_draft()

    draft.write(draft.text.replace("split_allowed = true", "split_allowed = false"))

    assert not draft.policy.sourcing.split_allowed
    assert draft.changed
    assert draft.trouble is None


def test_a_text_that_cannot_be_read_keeps_the_last_good_form():
    draft = a_draft()

    draft.write(draft.text.replace("max_shipments = 3", "max_shipments = 99"))

    assert draft.trouble is not None
    assert draft.trouble.field == "sourcing.max_shipments"
    assert draft.policy.sourcing.max_shipments == 3
    assert "99" in draft.text


def test_a_form_without_any_weight_says_what_is_wrong():
    draft = a_draft()

    draft.set_rule(0, replace(draft.chain[0], ratings=()))

    assert draft.trouble is not None
    assert draft.trouble.field == "sourcing.rule.weights"


def test_what_reads_the_same_is_no_change():
    draft = a_draft()

    draft.write("# our own words\n" + draft.text)

    assert not draft.changed
    assert draft.has_own_words


def test_a_form_changes_the_lines_it_is_about_and_leaves_what_people_wrote():
    draft = a_draft()
    draft.write(draft.text.replace("km_cents = 35", "km_cents = 35  # as agreed"))

    sourcing = replace(draft.policy.sourcing, km_cents=40)
    draft.become(replace(draft.policy, sourcing=sourcing))

    assert "km_cents = 40  # as agreed" in draft.text
    assert read_policy(draft.text) == draft.policy


def test_a_rule_more_is_written_with_the_whole_text_anew():
    draft = a_draft()
    draft.write("# our own words\n" + draft.text)

    draft.add_rule(0)

    assert "# our own words" not in draft.text
    assert read_policy(draft.text) == draft.policy


def test_other_rules_in_force_replace_what_nobody_changed():
    draft, fresh = a_draft(), replace(Policy(version=5), label="Fresh")

    draft.take_force(fresh, write_policy(fresh))

    assert draft.policy == fresh


def test_other_rules_in_force_leave_what_a_person_has_changed():
    draft, fresh = a_draft(), replace(Policy(version=5), label="Fresh")
    draft.become(replace(draft.policy, label="Ours"))

    draft.take_force(fresh, write_policy(fresh))

    assert draft.policy.label == "Ours"
    assert draft.in_force == fresh


def test_rules_are_added_moved_and_removed_but_one_stays():
    draft = a_draft()
    names = [rule.name for rule in draft.chain]

    assert draft.add_rule(0) == 1
    assert [rule.name for rule in draft.chain] == [names[0], f"{names[0]}_2", *names[1:]]
    assert draft.trouble is None
    assert draft.move_rule(1, -1) == 0
    assert draft.move_rule(0, -1) == 0
    draft.remove_rule(0)
    assert [rule.name for rule in draft.chain] == names
    for _each in range(5):
        draft.remove_rule(0)
    assert len(draft.chain) == 1


WEIGHTS = st.dictionaries(
    st.sampled_from(Rating), st.integers(1, 100).map(lambda n: n / 100), min_size=1
)


@given(WEIGHTS, st.integers(1, 20), st.integers(0, 100_000))
def test_whatever_the_form_says_the_text_reads_the_same(
    weights: dict[Rating, float], shipments: int, least_cents: int
):
    draft = a_draft()
    sourcing = replace(
        draft.policy.sourcing, max_shipments=shipments, min_split_value_cents=least_cents
    )

    draft.become(replace(draft.policy, sourcing=sourcing))
    draft.set_rule(0, replace(draft.chain[0], ratings=tuple(weights.items())))

    assert draft.trouble is None
    assert read_policy(draft.text) == draft.policy
