"""How wide each column is: what gives way first when a table is narrow."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """What a column asks for, in pixels; `leaves` is its turn to go, 0 = it stays."""

    width: int
    least: int
    grows: bool = False
    leaves: int = 0


def fitted_widths(needs: Sequence[Need], room: int) -> tuple[int | None, ...]:
    """A width for each column, or None for those that leave; together no wider than the room.

    Columns first shrink to their least, then leave in their turn. Room to spare goes to those
    that grow. When even the ones that stay do not fit, they keep their least.
    """
    staying = _staying(needs, room)
    spare = room - sum(needs[i].least for i in staying)
    wishes = {i: max(0, needs[i].width - needs[i].least) for i in staying}
    granted = _granted(wishes, spare)
    rest = max(0, spare - sum(granted.values()))
    growing = [i for i in staying if needs[i].grows]
    extra = _granted(dict.fromkeys(growing, rest), rest)
    return tuple(
        needs[i].least + granted[i] + extra.get(i, 0) if i in granted else None
        for i in range(len(needs))
    )


def _staying(needs: Sequence[Need], room: int) -> list[int]:
    staying = list(range(len(needs)))
    by_turn = sorted((i for i in staying if needs[i].leaves), key=lambda i: needs[i].leaves)
    for i in by_turn:
        if sum(needs[j].least for j in staying) <= room:
            break
        staying.remove(i)
    return staying


def _granted(wishes: dict[int, int], spare: int) -> dict[int, int]:
    """Share out the spare pixels in proportion to the wishes, to the last pixel."""
    total = sum(wishes.values())
    if total <= max(0, spare):
        return wishes
    if spare <= 0:
        return dict.fromkeys(wishes, 0)
    granted: dict[int, int] = {}
    wished = given = 0
    for i, wish in wishes.items():
        wished += wish
        granted[i] = wished * spare // total - given
        given += granted[i]
    return granted


def fitting_tabs(widths: Sequence[int], chosen: int, room: int, menu: int) -> tuple[bool, ...]:
    """Which tabs stand in the room: the first ones and the chosen one, the rest in a menu."""
    if sum(widths) <= room:
        return (True,) * len(widths)
    left = room - menu - (widths[chosen] if chosen >= 0 else 0)
    shown = []
    for i, width in enumerate(widths):
        fits = i == chosen or width <= left
        if i != chosen:
            left = left - width if fits else 0
        shown.append(fits)
    return tuple(shown)
