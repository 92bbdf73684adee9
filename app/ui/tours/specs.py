"""What can be done with tours: names, keys and places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.tours.giving_specs import GIVE
from app.ui.tours.hand_specs import IN_MENU, INSERT, SEND

#: The section of the Tours menu for what the pane shows.
SHOWN = N_("View")

PLAN = ActionSpec(
    id="tours.plan",
    text=N_("Plan the tours"),
    icon=Icon.OPTIMISE,
    shortcut="F5",
    menu=Menu.TOURS,
    hint=N_("Drafts are planned anew; agreed and locked tours stay. Stop keeps the best so far."),
    also=N_("optimise calculate routes"),
)
ADVANCE = ActionSpec(
    id="tours.advance",
    text=N_("Validate, then publish"),
    icon=Icon.VALIDATED,
    shortcut="F9",
    menu=Menu.TOURS,
    group=1,
    hint=N_("The tours of the selection, or all of the day."),
)
REOPEN = ActionSpec(
    id="tours.reopen",
    text=N_("Reopen"),
    icon=Icon.DRAFT,
    shortcut="Shift+F9",
    menu=Menu.TOURS,
    group=1,
    hint=N_("From published to validated, from validated to draft."),
)
CLOSE = ActionSpec(
    id="tours.close",
    text=N_("Close the tours"),
    icon=Icon.CLOSED,
    menu=Menu.TOURS,
    group=1,
    hint=N_("Closed tours stay as they are for ever."),
)
LOCK = ActionSpec(
    id="tours.lock",
    text=N_("Lock or unlock"),
    icon=Icon.LOCKED,
    shortcut="V",
    menu=Menu.TOURS,
    group=2,
    scope=Scope.PANE,
    hint=N_("Planning leaves a locked tour as it is."),
)
UNPLAN = ActionSpec(
    id="tours.unplan",
    text=N_("Take out of the tour"),
    icon=Icon.RELEASED,
    shortcut="U",
    menu=Menu.TOURS,
    group=2,
    scope=Scope.PANE,
    hint=N_("The rest of the tour is timed again; the shipment waits for a tour or a carrier."),
    also=N_("unplan remove stop"),
)
TO_CARRIER = ActionSpec(
    id="tours.to_carrier",
    text=N_("Hand to a carrier"),
    icon=Icon.CARRIER,
    shortcut="Return",
    menu=Menu.TOURS,
    group=2,
    scope=Scope.PANE,
    hint=N_("Each selected shipment that was left out goes to its best carrier."),
)
SHEETS = ActionSpec(
    id="tours.sheets",
    text=N_("Write the day's review and road sheets…"),
    icon=Icon.PRINT,
    menu=Menu.TOURS,
    group=4,
    hint=N_(
        "Tour maps and figures for the supervisor (HTML, PDF);"
        " for each driver PDF, GPX, CSV or calendar."
    ),
    also=N_("print drivers review supervisor PDF GPX CSV ICS calendar"),
)
LEFT_OUT = ActionSpec(
    id="tours.left_out",
    text=N_("Shipments left out"),
    icon=Icon.NO_CANDIDATE,
    menu=Menu.TOURS,
    group=5,
    section=SHOWN,
    checkable=True,
    hint=N_("With what every vehicle has against them."),
    also=N_("unplanned reasons"),
)
IDLE = ActionSpec(
    id="tours.idle",
    text=N_("Vehicles without a tour"),
    icon=Icon.VAN,
    menu=Menu.TOURS,
    group=5,
    section=SHOWN,
    checkable=True,
)
CURVE = ActionSpec(
    id="tours.curve",
    text=N_("Load through the day"),
    icon=Icon.LOAD_CURVE,
    menu=Menu.TOURS,
    group=5,
    section=SHOWN,
    checkable=True,
    hint=N_("How full each vehicle is, from stop to stop."),
)
ZOOM_IN = ActionSpec(
    id="tours.zoom_in",
    text=N_("Show less time"),
    icon=Icon.TIME_IN,
    shortcut="Ctrl++",
    menu=Menu.TOURS,
    group=6,
    section=SHOWN,
    scope=Scope.PANE,
    hint=N_("Also Ctrl and the wheel."),
)
ZOOM_OUT = ActionSpec(
    id="tours.zoom_out",
    text=N_("Show more time"),
    icon=Icon.TIME_OUT,
    shortcut="Ctrl+-",
    menu=Menu.TOURS,
    group=6,
    section=SHOWN,
    scope=Scope.PANE,
)
ZOOM_SELECTION = ActionSpec(
    id="tours.zoom_selection",
    text=N_("Zoom to the selected stops"),
    shortcut="Z",
    menu=Menu.TOURS,
    group=6,
    section=SHOWN,
    scope=Scope.PANE,
)
ZOOM_ALL = ActionSpec(
    id="tours.zoom_all",
    text=N_("Show the whole day"),
    icon=Icon.FIT,
    shortcut="Shift+Z",
    menu=Menu.TOURS,
    group=6,
    section=SHOWN,
    scope=Scope.PANE,
)
#: Keys that work while the timeline has the focus, and those of the list of what was left out.
ON_TIMELINE = (LOCK, UNPLAN, ZOOM_IN, ZOOM_OUT, ZOOM_SELECTION, ZOOM_ALL)
ON_LIST = (TO_CARRIER,)
#: What the context menus offer; "" is a line. Actions of other panes come when they exist.
TIMELINE_MENU = (
    "orders.why",
    "notes.remember",
    "notes.area",
    "map.zoom_to_selection",
    "",
    ADVANCE.id,
    REOPEN.id,
    LOCK.id,
    UNPLAN.id,
    "",
    *(spec if isinstance(spec, str) else spec.id for spec in IN_MENU),
    GIVE.id,
    "",
    SHEETS.id,
    "",
    ZOOM_SELECTION.id,
    ZOOM_ALL.id,
    IDLE.id,
    CURVE.id,
)
LIST_MENU = (
    "orders.why",
    "notes.remember",
    "map.zoom_to_selection",
    "",
    INSERT.id,
    SEND.id,
    "",
    TO_CARRIER.id,
    "orders.to_carrier",
)
