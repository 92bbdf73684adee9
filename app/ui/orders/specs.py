"""What can be done with orders: names, keys and places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.orders.next_step import ACCEPT, ADDRESSES

SEARCH = ActionSpec(
    id="orders.search",
    text=N_("Search the orders"),
    icon=Icon.SEARCH,
    shortcut="Ctrl+F",
    menu=Menu.ORDERS,
    scope=Scope.PANE,
    also=N_("filter find"),
)
SEARCH_AGAIN = ActionSpec(
    id="orders.search_again",
    text=N_("Next order found"),
    shortcut="F3",
    menu=Menu.ORDERS,
    scope=Scope.PANE,
)
FILTER = ActionSpec(
    id="orders.filter",
    text=N_("Filter the orders…"),
    icon=Icon.FILTER,
    shortcut="Ctrl+Shift+F",
    menu=Menu.ORDERS,
)
CLEAR_FILTER = ActionSpec(
    id="orders.clear_filter", text=N_("Clear the filter"), icon=Icon.CLOSE, menu=Menu.ORDERS
)
SAVE_VIEW = ActionSpec(
    id="orders.save_view",
    text=N_("Save this view…"),
    menu=Menu.ORDERS,
    group=1,
    hint=N_("Keeps filter, order and columns under a name, as a tab."),
)
DELETE_VIEW = ActionSpec(
    id="orders.delete_view", text=N_("Delete this view"), menu=Menu.ORDERS, group=1
)
WHY = ActionSpec(
    id="orders.why",
    text=N_("Why?"),
    icon=Icon.WHY,
    shortcut="P",
    menu=Menu.ORDERS,
    group=2,
    scope=Scope.PANE,
    hint=N_("Shows how this order came to its node, carrier and tour."),
)
PEEK = ActionSpec(
    id="orders.peek",
    text=N_("Glance at the order"),
    shortcut="Space",
    menu=Menu.ORDERS,
    group=2,
    scope=Scope.PANE,
    hint=N_("Goods, address and note, until the next key."),
)
PREVIOUS_ANOMALY = ActionSpec(
    id="orders.previous_anomaly",
    text=N_("Previous anomaly"),
    shortcut="F7",
    menu=Menu.ORDERS,
    group=3,
)
NEXT_ANOMALY = ActionSpec(
    id="orders.next_anomaly",
    text=N_("Next anomaly"),
    icon=Icon.WARNING,
    shortcut="F8",
    menu=Menu.ORDERS,
    group=3,
)
EDIT = ActionSpec(
    id="orders.edit",
    text=N_("Correct the address…"),
    icon=Icon.CHECK_ADDRESS,
    shortcut="F2",
    menu=Menu.ORDERS,
    group=5,
    scope=Scope.PANE,
)
CHECK_ADDRESSES = ActionSpec(
    id=ADDRESSES,
    text=N_("Addresses to check…"),
    icon=Icon.CHECK_ADDRESS,
    menu=Menu.ORDERS,
    group=5,
    hint=N_("A place picked here is remembered for the next order to that address."),
)
ACCEPT_SURE = ActionSpec(
    id=ACCEPT,
    text=N_("Accept the sure ones"),
    icon=Icon.ACCEPT,
    shortcut="Ctrl+Return",
    menu=Menu.SOURCING,
    hint=N_("Reserves the stock of every suggestion that leads clearly; the others stay."),
)
ACCEPT_CHOSEN = ActionSpec(
    id="orders.accept_selected",
    text=N_("Accept the suggestion for the selection"),
    icon=Icon.SURE,
    shortcut="Ctrl+Shift+Return",
    menu=Menu.SOURCING,
)
SUGGEST_TOGETHER = ActionSpec(
    id="orders.suggest_together",
    text=N_("Suggest at least cost"),
    icon=Icon.OPTIMISE,
    menu=Menu.SOURCING,
    hint=N_("Weighs all open orders at once, up to a minute; Stop keeps the best found so far."),
    also=N_("optimum optimal bound"),
)
TO_NODE = ActionSpec(
    id="orders.to_node",
    text=N_("Send to a node…"),
    icon=Icon.STORE,
    shortcut="N",
    menu=Menu.SOURCING,
    group=1,
    scope=Scope.PANE,
    hint=N_("Type the node's code; what speaks against it is said before Enter."),
)
TO_CARRIER = ActionSpec(
    id="orders.to_carrier",
    text=N_("Send with a carrier…"),
    icon=Icon.CARRIER,
    shortcut="C",
    menu=Menu.CARRIERS,
    scope=Scope.PANE,
    hint=N_("Type the carrier's code; its price is said before Enter."),
)
TAKE_BACK = ActionSpec(
    id="orders.take_back",
    text=N_("Unplan, or source anew"),
    icon=Icon.RELEASED,
    shortcut="U",
    menu=Menu.SOURCING,
    group=1,
    scope=Scope.PANE,
    hint=N_("Takes planned orders out of their tours; gives back the stock of the others."),
)
#: Keys that act while the focus is in the pane.
OF_PANE = (SEARCH, SEARCH_AGAIN, WHY, EDIT, TO_NODE, TO_CARRIER, TAKE_BACK)
#: What the context menu of a row offers; "" is a line. Actions of other panes come when they exist.
CONTEXT = (
    "orders.why",
    "orders.peek",
    "",
    "orders.accept_selected",
    "orders.to_node",
    "orders.to_carrier",
    "orders.take_back",
    "offers.offer",
    "offers.take_back",
    "",
    "orders.edit",
    "orders.place_on_map",
    "notes.remember",
    "map.zoom_to_selection",
)
