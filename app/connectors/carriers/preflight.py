"""What would keep a booking from being understood by its carrier, and what would put it right."""

import re
from collections.abc import Iterable, Iterator

from app.connectors.carriers.street_lines import shortened, split_street, unaccented
from app.domain.bookings import Booking, BookingFault, CarrierProfile, Party
from app.domain.reasons import Reason, because

_FRENCH_POSTCODE = re.compile(r"\d{5}")
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_FOLDED = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u00a0": " ",
    "\u202f": " ",
    "€": "EUR",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
}


def faults_of(bookings: Iterable[Booking], profile: CarrierProfile) -> tuple[BookingFault, ...]:
    """Every fault of every booking; a booking without any can go."""
    return tuple(fault for booking in bookings for fault in _faults(booking, profile))


def _faults(booking: Booking, profile: CarrierProfile) -> Iterator[BookingFault]:
    required = profile.required.get(booking.service_kind, ())
    for field, text in _fields(booking):
        found = _missing(booking, field, required) if not text.strip() else None
        found = found or _misshaped(booking, field, text, required) or _long(field, text, profile)
        found = found or _foreign_characters(text, profile.charset)
        if found:
            yield BookingFault(booking.shipment, field, *found)


def _fields(booking: Booking) -> tuple[tuple[str, str], ...]:
    """What is checked: where a relay receives, its address is the carrier's own."""
    to: Party = booking.consignee
    address = booking.pickup_point.address if booking.pickup_point else to.address
    return (
        ("name", to.name),
        ("street", address.street),
        ("postcode", address.postcode),
        ("town", address.town),
        ("phone", to.phone),
        ("email", to.email),
        ("note", booking.note),
    )


def _missing(booking: Booking, field: str, required: Iterable[str]) -> tuple[Reason, Reason] | None:
    """What is not there; for a transfer it is the store's, so no customer is to be asked."""
    if field not in required:
        return None
    store = booking.consignee.code
    advice = because("advice_node", node=store) if store else because(f"advice_ask_{field}")
    return because(f"{field}_missing"), advice


def _misshaped(
    booking: Booking, field: str, text: str, required: Iterable[str]
) -> tuple[Reason, Reason] | None:
    if field == "postcode" and booking.consignee.address.country in ("", "FR"):
        return _french_postcode("".join(text.split()))
    if field == "phone" and field in required:
        digits = sum(character.isdigit() for character in text)
        if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            return because("phone_misshaped", phone=text), because("advice_ask_phone")
    return None


def _french_postcode(postcode: str) -> tuple[Reason, Reason] | None:
    if not postcode or _FRENCH_POSTCODE.fullmatch(postcode):
        return None
    fault = because("postcode_misshaped", postcode=postcode)
    if postcode.isdigit() and len(postcode) == 4:  # a spreadsheet ate its zero
        return fault, because("advice_value", value=f"0{postcode}")
    return fault, because("advice_ask_postcode")


def _long(field: str, text: str, profile: CarrierProfile) -> tuple[Reason, Reason] | None:
    limit: int = getattr(profile.lengths, field)
    if field == "street":
        return _long_street(text, profile.street_lines, limit)
    if len(text) <= limit:
        return None
    fault = because(f"{field}_too_long", characters=len(text), limit=limit)
    shorter = _whole_words(text, limit)
    return fault, because("advice_value", value=shorter) if shorter else because("advice_shorten")


def _long_street(street: str, lines: int, length: int) -> tuple[Reason, Reason] | None:
    if split_street(street, lines, length) is not None:
        return None
    fault = because("street_too_long", characters=len(street), lines=lines, length=length)
    shorter = split_street(shortened(street), lines, length)
    if shorter is None:
        return fault, because("advice_shorten")
    return fault, because("advice_value", value=" / ".join(shorter))


def _whole_words(text: str, limit: int) -> str:
    """As many whole words as fit."""
    fitting = text[: limit + 1].rsplit(None, 1)
    return fitting[0].rstrip(" ,;-") if len(fitting) > 1 else ""


def _foreign_characters(text: str, charset: str) -> tuple[Reason, Reason] | None:
    strange = sorted({character for character in text if not _encodes(character, charset)})
    if not strange:
        return None
    fault = because("not_in_charset", characters="".join(strange), charset=charset)
    folded = "".join(c if _encodes(c, charset) else _FOLDED.get(c) or unaccented(c) for c in text)
    if _encodes(folded, charset):
        return fault, because("advice_value", value=folded)
    return fault, because("advice_latin")


def _encodes(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
