"""The stock window: every product at every node, what holds it, and what may be promised when."""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QSignalBlocker, QSize
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import formats
from app.domain.nodes import NodeKind
from app.i18n import _, n_
from app.operations.stock_counts import count_stock
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.stock.count_card import CountCard
from app.ui.stock.detail import StockDetail
from app.ui.stock.explorer import Explorer
from app.ui.stock.head import StockHead
from app.ui.stock.lines import Key, StockLine
from app.ui.stock.model import StockModel
from app.ui.stock.picture import Grouping, Only, Picture
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import KeyButton
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.side_window import SideWindow
from app.ui.widgets.view_tabs import SavedView, ViewTabs
from db.queries.stock import Holder
from db.queries.stock_history import Movement

_LEAST = QSize(900, 420)


class StockWindow(SideWindow):
    """Stays open beside the desk and follows it; `take_in` is the action that imports."""

    def __init__(self, session: Session, take_in: QAction | None, parent: QWidget) -> None:
        super().__init__("stock", _("Stock"), QSize(1340, 700), parent)
        self._session = session
        self._take_in = take_in
        self._wanted: Key | None = None  # to stand on once it is shown
        self.explorer = Explorer(session, self)
        self.head = StockHead(self)
        self.tabs = ViewTabs(self)
        self.model = StockModel(self.explorer.terms, self)
        self.table = rows_table(self.model, self)
        self.detail = StockDetail(self.explorer.terms, self)
        self._empty = EmptyState(Icon.STORE, "", take_in, self)
        self._foot = Footer(self)
        self._lay_out()
        self._connect()
        self._show_tabs(self.explorer.picture)

    def go_to(self, node: str, sku: str) -> None:
        """Stand on one product at one node."""
        self._wanted = (node, sku)
        self.head.search.say(sku)
        with QSignalBlocker(self.tabs):
            self.tabs.choose(Grouping.CELLS.value)
        self.head.show_nodes(self._session.board.nodes, "")
        self.head.show_only(Only.ALL)
        self.explorer.ask(search=sku, node="", only=Only.ALL, grouping=Grouping.CELLS)

    # Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.head.show_terms(self.explorer.day, self.explorer.limit_h)
        self.head.show_nodes(self._session.board.nodes, self.explorer.asked.node)
        self.explorer.look()
        self.table.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.explorer.watched = False
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.model.say_again()  # figures have aged meanwhile

    # What is shown

    def _show(self, picture: Picture) -> None:
        before = self.table.chosen
        self.model.show_picture(picture)
        self._show_tabs(picture)
        self._show_sums(picture)
        self._empty.set_sentence(self._nothing())
        if self._wanted is not None and self._wanted in picture.places:
            before, self._wanted = frozenset({self._wanted}), None
            self.table.show_chosen(before, reveal=True)
        self._stand_on(before)

    def _show_tabs(self, picture: Picture) -> None:
        counts = picture.counts
        self.tabs.show_views(
            [
                SavedView(Grouping.CELLS.value, _("By node and product"), counts[Grouping.CELLS]),
                SavedView(Grouping.PRODUCTS.value, _("By product"), counts[Grouping.PRODUCTS]),
                SavedView(Grouping.NODES.value, _("By node"), counts[Grouping.NODES]),
            ]
        )

    def _show_sums(self, picture: Picture) -> None:
        totals, count = picture.totals, len(picture.lines)
        lines = n_("{count} line", "{count} lines", count).format(count=formats.number(count))
        on_hand = n_("{count} piece on hand", "{count} pieces on hand", totals.on_hand)
        reserved = n_("{count} piece reserved", "{count} pieces reserved", totals.reserved)
        available = n_("{count} available", "{count} available", totals.available)
        said = (
            lines,
            on_hand.format(count=formats.number(totals.on_hand)),
            reserved.format(count=formats.number(totals.reserved)),
            available.format(count=formats.number(totals.available)),
        )
        self._foot.set_summary(" · ".join(said))

    def _nothing(self) -> str:
        if not self.explorer.lines:
            return _("No stock is known yet. Import a stock file.")
        return _("No line matches what is asked.")

    def _stand_on(self, keys: frozenset[Hashable]) -> None:
        place = next((at for key in keys if (at := self.model.place_of(key)) is not None), None)
        line = None if place is None else self.model.row_at(place)
        self.detail.show_line(line)
        if line is None:
            return
        if line.node and line.sku:
            self.detail.show_dates(self._kind_of(line.node))
            self.explorer.ask_holders(line)
            self.explorer.ask_moves(line)
        else:
            by_node = not line.node
            self.detail.show_spread(self.explorer.names(self.explorer.lines, by_node=by_node))

    def _held(self, key: Key, holders: list[Holder]) -> None:
        if self.detail.line is not None and self.detail.line.key == key:
            self.detail.show_holders(holders)

    def _moved(self, key: Key, movements: list[Movement]) -> None:
        if self.detail.line is not None and self.detail.line.key == key:
            self.detail.show_moves(movements)

    def _kind_of(self, code: str) -> NodeKind:
        nodes = {node.code: node.kind for node in self._session.board.nodes}
        return nodes.get(code, NodeKind.STORE)

    # What a person asks

    def _count(self) -> None:
        """Keep what was counted of the cell that is shown."""
        line, workspace = self.detail.line, self._session.workspace
        if line is None:
            return
        card = CountCard(line, self)
        if card.exec():
            pieces, reason = card.pieces.value(), card.reason.text().strip()
            node, sku = line.key
            self._session.submit(lambda: count_stock(workspace, node, sku, pieces, reason))

    def _group(self, name: str) -> None:
        self.explorer.ask(grouping=Grouping(name))

    def _open(self, key: Key) -> None:
        """What is added up opens into its cells."""
        node, sku = key
        if node and sku:
            return
        if sku:
            self.go_to(self._first_node(sku), sku)
        else:
            with QSignalBlocker(self.tabs):
                self.tabs.choose(Grouping.CELLS.value)
            self.head.show_nodes(self._session.board.nodes, node)
            self.explorer.ask(node=node, grouping=Grouping.CELLS)

    def _first_node(self, sku: str) -> str:
        """The node that can promise most of a product."""
        cells = [line for line in self.explorer.lines if line.sku == sku]
        return max(cells, key=_worth).node if cells else ""

    def _select(self, order: str) -> None:
        self._session.selection.choose((order,))

    # How it is made

    def _lay_out(self) -> None:
        self.setMinimumSize(_LEAST)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.set_empty_state(self._empty)
        self.table.sort_by("product")
        if self._take_in is not None:
            self._foot.add_button(KeyButton(self._take_in, parent=self._foot))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs)
        column.addLayout(row, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        explorer, head = self.explorer, self.head
        explorer.pictured.connect(self._show)
        explorer.held.connect(self._held)
        explorer.moved.connect(self._moved)
        self.detail.count_asked.connect(self._count)
        head.searched.connect(lambda text: explorer.ask(search=text))
        head.node_chosen.connect(lambda node: explorer.ask(node=node))
        head.only_chosen.connect(lambda only: explorer.ask(only=only))
        head.day_chosen.connect(explorer.promise_by)
        head.limit_chosen.connect(explorer.old_after)
        self.tabs.chosen.connect(self._group)
        self.model.sort_asked.connect(
            lambda name, descending: explorer.ask(sort=name, descending=descending)
        )
        self.table.selection_changed.connect(self._stand_on)
        self.table.opened.connect(self._open)
        self.detail.order_asked.connect(self._select)
        self.detail.cell_asked.connect(self.go_to)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.head.search.setFocus)


def _worth(line: StockLine) -> tuple[int, int]:
    return line.available, line.on_hand
