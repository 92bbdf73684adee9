"""The list of a gentle re-optimisation's moves, with how much they may change over it."""

from PySide6.QtWidgets import QWidget

from app.operations.gentle_words import total
from app.planning.tours.gentle import Suggestion
from app.ui.tours.gentle_head import GentleHead
from app.ui.tours.gentle_rows import columns
from app.ui.tours.moves_view import MovesView


class GentleView(MovesView[Suggestion]):
    """Shows which stops go to which tours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(columns(), total, parent)
        self.head = GentleHead(self)
        self.column.insertWidget(0, self.head)
