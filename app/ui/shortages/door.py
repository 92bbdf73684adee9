"""Where the desk opens onto the orders that share too few pieces."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.ui.actions import Actions, ActionSpec, Menu
from app.ui.icons import Icon
from app.ui.looking_door import Looking, LookingDoor
from app.ui.session import Session

OPEN = ActionSpec(
    id="shortages.open",
    text=N_("Orders that share too few pieces…"),
    icon=Icon.CONFLICT,
    menu=Menu.SOURCING,
    hint=N_("Which orders want the same pieces, how many are short, and what would help."),
    also=N_("conflict shortage stock transfer inbound remedy left over"),
)


class ShortagesDoor(LookingDoor):
    """The window is made when it is first asked for."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(session, actions, window, OPEN, _made)


def _made(session: Session, desk: QWidget) -> Looking:
    from app.ui.shortages.window import ShortagesWindow

    return ShortagesWindow(session, desk)
