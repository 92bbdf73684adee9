"""The day's board as a worklist: what is suggested, by when, on what it rides, in which views."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.domain.orders import Mode, Queue
from app.domain.sourcing import SourcingDecision
from app.jobs import uncollected
from app.ui.orders.deadlines import Deadlines
from app.ui.orders.filters import shown
from app.ui.orders.saved_views import Arrangement
from app.ui.orders.search import words_of
from app.ui.orders.standing import standing_of
from app.ui.orders.trouble import trouble_of
from app.ui.orders.work_row import Asked, Way, Worklist, WorkRow
from app.ui.views import VIEWS, Moment, is_ill_placed
from db.queries.board import Board, OrderRow
from db.queries.directory import Directory

_UNSOURCED = frozenset({Queue.BLOCKED, Queue.TO_SOURCE, Queue.ASK_CLIENT, Queue.OFFERED})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a worklist is made of: the board, what is suggested, names, the moment, own views."""

    board: Board
    suggestions: Mapping[str, SourcingDecision]
    directory: Directory
    moment: Moment
    zone: ZoneInfo
    own: Mapping[str, Arrangement]


@uncollected()
def worklist(basis: Basis, before: Worklist | None = None) -> Worklist:
    """Every order of the day as a line, the count of each view, and what differs from before."""
    made = _Maker(basis)
    rows = tuple(made.row(source) for source in basis.board.rows)
    counts: Counter[str] = Counter({view.name: 0 for view in VIEWS})
    for row in rows:
        counts.update(row.views)
    for name, view in basis.own.items():
        counts[name] = len(shown(rows, view.base, view.filter, basis.zone))
    ill_placed = sum(is_ill_placed(source, basis.moment) for source in basis.board.rows)
    return Worklist(rows, dict(counts), ill_placed, _changed(rows, before or Worklist()))


def _changed(rows: Iterable[WorkRow], before: Worklist) -> frozenset[str]:
    known = {row.code: row for row in before.rows}
    return frozenset(row.code for row in rows if row != known.get(row.code))


class _Maker:
    def __init__(self, basis: Basis) -> None:
        self._suggestions = basis.suggestions
        self._directory = basis.directory
        self._moment = basis.moment
        self._names = {node.code: node.name for node in basis.board.nodes}
        self._deadlines = Deadlines(basis.board.nodes, basis.moment.now)

    def row(self, source: OrderRow) -> WorkRow:
        open_now = source.queue in _UNSOURCED
        suggestion = self._suggestions.get(source.code) if open_now else None
        standing = standing_of(source, suggestion, self._moment.tight_slack_s)
        nodes = suggestion.nodes if suggestion is not None else source.nodes
        carriers = tuple(self._directory.carriers.get(c, c) for c in source.carriers)
        parcels, weight_g = _goods(source, suggestion)
        names = tuple(self._names.get(node, "") for node in nodes)
        return WorkRow(
            code=source.code,
            standing=standing,
            customer=source.customer,
            postcode=source.postcode,
            town=source.town,
            approximate=source.approximate,
            mode=source.mode,
            parcels=parcels,
            weight_g=weight_g,
            asked=_asked(source),
            deadline=self._deadlines.of(source, suggestion),
            source=source,
            suggestion=suggestion,
            nodes=nodes,
            node_name=names[0] if len(names) == 1 else "",
            served=_served(suggestion),
            pieces=source.pieces,
            trouble=trouble_of(source, suggestion),
            margin=suggestion.margin if suggestion is not None and nodes else None,
            slack_s=source.slack_s,
            late_s=source.late_s,
            tours=source.tours,
            position=next((s.position for s in source.shipments if s.tour), 0),
            carriers=carriers,
            booked=bool(carriers) and not source.unbooked,
            way=self._way(source, nodes),
            words=words_of(source.order, *nodes, *names, *carriers, *_tour_words(source)),
            views=frozenset(view.name for view in VIEWS if view.holds(source, self._moment)),
        )

    def _way(self, source: OrderRow, nodes: tuple[str, ...]) -> Way:
        """What to expect: a node's own vehicles if it has any, else a carrier."""
        if source.queue not in (*_UNSOURCED, Queue.TO_PLAN, Queue.TO_COLLECT) or not nodes:
            return Way.UNKNOWN
        if source.mode is Mode.CLICK_AND_COLLECT:
            return Way.COLLECT
        if source.mode is Mode.PICKUP_POINT:
            return Way.CARRIER
        return Way.TOUR if self._directory.depots.intersection(nodes) else Way.CARRIER


def _goods(source: OrderRow, suggestion: SourcingDecision | None) -> tuple[int | None, int | None]:
    """What its shipments weigh, with what would be added; unknown when there is neither."""
    parcels, weight_g = source.load.parcels, source.load.weight_g
    if suggestion is not None:
        parcels, weight_g = parcels + suggestion.parcels, weight_g + suggestion.weight_g
    elif not source.shipments:
        return None, None
    return parcels, weight_g


def _asked(source: OrderRow) -> Asked:
    order = source.order
    for start, end, promised in (
        (order.promised_from, order.promised_to, True),
        (order.wish_from, order.wish_to, False),
    ):
        if start is not None or end is not None:
            return Asked(start, end, promised)
    return Asked(source.window.start, source.window.end, promised=False)


def _served(suggestion: SourcingDecision | None) -> int:
    if suggestion is None:
        return 0
    return sum(line.quantity for s in suggestion.shipments for line in s.lines)


def _tour_words(source: OrderRow) -> tuple[str, ...]:
    return tuple(f"t{number}" for number in source.tours)
