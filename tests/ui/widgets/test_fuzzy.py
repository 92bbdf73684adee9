"""Finding by a few letters: what people mean comes first, accidents do not come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.widgets.fuzzy import match, ranked

ACTIONS = [
    "Optimiser la sélection",
    "Ré-optimiser en douceur",
    "Importer des commandes",
    "480\u202f213 · Delattre, Claire",
    "Annuler",
    "Proposer à…",
]


def found(query: str) -> list[str]:
    return [text for text, _match in ranked(query, [(text, [text]) for text in ACTIONS])]


def test_the_start_of_words_comes_before_their_middle():
    assert found("opt") == ["Optimiser la sélection", "Ré-optimiser en douceur"]


def test_an_order_is_found_with_or_without_its_spaces():
    assert found("480213") == found("480 213") == ["480\u202f213 · Delattre, Claire"]


def test_accents_and_case_make_no_difference():
    assert found("SELECTION") == ["Optimiser la sélection"]
    assert found("délàttre") == ["480\u202f213 · Delattre, Claire"]


def test_initials_are_enough():
    assert found("idc") == ["Importer des commandes"]


def test_letters_scattered_by_accident_are_not_a_find():
    assert found("zzz") == []
    assert found("nlr") == []


def test_nothing_typed_leaves_the_order_as_it_was():
    assert found("  ") == ACTIONS


def test_the_letters_that_answered_are_known():
    assert match("ann", "Annuler").places == (0, 1, 2)


def test_an_item_is_found_by_its_other_words_too():
    items = [("undo", ["Annuler", "revenir en arrière"]), ("tour", ["Arriver"])]

    assert [item for item, _ in ranked("arr", items)] == ["tour", "undo"]


@given(st.text(max_size=12), st.text(max_size=30))
def test_the_letters_marked_are_those_typed_in_their_order(query: str, text: str):
    how = match(query, text)

    if how is not None and query.strip():
        assert list(how.places) == sorted(set(how.places))
        assert len(how.places) == len("".join(query.split()))


@pytest.mark.parametrize("text", ACTIONS)
def test_every_text_finds_itself(text: str):
    assert found(text)[0] == text
