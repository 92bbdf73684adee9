"""What the pane shows, as values: a card for each link of the thread, and an open link's lines."""

from dataclasses import dataclass

from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.widgets.lines import Layout, Line


@dataclass(frozen=True, slots=True)
class Card:
    """One link on the thread: what was chosen, and by how much it leads or what is wrong."""

    link: Link
    icon: Icon
    choice: str
    beside: str = ""
    tone: str = "text1"


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
