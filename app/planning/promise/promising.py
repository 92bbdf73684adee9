"""Every date that may be promised for a basket at a place, and why others are later or refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.nodes import Product
from app.domain.promises import (
    NoPromise,
    Promise,
    PromiseAsked,
    PromiseKind,
    PromiseOption,
)
from app.domain.reasons import Reason, because
from app.domain.stock import StockCell
from app.domain.values import GeoPoint
from app.planning.promise.by_carrier import Bound, carrier_options, nearest_relays
from app.planning.promise.collecting import collect_option, nearest_stores
from app.planning.promise.ground import Goods, PromiseGround
from app.planning.promise.own_tours import tour_option
from app.planning.promise.readiness import NotReady, Ready, Shelf, steps_until_left
from app.planning.promise.splitting import in_parts, parts_of

#: How many nodes carriers are asked from: the nearest of those that could send first, then others.
_SENDERS = 3
#: Our tours are asked from so many of the nearest nodes that have vehicles.
_DEPOTS = 6
#: How many nodes that lack something are told one by one.
_TOLD = 5
_RELAYS = 3
_MINUTE = timedelta(minutes=1)


def promise(
    asked: PromiseAsked,
    ground: PromiseGround,
    cells: Iterable[StockCell],
    products: Mapping[str, Product],
    now: datetime,
) -> Promise:
    """The dated options, the soonest first and the cheapest of those; same input, same answer.

    `cells` are those of the basket's products. Each service, tour and store is told once, at its
    best. Where no node has the whole basket now, nodes share it if the policy lets them.
    """
    known = tuple(cells)
    whole = _whole(asked, ground, known, products, now)
    parts = parts_of(asked.lines, known, ground, asked.point)
    if len(parts) < 2:
        return whole
    told = [_whole(replace(asked, lines=part), ground, known, products, now) for part in parts]
    options = sorted(
        [*whole.options, *in_parts(told)],
        key=lambda option: (option.on, option.cost_cents, len(option.parts), option.kind),
    )
    return replace(whole, options=tuple(options))


def _whole(
    asked: PromiseAsked,
    ground: PromiseGround,
    cells: Sequence[StockCell],
    products: Mapping[str, Product],
    now: datetime,
) -> Promise:
    """The dates at which the whole basket comes from one node."""
    now = now.astimezone(UTC)  # sums of time are true there, whatever the clocks on the wall do
    shelf = Shelf(ground, asked.lines, cells)
    looked = [shelf.readiness(at, now) for at in range(len(ground.table))]
    found = [one for one in looked if isinstance(one, Ready)]
    goods = Goods.of(asked.lines, products)
    answers = list(_answers(asked, ground, goods, found))
    options = _best([one for one in answers if isinstance(one, PromiseOption)])
    refused = [one for one in answers if isinstance(one, NoPromise)]
    lacking = [one for one in looked if isinstance(one, NotReady)]
    by_node = {one.node.code: one for one in found}
    return Promise(
        now,
        tuple(_told_whole(o, by_node[o.node], shelf, now) for o in options),
        tuple(_not_said_twice(refused, options)) + tuple(_told(lacking, asked.point, ground)),
    )


def _answers(
    asked: PromiseAsked, ground: PromiseGround, goods: Goods, found: Sequence[Ready]
) -> Iterator[PromiseOption | NoPromise]:
    if not len(ground.table):
        yield NoPromise(because("no_nodes"))
        return
    sending = [one for one in found if ground.table.sends[one.at]]
    senders = _senders(sending, ground, asked.point)
    if PromiseKind.HOME in asked.kinds:
        yield from _by_tour(asked, ground, goods, sending)
    at_door = asked.kinds & {PromiseKind.HOME, PromiseKind.EXPRESS}
    if at_door:
        bound = Bound(asked.address, asked.point, asked.insee)
        for sender in senders:
            yield from carrier_options(sender, ground, goods, bound, asked.wanted_on, at_door)
    if PromiseKind.PICKUP_POINT in asked.kinds:
        yield from _at_relays(asked, ground, goods, senders)
    if PromiseKind.COLLECT in asked.kinds:
        yield from _at_stores(asked, ground, found)


def _senders(
    found: Sequence[Ready], ground: PromiseGround, goal: GeoPoint | None
) -> tuple[Ready, ...]:
    """The nearest nodes of those whose goods leave first, and the nearest of all."""
    away = ground.table.straight_m(goal) if goal is not None else None

    def near(one: Ready) -> tuple[float, str]:
        return (0.0 if away is None else float(away[one.at]), one.node.code)

    nearest = sorted(found, key=near)
    first = min((one.leaves.astimezone(one.zone).date() for one in found), default=None)
    soonest = [one for one in nearest if one.leaves.astimezone(one.zone).date() == first]
    chosen = [*soonest[:_SENDERS], *nearest[:_SENDERS]]
    return tuple({one.at: one for one in chosen}.values())


def _by_tour(
    asked: PromiseAsked, ground: PromiseGround, goods: Goods, found: Sequence[Ready]
) -> Iterator[PromiseOption | NoPromise]:
    if asked.point is None:
        yield NoPromise(_unplaced(asked), PromiseKind.HOME)
        return
    away = ground.table.straight_m(asked.point)
    with_vehicles = [one for one in found if one.node.code in ground.vehicles]
    with_vehicles.sort(key=lambda one: (away[one.at], one.node.code))
    for one in with_vehicles[:_DEPOTS]:
        made = tour_option(one, ground, goods, asked.point, asked.wanted_on)
        if isinstance(made, Reason):
            yield NoPromise(made, PromiseKind.HOME, one.node.code)
        else:
            yield made


def _unplaced(asked: PromiseAsked) -> Reason:
    """Why there is no place to measure to: none was said, or nobody knows it."""
    said = " ".join(filter(None, (asked.address.postcode, asked.address.town)))
    if not said:
        return because("promise_place_unknown")
    return because("promise_place_not_found", said=said)


def _at_relays(
    asked: PromiseAsked, ground: PromiseGround, goods: Goods, senders: Sequence[Ready]
) -> Iterator[PromiseOption | NoPromise]:
    if asked.point is None or not ground.relays:
        why = because("promise_no_relay") if asked.point is not None else _unplaced(asked)
        yield NoPromise(why, PromiseKind.PICKUP_POINT)
        return
    for relay in nearest_relays(ground, asked.point, _RELAYS):
        bound = Bound(relay.address, relay.point, relay=relay)
        for sender in senders:
            yield from carrier_options(
                sender, ground, goods, bound, asked.wanted_on, {PromiseKind.PICKUP_POINT}
            )


def _at_stores(
    asked: PromiseAsked, ground: PromiseGround, found: Sequence[Ready]
) -> Iterator[PromiseOption | NoPromise]:
    stores = nearest_stores(ground, asked.point)
    if not stores:
        yield NoPromise(because("promise_no_store"), PromiseKind.COLLECT)
    for store in stores:
        made = collect_option(store, found, ground, asked.wanted_on)
        if isinstance(made, Reason):
            code = ground.table.codes[store]
            yield NoPromise(made, PromiseKind.COLLECT, place=code)
        else:
            yield made


def _best(options: Sequence[PromiseOption]) -> list[PromiseOption]:
    """The soonest and then cheapest of each service, tour and store, in that order."""
    ranked = sorted(
        options,
        key=lambda o: (o.on, o.cost_cents, o.window.start, o.co2e_g, o.kind, o.node, o.service),
    )
    told: dict[tuple[str, ...], PromiseOption] = {}
    for option in ranked:
        told.setdefault((option.kind, option.carrier, option.service, option.place), option)
    return list(told.values())


def _not_said_twice(
    refused: Sequence[NoPromise], options: Sequence[PromiseOption]
) -> Iterator[NoPromise]:
    """Why services, tours and relays can not, once each, and only where none can."""
    can = {
        (o.carrier, o.service, o.place if o.kind is not PromiseKind.HOME else "") for o in options
    }
    said: set[tuple[object, ...]] = set()
    for one in refused:
        way = (one.carrier, one.service, one.place)
        key = (one.kind, *way, "" if one.carrier else one.node)
        if key in said or (one.carrier and way in can):
            continue
        said.add(key)
        yield one


def _told(
    lacking: Sequence[NotReady], goal: GeoPoint | None, ground: PromiseGround
) -> Iterator[NoPromise]:
    """The nearest nodes that cannot have the basket, and how many more there are."""
    away = ground.table.straight_m(goal) if goal is not None else None
    nearest = sorted(
        lacking, key=lambda one: (0.0 if away is None else away[one.at], one.node.code)
    )
    for one in nearest[:_TOLD]:
        yield NoPromise(one.reason, node=one.node.code)
    more = len(nearest) - _TOLD
    if more > 0:
        yield NoPromise(because("promise_more_nodes", nodes=more))


def _told_whole(option: PromiseOption, found: Ready, shelf: Shelf, now: datetime) -> PromiseOption:
    """The option with its whole chain, its last moment to order, and how sure the stock is."""
    return replace(
        option,
        steps=(*steps_until_left(found, shelf.ground, now), *option.steps),
        order_by=_order_by(option, found, shelf, now),
        chance=round(shelf.chance(found, now), 4),
    )


def _order_by(option: PromiseOption, found: Ready, shelf: Shelf, now: datetime) -> datetime | None:
    """The last minute to order at which the goods still leave in time, by halving the span."""
    deadline = option.order_by
    if deadline is None:
        return None
    low, high = 0, max(0, int((deadline - now) / _MINUTE))
    leaves_store = option.kind is not PromiseKind.COLLECT or option.place != option.node
    while low < high:
        middle = (low + high + 1) // 2
        later = shelf.readiness(found.at, now + middle * _MINUTE)
        in_time = (
            isinstance(later, Ready) and (later.leaves if leaves_store else later.ready) <= deadline
        )
        low, high = (middle, high) if in_time else (low, middle - 1)
    return now + low * _MINUTE
