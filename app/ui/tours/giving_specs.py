"""Giving a tour to another vehicle as actions: names, keys, places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.tours.hand_specs import BY_HAND

GIVE = ActionSpec(
    id="tours.give",
    text=N_("Give the tour to another vehicle…"),
    icon=Icon.VAN,
    shortcut="G",
    menu=Menu.TOURS,
    group=3,
    section=BY_HAND,
    scope=Scope.PANE,
    hint=N_(
        "Every vehicle with what it would change, idle or in exchange; of another depot where"
        " goods allow it."
    ),
    also=N_("drive driver breakdown depot reassign"),
)
DO = ActionSpec(
    id="tours.give_to",
    text=N_("Give it to this vehicle"),
    icon=Icon.ACCEPT,
    shortcut="Return",
    menu=Menu.TOURS,
    group=3,
    section=BY_HAND,
    scope=Scope.PANE,
    hint=N_("Against a rule only with a reason."),
)
