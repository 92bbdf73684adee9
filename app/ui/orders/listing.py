"""The worklist on screen: views as tabs, the search, the rows, and which of them are selected."""

from collections.abc import Hashable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.ui.orders.columns import LEFT, Clock, columns
from app.ui.orders.columns_kept import keep_columns, restore_columns
from app.ui.orders.empty import EmptyWorklist, Finder
from app.ui.orders.feed import Feed
from app.ui.orders.filter_strip import FilterStrip
from app.ui.orders.filters import Filter, shown
from app.ui.orders.model import OrdersModel
from app.ui.orders.next_step import Nothing, nothing_found, nothing_in
from app.ui.orders.saved_views import Arrangement
from app.ui.orders.shelf import Shelf
from app.ui.orders.work_row import Worklist, WorkRow
from app.ui.session import Session
from app.ui.theme import current_theme
from app.ui.views import BY_NAME
from app.ui.widgets.rows_table import RowsTable, rows_table
from app.ui.widgets.view_tabs import ViewTabs

#: Views whose orders have no node yet.
_UNSOURCED = ("to_source", "anomalies")
_Order = Qt.SortOrder


class Listing(QWidget):
    """What is listed follows the session; what the person picks becomes the session's selection."""

    changed = Signal()  # the rows shown, the view, their order or the filter
    selected = Signal()

    def __init__(self, session: Session, find: Finder, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.shelf = Shelf()
        self.list = Worklist()
        self._by_code: dict[str, WorkRow] = {}
        self._chosen: tuple[WorkRow, ...] | None = None  # None = to be looked up again
        self._figure = ""  # the figure above whose list is shown
        self._before_figure = ""  # the view to return to when that is freed
        self._known = False  # whether the day was read at all
        self.tabs = ViewTabs(self)
        self.strip = FilterStrip(self)
        clock = Clock(session.now, lambda: session.zone, lambda: session.day)
        self.model = OrdersModel(columns(clock), self)
        self.table: RowsTable = rows_table(self.model, self)
        self.empty = EmptyWorklist(find, self.show_view, self)
        self._lay_out()
        self.feed = Feed(session, self)
        self._connect()
        self._apply_settings()

    # What is shown

    @property
    def filter(self) -> Filter:
        """The search and the conditions in force."""
        return self.shelf.arrangement.filter

    @property
    def view(self) -> str:
        """The desk's view that is shown, or that the person's own starts from."""
        return self.shelf.arrangement.base

    @property
    def sorted_by(self) -> str:
        """What orders the rows, in words: a deadline, or the title of a column."""
        name = self.shelf.arrangement.sort
        if name == LEFT:
            return _("deadline")
        column = next((each for each in self.model.columns if each.name == name), None)
        return "" if column is None else _(column.title or column.hint).lower()

    def view_rows(self) -> list[WorkRow]:
        """All rows of the view, whatever the filter."""
        return [row for row in self.list.rows if self.view in row.views]

    def chosen_rows(self) -> tuple[WorkRow, ...]:
        """The selected orders of this day, also those that are hidden here."""
        if self._chosen is None:
            codes = self._session.selection.selected.codes
            found = (self._by_code.get(code) for code in codes)
            self._chosen = tuple(row for row in found if row is not None)
        return self._chosen

    def row_of(self, code: str) -> WorkRow | None:
        """The line of an order of this day."""
        return self._by_code.get(code)

    def current(self) -> WorkRow | None:
        """The row where the keyboard stands."""
        place = self.table.currentIndex().row()
        return self.model.row_at(place) if 0 <= place < self.model.rowCount() else None

    def arrangement(self) -> Arrangement:
        """The view as it stands, to be kept under a name."""
        return replace(self.shelf.arrangement, hidden=tuple(sorted(self.table.hidden_columns)))

    # What a person or an action changes

    def show_view(self, name: str) -> None:
        """Turn to a view, as a click on its tab does."""
        self.tabs.choose(name)

    def narrow(self, wanted: Filter) -> None:
        """Filter by this, search included."""
        if wanted != self.filter:
            self.shelf.narrow(wanted)
            self._refill()

    def clear_filter(self) -> None:
        """Show the whole view again."""
        self.narrow(Filter())
        self.strip.hide()
        self.table.setFocus()

    def go_to(self, code: str) -> None:
        """Select an order and show its row, in a view that holds it."""
        if self.model.place_of(code) is None:
            self.narrow(Filter())
        if self.model.place_of(code) is None:
            self.show_view("orders")
        self._session.selection.choose((code,))
        place = self.model.place_of(code)
        if place is not None:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(place, 1), self.table.selectionModel().SelectionFlag.NoUpdate
            )
            self.table.scrollTo(self.model.index(place, 1))

    # How it works

    def _lay_out(self) -> None:
        self.setFocusProxy(self.table)
        self.table.setAccessibleName(_("Orders"))
        self.table.set_empty_state(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tabs, self.strip, self.table):
            column.addWidget(widget)
        self.tabs.show_views(self.shelf.tabs({}))
        restore_columns(self.table, self.model)
        self.table.sort_by(self.shelf.arrangement.sort)

    def _connect(self) -> None:
        session, table = self._session, self.table
        self.feed.fresh.connect(self._show_list)
        self.feed.own_views.connect(self._own_views)
        self.feed.ticked.connect(self._tick)
        self.tabs.chosen.connect(self._choose_view)
        self.strip.searched.connect(lambda text: self.narrow(self.filter.with_search(text)))
        self.strip.cleared.connect(self.clear_filter)
        self.strip.left.connect(self._into_rows)
        table.selection_changed.connect(self._picked)
        table.hovered.connect(lambda key: session.selection.hover(key or ""))
        table.columns_changed.connect(lambda: keep_columns(table, self.model))
        table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        session.selection.listen(self._show_selected)
        session.selection.listen_to_hover(
            lambda: table.show_hovered(session.selection.hovered or None)
        )
        session.filter_changed.connect(self._figure_chosen)
        session.settings_changed.connect(self._apply_settings)

    def _show_list(self, made: Worklist) -> None:
        self._known = True
        self.list = made
        self._by_code = {row.code: row for row in made.rows}
        self._chosen = None
        self.tabs.show_views(self.shelf.tabs(made.counts))
        self._refill(made.changed)

    def _own_views(self, own: dict[str, Arrangement]) -> None:
        before = self.shelf.name
        self.shelf.take_over(own)
        self.tabs.show_views(self.shelf.tabs(self.list.counts))
        if self.shelf.name != before:
            self.tabs.choose(self.shelf.name)
            self._refill()

    def _choose_view(self, name: str) -> None:
        if name != self._figure:
            self._before_figure = ""  # the person went on from there
        self.shelf.choose(name)
        arrangement = self.shelf.arrangement
        if arrangement.hidden is not None:
            self.table.hide_columns(arrangement.hidden)
        self._sort(arrangement)
        self._refill()

    def _sort(self, arrangement: Arrangement) -> None:
        order = _Order.DescendingOrder if arrangement.descending else _Order.AscendingOrder
        header = self.table.horizontalHeader()
        names = [column.name for column in self.model.columns]
        now = names[header.sortIndicatorSection()], header.sortIndicatorOrder()
        if now != (arrangement.sort, order) and arrangement.sort in names:
            self.table.sort_by(arrangement.sort, order)

    def _refill(self, changed: frozenset[str] = frozenset()) -> None:
        rows = shown(self.list.rows, self.view, self.filter, self._session.zone)
        if not rows and self._known:
            self.empty.say(self._nothing())
        self.model.show_assigned(self.view not in _UNSOURCED)
        self.model.show_rows(rows, changed)
        wanted = self.filter
        if wanted.narrows:
            self.strip.show()
        self.strip.show_search(wanted.search)
        total = self.list.counts.get(self.view, 0)
        self.strip.show_state(wanted.conditions, len(rows), total)
        self.changed.emit()

    def _nothing(self) -> Nothing:
        if not self.filter.narrows:
            return nothing_in(self.view, self.list.counts)
        search = Filter(search=self.filter.search)
        zone = self._session.zone
        elsewhere = shown(self.list.rows, "orders", search, zone) if search.narrows else []
        return nothing_found(search.search, 0 if self.view == "orders" else len(elsewhere))

    def _sorted(self, section: int, order: Qt.SortOrder) -> None:
        name = self.model.columns[section].name
        self.shelf.sort_by(name, descending=order == _Order.DescendingOrder)
        self.changed.emit()

    def _picked(self, keys: frozenset[Hashable]) -> None:
        """The session keeps the order of picking; where the keyboard stands comes last."""
        selection = self._session.selection
        before = selection.selected.codes
        known = set(before)
        current = self.current()
        last = current.code if current is not None and current.code in keys else ""
        kept = [code for code in before if code in keys and code != last]
        fresh = [
            code
            for code in map(str, self.table.chosen_in_view())
            if code in keys and code not in known and code != last
        ]
        selection.choose((*kept, *fresh, *filter(None, (last,))))

    def _show_selected(self) -> None:
        self._chosen = None
        codes = self._session.selection.selected.codes
        if self.table.chosen != frozenset(codes):
            self.table.show_chosen(codes, reveal=True)
        self.selected.emit()

    def _figure_chosen(self, name: str) -> None:
        """A figure above opens the list it counts; freed, it leads back."""
        if name in BY_NAME:
            self._before_figure, self._figure = self._before_figure or self.shelf.name, name
            self.narrow(Filter())
            self.show_view(name)
        elif not name and self._before_figure:
            self._figure = ""
            self.show_view(self._before_figure)

    def _into_rows(self) -> None:
        self.table.setFocus()
        if not self.filter.narrows:
            self.strip.hide()
        if self.model.rowCount() and not self.table.chosen_in_view():
            self.table.selectRow(max(0, self.table.currentIndex().row()))

    def _tick(self) -> None:
        """Time has passed: only the figures on screen change."""
        viewport = self.table.viewport().rect()
        last = self.table.rowAt(viewport.bottom())
        rows = self.model.rowCount()
        self.model.tick(max(0, self.table.rowAt(0)), last if last >= 0 else rows - 1)

    def _apply_settings(self) -> None:
        sizes = current_theme().tokens.sizes
        roomy = self._session.settings.density == "comfortable"
        self.table.set_row_height(sizes.row_comfortable if roomy else sizes.row)
