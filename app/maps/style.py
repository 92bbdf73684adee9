"""How the look reaches the map page: the tokens as plain data, and nothing the page must guess."""

from typing import Any

from app.tokens import Tokens

#: What a browser falls back to when the application's own family is not named.
FALLBACK_FONT = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif'


def page_look(look: Tokens, *, font_family: str = "", still: bool = False) -> dict[str, Any]:
    """The look for the page; `still` lets nothing move by itself."""
    light = look.theme == "light"
    colours = look.colours
    return {
        "name": look.theme,
        "colours": colours.by_name(),
        "map": look.map.by_name(),
        "casing": colours.surface0 if light else colours.canvas,
        "shade": colours.text1 if light else colours.canvas,
        "tours": [
            {"colour": tour.colour, "label": tour.label_colour, "dash": tour.dash}
            for tour in look.tours
        ],
        "type": {
            "headline": look.type.headline,
            "body": look.type.body,
            "small": look.type.small,
            "mark": look.type.mark,
        },
        "font": _font(font_family),
        "motion_ms": 0 if still else look.sizes.motion_ms,
    }


def _font(family: str) -> str:
    named = "".join(letter for letter in family if letter.isalnum() or letter in " -.")
    return f'"{named}", {FALLBACK_FONT}' if named else FALLBACK_FONT
