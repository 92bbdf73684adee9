"""Where marks stand that would cover each other: pushed apart, near to their places."""

from collections.abc import Sequence
from math import cos, hypot, sin

from app.drawing import Spot

#: A round thing that stays where it is: its middle and its radius.
Fixed = tuple[float, float, float]

_ROUNDS = 60
#: So much of the way back to its place a mark goes each round.
_HOMEWARD = 0.06
_LAST_ROUNDS = 40
_GOLDEN_ANGLE = 2.399963


def apart(
    places: Sequence[Spot], reach: float, sheet: Spot, fixed: Sequence[Fixed] = ()
) -> list[Spot]:
    """The marks' spots, none nearer than twice the reach to another where there is room.

    Nor within what is fixed. What stands on one place fans out from it; the same places give the
    same spots.
    """
    spots = [_nudged(place, n) for n, place in enumerate(places)]
    for part in range(_ROUNDS + _LAST_ROUNDS):
        pushed = _push(spots, 2 * reach)
        moved = _push_off(spots, fixed, reach) or pushed
        back = _HOMEWARD if moved and part < _ROUNDS else 0.0
        for n, (x, y) in enumerate(spots):
            home_x, home_y = places[n]
            homeward = x + (home_x - x) * back, y + (home_y - y) * back
            spots[n] = _on(sheet, homeward, reach)
        if not moved:
            break
    return spots


def _on(sheet: Spot, spot: Spot, reach: float) -> Spot:
    """The spot, or the nearest to it where the mark lies wholly on the sheet."""
    return (
        min(max(spot[0], reach), max(reach, sheet[0] - reach)),
        min(max(spot[1], reach), max(reach, sheet[1] - reach)),
    )


def _nudged(place: Spot, n: int) -> Spot:
    """Two marks on one place need a direction to part in."""
    return place[0] + 0.01 * cos(n * _GOLDEN_ANGLE), place[1] + 0.01 * sin(n * _GOLDEN_ANGLE)


def _push(spots: list[Spot], room: float) -> bool:
    """Part every pair that stands too close by half of what is missing each; whether any did."""
    moved = False
    order = sorted(range(len(spots)), key=lambda n: spots[n][0])
    for position, one in enumerate(order):
        for other in order[position + 1 :]:
            across = spots[other][0] - spots[one][0]
            if across > 2 * room:
                break
            down = spots[other][1] - spots[one][1]
            if across == down == 0:
                across, down = 0.01 * cos(one), 0.01 * sin(one)
            away = hypot(across, down)
            if away >= room - 0.05:
                continue
            half = (room - away) / 2 / away
            spots[one] = spots[one][0] - across * half, spots[one][1] - down * half
            spots[other] = spots[other][0] + across * half, spots[other][1] + down * half
            moved = True
    return moved


def _push_off(spots: list[Spot], fixed: Sequence[Fixed], reach: float) -> bool:
    """Move every mark off what stays where it is; whether any had to."""
    moved = False
    for n in range(len(spots)):
        for fixed_x, fixed_y, radius in fixed:
            across, down = spots[n][0] - fixed_x, spots[n][1] - fixed_y
            away, room = hypot(across, down), radius + reach
            if 0 < away < room - 0.05:
                spots[n] = fixed_x + across * room / away, fixed_y + down * room / away
                moved = True
    return moved
