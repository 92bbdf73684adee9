"""New orders beside agreed ones: which agreed order makes room, and what each such move saves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.domain.orders import Order, OrderState, Shipment
from app.domain.reasons import because
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.domain.stock import StockCell
from app.planning.sourcing.agreed import Agreed, Cell, Setting
from app.planning.sourcing.batch import decided, in_turn, skus_of
from app.planning.sourcing.grounds import Grounds
from app.planning.sourcing.needs import Need, hindrance, need_of
from app.planning.sourcing.optimum import Answer, Problem, Sent, cost_of
from app.planning.sourcing.optimum.joining import Joined, join
from app.planning.sourcing.optimum.large import without
from app.planning.sourcing.pool import StockPool
from app.planning.sourcing.posing import Posed, pose
from app.ports import Stop, never


@dataclass(frozen=True, slots=True)
class Reallocated:
    """An agreed order that another node, or several, are to send.

    `saved_cents` is what all orders together would count more if this one stayed, the others being
    served as suggested; `served` are the new orders that get pieces which it gives up.
    """

    order: str
    node: str
    decision: SourcingDecision
    saved_cents: int
    served: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reallocation:
    """A decision for each new order, and the agreed orders that move; cents count all of them."""

    decisions: tuple[SourcingDecision, ...]
    moves: tuple[Reallocated, ...] = ()
    cost_cents: int = 0
    unmoved_cents: int = 0


def reallocate(
    new: Iterable[Order],
    agreed: Iterable[Agreed],
    held: Mapping[str, tuple[Shipment, ...]],
    setting: Setting,
    *,
    from_cents: int,
    only: Collection[str] | None = None,
    seconds: float | None = None,
    stop: Stop = never,
) -> Reallocation:
    """The new orders at least cost; an agreed one moves where that saves `from_cents` or more.

    With `only`, no other agreed orders move than these. `held` has the shipments of new orders that
    are allocated in part. Agreed orders that hold nothing a new one could take are not looked at.
    """
    scene = setting.scene
    needs = in_turn(new, held, scene, setting.now)
    weighed = [need for need in needs if need.lines and hindrance(need, scene) is None]
    able = _steady(agreed, setting)
    if only is not None:
        able = [one for one in able if one.order.code in only]
    rivals = _rivals(weighed, able, setting)
    case = _posed(weighed, rivals, setting)
    found = _Found(case, from_cents, seconds, stop)
    others = [need for need in needs if need.order.code not in case.places]
    aside = decided(others, setting.desk(others, ()), scene)
    return found.told(aside)


def _steady(agreed: Iterable[Agreed], setting: Setting) -> list[Agreed]:
    """Without those whose node has less than it promised: what they hold is no one's to give."""
    floors = setting.floors()
    short = {
        (cell.node, cell.sku)
        for cell in setting.stock
        if cell.on_hand - floors.get(cell.node, 0)
        < cell.reserved + cell.blocked + cell.safety_stock
    }
    return [one for one in agreed if short.isdisjoint(one.cells)]


def _rivals(
    weighed: Sequence[Need], agreed: Sequence[Agreed], setting: Setting
) -> tuple[Agreed, ...]:
    """The agreed orders whose pieces a new one could have, by the rules."""
    posed = pose(weighed, setting.desk(weighed, agreed))
    codes = posed.desk.nodes.codes
    wanted = {(codes[node], sku) for sku, node in posed.cells}
    return tuple(one for one in agreed if not wanted.isdisjoint(one.cells))


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """The new orders and their rivals as one problem, with what the rivals are sent now."""

    posed: Posed
    problem: Problem
    rivals: dict[int, Agreed]
    sent: tuple[Sent, ...]
    places: dict[str, int]
    stock: tuple[StockCell, ...]

    def order(self, sent: Sent) -> int:
        return self.posed.cases[sent.case].order


def _posed(weighed: Sequence[Need], rivals: Sequence[Agreed], setting: Setting) -> _Case:
    """Those rivals that the rules would not send from where they are now stay there."""
    scene = setting.scene
    while True:
        ours = [need_of(one.order, (), scene) for one in rivals]
        desk = setting.desk([*weighed, *ours], rivals)
        posed = pose([*weighed, *ours], desk)
        sent = tuple(posed.sent(_as_it_is(one, setting) for one in rivals))
        at = {need.order.code: number for number, need in enumerate(posed.needs)}
        kept = {posed.cases[one.case].order for one in sent}
        firm = tuple(one for one in rivals if at.get(one.order.code) in kept)
        if len(firm) == len(rivals):
            named = {at[one.order.code]: one for one in rivals}
            return _Case(posed, posed.problem(), named, sent, at, setting.stock_without(rivals))
        rivals = firm


