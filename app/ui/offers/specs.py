"""What can be done with offers: names, keys and places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon

OFFER = ActionSpec(
    id="offers.offer",
    text=N_("Offer to several nodes…"),
    icon=Icon.OFFERS,
    shortcut="O",
    menu=Menu.SOURCING,
    group=2,
    scope=Scope.PANE,
    hint=N_("The first node to claim wins; who to ask, and until when, is suggested."),
    also=N_("propose claim first"),
)
TAKE_BACK = ActionSpec(
    id="offers.take_back",
    text=N_("Take the offer back"),
    icon=Icon.RELEASED,
    shortcut="Ctrl+Shift+O",
    menu=Menu.SOURCING,
    group=2,
    hint=N_("Ends the open offers of the selected orders; they are sourced anew."),
)
WIDEN = ActionSpec(
    id="offers.widen",
    text=N_("Ask further nodes"),
    icon=Icon.SENT,
    shortcut="W",
    menu=Menu.SOURCING,
    group=2,
    scope=Scope.PANE,
    hint=N_("The next nodes by the rules are asked too; those who wait get more time."),
    also=N_("widen wave"),
)
ASSIGN = ActionSpec(
    id="offers.assign",
    text=N_("Let the rules assign"),
    icon=Icon.ACCEPT,
    shortcut="A",
    menu=Menu.SOURCING,
    group=2,
    scope=Scope.PANE,
    hint=N_("Takes the offer back and gives the order to the rules' best node at once."),
)
ANSWER = ActionSpec(
    id="offers.answer",
    text=N_("Note an answer…"),
    icon=Icon.TAKEN,
    shortcut="Return",
    menu=Menu.SOURCING,
    group=2,
    scope=Scope.PANE,
    hint=N_("What a node said on the phone: it takes the order, or why not."),
    also=N_("claim decline phone"),
)
BOARD = ActionSpec(
    id="offers.open",
    text=N_("Offers…"),
    icon=Icon.OFFERS,
    shortcut="Ctrl+Shift+P",
    menu=Menu.SOURCING,
    group=3,
    hint=N_("Open offers with their deadlines, the latest answers, how nodes answer."),
    also=N_("claims board deadlines"),
)
#: Keys that act while the focus is in the list of offers.
OF_BOARD = (ANSWER, WIDEN, ASSIGN)
