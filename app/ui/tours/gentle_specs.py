"""What can be done about gentle re-optimisation: names, keys, places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon

GENTLE = ActionSpec(
    id="tours.gentle",
    text=N_("Re-optimise gently"),
    icon=Icon.OPTIMISE,
    shortcut="Shift+F5",
    menu=Menu.TOURS,
    hint=N_("A few moves that gain most, to tick; everything else stays where it is."),
    also=N_("improve few moves stable"),
)
APPLY = ActionSpec(
    id="tours.gentle_apply",
    text=N_("Do the ticked moves"),
    icon=Icon.ACCEPT,
    shortcut="Return",
    menu=Menu.TOURS,
    scope=Scope.PANE,
    hint=N_("All in one entry of the journal: Ctrl+Z takes them back together."),
)
