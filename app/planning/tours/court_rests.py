"""Does the driver rest: the break of the contract, and the pauses that the policy asks for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.policy import RestRule
from app.domain.tours import StopKind, Violation
from app.domain.travel import is_heavy
from app.planning.tours.case import Case, Leg, near, seconds
from app.planning.tours.court_times import free_between


def violations(case: Case) -> Iterator[Violation]:
    """Any pause that is long enough counts for whatever asks for one."""
    yield from _break(case)
    for rule in case.facts.policy.rests:
        if not rule.heavy_only or is_heavy(case.vehicle):
            yield from _rest(case, rule)


def _break(case: Case) -> Iterator[Violation]:
    """A break stands in the tour, long enough and in its hours, unless it fits round it."""
    needed_s = case.vehicle.break_s
    if needed_s <= 0:
        return
    first, last = case.hours.break_starts()
    rested_before = case.stops[0].start >= first + timedelta(seconds=needed_s)
    home_in_time = case.stops[-1].arrival <= last
    if rested_before or home_in_time:
        return
    if not case.pauses:
        yield case.found("break_missing", None, 0, needed_s)
        return
    given_s = {n: _length_s(case, n) for n in case.pauses}
    enough = [n for n in case.pauses if given_s[n] >= needed_s]
    off_s = {n: max(seconds(first - at), seconds(at - last)) for n, at in _starts(case, enough)}
    if any(off <= 0 for off in off_s.values()):
        return
    if enough:
        number = min(enough, key=lambda n: (off_s[n], n))
        yield case.found("break_outside", number, off_s[number], 0)
    else:
        number = max(case.pauses, key=lambda n: (given_s[n], -n))
        yield case.found("break_short", number, given_s[number], needed_s)


def _starts(case: Case, pauses: list[int]) -> Iterator[tuple[int, datetime]]:
    return ((n, case.stops[n].start) for n in pauses)


def _length_s(case: Case, number: int) -> int:
    return seconds(case.stops[number].departure - case.stops[number].start)


def _rest(case: Case, rule: RestRule) -> Iterator[Violation]:
    """Each stretch between two pauses that are long enough, and what is done in it."""
    ends = [n for n in case.pauses if _length_s(case, n) >= rule.length_s]
    last = len(case.stops) - 1
    for since, until in zip([None, *ends], [*ends, last], strict=True):
        for done_s, most_s in (
            (_driven_s(case, since, until), rule.drive_s),
            (_worked_s(case, since, until), rule.work_s),
        ):
            if most_s is not None and done_s > most_s:
                yield case.found("rest_missing", until, done_s, most_s)


def _worked_s(case: Case, since: int | None, until: int) -> int:
    """From the tour's start, or the end of a pause, to the next; shorter pauses left out."""
    stops, first = case.stops, -1 if since is None else since
    start = stops[0].start if since is None else stops[since].departure
    end = stops[until].arrival if until == len(stops) - 1 else stops[until].start
    short_s = sum(_length_s(case, n) for n in case.pauses if first < n < until)
    return seconds(end - start) - short_s


def _driven_s(case: Case, since: int | None, until: int) -> int:
    first = -1 if since is None else since
    return sum(leg.drive_s for leg in case.legs if first < _driven_before(case, leg) <= until)


def _driven_before(case: Case, leg: Leg) -> int:
    """The stop, a pause or the leg's end, that is reached by driving this leg.

    Pauses at the leg's start come before the way, others after; where time says otherwise, the way
    lies where it fits.
    """
    pauses = [n for n in range(leg.start + 1, leg.end) if case.stops[n].kind is StopKind.BREAK]
    origin = case.stops[leg.start].point
    told = next((n for n in pauses if not near(origin, case.stops[n].point)), leg.end)
    free_s = dict(zip([*pauses, leg.end], free_between(case, leg), strict=True))
    if free_s[told] >= leg.drive_s:
        return told
    return max(free_s, key=lambda n: (free_s[n], n))
