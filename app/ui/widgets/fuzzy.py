"""Which texts answer to a few typed letters, best first."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
_ON_ITS_OWN, _NEXT, _WORD_START = -1, 5, 6  # what a letter is worth by where it stands
_ENOUGH = 2  # worth per letter below which a find is an accident


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text answers, and which of its letters did."""

    score: int
    places: tuple[int, ...] = ()


def match(query: str, text: str) -> Match | None:
    """Find the query's letters in order; accents, case and spaces make no difference."""
    wanted = [_folded(char) for char in query if not char.isspace()]
    if not wanted:
        return Match(0)
    places = [place for place, char in enumerate(text) if not char.isspace()]
    best: dict[int, Match] = {-1: Match(0)}
    for letter in wanted:
        best = _next_letter(letter, text, places, best)
        if not best:
            return None
    found = max(best.values(), key=lambda each: each.score)
    return found if found.score >= _ENOUGH * len(wanted) else None


def ranked(query: str, items: Iterable[tuple[Item, Sequence[str]]]) -> list[tuple[Item, Match]]:
    """The items that answer, best first; each is found by its first text or by one of the others.

    Only letters of the first text are marked; other texts count a little less.
    """
    found: list[tuple[Item, Match, int]] = []
    for item, texts in items:
        own = match(query, texts[0])
        others = [other for text in texts[1:] if (other := match(query, text))]
        best_other = max((other.score for other in others), default=None)
        if own is not None:
            found.append((item, own, len(texts[0])))
        elif best_other is not None:
            found.append((item, Match(best_other // 2), len(texts[0])))
    if query.strip():
        found.sort(key=lambda each: (-each[1].score, each[2]))
    return [(item, how) for item, how, _length in found]


def _next_letter(
    letter: str, text: str, places: list[int], before: dict[int, Match]
) -> dict[int, Match]:
    """The best way to stand at each place where this letter can stand."""
    after: dict[int, Match] = {}
    best_so_far = before.get(-1)
    previous = -1
    for place in places:
        if _folded(text[place]) == letter:
            ways = [_standing(best_so_far, place, text)]
            if previous >= 0:
                ways.append(_following(before.get(previous), place))
            known = [way for way in ways if way is not None]
            if known:
                after[place] = max(known, key=lambda way: way.score)
        here = before.get(place)
        if here is not None and (best_so_far is None or here.score > best_so_far.score):
            best_so_far = here
        previous = place
    return after


def _standing(before: Match | None, place: int, text: str) -> Match | None:
    if before is None:
        return None
    starts = place == 0 or not text[place - 1].isalnum()
    worth = _WORD_START if starts else _ON_ITS_OWN
    return Match(before.score + worth, (*before.places, place))


def _following(before: Match | None, place: int) -> Match | None:
    return before and Match(before.score + _NEXT, (*before.places, place))


def _folded(char: str) -> str:
    return unicodedata.normalize("NFKD", char.casefold())[:1]
