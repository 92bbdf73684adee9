"""The conditions of the worklist's filter, each a click away: a card under the funnel."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app import formats
from app.i18n import _
from app.ui.icons import icon
from app.ui.orders.columns import MODES
from app.ui.orders.filters import Filter
from app.ui.orders.standing import SIGNS, Standing
from app.ui.orders.work_row import WorkRow
from app.ui.widgets.card import SHADOW, Card
from app.ui.widgets.flat_button import LinkButton

T = TypeVar("T")
_HOURS = (10, 12, 14, 16, 18, 20)
_WEIGHTS_G = (10_000, 20_000, 30_000, 50_000, 100_000)
_MOST_NODES = 18
_ACROSS = 3


class FilterCard(Card):
    """Ticks act at once; the card goes when the person clicks elsewhere."""

    changed = Signal(object)  # the whole filter, its search untouched
    save_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(
            Qt.WindowType.Popup
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        self._filter = Filter()
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 8)

    def open_at(self, corner: QPoint, rows: Sequence[WorkRow], wanted: Filter) -> None:
        """Show the card with its top right corner there; `rows` are those of the view."""
        self._filter = wanted
        self._fill(rows)
        self.adjustSize()
        self.move(corner - QPoint(self.width() - SHADOW, SHADOW - 4))
        self.show()
        self.setFocus()

    def ticks(self) -> list[QCheckBox]:
        """The boxes to tick."""
        return [] if self._body is None else self._body.findChildren(QCheckBox)

    def _fill(self, rows: Sequence[WorkRow]) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.deleteLater()
        self._body = body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for title, ticks in (
            (_("How it goes out"), self._mode_ticks(rows)),
            (_("State"), self._standing_ticks(rows)),
            (_("Node"), self._node_ticks(rows)),
        ):
            if ticks:
                column.addWidget(_heading(title, body))
                column.addLayout(_grid(ticks))
        column.addWidget(_heading(_("Limits"), body))
        column.addLayout(self._limits(body))
        column.addSpacing(4)
        column.addLayout(self._foot(body))
        self._column.addWidget(body)

    def _mode_ticks(self, rows: Sequence[WorkRow]) -> list[QCheckBox]:
        counts = Counter(row.mode for row in rows)
        return [
            self._tick(_(words), counts[mode], mode in self._filter.modes, "modes", mode)
            for mode, (_icon, words) in MODES.items()
            if counts[mode] or mode in self._filter.modes
        ]

    def _standing_ticks(self, rows: Sequence[WorkRow]) -> list[QCheckBox]:
        counts = Counter(row.standing for row in rows)
        wanted = self._filter.standings
        ticks = []
        for standing in Standing:
            if counts[standing] or standing in wanted:
                sign = SIGNS[standing]
                tick = self._tick(
                    _(sign.word), counts[standing], standing in wanted, "standings", standing
                )
                tick.setIcon(icon(sign.icon, sign.tone))
                ticks.append(tick)
        return ticks

    def _node_ticks(self, rows: Sequence[WorkRow]) -> list[QCheckBox]:
        counts = Counter(node for row in rows for node in row.nodes)
        wanted = self._filter.nodes
        most = [node for node, _count in counts.most_common(_MOST_NODES)]
        names = {row.nodes[0]: row.node_name for row in rows if len(row.nodes) == 1}
        ticks = []
        for node in sorted({*most, *wanted}):
            tick = self._tick(node, counts[node], node in wanted, "nodes", node)
            tick.setToolTip(names.get(node, ""))
            ticks.append(tick)
        return ticks

    def _limits(self, body: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        hours = [(None, _("any time")), *((time(h), f"{h:02}:00") for h in _HOURS)]
        before = _choice(body, _("Due before"), hours, self._filter.before)
        before.activated.connect(
            lambda _at: self._become(replace(self._filter, before=before.currentData()))
        )
        weights = [(None, _("any weight")), *((g, formats.weight(g)) for g in _WEIGHTS_G)]
        heavy = _choice(body, _("Weighs at least"), weights, self._filter.heavy_g)
        heavy.activated.connect(
            lambda _at: self._become(replace(self._filter, heavy_g=heavy.currentData()))
        )
        approximate = QCheckBox(_("Approximate address only"), body)
        approximate.setChecked(self._filter.approximate)
        approximate.toggled.connect(lambda on: self._become(replace(self._filter, approximate=on)))
        for line, (label, box) in enumerate(
            ((_("Due before"), before), (_("Weighs at least"), heavy))
        ):
            grid.addWidget(_label(label, body), line, 0)
            grid.addWidget(box, line, 1)
        grid.addWidget(approximate, 2, 0, 1, 2)
        grid.setColumnStretch(2, 1)
        return grid

    def _foot(self, body: QWidget) -> QHBoxLayout:
        foot = QHBoxLayout()
        clear = LinkButton(_("Clear all"), parent=body)
        clear.clicked.connect(self._clear)
        save = LinkButton(_("Save this view…"), parent=body)
        save.clicked.connect(self._save)
        foot.addWidget(clear)
        foot.addStretch(1)
        foot.addWidget(save)
        return foot

    def _tick(self, words: str, count: int, on: bool, field: str, value: object) -> QCheckBox:
        tick = QCheckBox(f"{words}  {formats.number(count)}", self._body)
        tick.setChecked(on)
        tick.toggled.connect(lambda now_on: self._toggle(field, value, now_on))
        return tick

    def _toggle(self, field: str, value: object, on: bool) -> None:
        now: frozenset[object] = getattr(self._filter, field)
        fresh: dict[str, object] = {field: now | {value} if on else now - {value}}
        self._become(replace(self._filter, **fresh))  # type: ignore[arg-type]  # a set's own kind

    def _become(self, wanted: Filter) -> None:
        self._filter = wanted
        self.changed.emit(wanted)

    def _clear(self) -> None:
        self._become(Filter(search=self._filter.search))
        self.close()

    def _save(self) -> None:
        self.close()
        self.save_asked.emit()


def _heading(text: str, parent: QWidget) -> QLabel:
    heading = QLabel(text, parent)
    heading.setProperty("role", "label")
    return heading


def _label(text: str, parent: QWidget) -> QLabel:
    return QLabel(text, parent)


def _grid(ticks: Sequence[QCheckBox]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    across = _ACROSS if len(ticks) > 4 else 2
    for place, tick in enumerate(ticks):
        grid.addWidget(tick, place // across, place % across)
    return grid


def _choice(parent: QWidget, name: str, options: Iterable[tuple[T, str]], chosen: T) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    for value, words in options:
        box.addItem(words, value)
    values = [box.itemData(place) for place in range(box.count())]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    return box
