"""Where the desk opens onto its local knowledge: the book, and "remember this" of an order."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from app.ui.actions import Actions, ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.notes.window import NotesWindow

OPEN = ActionSpec(
    id="notes.open",
    text=N_("Local knowledge…"),
    icon=Icon.COMMENT,
    shortcut="Ctrl+Shift+N",
    menu=Menu.TOOLS,
    hint=N_("What is known of clients, streets and drivers, and binds the tours."),
    also=N_("notes remember street bike client days hours driver knows"),
)
REMEMBER = ActionSpec(
    id="notes.remember",
    text=N_("Remember this…"),
    icon=Icon.COMMENT,
    menu=Menu.ORDERS,
    group=5,
    hint=N_("Writes a note about the client, the street, the address or the driver."),
    also=N_("note local knowledge street bike client days hours"),
)


AREA = ActionSpec(
    id="notes.area",
    text=N_("Area for a driver…"),
    icon=Icon.ZONE,
    shortcut="D",
    menu=Menu.ORDERS,
    group=5,
    scope=Scope.PANE,
    hint=N_("Draw a lasso on the map: a driver knows the postcodes of the orders inside it."),
    also=N_("draw zone sector familiar vehicle postcodes"),
)


class NotesDoor(QObject):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk = session, window
        self._notes: NotesWindow | None = None
        actions.register(OPEN, self.open)
        actions.register(REMEMBER, self.remember, self._not_one)
        actions.register(AREA, self.give_area, self._none)

    def open(self) -> "NotesWindow":
        """Bring up the book."""
        if self._notes is None:
            from app.ui.notes.window import NotesWindow

            self._notes = NotesWindow(self._session, self._desk)
        self._notes.come_forward()
        return self._notes

    def remember(self) -> None:
        """Begin a note with what the selected order tells."""
        current = self._session.selection.selected.current
        rows = self._session.board.rows
        row = next((row for row in rows if row.code == current), None)
        if row is not None:
            self.open().begin(row)

    def give_area(self) -> None:
        """Begin a note that a driver knows the area of the selected orders."""
        selected = self._session.selection.selected
        rows = [row for row in self._session.board.rows if row.code in selected]
        self.open().begin_area(rows)

    def _none(self) -> str:
        chosen = self._session.selection.selected
        return "" if chosen else _("Draw a lasso round orders on the map first.")

    def _not_one(self) -> str:
        one = len(self._session.selection.selected) == 1
        return "" if one else _("Select one order first.")
