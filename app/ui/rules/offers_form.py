"""How orders are offered: whom, for how long, what follows, and who needs nobody to claim."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.nodes import NodeKind
from app.domain.policy import OfferPolicy
from app.i18n import _
from app.ui.rules import labels
from app.ui.rules.labels import explained
from app.ui.rules.section import Section
from app.ui.rules.ticks import Ticks
from app.ui.rules.values_form import ValuesForm


class OffersForm(QWidget):
    """Each change gives the part anew."""

    changed = Signal(object)  # OfferPolicy

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = OfferPolicy()
        self.values: ValuesForm[OfferPolicy] = ValuesForm(
            OfferPolicy, labels.OFFERS, "offers", self
        )
        self.kinds: Ticks[NodeKind] = Ticks(NodeKind, labels.NODE_KINDS, 4, self)
        self.kinds.setToolTip(explained("offers.claims_itself"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.values)
        title, hint = _("Claim by themselves"), _("nobody need answer there")
        column.addWidget(Section(title, hint, self.kinds, parent=self))
        self.values.changed.connect(self._become)
        self.kinds.changed.connect(
            lambda kinds: self._become(replace(self._part, claims_itself=frozenset(kinds)))
        )

    def show_part(self, part: OfferPolicy) -> None:
        """Show these values."""
        self._part = part
        self.values.show_part(part)
        self.kinds.show_ticked(part.claims_itself)

    def _become(self, part: OfferPolicy) -> None:
        if part != self._part:
            self._part = part
            self.changed.emit(part)
