"""Which step of agreement comes next, and how it is said."""

from dataclasses import replace

import pytest

from app.domain.tours import PlanState, Tour
from app.ui.tours.agreeing import closing, done_in_words, step_back, step_in_words, step_on
from tests.ui.tours.days import a_morning


def tours(*states: PlanState) -> list[Tour]:
    return [
        replace(tour, state=state)
        for tour, state in zip(a_morning()[0].tours, states, strict=False)
    ]


D, V, P, C = PlanState.DRAFT, PlanState.VALIDATED, PlanState.PUBLISHED, PlanState.CLOSED


def test_drafts_are_validated_before_anything_is_published():
    step = step_on(tours(V, D, P, D))

    assert step is not None
    assert step.state is V
    assert [tour.number for tour in step.tours] == [2, 4]


def test_what_is_validated_is_published_once_no_draft_is_left():
    step = step_on(tours(V, P, V))

    assert step is not None
    assert (step.state, [tour.number for tour in step.tours]) == (P, [1, 3])


@pytest.mark.parametrize("states", [(), (P,), (C, P)])
def test_nothing_leads_on_from_what_is_published(states: tuple[PlanState, ...]):
    assert step_on(tours(*states)) is None


def test_the_way_back_takes_the_publication_back_first():
    step = step_back(tours(V, P))
    assert step is not None
    assert (step.state, [tour.number for tour in step.tours]) == (V, [2])

    step = step_back(tours(V, D))
    assert step is not None
    assert (step.state, [tour.number for tour in step.tours]) == (D, [1])


def test_only_what_is_published_can_be_closed():
    step = closing(tours(D, V, P, C))

    assert step is not None
    assert [tour.number for tour in step.tours] == [3]
    assert closing(tours(D, V, C)) is None


@pytest.mark.usefixtures("french")
def test_a_step_says_what_it_would_do_and_what_it_did():
    one, many = step_on(tours(D)), step_on(tours(V, V))
    back = step_back(tours(P))
    assert one is not None
    assert many is not None
    assert back is not None

    assert [step_in_words(step) for step in (one, many, back)] == [
        "Valider T1",
        "Publier 2 tournées",
        "Rouvrir T1",
    ]
    assert done_in_words(one) == "T1 est validée"
    assert done_in_words(many) == "2 tournées sont publiées"