class _Found:
    """The least cost with moves, and beside it what each move alone saves."""

    def __init__(self, case: _Case, from_cents: int, seconds: float | None, stop: Stop) -> None:
        self._case, self._from_cents = case, from_cents
        self._seconds, self._stop = seconds, stop
        self._unmoved: Joined | None = None
        self._unmoved = unmoved = self._joined(())
        best = self._joined(None)
        self.unmoved_cents = unmoved.cost
        self.best, self.saved = self._worth_it(best, unmoved)

    def told(self, aside: Iterable[SourcingDecision]) -> Reallocation:
        """All of it as decisions: the new orders', and those of the orders that move."""
        case, best = self._case, self.best
        nodes, policy = case.posed.desk.nodes, case.posed.desk.policy
        skus, floors = skus_of(case.posed.needs), nodes.floors(policy.sourcing)
        pool = StockPool(case.stock, nodes.index, skus, floors)
        grounds = Grounds(case.posed, _answer(case.problem, best), pool)
        new = [grounds.decision(at) for at in case.places.values() if at not in case.rivals]
        needs, takers = case.posed.needs, self._takers(best)
        moves = []
        for at in best.moved:
            new_ones = (taker for taker in takers[at] if taker not in case.rivals)
            served = tuple(needs[taker].order.code for taker in new_ones)
            moves.append(_told(case.rivals[at], grounds.decision(at), self.saved[at], served))
        return Reallocation(
            tuple(sorted((*new, *aside), key=lambda made: made.order)),
            tuple(sorted(moves, key=lambda move: (-move.saved_cents, move.order))),
            best.cost,
            self.unmoved_cents,
        )

    def _joined(self, may_move: Collection[int] | None) -> Joined:
        case = self._case
        return join(
            case.problem,
            case.sent,
            self._from_cents,
            self._seconds,
            self._stop,
            may_move=may_move,
            start=self._of_new(),
        )

    def _of_new(self) -> Iterable[Sent]:
        """How the new orders are served when nobody moves, once that is known."""
        known = () if self._unmoved is None else self._unmoved.shipments
        return (sent for sent in known if self._case.order(sent) not in self._case.rivals)

    def _worth_it(self, best: Joined, unmoved: Joined) -> tuple[Joined, dict[int, int]]:
        """Without moves that save less than they must: the search may end before its best."""
        while True:
            if best.cost > unmoved.cost - self._from_cents * len(best.moved):
                return unmoved, {}
            takers = self._takers(best)
            saved = {at: self._saved_cents(best, at, takers[at]) for at in best.moved}
            worth = {at for at, cents in saved.items() if cents >= self._from_cents}
            if len(worth) == len(saved):
                return best, saved
            best = self._joined(worth)

    def _saved_cents(self, best: Joined, at: int, takers: Collection[int]) -> int:
        """What all would count more if this one stayed, and its takers had what is left.

        Everybody else is served as found.
        """
        case = self._case
        ours = {at, *takers}
        others = np.array([o for o in range(case.problem.orders) if o not in ours], dtype=np.int64)
        sent = [one for one in best.shipments if case.order(one) not in ours]
        part = without(case.problem, others, sent)
        stays = list(part.own(one for one in case.sent if case.order(one) == at))
        if any(part.problem.node_room[one.node] < 1 for one in stays):
            return self._joined(set(best.moved) - {at}).cost - best.cost
        again = join(part.problem, stays, 0, self._seconds, self._stop, may_move=())
        return again.cost - cost_of(part.problem, part.own(best.shipments))

    def _takers(self, best: Joined) -> dict[int, tuple[int, ...]]:
        """For each order that moves, the others, new or moved, that get pieces where it had its."""
        case, codes = self._case, self._case.posed.desk.nodes.codes
        taken: dict[Cell, list[int]] = {}
        for sent in best.shipments:
            order = case.order(sent)
            if order not in case.rivals or order in best.moved:
                lines, node = case.posed.needs[order].lines, codes[case.posed.node(sent.node)]
                for line, _pieces in sent.lines:
                    sku = lines[case.posed.lines[line][1]].sku
                    taken.setdefault((node, sku), []).append(order)
        return {at: _of_any(case.rivals[at].cells, taken, at) for at in best.moved}


def _of_any(
    cells: Iterable[Cell], taken: Mapping[Cell, Iterable[int]], but: int
) -> tuple[int, ...]:
    """Who else takes from any of these cells, each once."""
    found = dict.fromkeys(order for cell in cells for order in taken.get(cell, ()))
    return tuple(order for order in found if order != but)


def _told(
    rival: Agreed, made: SourcingDecision, saved_cents: int, served: tuple[str, ...]
) -> Reallocated:
    node = rival.shipment.node
    said = because("reallocated_cheaper", nodes=node, saved_cents=saved_cents)
    if served:
        order = served[0]
        said = because("reallocated", nodes=node, saved_cents=saved_cents, order=order)
    made = replace(made, reasons=(said, *made.reasons))
    return Reallocated(rival.order.code, node, made, saved_cents, served)


def _as_it_is(one: Agreed, setting: Setting) -> SourcingDecision:
    """An agreed order's shipment as if it were decided now."""
    lines = tuple(sorted(one.shipment.lines, key=lambda line: line.sku))
    return SourcingDecision(
        order=one.order.code,
        order_revision=one.order.revision,
        status=OrderState.ALLOCATED,
        shipments=(SuggestedShipment(one.shipment.node, lines),),
        candidates=(),
        reasons=(),
        rule="",
        policy_version=setting.policy.version,
        decided_at=setting.now,
    )


def _answer(problem: Problem, best: Joined) -> Answer:
    """The shipments as an answer without a bound: stock and room have no price."""
    nothing = np.zeros(len(problem.cell_pieces))
    rooms = np.zeros(problem.nodes)
    return Answer(best.shipments, best.cost, 0, (), nothing, rooms)
