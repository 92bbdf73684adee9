"""What can be done about what-ifs: names, keys, places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon

WHAT_IF = ActionSpec(
    id="tours.what_if",
    text=N_("What if…"),
    icon=Icon.FLIP,
    shortcut="Ctrl+F5",
    menu=Menu.TOURS,
    hint=N_("The day planned otherwise, side by side; nothing changes until one is adopted."),
    also=N_("scenario compare without vehicle simulate"),
)
COMPARE = ActionSpec(
    id="tours.what_if_compare",
    text=N_("Compare the what-ifs"),
    icon=Icon.PREVIEW,
    shortcut="Shift+Return",
    menu=Menu.TOURS,
    scope=Scope.PANE,
    hint=N_("Each is planned as long as planning takes; Stop keeps those that are done."),
)
ADOPT = ActionSpec(
    id="tours.what_if_adopt",
    text=N_("Adopt this what-if"),
    icon=Icon.ACCEPT,
    shortcut="Return",
    menu=Menu.TOURS,
    scope=Scope.PANE,
    hint=N_("Its tours become the drafts, in one entry of the journal: Ctrl+Z takes it back."),
)
DROP = ActionSpec(
    id="tours.what_if_drop",
    text=N_("Take this what-if off the list"),
    icon=Icon.DECLINED,
    shortcut="Del",
    menu=Menu.TOURS,
    scope=Scope.PANE,
)
