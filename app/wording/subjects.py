"""How what is not there is named: by its kind, so that one sees which of the words was wrong."""

from collections.abc import Callable

from app import formats
from app.domain.reasons import Reason
from app.i18n import N_, _

_MISSING: dict[str, str] = {
    "node": N_("There is no node “{name}”."),
    "order": N_("There is no order “{name}”."),
    "sku": N_("There is no product “{name}”."),
    "shipment": N_("There is no shipment “{name}”."),
    "vehicle": N_("There is no vehicle “{name}”."),
    "tour": N_("There is no tour “{name}”."),
    "carrier": N_("There is no carrier “{name}”."),
    "entry": N_("There is no entry “{name}” in the journal: regie journal lists them."),
}
_ANYTHING = N_("Nothing is known under “{name}”.")


def _missing(reason: Reason) -> str:
    facts = dict(reason)
    return _(_MISSING.get(str(facts.get("kind")), _ANYTHING)).format(name=facts["name"])


def _counted(reason: Reason) -> str:
    """A count; what was said of it stands behind, if anything was."""
    facts = dict(reason) | {"counted": formats.number(int(reason["counted"]))}
    if facts.get("said"):
        return _("Counted {sku} at {node}: {counted} on hand ({said})").format(**facts)
    return _("Counted {sku} at {node}: {counted} on hand").format(**facts)


COMPOSED: dict[str, Callable[[Reason], str]] = {
    "unknown_subject": _missing,
    "entry_count_stock": _counted,
}
