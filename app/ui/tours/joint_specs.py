"""What can be done about orders that another node would send: names, keys, places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon

JOINT = ActionSpec(
    id="tours.joint",
    text=N_("Send orders from where a tour passes"),
    icon=Icon.STORE,
    shortcut="Ctrl+Shift+J",
    menu=Menu.TOURS,
    hint=N_("Orders that the tour of another node would bring for less, to tick."),
    also=N_("joint sourcing touring parcel node passes by"),
)
APPLY_JOINT = ActionSpec(
    id="tours.joint_apply",
    text=N_("Send the ticked orders from there"),
    icon=Icon.ACCEPT,
    shortcut="Return",
    menu=Menu.TOURS,
    scope=Scope.PANE,
    hint=N_("Orders, stock and tours in one entry of the journal: Ctrl+Z takes all of it back."),
)
