"""What can be done about carriers: names, keys and places in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu
from app.ui.icons import Icon

ALLOCATE = ActionSpec(
    id="carriers.allocate",
    text=N_("Choose the carriers"),
    icon=Icon.CARRIER,
    shortcut="Ctrl+Shift+A",
    menu=Menu.CARRIERS,
    group=1,
    hint=N_("A carrier for every shipment of the day that rides on none of our tours."),
    also=N_("allocate share out"),
)
BOOK = ActionSpec(
    id="carriers.book",
    text=N_("Export the bookings…"),
    icon=Icon.EXPORT,
    shortcut="Ctrl+Shift+B",
    menu=Menu.CARRIERS,
    group=1,
    hint=N_("Writes booking files and manifests for what has a carrier and was not sent."),
    also=N_("send manifest files"),
)
WINDOW = ActionSpec(
    id="carriers.window",
    text=N_("Carriers and prices…"),
    icon=Icon.CARRIER,
    shortcut="Ctrl+Shift+K",
    menu=Menu.CARRIERS,
    group=2,
    hint=N_("The panel, the day's shares, a tariff tester, what was sent."),
    also=N_("tariff quote panel batches"),
)
