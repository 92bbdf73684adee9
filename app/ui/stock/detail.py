"""The line a person stands on, told in full: on the right of the window."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app import formats
from app.domain.nodes import NodeKind
from app.i18n import _
from app.ui.icons import Icon
from app.ui.stock.columns import Terms, age
from app.ui.stock.detail_lines import (
    DATES,
    HOLDERS,
    MOVES,
    SPREAD,
    SUM,
    date_lines,
    holder_lines,
    move_lines,
    spread_lines,
    sum_lines,
)
from app.ui.stock.lines import StockLine
from app.ui.stock.picture import is_old
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.flat_button import LinkButton
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.lines import Layout, Leads, Target
from app.ui.widgets.lines_table import LinesTable
from app.ui.widgets.looks import Run
from db.queries.stock import Holder
from db.queries.stock_history import Movement

_WIDTH = 304
_MOST = 200  # cells told of a line that adds up thousands
_MOST_MOVES = 12  # the latest of a cell's history


class StockDetail(QWidget):
    """The sum behind the figure, then who holds it, or where it lies."""

    order_asked = Signal(str)
    cell_asked = Signal(str, str)  # node, sku
    count_asked = Signal()  # somebody counted the cell that is shown

    def __init__(self, terms: Terms, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._terms = terms
        self.line: StockLine | None = None
        self._title = Caption(parent=self)
        self._about = Caption(parent=self)
        self._counted = Caption(parent=self)
        self._nothing = QLabel(self)
        self.sums = LinesTable(SUM, self)
        self.count = LinkButton(_("Count…"), meaning=Icon.WAREHOUSE, parent=self)
        self.count.setToolTip(_("Say how many pieces are really there"))
        self.count.clicked.connect(self.count_asked)
        self._tables: list[LinesTable] = []  # those below the sum, made when there is need
        self._below = QVBoxLayout()
        self._lay_out()
        self.show_line(None)

    def show_line(self, line: StockLine | None) -> None:
        """Tell of this line; `show_holders` follows for a single cell."""
        same = line is not None and self.line is not None and line.key == self.line.key
        self.line = line
        for widget in (self._title, self._about, self._counted, self.sums):
            widget.setVisible(line is not None)
        self._nothing.setVisible(line is None)
        self.count.setVisible(line is not None and bool(line.node and line.sku))
        if not same:
            self._hide_below()
        if line is None:
            return
        title = " · ".join(filter(None, (line.node, line.sku)))
        about = " · ".join(filter(None, (line.node_name, line.label)))
        self._title.set_runs(Run(title, strong=True))
        self._about.set_runs(Run(about, "text2"))
        self._say_counted(line)
        self.sums.show_lines(sum_lines(line, self._terms))

    def show_holders(self, holders: Sequence[Holder]) -> None:
        """The shipments that hold pieces of the cell."""
        self.holders.show_lines(holder_lines(holders, self._terms))
        self.holders.setVisible(bool(holders))

    def show_dates(self, kind: NodeKind) -> None:
        """What may be promised of the cell by when, at a node of a kind."""
        if self.line is not None and len(self.line.cells) == 1:
            self.dates.show_lines(date_lines(self.line.cells[0], kind, self._terms))
            self.dates.show()

    def show_moves(self, movements: Sequence[Movement]) -> None:
        """What happened to the cell."""
        self.moves.show_lines(move_lines(movements[:_MOST_MOVES], self._terms))
        self.moves.setVisible(bool(movements))

    def show_spread(self, names: dict[str, str]) -> None:
        """The cells that the line adds up; names are by node, or by product."""
        self._hide_below()
        if self.line is not None:
            self.spread.show_lines(spread_lines(self.line, names)[:_MOST])
            self.spread.show()

    @cached_property
    def holders(self) -> LinesTable:
        """The shipments that hold pieces."""
        return self._table(HOLDERS)

    @cached_property
    def dates(self) -> LinesTable:
        """What may be promised by when."""
        return self._table(DATES)

    @cached_property
    def moves(self) -> LinesTable:
        """Who moved which counter."""
        return self._table(MOVES)

    @cached_property
    def spread(self) -> LinesTable:
        """The cells that a line adds up."""
        return self._table(SPREAD)

    def _table(self, layout: Layout) -> LinesTable:
        table = LinesTable(layout, self)
        table.followed.connect(self._follow)
        table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        table.hide()
        self._tables.append(table)
        self._below.insertWidget(len(self._tables) - 1, table)
        return table

    def _hide_below(self) -> None:
        for table in self._tables:
            table.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("surface0"))
            paint_edges(painter, self.rect(), self._theme.colour("border"), "left")

    def _say_counted(self, line: StockLine) -> None:
        old = is_old(line, self._terms.old_before())
        if line.as_of is None:
            said = _("Nobody knows when this was counted.")
        else:
            said = _("Counted {moment}, {age} ago").format(
                moment=formats.short_moment(line.as_of, self._terms.zone()),
                age=age(line, self._terms.now()),
            )
        self._counted.set_runs(Run(said, "warn" if old else "text3", small=True))

    def _follow(self, target: Target) -> None:
        if target.leads is Leads.TO_ORDERS:
            self.order_asked.emit(target.codes[0])
        else:
            self.cell_asked.emit(*target.codes)

    def _scrolled(self) -> QScrollArea:
        """What stands below the sum, as long as it needs in as much room as there is."""
        inside = QWidget()
        inside.setLayout(self._below)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(0)
        self._below.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        for each in (inside, area.viewport()):
            each.setAutoFillBackground(False)
        return area

    def _lay_out(self) -> None:
        self._nothing.setText(_("Stand on a line to see what its figure is made of."))
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("role", "label")
        head = QVBoxLayout()
        head.setContentsMargins(6, 10, 6, 6)
        head.setSpacing(4)
        for widget in (self._nothing, self._title, self._about, self._counted):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.sums)
        column.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(self._scrolled(), 1)
        self.setFixedWidth(_WIDTH)
