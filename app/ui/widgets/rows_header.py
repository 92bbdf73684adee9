"""How a table's header is painted: small, semibold, with the sort arrow after its word."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.theme import Theme
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.rows import SHORT_TITLE
from app.ui.widgets.text_runs import elided

_ARROW = 7
_Role = Qt.ItemDataRole


class RowsHeader(QHeaderView):
    """Column titles, aligned like their columns."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setFixedHeight(theme.tokens.sizes.header)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setSortIndicatorClearable(False)
        self.setMinimumSectionSize(22)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        painter.save()
        painter.fillRect(rect, self._theme.colour("surface1"))
        paint_edges(painter, rect, self._theme.colour("border"), "bottom")
        padding = self._theme.tokens.sizes.cell_padding
        self._paint_title(painter, rect.adjusted(padding, 0, -padding, -1), logicalIndex)
        painter.restore()

    def needed_width(self, column: int) -> int:
        """The room the column's title takes, in short if it has a short one."""
        sizes = self._theme.tokens.sizes
        arrow = _ARROW + 3 if self.sortIndicatorSection() == column else 0
        title = self._title(column, SHORT_TITLE) or self._title(column, _Role.DisplayRole)
        metrics = self._theme.metrics(self._theme.tokens.type.small, strong=True)
        return metrics.horizontalAdvance(title) + arrow + 2 * sizes.cell_padding if title else 0

    def _title(self, column: int, role: int) -> str:
        return self.model().headerData(column, Qt.Orientation.Horizontal, role) or ""

    def _fitting_title(self, column: int, room: int) -> str:
        metrics = self._theme.metrics(self._theme.tokens.type.small, strong=True)
        title = self._title(column, _Role.DisplayRole)
        brief = self._title(column, SHORT_TITLE)
        if brief and metrics.horizontalAdvance(title) > room:
            title = brief
        return elided(metrics, title, room)

    def _paint_title(self, painter: QPainter, room: QRect, column: int) -> None:
        small = self._theme.tokens.type.small
        metrics = self._theme.metrics(small, strong=True)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == column
        arrow = _ARROW + 3 if sorted_by else 0
        text = self._fitting_title(column, room.width() - arrow)
        alignment = self.model().headerData(
            column, Qt.Orientation.Horizontal, _Role.TextAlignmentRole
        )
        width = metrics.horizontalAdvance(text) + arrow
        left = room.x()
        if alignment & Qt.AlignmentFlag.AlignRight:
            left = room.right() + 1 - width
        elif alignment & Qt.AlignmentFlag.AlignHCenter:
            left += (room.width() - width) // 2
        painter.setFont(self._theme.font(small, strong=True))
        painter.setPen(self._theme.colour("text2"))
        baseline = room.y() + (room.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(left, baseline, text)
        if sorted_by:
            self._paint_arrow(painter, left + width - _ARROW, room)

    def _paint_arrow(self, painter: QPainter, left: int, room: QRect) -> None:
        middle = room.center().y() + 0.5
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        foot, tip = (middle + 3, middle - 3) if up else (middle - 3, middle + 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("text2"))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, foot),
                    QPointF(left + _ARROW, foot),
                    QPointF(left + _ARROW / 2, tip),
                ]
            )
        )
