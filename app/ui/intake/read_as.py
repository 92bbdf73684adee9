"""How a cell that was read is shown beside what stood in the file."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from app import formats
from app.connectors.feeds.columns import Column
from app.i18n import N_, _

#: Codes that have a word of their own on screen.
_WORDS = {
    "home_delivery": N_("home delivery"),
    "click_and_collect": N_("click and collect"),
    "pickup_point": N_("pickup point"),
    "ship_from_store": N_("ships from store"),
    "store": N_("store"),
    "warehouse": N_("warehouse"),
    "supplier": N_("supplier"),
    "hub": N_("hub"),
}


def read_as(value: Any, column: Column) -> str:
    """The value in words; a figure with its unit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        return _figure(value, column)
    return _said(value)


def code_in_words(code: str) -> str:
    """A code of ours as people call it."""
    return _(_WORDS[code]) if code in _WORDS else code


def _figure(value: float | Decimal, column: Column) -> str:
    form = _FORMS.get(column.unit)
    if form is not None and not column.name.startswith("co2e"):
        return form(value)
    decimals = 0 if value == int(value) else 4
    figure = formats.number(value, decimals)
    return f"{figure}{formats.NO_BREAK_SPACE}{column.unit}" if column.unit else figure


def _cents(value: float | Decimal) -> str:
    """Whole cents as money; a tariff may reckon in parts of them."""
    if value == int(value):
        return formats.money(value)
    return f"{formats.number(value, 3)}{formats.NO_BREAK_SPACE}c"


#: How figures are kept: kilograms as grams, minutes as seconds.
_FORMS: dict[str, Callable[[Any], str]] = {
    "g": formats.weight,
    "kg": formats.weight,
    "ml": formats.volume,
    "l": formats.volume,
    "km": formats.distance,
    "min": formats.duration,
    "cents": _cents,
}


def _said(value: Any) -> str:
    match value:
        case datetime():
            return f"{formats.short_date(value.date())} {value:%H:%M}"
        case date():
            return formats.short_date(value)
        case time():
            return f"{value:%H:%M}"
        case Enum():
            return code_in_words(str(value.value))
        case frozenset():
            return ", ".join(sorted(_said(one) for one in value))
        case _:
            return code_in_words(str(value))
