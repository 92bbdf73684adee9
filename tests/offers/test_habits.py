"""How nodes answer is learnt from how they did: as few are asked as the wanted chance needs."""

import random
from dataclasses import dataclass
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.planning.offers.habits import Answer, Habit, Habits, Said, learn
from app.planning.offers.reach import Prospect, chance_of, instant_of, smallest

DEADLINE_S = 1_200.0
WANTED = 0.95


@dataclass(frozen=True)
class Store:
    """A simulated store whose habits are known: the test's, not the program's."""

    code: str
    willing: float
    median_s: float
    log_sd: float
    refuses: float

    def reply(self, dice: random.Random) -> tuple[Said, float]:
        after_s = exp(dice.gauss(log(self.median_s), self.log_sd))
        if dice.random() < self.willing:
            return Said.CLAIMED, after_s
        return (Said.REFUSED, after_s) if dice.random() < self.refuses else (Said.NOTHING, 1e9)


def a_town(dice: random.Random, stores: int = 40) -> list[Store]:
    return [
        Store(
            f"S{n:02}",
            dice.betavariate(4, 2.5),
            exp(dice.gauss(log(300), 0.5)),
            0.8,
            dice.uniform(0.2, 0.8),
        )
        for n in range(stores)
    ]


def shown_to(asked: list[Store], dice: random.Random) -> tuple[list[Answer], float | None]:
    """One offer: what each store had said when the first claim, or the deadline, ended it."""
    replies = [(store, *store.reply(dice)) for store in asked]
    claims = [after for _s, said, after in replies if said is Said.CLAIMED]
    first = min(claims, default=DEADLINE_S)
    end = min(first, DEADLINE_S)
    answers = [
        Answer(s.code, said, after) if after <= end else Answer(s.code, Said.NOTHING, end)
        for s, said, after in replies
    ]
    return answers, first if first < DEADLINE_S else None


def history(town: list[Store], dice: random.Random, offers: int) -> list[Answer]:
    return [answer for _ in range(offers) for answer in shown_to(dice.sample(town, 4), dice)[0]]


def test_a_node_nobody_asked_answers_like_the_others_together():
    nothing = learn([])
    keen = learn([Answer(f"S{n}", Said.CLAIMED, 60) for n in range(8) for _ in range(30)])

    assert nothing.of("X").chance == pytest.approx(Habit().chance)
    assert nothing.of("X").median_s == pytest.approx(Habit().median_s)
    assert keen.of("X").chance > 0.9
    assert keen.of("X").median_s < 90


def test_a_node_is_known_by_its_own_answers_once_there_are_many():
    slow = [Answer("SLOW", Said.CLAIMED, 900)] * 40
    never = [Answer("NEVER", Said.REFUSED, 60)] * 40
    quick = [Answer("QUICK", Said.CLAIMED, 60)] * 40

    habits = learn(slow + never + quick)

    assert habits.of("NEVER").chance < 0.1
    assert habits.of("SLOW").within(300) < 0.35 < 0.9 < habits.of("QUICK").within(300)


def test_losing_to_a_quicker_one_is_no_refusal():
    quick = [Answer("QUICK", Said.CLAIMED, 20)] * 60
    beaten = [Answer("OTHER", Said.NOTHING, 20)] * 60
    alone = [Answer("OTHER", Said.CLAIMED, 400)] * 10

    assert learn(quick + beaten + alone).of("OTHER").chance > 0.6


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_chance_told_is_the_chance_that_comes_true_and_fewer_are_asked(seed: int):
    """Coverage of the moment by which a claim is due: 95 +- 1 %, with fewer than a fixed number."""
    dice = random.Random(seed)
    town = a_town(dice)
    habits = learn(history(town, dice, 4_000))
    trials, claimed, due, asked, told = 12_000, 0, 0, 0, 0.0
    groups = []
    for _ in range(150):
        near = dice.sample(town, 10)
        groups.append((near, _chosen(near, habits)))
    for n in range(trials):
        near, chosen = groups[n % len(groups)]
        by_s = instant_of(WANTED, lambda s, c=chosen: _within(c, habits, s), DEADLINE_S)
        assert by_s is not None
        _answers, first = shown_to(chosen, dice)
        claimed += first is not None
        due += first is not None and first <= by_s
        asked += len(chosen)
        told += _within(chosen, habits, DEADLINE_S)

    assert due / trials == pytest.approx(WANTED, abs=0.01)
    assert claimed / trials == pytest.approx(told / trials, abs=0.01)
    assert asked / trials < _fixed_number_needed([near for near, _c in groups], dice) - 0.5


def _chosen(near: list[Store], habits: Habits) -> list[Store]:
    """By the rules the nearest is best: the order in which they stand."""
    prospects = [
        Prospect(store.code, habits.of(store.code).within(DEADLINE_S), -place)
        for place, store in enumerate(near)
    ]
    codes = {one.node for one in smallest(prospects, WANTED, 10)}
    return [store for store in near if store.code in codes]


def _within(chosen: list[Store], habits: Habits, seconds: float) -> float:
    return chance_of([Prospect(s.code, habits.of(s.code).within(seconds)) for s in chosen])


def _fixed_number_needed(groups: list[list[Store]], dice: random.Random) -> int:
    """How many of the nearest must always be asked for the same coverage."""
    for size in range(1, 11):
        won = sum(shown_to(near[:size], dice)[1] is not None for near in groups for _ in range(40))
        if won / (40 * len(groups)) >= WANTED:
            return size
    return 11


chances = st.lists(st.floats(0, 1), min_size=1, max_size=7)


@given(chances=chances, wanted=st.floats(0.05, 0.999), most=st.integers(1, 7))
def test_no_smaller_set_would_do(chances: list[float], wanted: float, most: int):
    from itertools import combinations

    prospects = [Prospect(f"S{n}", chance, -n) for n, chance in enumerate(chances)]

    chosen = smallest(prospects, wanted, most)

    assert 1 <= len(chosen) <= min(most, len(chances))
    smaller = [
        way
        for size in range(1, len(chosen))
        for way in combinations(prospects, size)
        if chance_of(way) >= wanted
    ]
    assert smaller == []
    if chance_of(chosen) < wanted:
        assert len(chosen) == min(most, len(chances))
    else:
        same = [w for w in combinations(prospects, len(chosen)) if chance_of(w) >= wanted]
        assert sum(p.score for p in chosen) == max(sum(p.score for p in way) for way in same)
