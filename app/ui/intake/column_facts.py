"""What may be said of a column: its units, its forms of dates, the codes it takes."""

from collections.abc import Iterable
from itertools import islice

from app.connectors.feeds.columns import Column
from app.connectors.feeds.faults import Fault, Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.mappings.conversions import UNITS, can_convert
from app.connectors.feeds.mappings.dates import FORMS, likely_forms
from app.connectors.feeds.mappings.mapping import Fill
from app.domain.reasons import Reason
from app.operations.intake_preview import ColumnUse

#: No cell of any kind, so that a column says what it would have taken.
_PROBE = "?"
_MOST_CODES = 12
#: How many refused lines are looked through for codes that nobody understands.
_LOOKED_AT = 2_000


def units_of(column: Column) -> tuple[str, ...]:
    """The units from which the column can be converted, its own first."""
    if not column.unit:
        return ()
    others = (unit for unit in UNITS if can_convert(unit, column) and unit != column.unit)
    return (column.unit, *others)


def is_dated(column: Column) -> bool:
    """Whether the column holds dates."""
    refusal = _refusal(column)
    return refusal is not None and refusal.code == "bad_date"


def forms_for(cells: Iterable[str]) -> tuple[str, ...]:
    """The forms of dates to choose from: those that read most of these cells come first."""
    likely = likely_forms(cells)
    return (*likely, *(form for form in FORMS if form not in likely))


def codes_of(column: Column) -> tuple[str, ...]:
    """The few codes that the column takes; none where it takes anything."""
    refusal = _refusal(column)
    if refusal is None or refusal.code != "not_one_of":
        return ()
    return tuple(code.strip() for code in str(refusal["allowed"]).split(","))


def strange_codes(use: ColumnUse, fill: Fill, faults: Iterable[Fault]) -> tuple[str, ...]:
    """Their codes that a person has translated already, and those that nobody understands."""
    heading = ", ".join(fill.columns)
    seen = [one.fault for one in use.examples if one.fault is not None]
    everywhere = [one for fault in islice(faults, _LOOKED_AT) for one in (fault, *fault.also)]
    refused = [
        fault.value
        for fault in (*seen, *everywhere)
        if fault.reason.code == "not_one_of" and fault.column in (heading, use.column.name)
    ]
    known = [theirs for theirs, _ours in fill.codes]
    return tuple(dict.fromkeys(filter(None, (*known, *refused))))[:_MOST_CODES]


def _refusal(column: Column) -> Reason | None:
    try:
        column.parse(_PROBE, Ground())
    except Misfit as misfit:
        return misfit.reason
    return None
