"""Lines whose cells, columns and links are plain values: for details, price lists, summaries."""

from dataclasses import dataclass
from enum import Enum, auto

from app.ui.widgets.looks import Align, Look


class Leads(Enum):
    """What following a line does."""

    TO_ORDERS = auto()  # selects them, in every pane
    TO_NODE = auto()  # brings the node into view
    UNFOLD = auto()  # shows or hides what the line is made of


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line leads: order codes, a node, or the key of what it unfolds."""

    leads: Leads
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a line; `tip` says what the short form leaves out."""

    text: str = ""
    look: Look | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an open link; its cells stand in the order of the layout's slots."""

    key: str
    cells: tuple[Cell, ...]
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of a layout; title and hint are marked with `N_`."""

    name: str
    title: str
    width: int
    least: int = 0
    align: Align = Align.LEFT
    grows: bool = False
    leaves: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of lines; without titles there is no header."""

    name: str
    slots: tuple[Slot, ...]
    titled: bool = True
