"""The day in figures, over all panes: each is a number, its unit, what it is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QSizePolicy, QWidget

from app.ui.theme import current_theme
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Badge
from app.ui.widgets.marks import BADGE_HEIGHT, badge_width, paint_badge
from app.ui.widgets.strip import Strip

_PADDING = 12
_GAP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One figure of the day; texts are already in the person's language."""

    name: str
    label: str
    value: str
    unit: str = ""  # small, beside the value, also where room is short
    comparison: str = ""  # small, left out where room is short
    badge: Badge | None = None
    short_badge: str = ""  # the badge's text where room is short; the same when absent
    short_value: str = ""  # the value where room is short; the same when absent
    tooltip: str = ""
    filters: bool = True  # a click shows only what is counted here
    joins: bool = False  # shares a chip with the one before it where room is short


def compact(kpis: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """The same figures for a narrow window: shorter, and joined where they may be."""
    chips: list[Kpi] = []
    for kpi in kpis:
        short = _shortened(kpi)
        if kpi.joins and chips:
            first = chips[-1]
            label = f"{first.label} · {kpi.label[:1].lower()}{kpi.label[1:]}"
            unit = "  ".join(filter(None, (first.unit, short.value, short.unit)))
            chips[-1] = replace(first, label=label, unit=unit)
        else:
            chips.append(short)
    return tuple(chips)


def _shortened(kpi: Kpi) -> Kpi:
    badge = kpi.badge
    if badge is not None and kpi.short_badge:
        badge = replace(badge, text=kpi.short_badge)
    return replace(kpi, value=kpi.short_value or kpi.value, comparison="", badge=badge)


class KpiBar(Strip):
    """Chips that filter: a click on one chooses its name, a second click frees."""

    filter_changed = Signal(str)  # the name of a figure, or "" when freed

    def __init__(self, parent: QWidget | None = None) -> None:
        look = current_theme().tokens
        super().__init__(look.sizes.kpi_bar, surface="surface0", parent=parent)
        self._kpis: tuple[Kpi, ...] = ()
        self._active = ""
        self._compact = False
        self._chips: list[_Chip] = []
        self._corner = QHBoxLayout()
        self._corner.setContentsMargins(8, 0, 12, 0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1)
        self._row.setSpacing(0)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)
        self._row.addLayout(self._corner)

    def show_kpis(self, kpis: Sequence[Kpi]) -> None:
        """Show these figures; chips that stay keep the focus."""
        self._kpis = tuple(kpis)
        self._show()

    def set_active(self, name: str) -> None:
        """Mark the figure whose filter is on, without a signal; "" for none."""
        self._active = name
        for chip in self._chips:
            chip.setChecked(chip.kpi.name == name)

    @property
    def active(self) -> str:
        """The figure whose filter is on, or ""."""
        return self._active

    def set_corner(self, widget: QWidget) -> None:
        """Put a sign at the right end: online, offline."""
        self._corner.addWidget(widget)

    @property
    def compact(self) -> bool:
        """Whether figures are shortened and joined for want of room."""
        return self._compact

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        room = self.width() - self._corner.sizeHint().width()
        self._compact = sum(chip_width(kpi) for kpi in self._kpis) > room
        shown = compact(self._kpis) if self._compact else self._kpis
        while len(self._chips) < len(shown):
            self._add_chip()
        for chip, kpi in zip(self._chips, shown, strict=False):
            chip.show_kpi(kpi)
            chip.setChecked(bool(self._active) and kpi.name == self._active)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(shown))

    def _add_chip(self) -> None:
        chip = _Chip(self)
        chip.clicked.connect(lambda: self._toggle(chip))
        self._row.insertWidget(len(self._chips), chip)
        self._chips.append(chip)

    def _toggle(self, chip: "_Chip") -> None:
        if not chip.kpi.filters:
            return
        self.set_active(chip.kpi.name if chip.isChecked() else "")
        self.filter_changed.emit(self._active)


def chip_width(kpi: Kpi) -> int:
    """The room a figure takes."""
    theme = current_theme()
    sizes = theme.tokens.type
    width = theme.metrics(sizes.kpi, strong=True).horizontalAdvance(kpi.value)
    if kpi.badge is not None:
        width += _GAP + badge_width(theme, kpi.badge)
    for text in filter(None, (kpi.unit, kpi.comparison)):
        width += _GAP + theme.metrics(sizes.small).horizontalAdvance(text)
    label = theme.metrics(sizes.small).horizontalAdvance(kpi.label)
    return max(width, label) + 2 * _PADDING + 1


class _Chip(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kpi = Kpi(name="", label="", value="")
        self._theme = current_theme()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_kpi(self, kpi: Kpi) -> None:
        self.kpi = kpi
        self.setCheckable(kpi.filters)
        focus = Qt.FocusPolicy.TabFocus if kpi.filters else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        said = [kpi.value, kpi.unit, kpi.badge.text if kpi.badge else "", kpi.comparison]
        self.setAccessibleName(f"{kpi.label}: {' '.join(filter(None, said))}")
        self.setToolTip(kpi.tooltip)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.kpi), self._theme.tokens.sizes.kpi_bar - 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_ground(painter)
            left = _PADDING
            small = self._theme.tokens.type.small
            painter.setFont(self._theme.font(small))
            painter.setPen(self._theme.colour("text2"))
            painter.drawText(left, 15, self.kpi.label)
            self._paint_figure(painter, left)

    def _paint_ground(self, painter: QPainter) -> None:
        box = self.rect().adjusted(0, 0, -1, 0)
        if self.isChecked():
            painter.fillRect(box, self._theme.colour("accent_tint"))
            line = self._theme.tokens.sizes.focus_line
            painter.fillRect(
                QRect(0, self.height() - line, box.width(), line), self._theme.colour("accent")
            )
        elif self.underMouse() and self.kpi.filters:
            painter.fillRect(box, self._theme.colour("hover"))
        paint_edges(painter, self.rect(), self._theme.colour("border_subtle"), "right")
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_figure(self, painter: QPainter, left: int) -> None:
        sizes = self._theme.tokens.type
        baseline = 35
        painter.setFont(self._theme.font(sizes.kpi, strong=True))
        painter.setPen(self._theme.colour("text1"))
        painter.drawText(left, baseline, self.kpi.value)
        left += self._theme.metrics(sizes.kpi, strong=True).horizontalAdvance(self.kpi.value) + _GAP
        if self.kpi.badge is not None:
            room = QRect(left, baseline - 11, self.width() - left, BADGE_HEIGHT)
            left += paint_badge(painter, room, self._theme, self.kpi.badge) + _GAP
        painter.setFont(self._theme.font(sizes.small))
        for text, tone in ((self.kpi.unit, "text2"), (self.kpi.comparison, "text3")):
            if text:
                painter.setPen(self._theme.colour(tone))
                painter.drawText(left, baseline, text)
                left += self._theme.metrics(sizes.small).horizontalAdvance(text) + _GAP
