"""Reasons and refusals as sentences: the one place where codes become words."""

from collections.abc import Callable
from datetime import date, datetime

from app import formats
from app.domain.reasons import Fact, Reason
from app.i18n import N_, _
from app.wording import (
    by_hand,
    carriage,
    common,
    intake,
    machine,
    notes,
    offers,
    promises,
    remedies,
    scenarios,
    sourcing,
    subjects,
    tours,
)

SENTENCES: dict[str, str] = {
    **common.SENTENCES,
    **intake.SENTENCES,
    **sourcing.SENTENCES,
    **tours.SENTENCES,
    **by_hand.SENTENCES,
    **carriage.SENTENCES,
    **machine.SENTENCES,
    **notes.SENTENCES,
    **offers.SENTENCES,
    **promises.SENTENCES,
    **remedies.SENTENCES,
    **scenarios.SENTENCES,
}

COMPOSED = (
    notes.COMPOSED
    | sourcing.COMPOSED
    | subjects.COMPOSED
    | tours.COMPOSED
    | remedies.COMPOSED
    | scenarios.COMPOSED
)


def sentence(reason: Reason) -> str:
    """The reason in the language in use; facts are formatted by the unit their names end in."""
    if composed := COMPOSED.get(reason.code):
        return composed(reason)
    template = SENTENCES.get(reason.code)
    if template is None:
        return _unknown(reason)
    return _(template).format_map({name: shown(name, value) for name, value in reason})


def shown(name: str, value: Fact) -> str:
    """One fact for people: `_m` as a distance, `_cents` as money, `_at` as a time of its zone."""
    if value in _WORDS.get(name, ()):
        return _(_WORDS[name][str(value)])
    for ending, form in _BY_ENDING.items():
        if name.endswith(ending) or f"_{name}" == ending == "_on":
            return form(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return formats.number(value, 0 if float(value).is_integer() else 1)
    return str(value)


_SKILLS = {
    "two_person": N_("two people"),
    "cold": N_("chilled goods"),
    "fragile": N_("fragile goods"),
    "dangerous": N_("dangerous goods"),
    "tail_lift": N_("tail lift"),
    "bike": N_("bike"),
}
#: Facts that are a word of ours, by the name of the fact.
_WORDS = {"skill": _SKILLS, "decline": offers.DECLINES, "work": offers.WORK}


def _moment(value: Fact) -> str:
    at = datetime.fromisoformat(str(value))
    return str(value) if at.tzinfo is None else formats.clock(at, at.tzinfo)


def _day(value: Fact) -> str:
    return formats.long_date(date.fromisoformat(str(value)[:10]))


def _figure(form: Callable[[float], str]) -> Callable[[Fact], str]:
    return lambda value: form(float(value))


def _label(value: Fact) -> str:
    """A name that comes with the program in the language in use; people's own as they are."""
    return _(str(value))


_BY_ENDING: dict[str, Callable[[Fact], str]] = {
    "rule": _label,
    "_cents": _figure(formats.money),
    "_co2e_g": _figure(formats.emissions),
    "_share": _figure(formats.whole_share),
    "_km": lambda value: formats.distance(float(value) * 1000),
    "_ml": _figure(formats.volume),
    "_at": _moment,
    "_on": _day,
    "_m": _figure(formats.distance),
    "_s": _figure(formats.duration),
    "_g": _figure(formats.weight),
}


def _unknown(reason: Reason) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in reason)
    return f"{reason.code} ({facts})" if facts else reason.code
