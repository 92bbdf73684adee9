"""Which words the map page shows, in the language of the program."""

from typing import Any

from app.i18n import N_, _, language
from app.maps.geography import origin

#: What the page calls each text, and the text.
TEXTS = {
    "map": N_("Map"),
    "tool_select": N_("Select"),
    "tool_box": N_("Select by a box (Shift+drag)"),
    "tool_lasso": N_("Select by a free line (L)"),
    "zoom_plus": N_("Zoom in"),
    "zoom_minus": N_("Zoom out"),
    "zoom_fit": N_("Show everything (Shift+Z)"),
    "colour": N_("Colour:"),
    "colour_tour": N_("tour"),
    "colour_node": N_("stock node"),
    "colour_state": N_("state"),
    "layers": N_("Layers"),
    "layer_to_source": N_("To source"),
    "layer_offered": N_("Offered"),
    "layer_to_plan": N_("To plan"),
    "layer_unplanned": N_("Unplanned"),
    "layer_no_carrier": N_("No carrier"),
    "layer_check": N_("Addresses to check"),
    "layer_stop": N_("Tour stops"),
    "layer_carrier": N_("With carriers"),
    "layer_collect": N_("To collect"),
    "layer_closed": N_("Closed"),
    "layer_lines": N_("Tour lines"),
    "layer_nodes": N_("Stock nodes"),
    "layer_names": N_("Names of towns"),
    "layer_zones": N_("Access zones"),
    "fade_planned": N_("Fade what is planned"),
    "tours_hint": N_("Click: hide or show. Double click: this tour alone."),
    "all_tours": N_("Show all tours"),
    "legend": N_("Legend"),
    "legend_hint": N_("Hide or show"),
    "legend_to_source": N_("to source"),
    "legend_no_candidate": N_("no candidate"),
    "legend_ask": N_("client to ask"),
    "legend_offered": N_("offered, time left"),
    "legend_to_plan": N_("to plan"),
    "legend_unplanned": N_("unplanned"),
    "legend_no_carrier": N_("no carrier"),
    "legend_check": N_("address to check"),
    "legend_stop": N_("tour stop"),
    "legend_tight": N_("slack < 10 min"),
    "legend_late": N_("late"),
    "legend_carrier": N_("with a carrier"),
    "legend_collect": N_("to collect"),
    "legend_closed": N_("closed"),
    "legend_approximate": N_("approximate address"),
    "state_offered": N_("offered"),
    "stop_number": N_("stop {}"),
    "node_load": N_("preparation {} %"),
    "node_closed": N_("closed today"),
    "pin_hint": N_("Drag the pin to the door, then keep the place."),
    "pin_keep": N_("Keep this place (Enter)"),
    "pin_leave": N_("Leave it (Esc)"),
}


def page_words() -> dict[str, Any]:
    """Every text of the page, its language, and where the base map comes from."""
    texts = {name: _(text) for name, text in TEXTS.items()}
    return {"language": language(), "texts": texts, "origin": origin()}
