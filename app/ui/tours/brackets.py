"""How the windows of a tour are packed under its lane: as few mini-lanes as they need."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.ui.tours.lanes import Bar

_APART_S = 300  # two brackets on one mini-lane do not touch


@dataclass(frozen=True, slots=True)
class Bracket:
    """One span of time in which stops may begin; `row` is its mini-lane, from the top."""

    opens_s: int
    closes_s: int
    row: int
    bars: tuple[Bar, ...]


def brackets_of(bars: Iterable[Bar]) -> tuple[Bracket, ...]:
    """The windows of these stops; stops with one window share its bracket."""
    by_window: dict[tuple[int, int], list[Bar]] = {}
    for bar in bars:
        if bar.opens_s is not None and bar.closes_s is not None:
            by_window.setdefault((bar.opens_s, bar.closes_s), []).append(bar)
    free_from: list[int] = []
    packed = []
    for (opens_s, closes_s), inside in sorted(by_window.items()):
        row = next((r for r, free_s in enumerate(free_from) if free_s <= opens_s), len(free_from))
        if row == len(free_from):
            free_from.append(0)
        free_from[row] = closes_s + _APART_S
        packed.append(Bracket(opens_s, closes_s, row, tuple(inside)))
    return tuple(packed)
