"""How local knowledge reads: what a note is about, what it asks, and whose word it is."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time

from app import formats
from app.domain.knowledge import About, Note
from app.domain.reasons import Reason, because
from app.domain.travel import VehicleProfile
from app.i18n import N_, _

#: The code of a note given as the reason of a stop.
NOTE_HOLDS = "note_holds"

SENTENCES: dict[str, str] = {
    "entry_write_note": N_("Note {note} written about {subject}"),
    "entry_strike_note": N_("Note {note} struck out"),
    "entry_import_note": N_("Notes taken in from {file}: {count}"),
    "note_about_nothing": N_("The note does not say whom or what it is about."),
    "note_without_area": N_("The note does not say which postcodes the driver knows."),
    "note_says_nothing": N_(
        "The note asks for nothing: say a vehicle, days, hours or more time at the door."
    ),
    "note_hours_cross": N_("“Not after {after}” comes before “not before {before}”."),
    "note_too_long": N_("More time at a door is at most {limit_s}."),
}
#: What the kinds of vehicle are called that a note lets in.
VEHICLES: dict[VehicleProfile, str] = {
    VehicleProfile.BIKE: N_("bikes"),
    VehicleProfile.VAN: N_("vans"),
    VehicleProfile.HEAVY: N_("lorries"),
}
ABOUT: dict[About, str] = {
    About.CLIENT: N_("Client"),
    About.STREET: N_("Street"),
    About.PLACE: N_("Address"),
    About.POSTCODE: N_("Postcode"),
    About.VEHICLE: N_("Driver, vehicle"),
}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def subject(note: Note) -> str:
    """Whom or what a note is about."""
    return " ".join(filter(None, (note.subject, note.postcode)))


def asks(note: Note) -> str:
    """What a note asks for, in few words."""
    return _asked(dict(_facts(note)))


def days(weekdays: Iterable[int]) -> str:
    """Days of the week by their short names, from Monday on."""
    return ", ".join(_(WEEKDAYS[day - 1]) for day in sorted(weekdays))


def note_reason(note: Note) -> Reason:
    """A note as a reason why a stop is where and when it is."""
    return because(NOTE_HOLDS, note=note.code, about=note.subject, **_facts(note))


def _facts(note: Note) -> dict[str, str | int]:
    """What a note asks, as plain facts."""
    told: dict[str, str | int] = {
        "only": ",".join(sorted(note.only)),
        "weekdays": ",".join(map(str, sorted(note.weekdays))),
        "not_before": _iso(note.not_before),
        "not_after": _iso(note.not_after),
        "more_s": note.more_s,
        "areas": ",".join(sorted(note.areas)),
        "said": note.reason,
        "author": note.author,
        "written": "" if note.written_on is None else note.written_on.isoformat(),
    }
    return {name: value for name, value in told.items() if value}


def _iso(clock: time | None) -> str:
    return "" if clock is None else clock.isoformat("minutes")


def _asked(facts: Mapping[str, object]) -> str:
    said = []
    if only := _split(facts.get("only")):
        names = ", ".join(_(VEHICLES[VehicleProfile(kind)]) for kind in only)
        said.append(_("only {vehicles}").format(vehicles=names))
    if weekdays := _split(facts.get("weekdays")):
        said.append(_("only on {days}").format(days=days(map(int, weekdays))))
    if "not_before" in facts:
        said.append(_("not before {time}").format(time=facts["not_before"]))
    if "not_after" in facts:
        said.append(_("not after {time}").format(time=facts["not_after"]))
    if more_s := facts.get("more_s"):
        more = formats.duration(int(str(more_s)))
        said.append(_("{time} more at the door").format(time=more))
    if areas := _split(facts.get("areas")):
        said.append(_("knows {areas}").format(areas=", ".join(areas)))
    return ", ".join(said)


def _split(value: object) -> list[str]:
    return [part for part in str(value or "").split(",") if part]


def _holds(reason: Reason) -> str:
    """The whole note: about whom, what, why, whose word."""
    facts = dict(reason.facts)
    said = _("Because of note {note} ({about}): {asks}.").format(
        note=facts["note"], about=facts["about"], asks=_asked(facts)
    )
    if why := facts.get("said"):
        said = f"{said} {why}"
    if not (author := facts.get("author")):
        return said
    if not (written := facts.get("written")):
        return _("{said} ({author})").format(said=said, author=author)
    on = formats.short_date(date.fromisoformat(str(written)))
    return _("{said} ({author}, {day})").format(said=said, author=author, day=on)


def _off_day(reason: Reason) -> str:
    names = days(map(int, _split(reason["weekdays"])))
    return _("Note {note} ({about}) keeps it for {days}.").format(
        note=reason["note"], about=reason["about"], days=names
    )


COMPOSED: dict[str, Callable[[Reason], str]] = {NOTE_HOLDS: _holds, "tour_off_day": _off_day}
