"""On which days a carrier works, and when goods handed over today arrive."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from app.planning.carriage.zones import Destination

_SUNDAY = 7
_MOSELLE_AND_ALSACE = {"57": "57", "67": "6AE", "68": "6AE"}
_OVERSEAS_SUBDIVISIONS = {"971": "971", "972": "972", "973": "973", "974": "974", "976": "976"}
_SUBDIVISIONS = _MOSELLE_AND_ALSACE | _OVERSEAS_SUBDIVISIONS


def works_on(days: Collection[int], day: date, place: Destination) -> bool:
    """Whether a service works at a place that day: holidays are for those who work Sundays."""
    if day.isoweekday() not in days:
        return False
    return _SUNDAY in days or not is_holiday(day, place)


def next_working_day(days: Collection[int], after: date, place: Destination) -> date | None:
    """The first day after `after` on which a service works there, None if it never does."""
    following = (after + timedelta(days=ahead) for ahead in range(1, 32))
    return next((day for day in following if works_on(days, day, place)), None)


def arrival_day(
    days: Collection[int], handed_over: date, transit_days: int, place: Destination
) -> date | None:
    """The day of delivery, `transit_days` working days of that place after the hand-over."""
    day: date | None = handed_over
    for _ in range(transit_days):
        if day is None:
            return None
        day = next_working_day(days, day, place)
    return day


def is_holiday(day: date, place: Destination) -> bool:
    """Whether a day is a public holiday at a place; a country without a calendar has none."""
    country = place.countries[-1]  # overseas departments keep France's calendar and their own days
    return day in _holidays(country, _SUBDIVISIONS.get(place.department, ""), day.year)


@lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    from holidays import country_holidays  # 0.2 s to import, and only carriers need it

    try:
        found = country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        return frozenset()
    return frozenset(found)
