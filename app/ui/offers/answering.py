"""Note what a node said: it takes an order, all or in part, or why not; how far it has come."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import formats
from app.domain.offers import ABOUT_STOCK, DeclineReason, Offer, Shortfall, WorkState
from app.domain.orders import OrderLine
from app.i18n import _
from app.ui.icons import Icon
from app.ui.offers.deeds import Deeds
from app.ui.session import Session
from app.ui.widgets.caption import Caption
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.looks import Run
from app.wording.offers import DECLINES, WORK
from db.queries.board import OrderRow

_TAKES, _SEEN = "takes", "seen"
_AFTER = (WorkState.PREPARING, WorkState.READY, WorkState.HANDED_OVER)
_WIDTH = 420


class AnswerWindow(QDialog):
    """One node, one answer; figures for the lines where the answer asks for them."""

    def __init__(
        self, session: Session, row: OrderRow, offer: Offer, deeds: Deeds, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Note an answer"))
        self.setMinimumWidth(_WIDTH)
        self._offer, self._deeds = offer, deeds
        names = {node.code: node.name for node in session.board.nodes}
        self.node, self.answer = QComboBox(self), QComboBox(self)
        asked = [one.node for one in offer.awaited] if offer.is_open else [offer.winner]
        for node in asked:
            self.node.addItem(f"{node} {names.get(node, '')}".strip(), node)
        for said, words in self._answers():
            self.answer.addItem(words, said)
        self.pieces = {line.sku: self._pieces(line) for line in self._offer.lines}
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(_("a remark"))
        self._form = QFormLayout()
        self._foot = Footer(self)
        self.keep = self._make_action()
        self._lay_out(row)
        self.answer.currentIndexChanged.connect(lambda _at: self._suit())
        self._suit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep.trigger()
        else:
            super().keyPressEvent(event)

    def _answers(self) -> Iterator[tuple[str, str]]:
        """What can be said: to an open offer, or of what was taken."""
        if self._offer.is_open:
            yield _TAKES, _("takes it")
            yield _SEEN, _("has seen it")
            no = _("refuses: {reason}")
        else:
            yield from ((state.value, _(WORK[state.value])) for state in _AFTER)
            no = _("gives it back: {reason}")
        for reason in DeclineReason:
            yield reason.value, no.format(reason=_(DECLINES[reason.value]))

    def _pieces(self, line: OrderLine) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, line.quantity)
        box.setValue(line.quantity)
        box.setAccessibleName(line.sku)
        return box

    def _make_action(self) -> QAction:
        action = QAction(_("Note it"), self)
        action.setShortcut("Return")
        action.setProperty(ICON_PROPERTY, Icon.ACCEPT.value)
        action.triggered.connect(lambda _on=False: self._do())
        self.addAction(action)
        return action

    def _lay_out(self, row: OrderRow) -> None:
        head = Caption(
            Run(formats.order_number(row.code), strong=True),
            Run(row.customer),
            Run(row.town, "text2"),
            gap=8,
            parent=self,
        )
        self._form.setContentsMargins(12, 4, 12, 12)
        self._form.setVerticalSpacing(8)
        self._form.addRow(_("Node"), self.node)
        self._form.addRow(_("Answer"), self.answer)
        for line in self._offer.lines:
            self._form.addRow(line.sku, self.pieces[line.sku])
        self._form.addRow(_("Remark"), self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(top)
        column.addLayout(self._form)
        column.addStretch(1)
        column.addWidget(self._foot)
        self._foot.add_button(KeyButton(self.keep, primary=True, parent=self))

    def _suit(self) -> None:
        """Ask for figures only where they mean something: taken in part, or fewer than thought."""
        said = str(self.answer.currentData())
        whole = said == _TAKES
        for line in self._offer.lines:
            box = self.pieces[line.sku]
            self._form.setRowVisible(box, whole or said in list(ABOUT_STOCK))
            box.setValue(line.quantity if whole else 0)
            box.setSuffix(_(" taken") if whole else _(" there"))
        self._form.setRowVisible(self.note, said in list(DeclineReason))

    def _do(self) -> None:
        node, said = str(self.node.currentData() or ""), str(self.answer.currentData())
        if node:
            self._note(node, said)
            self.accept()

    def _note(self, node: str, said: str) -> None:
        deeds, order = self._deeds, self._offer.order
        if said == _SEEN:
            deeds.see(order, node)
        elif said == _TAKES:
            deeds.claim(order, node, self._taken())
        elif said in list(_AFTER):
            deeds.advance(order, node, WorkState(said))
        else:
            reason = DeclineReason(said)
            no = deeds.decline if self._offer.is_open else deeds.give_back
            no(order, node, reason, self._missing(reason), self.note.text())

    def _taken(self) -> Sequence[OrderLine]:
        """The lines taken in part; nothing when it takes all that is offered."""
        counted = [(line, self.pieces[line.sku].value()) for line in self._offer.lines]
        if all(pieces == line.quantity for line, pieces in counted):
            return ()
        return tuple(OrderLine(line.sku, pieces) for line, pieces in counted if pieces)

    def _missing(self, reason: DeclineReason) -> Sequence[Shortfall]:
        """The products that are not there in full, with what was found.

        Where nothing at all is there of an order that was taken, it is given back whole.
        """
        if reason not in ABOUT_STOCK:
            return ()
        counted = [(line, self.pieces[line.sku].value()) for line in self._offer.lines]
        short = [(line, pieces) for line, pieces in counted if pieces < line.quantity]
        return tuple(Shortfall(line.sku, pieces) for line, pieces in short)
