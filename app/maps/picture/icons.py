"""The map's icons as filled outlines of straight pieces, so that paper can draw them too."""

import re
from functools import cache

from app.drawing import Fill, Line, Spot
from app.maps.icons import icons

_GRID = 24.0
_PIECES = 6
_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "Z": 0}


def icon(name: str, x: float, y: float, size: float, colour: str) -> Fill:
    """An icon whose middle lies at (x, y)."""
    step = size / _GRID
    left, top = x - size / 2, y - size / 2
    rings = tuple(
        tuple((round(left + a * step, 2), round(top + b * step, 2)) for a, b in ring)
        for ring in outlines(icons()[name])
    )
    return Fill(rings, colour)


@cache
def outlines(path: str) -> tuple[Line, ...]:
    """SVG path data (M, L, H, V, Q and Z, all absolute) as closed lines on its grid.

    Raises:
        ValueError: the path uses another command.
    """
    rings: list[list[Spot]] = []
    for command, numbers in _commands(path):
        if command == "M":
            rings.append([(numbers[0], numbers[1])])
        elif command != "Z":
            rings[-1] += _drawn(command, numbers, rings[-1][-1])
    return tuple(tuple(ring) for ring in rings)


def _drawn(command: str, numbers: list[float], at: Spot) -> list[Spot]:
    if command == "H":
        return [(numbers[0], at[1])]
    if command == "V":
        return [(at[0], numbers[0])]
    if command == "Q":
        return _curve(at, (numbers[0], numbers[1]), (numbers[2], numbers[3]))
    return [(numbers[0], numbers[1])]


def _curve(start: Spot, bend: Spot, end: Spot) -> list[Spot]:
    spots = []
    for piece in range(1, _PIECES + 1):
        share = piece / _PIECES
        rest = 1 - share
        x, y = (
            rest * rest * a + 2 * rest * share * b + share * share * c
            for a, b, c in zip(start, bend, end, strict=True)
        )
        spots.append((x, y))
    return spots


def _commands(path: str) -> list[tuple[str, list[float]]]:
    """The path's commands; numbers without a letter repeat the one before."""
    found: list[tuple[str, list[float]]] = []
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(path):
        if token.isalpha():
            if token not in _COUNT:
                raise ValueError(f"an icon's outline may not use {token}")
            command, numbers = token, []
        else:
            numbers.append(float(token))
        if len(numbers) == _COUNT[command]:
            found.append((command, numbers))
            numbers = []
            command = "L" if command == "M" else command
    return found
