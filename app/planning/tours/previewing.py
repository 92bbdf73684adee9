"""What a move by hand would change, in figures and in rules broken, before it is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.reasons import Reason, because
from app.domain.tours import Tour, Violation
from app.planning.tours.consequences import Preview, Touched
from app.planning.tours.hands import RELOADS, Hands, stops_of, without
from app.planning.tours.moves import Move
from app.planning.tours.rearranging import Refusal, Wanted, known_here, rearranged, shipments_of


def preview(hands: Hands, move: Move) -> Preview:
    """What a move would change, reckoned on the tours that it touches and on no other."""
    what = type(move).__name__.lower()
    try:
        wanted, moved = rearranged(hands, move)
        pairs = [(each.tour, _after(hands, each)) for each in wanted]
    except Refusal as refusal:
        return Preview(what, shipments_of(hands, move), refused=refusal.reason)
    touched = _judged(hands, pairs)
    first = _first(touched, moved)
    return Preview(what, moved, touched, against=_locked(touched), first=first)


def _judged(hands: Hands, pairs: Sequence[tuple[Tour | None, Tour | None]]) -> tuple[Touched, ...]:
    """The tours before and after, with what they break newly."""
    codes = {before.code for before, _ in pairs if before is not None}
    then = [tour for tour in hands.plan.tours if tour.code not in codes]
    then += [after for _, after in pairs if after is not None]
    was, will = hands.laid_down(hands.plan.tours), hands.laid_down(then)
    touched = []
    for before, after in pairs:
        known = () if before is None else _found(hands, before, hands.plan.tours, was)
        found = () if after is None else _found(hands, after, then, will)
        touched.append(Touched(before, after, tuple(_worse(known, found)), found))
    return tuple(touched)


def _found(
    hands: Hands, tour: Tour, among: Sequence[Tour], laid_down: Sequence[Violation]
) -> tuple[Violation, ...]:
    """Everything that a tour breaks, by itself and beside others."""
    broken = (violation for violation in laid_down if violation.tour == tour.code)
    return (*hands.found_in(tour, _driven_too(tour, among)), *broken)


def _driven_too(tour: Tour, among: Sequence[Tour]) -> tuple[Tour, ...]:
    """Other tours of its vehicle."""
    return tuple(t for t in among if t.vehicle == tour.vehicle and t.code != tour.code)


def _same(before: Tour, wanted: Wanted) -> bool:
    return before.vehicle == wanted.vehicle and stops_of(before) == wanted.stops


def _after(hands: Hands, wanted: Wanted) -> Tour | None:
    if not wanted.stops:
        return None
    if wanted.tour is not None and _same(wanted.tour, wanted):
        return wanted.tour
    before, vehicle = wanted.tour, hands.vehicles[wanted.vehicle]
    known_here(hands, without(wanted.stops, (RELOADS,)))
    number = hands.next_number() if before is None else before.number
    timed = hands.timed(vehicle, wanted.stops, number)
    if timed is None:
        raise Refusal(because("hand_no_way", vehicle=wanted.vehicle))
    if before is None:
        return replace(timed, revision=0)
    return replace(
        timed,
        code=before.code,
        state=before.state,
        locked=before.locked,
        revision=before.revision,
        forced=before.forced,
    )


def _worse(before: Sequence[Violation], after: Sequence[Violation]) -> Iterable[Violation]:
    """What is broken now and was not, or is broken by more."""
    known: Mapping[tuple[str, str], int] = {
        (violation.code, violation.shipment): abs(violation.amount - violation.limit)
        for violation in before
    }
    for violation in after:
        by = abs(violation.amount - violation.limit)
        if by > known.get((violation.code, violation.shipment), 0):
            yield violation


def _locked(touched: Sequence[Touched]) -> Reason | None:
    """A tour that a person locked; one that locked itself, being broken, may be mended."""
    for each in touched:
        tour = each.before
        if tour is not None and tour.locked and not tour.forced and each.before != each.after:
            return because("hand_locked", tour=f"T{tour.number}")
    return None


def _first(touched: Sequence[Touched], moved: Sequence[str]) -> tuple[str, int] | None:
    """Where the first of the moved shipments will stand."""
    wanted = set(moved)
    for each in reversed(touched):
        if each.after is None:
            continue
        for place, stop in enumerate(each.after.deliveries):
            if stop.shipment in wanted and not each.after.is_fetch(stop):
                return each.after.code, place
    return None
