"""What can be done with the list itself: search it, filter it, keep it as a view."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from app.i18n import _
from app.operations.views import forget_view, save_view
from app.ui.actions import Actions, always
from app.ui.icons import Icon
from app.ui.orders import specs
from app.ui.orders.filter_card import FilterCard
from app.ui.orders.listing import Listing
from app.ui.orders.saved_views import as_text
from app.ui.session import Session
from app.ui.widgets.flat_button import IconButton


class ViewActs:
    """The two buttons beside the tabs, and the actions on views."""

    def __init__(self, session: Session, listing: Listing, card: FilterCard) -> None:
        self._session = session
        self._listing = listing
        self._card = card
        tabs = listing.tabs
        self._filter = IconButton(Icon.FILTER, _("Filter"), key="Ctrl+Shift+F", parent=tabs)
        self._columns = IconButton(Icon.COLUMNS, _("Columns"), parent=tabs)
        self._filter.clicked.connect(self._open_filter)
        self._columns.clicked.connect(self._open_columns)
        tabs.add_tool(self._filter)
        tabs.add_tool(self._columns)
        listing.strip.conditions_asked.connect(self._open_filter)
        card.changed.connect(listing.narrow)
        card.save_asked.connect(self._ask_name)

    def register(self, actions: Actions) -> None:
        """Put them into the registry."""
        for spec, run, why_not in (
            (specs.SEARCH, self._listing.strip.open, always),
            (specs.SEARCH_AGAIN, self._search_again, always),
            (specs.FILTER, self._open_filter, always),
            (specs.CLEAR_FILTER, self._listing.clear_filter, self._no_filter),
            (specs.SAVE_VIEW, self._ask_name, always),
            (specs.DELETE_VIEW, self._delete_view, self._not_own),
        ):
            actions.register(spec, run, why_not)

    def _search_again(self) -> None:
        """The next row found; without a search, ask for one."""
        table, model = self._listing.table, self._listing.model
        if not self._listing.filter.search or not model.rowCount():
            self._listing.strip.open()
            return
        table.selectRow((table.currentIndex().row() + 1) % model.rowCount())

    def _open_filter(self) -> None:
        corner = QPoint(self._filter.width(), self._filter.height())
        self._card.open_at(
            self._filter.mapToGlobal(corner), self._listing.view_rows(), self._listing.filter
        )

    def _open_columns(self) -> None:
        menu = self._listing.table.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button: QWidget = self._columns
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_name(self) -> None:
        dialog = QInputDialog(self._listing)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Save this view"))
        dialog.setLabelText(_("Name of the view"))
        dialog.setTextValue(self._listing.shelf.title)
        dialog.textValueSelected.connect(self._save_view)
        dialog.open()

    def _save_view(self, title: str) -> None:
        name = title.strip()
        if not name:
            return
        text = as_text(self._listing.arrangement())
        workspace = self._session.workspace
        self._listing.shelf.expect(name)
        self._session.submit(lambda: save_view(workspace, name, text))

    def _delete_view(self) -> None:
        title, workspace = self._listing.shelf.title, self._session.workspace
        self._session.submit(lambda: forget_view(workspace, title))

    def _no_filter(self) -> str:
        return "" if self._listing.filter.narrows else _("Nothing is filtered.")

    def _not_own(self) -> str:
        return "" if self._listing.shelf.title else _("This view belongs to the desk.")
