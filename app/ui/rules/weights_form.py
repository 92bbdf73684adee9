"""What ranks the nodes: a slider for each criterion, with its weight and its share of all."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QSlider, QWidget

from app import formats
from app.domain.policy import Rating
from app.i18n import _
from app.ui.rules.labels import RATINGS, explained
from app.ui.theme import current_theme

Weights = tuple[tuple[Rating, float], ...]
_FINE = 100  # steps of a slider to a weight of one


class WeightsForm(QWidget):
    """A criterion without weight says nothing; what is shown as a share is what counts."""

    changed = Signal(tuple)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._weights: Weights = ()
        self.sliders: dict[Rating, QSlider] = {}
        self.figures: dict[Rating, QDoubleSpinBox] = {}
        self._shares: dict[Rating, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, rating in enumerate(Rating):
            self._add(grid, line, rating)

    def show_weights(self, weights: Weights) -> None:
        """Show these; nothing is told."""
        self._weights = weights
        known = dict(weights)
        highest = max([1.0, *known.values()])
        total = sum(known.values())
        for rating in Rating:
            weight = known.get(rating, 0.0)
            with QSignalBlocker(self.sliders[rating]), QSignalBlocker(self.figures[rating]):
                self.sliders[rating].setMaximum(round(highest * _FINE))
                self.sliders[rating].setValue(round(weight * _FINE))
                self.figures[rating].setValue(weight)
            share = formats.whole_share(weight / total) if total and weight else ""
            self._shares[rating].setText(share)

    def _add(self, grid: QGridLayout, line: int, rating: Rating) -> None:
        text = _(RATINGS[rating.value])
        label = QLabel(text, self)
        slider = self.sliders[rating] = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, _FINE)
        slider.setPageStep(10)
        slider.setAccessibleName(text)
        figure = self.figures[rating] = QDoubleSpinBox(self)
        figure.setRange(0, 1_000)
        figure.setDecimals(2)
        figure.setSingleStep(0.05)
        figure.setKeyboardTracking(False)
        figure.setFixedSize(66, current_theme().tokens.sizes.button)
        figure.setAccessibleName(text)
        share = self._shares[rating] = QLabel(self)
        share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        share.setFixedWidth(current_theme().metrics().horizontalAdvance("100\u00a0%") + 4)
        share.setProperty("role", "label")
        for widget in (label, slider, figure):
            widget.setToolTip(explained("sourcing.rule.weights"))
        slider.valueChanged.connect(lambda at: self._set(rating, at / _FINE))
        figure.valueChanged.connect(lambda value: self._set(rating, value))
        cells: tuple[QWidget, ...] = (label, slider, figure, share)
        for column, cell in enumerate(cells):
            grid.addWidget(cell, line, column)

    def _set(self, rating: Rating, weight: float) -> None:
        """The order in which a file names its criteria stays; a new one comes last."""
        known = dict(self._weights) | {rating: round(weight, 4)}
        self.show_weights(tuple((each, value) for each, value in known.items() if value > 0))
        self.changed.emit(self._weights)
