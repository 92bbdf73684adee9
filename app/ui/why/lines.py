"""What the pane shows, as values: a card for each link of the thread, and an open link's lines."""

from dataclasses import dataclass
from enum import Enum, auto

from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Look


@dataclass(frozen=True, slots=True)
class Card:
    """One link on the thread: what was chosen, and by how much it leads or what is wrong."""

    link: Link
    icon: Icon
    choice: str
    beside: str = ""
    tone: str = "text1"


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


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence under the lines."""

    icon: Icon
    text: str
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class Detail:
    """An open link: a heading, its lines and what is said of it as a whole.

    `at` is the key of the line to bring into view.
    """

    title: str
    layout: Layout
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    aside: str = ""
    at: str = ""
