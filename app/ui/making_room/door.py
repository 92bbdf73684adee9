"""Where the desk opens onto agreed orders that would make room for new ones."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.looking_door import Looking, LookingDoor
from app.ui.session import Session

OPEN = ActionSpec(
    id="room.open",
    text=N_("Make room for new orders…"),
    icon=Icon.STORE,
    menu=Menu.SOURCING,
    hint=N_("Agreed orders that could leave from elsewhere, so that open ones cost less; to tick."),
    also=N_("reallocate move agreed order node threshold"),
)


class RoomDoor(LookingDoor):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(session, actions, window, OPEN, _made)


def _made(session: Session, desk: QWidget) -> Looking:
    from app.ui.making_room.window import RoomWindow

    return RoomWindow(session, desk)
