"""Every reason that sourcing gives reads as a sentence, in both languages."""

import re
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest

from app.domain.reasons import because
from app.i18n import _
from app.wording import sentence
from app.wording.sourcing import COMPOSED, SENTENCES
from tests.builders import LYON, ROUBAIX, a_cell, a_node, an_order
from tests.sourcing.asking import suggested

PLANNING = Path(__file__).parents[2] / "app" / "planning" / "sourcing"


def codes_in_use() -> set[str]:
    """Every code that the planning names, in a call or by a barrier of many nodes."""
    text = "\n".join(path.read_text() for path in PLANNING.glob("*.py"))
    said = set(re.findall(r'because\(\s*"([a-z_]+)"', text))
    grouped = {f"others_{name}" for name in re.findall(r'Barrier\(\s*"([a-z_]+)"', text)}
    return said | grouped | {"others_ranked_lower"}


def test_every_code_has_its_sentence():
    assert codes_in_use() <= set(SENTENCES) | set(COMPOSED)
    assert len(codes_in_use()) > 40


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_has_its_french_with_the_same_facts(code: str):
    def facts(text: str) -> set[str]:
        return {name for _text, name, _form, _turn in Formatter().parse(text) if name}

    assert facts(_(SENTENCES[code])) == facts(SENTENCES[code])
    bare = facts(SENTENCES[code]) and not re.sub(r"\{\w+\}", "", SENTENCES[code])
    assert bare or _(SENTENCES[code]) != SENTENCES[code]


@pytest.mark.usefixtures("french")
def test_what_is_said_of_an_order_has_all_its_facts():
    nodes = [a_node("LIL", orders_per_day=9), a_node("RBX", ROUBAIX), a_node("LYO", LYON)]
    decisions = suggested(
        [an_order("480001"), an_order("480002", point=None)],
        nodes,
        [a_cell("LIL", on_hand=0), a_cell("RBX"), a_cell("LYO")],
    )

    said = [
        sentence(reason)
        for decision in decisions.values()
        for reason in chain(
            decision.reasons,
            *(candidate.fences for candidate in decision.candidates),
            *([part.figure for part in candidate.parts] for candidate in decision.candidates),
        )
    ]
    assert not [text for text in said if "{" in text or "(" in text.partition(" ")[0]]
    assert "RBX est le seul candidat." in said


@pytest.mark.usefixtures("french")
def test_the_names_of_the_program_s_own_rules_are_said_in_french():
    assert "Au plus près" in sentence(because("rule_found_none", rule="Nearest"))
    assert "Ma règle" in sentence(because("rule_found_none", rule="Ma règle"))


@pytest.mark.usefixtures("french")
def test_a_shortage_tells_only_the_counters_that_matter():
    counters = {"on_hand": 2, "reserved": 2, "blocked": 0, "safety": 0, "taken": 0}
    shortage = because("short_of_stock", sku="VIS-4", asked=1, available=0, **counters)

    said = sentence(shortage).replace("\u00a0", " ")

    assert said == "VIS-4 : DAV 0 pour 1 (2 en stock, 2 réservés)"
