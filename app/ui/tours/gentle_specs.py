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
    hint=N_(
        "A few moves that gain most, to tick; everything else stays where it is. How many stops,"
        " by how many minutes: over the list."
    ),
    also=N_("improve few moves stable"),
)
ADD = ActionSpec(
    id="tours.plan_adding",
    text=N_("Plan what was left out into the tours"),
    icon=Icon.ADD,
    menu=Menu.TOURS,
    hint=N_("Every stop stays on its vehicle; what was left out joins where that pays."),
    also=N_("keep tours add optimise"),
)
REORDER = ActionSpec(
    id="tours.reorder",
    text=N_("Re-order the stops of the tours"),
    icon=Icon.REFRESH,
    menu=Menu.TOURS,
    hint=N_("Every stop stays on its vehicle, and nothing joins."),
    also=N_("keep vehicles sequence optimise"),
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
