"""What is said of what-ifs: their changes, and why one cannot be tried or adopted."""

from collections.abc import Callable

from app import formats
from app.domain.reasons import Reason
from app.i18n import N_, _, n_

SENTENCES: dict[str, str] = {
    "entry_adopt_scenario": N_("Tours planned for {on}: {count}, adopted from “{scenario}”"),
    "scenario_without": N_("without {vehicle}"),
    "scenario_closed": N_("{node} closed"),
    "scenario_zone_on": N_("access zone {zone} in force"),
    "scenario_zone_off": N_("without access zone {zone}"),
    "scenario_wider": N_("windows wider by {window_s} on both sides"),
    "scenario_narrower": N_("windows narrower by {window_s} on both sides"),
    "scenario_electric": N_("electric vehicles only"),
    "scenario_faster": N_("roads {speed_share} faster"),
    "scenario_slower": N_("roads {speed_share} slower"),
    "scenario_even": N_("evener hours for at most {more_share} more"),
    "scenario_compact": N_("clearer areas for at most {more_share} more"),
    "scenario_bound": N_(
        "{vehicle} drives {tour}, which is agreed or locked: reopen or unlock it first."
    ),
    "scenario_breaks_rules": N_(
        "“{scenario}” does not hold on the day as it is: {tours} would break a rule."
    ),
}


def _more(reason: Reason) -> str:
    count = int(reason["count"])
    text = n_("{count} more vehicle like {vehicle}", "{count} more vehicles like {vehicle}", count)
    return text.format(count=formats.number(count), vehicle=reason["vehicle"])


def _needs_vehicles(reason: Reason) -> str:
    count = int(reason["count"])
    text = n_(
        "“{scenario}” drives {count} vehicle that there is not: {vehicles}. Take one more like"
        " {like} in from the vehicles file, then compare again.",
        "“{scenario}” drives {count} vehicles that there are not: {vehicles}. Take as many more"
        " like {like} in from the vehicles file, then compare again.",
        count,
    )
    return text.format(count=formats.number(count), **_texts(reason))


def _too_late(reason: Reason) -> str:
    count = int(reason["count"])
    text = n_(
        "“{scenario}” does not hold on the day as it is: {tours} would keep {count} client waiting"
        " past the hours promised ({orders}). Agree other hours there, then plan.",
        "“{scenario}” does not hold on the day as it is: {tours} would keep {count} clients waiting"
        " past the hours promised ({orders}). Agree other hours there, then plan.",
        count,
    )
    return text.format(count=formats.number(count), **_texts(reason))


def _texts(reason: Reason) -> dict[str, str]:
    """The facts that are texts."""
    return {name: str(value) for name, value in reason if name != "count"}


#: Reasons whose sentence depends on how many there are.
COMPOSED: dict[str, Callable[[Reason], str]] = {
    "scenario_more": _more,
    "scenario_needs_vehicles": _needs_vehicles,
    "scenario_too_late": _too_late,
}


def in_words(changes: tuple[Reason, ...]) -> str:
    """A scenario's changes as one line; without any it is the day planned anew."""
    from app.wording import sentence  # the one place of all sentences

    return ", ".join(sentence(change) for change in changes) or _("as it is, planned anew")
