"""The list of orders that another node would send."""

from PySide6.QtWidgets import QWidget

from app.operations.joint_words import total
from app.planning.joint.moves import JointSuggestion
from app.ui.tours.joint_rows import columns
from app.ui.tours.moves_view import MovesView


class JointView(MovesView[JointSuggestion]):
    """Shows which orders leave from where a tour passes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(columns(), total, parent)
