"""How figures read to people: one form for each quantity, in the language of the program."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from math import floor

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from app.i18n import _, language

NARROW_SPACE = "\u202f"  # between thousands
NO_BREAK_SPACE = "\u00a0"  # before a unit
MINUS = "\u2212"
EN_DASH = "\u2013"
COUNTDOWN_LIMIT_S = 30 * 60

Figure = int | float | Decimal
Format = Callable[[Figure], str]


def number(value: Figure, decimals: int = 0) -> str:
    """A bare figure with a fixed number of decimals."""
    return _decimal(_rounded(value, Decimal(1).scaleb(-decimals)), decimals)


def money(cents: Figure, currency: str = "EUR") -> str:
    """An amount with its currency: `1 234,50 €`."""
    return _money(_rounded(cents, Decimal(1)) / 100, currency, digits=2)


def whole_money(cents: Figure, currency: str = "EUR") -> str:
    """An amount without its cents, for totals: `1 319 €`."""
    return _money(_rounded(cents, Decimal(100)) / 100, currency, digits=0)


def amount(cents: Figure) -> str:
    """An amount without its currency, for columns whose header has it: `8,99`."""
    return _decimal(_rounded(cents, Decimal(1)) / 100, 2)


def distance(metres: Figure) -> str:
    """`850 m` below a kilometre, else `12,4 km`."""
    return _scaled(_shown_scaled(metres), ("m", "km"))


def kilometres(metres: Figure) -> str:
    """A distance without its unit, for columns in km: `12,4`."""
    return _decimal(_rounded(metres, Decimal(100)) / 1000, 1)


def weight(grams: Figure) -> str:
    """`640 g` below a kilogram, else `8,4 kg`."""
    return _scaled(_shown_scaled(grams), ("g", "kg"))


def kilograms(grams: Figure) -> str:
    """A weight without its unit, for columns in kg: `8,4`."""
    return _decimal(_rounded(grams, Decimal(100)) / 1000, 1)


def volume(millilitres: Figure) -> str:
    """`12,4 L` below a cubic metre, else `1,2 m³`."""
    shown = _shown_volume(millilitres)
    if abs(shown) < 1_000_000:
        return _with_unit(_decimal(shown / 1000, 1), "L")
    return _with_unit(_decimal(shown / 1_000_000, 1), "m³")


def emissions(grams: Figure, level: int | None = None) -> str:
    """`3,2 kg CO₂e`, below a kilogram `640 g CO₂e`; followed by the method's level when given."""
    text = _scaled(_shown_scaled(grams), (f"g{NO_BREAK_SPACE}CO₂e", f"kg{NO_BREAK_SPACE}CO₂e"))
    return text if level is None else f"{text}, {emissions_level(level)}"


def emissions_level(level: int) -> str:
    """How exact the figures behind emissions are: `niv. 1`."""
    return _("level %(level)s") % {"level": level}


def share(ratio: Figure, decimals: int = 1) -> str:
    """A part of one as a percentage: `94,9 %`."""
    shown = _rounded(Decimal(str(ratio)), Decimal(1).scaleb(-decimals - 2))
    pattern = _locale().percent_formats[None].pattern.replace("#,##0", _pattern(decimals))
    return _tidy(format_percent(shown, pattern, locale=_locale(), decimal_quantization=False))


def whole_share(ratio: Figure) -> str:
    """A percentage without decimals: `95 %`."""
    return share(ratio, decimals=0)


