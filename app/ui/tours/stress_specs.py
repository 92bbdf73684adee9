"""The stress test as an action: its name, its place in the menus."""

from app.i18n import N_
from app.ui.actions import ActionSpec, Menu
from app.ui.icons import Icon

STRESS = ActionSpec(
    id="tours.stress",
    text=N_("Stress test"),
    icon=Icon.BREAKDOWN,
    shortcut="Ctrl+Shift+F5",
    menu=Menu.TOURS,
    group=1,
    hint=N_("500 simulated days with absent clients, slow streets, late goods: what breaks first."),
    also=N_("simulate robust risk late monte carlo"),
)
