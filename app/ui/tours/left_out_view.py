"""The list of what the tours left out, with every vehicle's reason beside it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import formats
from app.i18n import _, n_
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.selection import Selection
from app.ui.theme import current_theme
from app.ui.tours.left_out import LIGHTS, LeftOut, columns, summary_of
from app.ui.tours.remedying import Told
from app.ui.tours.specs import TO_CARRIER
from app.ui.tours.way_line import WayLine
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.key_cap import KeyButton, KeyCap
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table

_REASONS_SHARE, _REASONS_FROM, _REASONS_TO = 0.3, 240, 440


class LeftOutView(QWidget):
    """One line for each shipment; what is picked here is picked everywhere."""

    menu_asked = Signal(QPoint)
    told_of = Signal(str)  # the shipment whose reasons are shown; empty when none are
    way_chosen = Signal(object)  # Told

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._selection = selection
        self._model = RowsModel(columns(), key=lambda one: one.shipment.code, parent=self)
        self.table = rows_table(self._model, self)
        self._reasons = _Reasons(self)
        self._rule = _Rule(self)
        self._footer = Footer(self)
        self._footer.add_button(KeyButton(actions.action(TO_CARRIER.id), primary=True))
        nothing = EmptyState(Icon.DONE, _("No shipment was left out of the tours."))
        self.table.set_empty_state(nothing)
        self._lay_out()
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = round(self.width() * _REASONS_SHARE)
        self._reasons.setFixedWidth(min(_REASONS_TO, max(_REASONS_FROM, wide)))

    def show_left_out(self, everything: tuple[LeftOut, ...]) -> None:
        """Show these shipments instead."""
        self._model.show_rows(everything)
        self._follow()

    def show_remedies(self, shipment: str, remedies: Sequence[Told]) -> None:
        """Tell what would let a vehicle take the shipment, if its reasons are shown."""
        self._reasons.tell_remedies(shipment, remedies)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The right arrow leads from the list to the ways out."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            right = event.key() == Qt.Key.Key_Right and not event.modifiers()
            if right and self._reasons.take_focus():
                return True
        return super().eventFilter(watched, event)

    def orders_of(self, shipments: Iterable[object]) -> list[str]:
        """The orders that these rows stand for, as the list has them."""
        wanted = set(shipments)
        rows = (one for one in self._model.rows() if one.shipment.code in wanted)
        return list(dict.fromkeys(one.order for one in rows))

    def _lay_out(self) -> None:
        self.setFocusProxy(self.table)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.table, 1)
        beside.addWidget(self._rule)
        beside.addWidget(self._reasons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside, 1)
        column.addWidget(self._footer)

    def _connect(self) -> None:
        table = self.table
        table.installEventFilter(self)
        self._reasons.chosen.connect(self.way_chosen)
        self._reasons.left.connect(table.setFocus)
        table.selection_changed.connect(self._picked)
        table.hovered.connect(lambda key: self._selection.hover(self._order_of(key)))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(
            lambda point: self.menu_asked.emit(table.viewport().mapToGlobal(point))
        )
        self._selection.listen(self._follow)
        self._selection.listen_to_hover(self._show_hovered)

    def _picked(self, keys: Iterable[object]) -> None:
        self._selection.choose(self.orders_of(keys))

    def _follow(self) -> None:
        """Choose the rows of what is selected anywhere, and tell why the current one waits."""
        rows, selected = self._model.rows(), self._selection.selected
        chosen = [one for one in rows if one.order in selected]
        self.table.show_chosen([one.shipment.code for one in chosen], reveal=bool(chosen))
        current = next((one for one in chosen if one.order == selected.current), None)
        told_of = current or (chosen[-1] if chosen else None)
        self._reasons.tell(told_of)
        self.told_of.emit("" if told_of is None else told_of.shipment.code)
        self._rule.setVisible(told_of is not None)
        count = n_("{count} selected", "{count} selected", len(chosen))
        told = count.format(count=formats.number(len(chosen))) if chosen else ""
        self._footer.set_summary(summary_of(rows) if rows else "", told)

    def _show_hovered(self) -> None:
        hovered = self._selection.hovered
        keys = (one.shipment.code for one in self._model.rows() if one.order == hovered)
        self.table.show_hovered(next(keys, None))

    def _order_of(self, key: object) -> str:
        found = (one.order for one in self._model.rows() if one.shipment.code == key)
        return next(found, "")


class _Reasons(QScrollArea):
    """Why one shipment was left out, vehicle by vehicle, and the ways out."""

    chosen = Signal(object)  # Told
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Why it was left out"))
        self._told: LeftOut | None = None
        self._remedies: Sequence[Told] = ()
        self._ways: list[WayLine] = []
        self.hide()

    def tell(self, one: LeftOut | None) -> None:
        """Give the reasons of this shipment; none of them when nothing is picked."""
        if one == self._told:
            return
        self._told, self._remedies, self._ways = one, (), []
        self.setVisible(one is not None)
        if one is not None:
            self._show(one)

    def take_focus(self) -> bool:
        """Put the keyboard on the first way out, where there is one."""
        if self._ways:
            self._ways[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(self._ways)

    def tell_remedies(self, shipment: str, remedies: Sequence[Told]) -> None:
        """Add what would help this shipment; nothing where another one is told of by now."""
        one = self._told
        if one is not None and one.shipment.code == shipment and remedies != self._remedies:
            self._remedies = remedies
            self._show(one)

    def _show(self, one: LeftOut) -> None:
        body = self._body(one)
        self.setWidget(body)
        body.setAutoFillBackground(False)  # the scroll area fills whatever it is given

    def _body(self, one: LeftOut) -> QWidget:
        body = QWidget(self)
        padding = current_theme().tokens.sizes.pane_padding
        column = QVBoxLayout(body)
        column.setContentsMargins(padding + 2, padding, padding, padding)
        column.setSpacing(4)
        column.addLayout(self._head(one, body))
        column.addWidget(_words(one.explained, "label", body))
        for reason in one.reasons:
            column.addWidget(_words(reason, "", body))
        if self._remedies:
            column.addSpacing(6)
            column.addLayout(self._ways_head(body))
        self._ways = []
        for told in self._remedies:
            column.addWidget(self._way(told, body))
        column.addStretch(1)
        return body

    def _ways_head(self, body: QWidget) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(_words(_("Ways out, each with its price"), "label", body), 1)
        if any(told.way is not None for told in self._remedies):
            head.addWidget(KeyCap("Right", body))
            head.addWidget(KeyCap("Return", body))
        return head

    def _way(self, told: Told, body: QWidget) -> QWidget:
        """A line that Enter or a click does, where there is something to do."""
        if told.way is None:
            return _words(told.text, "", body)
        line = WayLine(told.text, body)
        line.chosen.connect(lambda: self.chosen.emit(told))
        line.stepped.connect(self._step)
        line.left.connect(self.left)
        self._ways.append(line)
        return line

    def _step(self, by: int) -> None:
        focused = next((n for n, line in enumerate(self._ways) if line.hasFocus()), 0)
        line = self._ways[min(max(0, focused + by), len(self._ways) - 1)]
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(line)

    def _head(self, one: LeftOut, body: QWidget) -> QHBoxLayout:
        icon, tone = LIGHTS[one.colour]
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel(icon, tone, parent=body))
        order = formats.order_number(one.order)
        head.addWidget(Caption(Run(order, strong=True), Run(one.row.customer), gap=8))
        head.addStretch(1)
        return head


class _Rule(QWidget):
    """A line of one pixel between the list and the reasons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), current_theme().colour("border"))


def _words(text: str, role: str, parent: QWidget) -> QLabel:
    """Plain words, never markup, over as many lines as they need."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