def duration(seconds: Figure) -> str:
    """`46 min`, from an hour on `2 h 05`; to the minute."""
    shown = _shown_minutes(seconds)
    if shown == 0 and seconds:
        return f"<{NO_BREAK_SPACE}{_with_unit('1', 'min')}"
    hours, minutes = divmod(abs(int(shown)) // 60, 60)
    sign = MINUS if shown < 0 else ""
    if not hours:
        return sign + _with_unit(number(minutes), "min")
    return f"{sign}{number(hours)}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{minutes:02d}"


def countdown(seconds: Figure) -> str:
    """Time left: `3:24` below half an hour, then a duration; never negative nor rounded up."""
    left = max(0, floor(seconds))
    if left >= COUNTDOWN_LIMIT_S:
        return duration(left - left % 60)
    return f"{left // 60}:{left % 60:02d}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time on the wall in this zone: `15:14`.

    Raises:
        ValueError: the moment has no zone of its own.
    """
    if moment.tzinfo is None:
        raise ValueError("a time on the wall needs an aware datetime")
    return format_time(moment, "HH:mm", tzinfo=zone, locale=_locale())


def window(start: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """`14:00–16:00`; `dès 12:00` with no end, `avant 16:00` with no start; empty with neither."""
    if start is None:
        return _("by %(time)s") % {"time": clock(end, zone)} if end else ""
    if end is None:
        return _("from %(time)s") % {"time": clock(start, zone)}
    if start.astimezone(zone).date() == end.astimezone(zone).date():
        return f"{clock(start, zone)}{EN_DASH}{clock(end, zone)}"
    return f"{_day_and_clock(start, zone)} {EN_DASH} {_day_and_clock(end, zone)}"


def long_date(day: date) -> str:
    """`mar. 24 nov. 2026`."""
    return format_date(day, "EEE d MMM y", locale=_locale())


def short_date(day: date) -> str:
    """`24/11/2026`."""
    return format_date(day, "dd/MM/y", locale=_locale())


def day_month(day: date) -> str:
    """`24/11`, where the year is plain from the place."""
    return format_date(day, "dd/MM", locale=_locale())


def short_moment(moment: datetime, zone: tzinfo) -> str:
    """`24/11/2026 09:41`."""
    return f"{short_date(moment.astimezone(zone).date())} {clock(moment, zone)}"


def change(format_: Format, difference: Figure) -> str:
    """A difference in the given format with its sign: `+1,9 km`, `−6 min`; none when it is zero."""
    text = format_(difference if difference > 0 else -difference)
    if text == format_(0):
        return text
    return ("+" if difference > 0 else MINUS) + text


def change_between(format_: Format, before: Figure, after: Figure) -> str:
    """The difference of two figures as they are shown, so that the reader's subtraction agrees."""
    shown = _SHOWN[format_]
    return change(format_, shown(after) - shown(before))


def order_number(code: str) -> str:
    """A code of digits in groups of three, `480 213`; any other code as it is."""
    if not (code.isascii() and code.isdigit()):
        return code
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", NARROW_SPACE, code)


def searchable(text: str) -> str:
    """The text as search compares it: no spaces of any kind, no difference of case."""
    return "".join(text.split()).casefold()


def rounded_parts(parts: Sequence[Figure], unit: int = 1) -> tuple[int, ...]:
    """Parts as multiples of `unit` that add up to their rounded total (largest remainder)."""
    exact = [Fraction(part) / unit for part in parts]
    floors = [floor(part) for part in exact]
    missing = floor(sum(exact, Fraction(0)) + Fraction(1, 2)) - sum(floors)
    by_remainder = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    raised = set(by_remainder[:missing])
    return tuple((whole + (i in raised)) * unit for i, whole in enumerate(floors))


def _shown_scaled(value: Figure) -> Decimal:
    """To the unit below a thousand, to a tenth of the next one above."""
    small = _rounded(value, Decimal(1))
    return small if abs(small) < 1000 else _rounded(value, Decimal(100))


def _shown_volume(millilitres: Figure) -> Decimal:
    small = _rounded(millilitres, Decimal(100))
    return small if abs(small) < 1_000_000 else _rounded(millilitres, Decimal(100_000))


def _shown_minutes(seconds: Figure) -> Decimal:
    return _rounded(seconds, Decimal(60))


def _shown_cents(cents: Figure) -> Decimal:
    return _rounded(cents, Decimal(1))


def _shown_hundreds(value: Figure) -> Decimal:
    return _rounded(value, Decimal(100))


_SHOWN: dict[Callable[..., str], Callable[[Figure], Decimal]] = {
    number: lambda value: _rounded(value, Decimal(1)),
    money: _shown_cents,
    amount: _shown_cents,
    whole_money: _shown_hundreds,
    distance: _shown_scaled,
    kilometres: _shown_hundreds,
    weight: _shown_scaled,
    kilograms: _shown_hundreds,
    volume: _shown_volume,
    emissions: _shown_scaled,
    share: lambda ratio: _rounded(ratio, Decimal("0.001")),
    whole_share: lambda ratio: _rounded(ratio, Decimal("0.01")),
    duration: _shown_minutes,
}


def _rounded(value: Figure, step: Decimal) -> Decimal:
    """The nearest multiple of the step; halves away from zero, as people round."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _scaled(shown: Decimal, units: tuple[str, str]) -> str:
    small, large = units
    if shown == 0 or abs(shown) >= 1000:
        return _with_unit(_decimal(shown / 1000, 1 if shown else 0), large)
    return _with_unit(_decimal(shown, 0), small)


def _with_unit(figure: str, unit: str) -> str:
    return f"{figure}{NO_BREAK_SPACE}{unit}"


def _day_and_clock(moment: datetime, zone: tzinfo) -> str:
    return f"{day_month(moment.astimezone(zone).date())} {clock(moment, zone)}"


def _decimal(shown: Decimal, decimals: int) -> str:
    return _written(shown, decimals, language())


@lru_cache(maxsize=20_000)
def _written(shown: Decimal, decimals: int, speech: str) -> str:
    """Kept, because tables write the same figures again at every painting."""
    pattern, locale = _pattern(decimals), _locale_of(speech)
    return _tidy(format_decimal(shown, pattern, locale=locale, decimal_quantization=False))


def _money(shown: Decimal, currency: str, *, digits: int) -> str:
    pattern = _locale().currency_formats["standard"].pattern
    if digits == 0:
        pattern = pattern.replace(".00", "")
    text = format_currency(
        shown,
        currency,
        pattern,
        locale=_locale(),
        currency_digits=False,
        decimal_quantization=False,
    )
    return _tidy(text)


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _tidy(text: str) -> str:
    """A true minus, and no sign on a zero."""
    if text.startswith("-"):
        return MINUS + text[1:] if re.search("[1-9]", text) else text[1:]
    return text


@cache
def _locale_of(speech: str) -> Locale:
    return Locale("fr", "FR") if speech == "fr" else Locale("en", "GB")


def _locale() -> Locale:
    return _locale_of(language())
