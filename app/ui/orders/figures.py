"""Figures and times that many lines share: each is put into words once in each language."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import language

_MANY = 16_384


def count(value: float) -> str:
    """A bare number."""
    return _count(value, language())


def kilograms(grams: int) -> str:
    """A weight for a column in kg."""
    return _kilograms(grams, language())


def minutes(seconds: int) -> str:
    """A duration in whole minutes, rounded down."""
    return _minutes(seconds - seconds % 60, language())


def asked(start: datetime | None, end: datetime | None, zone: ZoneInfo, day: date) -> str:
    """A window alone on the day shown; on any other day its date and when it ends."""
    return _asked(start, end, zone, day, language())


@lru_cache(_MANY)
def _count(value: float, _language: str) -> str:
    return formats.number(value)


@lru_cache(_MANY)
def _kilograms(grams: int, _language: str) -> str:
    return formats.kilograms(grams)


@lru_cache(_MANY)
def _minutes(seconds: int, _language: str) -> str:
    return formats.duration(seconds)


@lru_cache(_MANY)
def _asked(
    start: datetime | None, end: datetime | None, zone: ZoneInfo, day: date, _language: str
) -> str:
    moment = end or start
    if moment is None:
        return ""
    on = moment.astimezone(zone).date()
    if on == day:
        return formats.window(start, end, zone)
    return f"{formats.day_month(on)} {formats.clock(moment, zone)}"
