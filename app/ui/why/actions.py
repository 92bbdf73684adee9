"""What can be done in the pane: take the suggestion, another node, look back."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon

SHOW = ActionSpec(
    id="why.show",
    text=N_("Go to why"),
    icon=Icon.WHY,
    menu=Menu.VIEW,
    also=N_("reasons chain decision"),
)
ACCEPT = ActionSpec(
    id="why.accept",
    text=N_("Assign as suggested"),
    icon=Icon.ACCEPT,
    shortcut="Return",
    menu=Menu.SOURCING,
    scope=Scope.PANE,
    hint=N_("Reserves the stock of the selected orders as it is suggested."),
)
OTHER_NODE = ActionSpec(
    id="why.other_node",
    text=N_("Other node…"),
    shortcut="N",
    menu=Menu.SOURCING,
    scope=Scope.PANE,
    hint=N_("Type the node's code; what speaks against it is said before Enter."),
)
HISTORY = ActionSpec(
    id="why.history",
    text=N_("History of the order"),
    icon=Icon.JOURNAL,
    menu=Menu.ORDERS,
    group=2,
    hint=N_("Who did what with it, and when."),
)
