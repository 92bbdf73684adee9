"""What hands can do to tours by keys and menus: names, keys, places."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu, Scope
from app.ui.icons import Icon

_GROUP = 3
#: The section of the Tours menu for all that hands can do.
BY_HAND = N_("By hand")

SEND = ActionSpec(
    id="tours.send",
    text=N_("Send to a tour…"),
    icon=Icon.TOUR,
    shortcut="T",
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    scope=Scope.PANE,
    hint=N_("Type its number: the best place and its price stand there before Enter."),
    also=N_("move stops assign"),
)
INSERT = ActionSpec(
    id="tours.insert",
    text=N_("Put where it costs least"),
    icon=Icon.ADD,
    shortcut="I",
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    scope=Scope.PANE,
    hint=N_("The best place of all tours, or of a new one; nothing else changes its tour."),
    also=N_("insert best place plan"),
)
EARLIER = ActionSpec(
    id="tours.earlier",
    text=N_("One stop earlier"),
    icon=Icon.UP,
    shortcut="Ctrl+Up",
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    scope=Scope.PANE,
)
LATER = ActionSpec(
    id="tours.later",
    text=N_("One stop later"),
    icon=Icon.OPEN,
    shortcut="Ctrl+Down",
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    scope=Scope.PANE,
)
CUT = ActionSpec(
    id="tours.cut",
    text=N_("Cut the stops"),
    shortcut="Ctrl+X",
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    scope=Scope.PANE,
    hint=N_("They stay on their tour until they are pasted into another one."),
)
PASTE = ActionSpec(
    id="tours.paste",
    text=N_("Paste into the tour in hand"),
    shortcut="Ctrl+V",
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    scope=Scope.PANE,
    hint=N_("After its current stop, else where they cost least."),
)
REVERSE = ActionSpec(
    id="tours.reverse",
    text=N_("Turn the tour round"),
    icon=Icon.REFRESH,
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    also=N_("reverse order of stops"),
)
SPLIT = ActionSpec(
    id="tours.split",
    text=N_("Split the tour here"),
    icon=Icon.SPLIT,
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    hint=N_("From the current stop on it goes to the idle vehicle that costs least."),
)
MERGE = ActionSpec(
    id="tours.merge",
    text=N_("Merge two tours"),
    icon=Icon.HUB,
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    hint=N_("The stops of the second go to the first, each where it costs least."),
    also=N_("join"),
)
SWAP = ActionSpec(
    id="tours.swap",
    text=N_("Exchange the vehicles of two tours"),
    icon=Icon.PREVIEW,
    menu=Menu.TOURS,
    group=_GROUP,
    section=BY_HAND,
    also=N_("swap vehicles drivers"),
)
ALL = (SEND, INSERT, EARLIER, LATER, CUT, PASTE, REVERSE, SPLIT, MERGE, SWAP)
#: Keys that work on the timeline, on the list of what was left out, and on the map.
ON_TIMELINE = (SEND, INSERT, EARLIER, LATER, CUT, PASTE)
ON_LIST = (SEND, INSERT)
ON_MAP = (SEND, INSERT)
IN_MENU = (SEND, INSERT, EARLIER, LATER, "", REVERSE, SPLIT, MERGE, SWAP)
