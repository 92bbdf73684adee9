"""What a picture is made of: flat shapes in order, the same for paper and for screens.

Lengths are in the picture's own unit, from its upper left corner, y downwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Spot = tuple[float, float]
Line = tuple[Spot, ...]
Anchor = Literal["start", "middle", "end"]
#: How wide a text is, from its size and whether it is strong.
Measure = Callable[[str, float, bool], float]


@dataclass(frozen=True, slots=True)
class Fill:
    """Filled outlines; where two of them overlap there is a hole."""

    rings: tuple[Line, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """Lines of one look; `dash` is lengths on and off, empty = unbroken."""

    lines: tuple[Line, ...]
    colour: str
    width: float
    dash: tuple[float, ...] = ()
    round_ends: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle, filled, outlined or both."""

    x: float
    y: float
    r: float
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a circle from the top, clockwise; `share` is 0 to 1."""

    x: float
    y: float
    r: float
    share: float
    stroke: str
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled, outlined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """A text whose middle lies at the height of y; `halo` is the colour it stands out by."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    strong: bool = False
    anchor: Anchor = "middle"
    halo: str = ""
    halo_width: float = 2.8
    spacing: float = 0.0


Shape = Fill | Stroke | Disc | Arc | Box | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in the order they are painted; `title` says what there is to see."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""
