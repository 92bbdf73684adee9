"""Every reason of the intake has its sentence, in English and in French, filled by its facts."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.feeds import pipeline
from app.connectors.feeds.faults import SHOWN_CHARACTERS, shown
from app.domain.reasons import because
from app.i18n import _
from app.operations import intake
from app.wording import SENTENCES
from app.wording.faults import fault_text
from app.wording.intake import SENTENCES as OWN

RAISERS = {"because", "Misfit", "Unreadable", "EnvironmentProblem", "_wrong"}
SOURCES = [
    *Path(pipeline.__file__).parent.rglob("*.py"),
    *Path(intake.__file__).parent.glob("intake*.py"),
    Path(intake.__file__).with_name("locating.py"),
]


def codes_and_facts() -> set[tuple[str, frozenset[str]]]:
    """Every code that the source raises, with the facts it gives."""
    found = set()
    for source in SOURCES:
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id in RAISERS:
                texts = [a.value for a in call.args if isinstance(a, ast.Constant)]
                known = [
                    text for text in texts if text in SENTENCES or re.fullmatch("[a-z_]+", text)
                ]
                facts = {k.arg for k in call.keywords if k.arg} - {"column", "line"}
                found |= {(known[-1], frozenset(facts))} if known else set()
    return found


RAISED = sorted(codes_and_facts())


def test_the_search_finds_what_is_raised():
    assert len(RAISED) > 60


@pytest.mark.parametrize(("code", "facts"), RAISED, ids=lambda part: str(part)[:30])
def test_every_code_has_a_sentence_that_its_facts_can_fill(code: str, facts: frozenset[str]):
    wanted = set(re.findall(r"\{(\w+)\}", SENTENCES[code]))

    assert wanted <= facts | ({"entry", "line"} if code.startswith("mapping_") else set())


def test_no_other_area_says_something_else_under_the_same_code():
    assert {code: SENTENCES[code] for code in OWN} == OWN


@pytest.mark.parametrize("code", OWN)
def test_every_sentence_has_its_french_with_the_same_facts(code: str, french: None):
    assert _(OWN[code]) != OWN[code]
    assert set(re.findall(r"\{\w+\}", _(OWN[code]))) == set(re.findall(r"\{\w+\}", OWN[code]))


def test_a_fault_says_line_column_value_and_what_to_do(english: None):
    reason = because("too_small", least=0)

    assert (
        fault_text(12, "on_hand", "-3", reason) == "Line 12, on_hand “-3”: less than 0. Correct it."
    )
    assert fault_text(12, "sku", "", because("missing")).startswith("Line 12, sku: nothing")
    assert fault_text(12, "", "", because("open_quote")).startswith("Line 12: a quote")
    assert fault_text(0, "", "", because("empty_file", file="a.csv")).startswith("a.csv is empty")


def test_a_fault_reads_in_french(french: None):
    assert fault_text(12, "on_hand", "abc", because("not_a_number")) == (
        "Ligne 12, on_hand «\u00a0abc\u00a0»\u00a0: ce n'est pas un nombre. "
        "Écrivez des chiffres, par exemple 12 ou 12,5."
    )


@given(st.text())
def test_a_value_is_shown_short_and_printable(value: str):
    assert len(shown(value)) <= SHOWN_CHARACTERS
    assert shown(value).isprintable()


def test_braces_in_a_value_are_no_trouble(english: None):
    assert "{line}" in fault_text(2, "{x}", "{line} {0} {", because("missing"))
