"""Where the desk opens onto the carriers: their actions, and the windows they bring up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.operations.booking import BookingRun
from app.ui.actions import Actions, always
from app.ui.carriers import specs
from app.ui.carriers.deeds import ChooseFolder, Deeds, ask_folder
from app.ui.session import Session

if TYPE_CHECKING:
    from app.ui.carriers.blocked import BlockedWindow
    from app.ui.carriers.window import CarriersWindow


class CarriersDoor(QObject):
    """Registers the actions; windows are made when they are first asked for."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        window: QWidget,
        choose_folder: ChooseFolder = ask_folder,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self._deeds = Deeds(session, window, self._show_blocked, choose_folder)
        self._carriers: CarriersWindow | None = None
        self._blocked: BlockedWindow | None = None
        for spec, run, why_not in (
            (specs.ALLOCATE, self._deeds.allocate, self._deeds.why_not_allocate),
            (specs.BOOK, self._deeds.book, self._deeds.why_not_book),
            (specs.WINDOW, self.open, always),
        ):
            actions.register(spec, run, why_not)

    def open(self) -> "CarriersWindow":
        """Bring up the window, as it was left."""
        if self._carriers is None:
            from app.ui.carriers.window import CarriersWindow

            self._carriers = CarriersWindow(self._session, self._actions, self._deeds, self._window)
        self._carriers.come_forward()
        return self._carriers

    @property
    def blocked(self) -> "BlockedWindow | None":
        """What was not sent the last time, if anything."""
        return self._blocked

    def _show_blocked(self, run: BookingRun) -> None:
        if self._blocked is None:
            from app.ui.carriers.blocked import BlockedWindow

            self._blocked = BlockedWindow(self._session, self._window)
        self._blocked.show_faults(run.blocked)
