"""What a cell shows, as data: words, a mark, a chip, a badge or a meter; delegates paint it."""

from dataclasses import dataclass
from enum import Enum, auto

from app.ui.icons import Icon


class Align(Enum):
    """Words stand left, figures right, marks in the middle."""

    LEFT = auto()
    RIGHT = auto()
    CENTRE = auto()


class Elide(Enum):
    """Where a text that is too long gives way: codes in the middle, names at the end."""

    END = auto()
    MIDDLE = auto()
    NEVER = auto()  # figures: a truncated number is a lie


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight and tone; tones are colour tokens."""

    text: str
    tone: str = "text1"
    strong: bool = False
    small: bool = False
    width: int = 0  # takes at least this room, so that what follows stands in a column
    drops: bool = False  # left out where the column is nearer its least than its width


@dataclass(frozen=True, slots=True)
class Words:
    """Text, perhaps in several runs; `spills` lets it run over empty cells on its right."""

    runs: tuple[Run, ...]
    elide: Elide = Elide.END
    spills: bool = False
    gap: int = 4  # px between runs


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon alone; the column's text says the same in words."""

    icon: Icon
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class TourChip:
    """A tour's number on its colour; `words` follow it in small type."""

    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A short status on its own tint; `status` is one of the six status tokens."""

    text: str
    status: str
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """A bar with its figure; `fill` and `tone` are colour tokens."""

    fraction: float
    figure: str
    fill: str = "text3"
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing; a neighbour's words may spill here."""


Look = Words | Mark | TourChip | Badge | Meter | Blank


def words(text: str, tone: str = "text1", *, strong: bool = False, small: bool = False) -> Words:
    """Plain words of one kind."""
    return Words((Run(text, tone, strong=strong, small=small),))


def figure(text: str, tone: str = "text1", *, strong: bool = False) -> Words:
    """A number, which is never cut."""
    return Words((Run(text, tone, strong=strong),), elide=Elide.NEVER)
