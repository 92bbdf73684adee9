"""What is said of the line a person stands on: the sum behind its figure, what holds it, where."""

from collections.abc import Sequence
from datetime import datetime

from app import formats
from app.domain.nodes import NodeKind
from app.domain.offers import WorkState
from app.domain.stock import StockCell
from app.i18n import N_, _
from app.operations.stock_counts import movement_in_words
from app.operations.stock_dates import When, available_dates, next_piece_chance
from app.ui.icons import Icon
from app.ui.stock.columns import Terms
from app.ui.stock.lines import StockLine
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Mark, Run, Words, figure, words
from app.wording import sentence
from app.wording.offers import WORK
from app.wording.stock import COUNTERS
from db.queries.stock import Holder
from db.queries.stock_history import Movement

SUM = Layout(
    "sum",
    (
        Slot("what", "", width=170, least=110, grows=True),
        Slot("pieces", "", width=80, align=Align.RIGHT),
    ),
    titled=False,
)
HOLDERS = Layout(
    "holders",
    (
        Slot("order", N_("Held by"), width=74),
        Slot("customer", N_("Client"), width=110, least=60, grows=True),
        Slot("since", N_("Since"), width=74, align=Align.RIGHT, leaves=1),
        Slot("pieces", N_("Pieces"), width=52, align=Align.RIGHT),
    ),
)
SPREAD = Layout(
    "spread",
    (
        Slot("sign", "", width=24, align=Align.CENTRE),
        Slot("where", N_("Where"), width=150, least=90, grows=True),
        Slot("on_hand", N_("On hand"), width=64, align=Align.RIGHT),
        Slot("available", N_("ATP"), width=52, align=Align.RIGHT),
    ),
)
DATES = Layout(
    "dates",
    (
        Slot("when", N_("To promise"), width=130, least=90, grows=True),
        Slot("pieces", N_("Pieces"), width=56, align=Align.RIGHT),
        Slot("sure", N_("Next one sure"), width=96, align=Align.RIGHT),
    ),
)
MOVES = Layout(
    "moves",
    (
        Slot("at", N_("When"), width=46),
        Slot("what", N_("What"), width=96, least=70, grows=True),
        Slot("moved", N_("Pieces"), width=66, align=Align.RIGHT),
        Slot("who", N_("Who"), width=70, leaves=1),
    ),
)
_WHEN = {
    When.NOW: N_("now"),
    When.IN_2_H: N_("in 2 hours"),
    When.TOMORROW: N_("tomorrow"),
}
#: Below this chance that the next piece is there, the figure warns.
_UNSURE = 0.9
_MINUS = formats.MINUS
#: What tells more than since when the pieces are held: nobody looks for them on the shelf any more.
_DONE = (WorkState.READY, WorkState.HANDED_OVER)


def sum_lines(line: StockLine, terms: Terms) -> tuple[Line, ...]:
    """On hand, less what may not be promised; then what comes until that day."""
    steps = [
        ("on_hand", _("On hand"), line.on_hand, ""),
        ("here", _("Reserved by our orders"), line.reserved_here, _MINUS),
        ("elsewhere", _("Reserved elsewhere"), line.reserved_elsewhere, _MINUS),
        ("blocked", _("Blocked"), line.blocked, _MINUS),
        ("safety", _("Safety stock"), line.safety_stock, _MINUS),
    ]
    told = [_step(*step) for step in steps if step[2] or step[0] == "on_hand"]
    told.append(_result("available", _("Available to promise"), line.available))
    if line.short:
        told.append(_step("short", _("Held beyond what is there"), line.short, "", "danger"))
    told += _arrivals(line, terms)
    return tuple(told)


def holder_lines(holders: Sequence[Holder], terms: Terms) -> tuple[Line, ...]:
    """The shipments that hold pieces; each leads to its order."""
    return tuple(_holder_line(holder, terms) for holder in holders)


def date_lines(cell: StockCell, kind: NodeKind, terms: Terms) -> tuple[Line, ...]:
    """What may be promised by when; how sure the next piece is, by the age of its count."""
    now = terms.now()
    sure = next_piece_chance(cell, kind, now)
    lines = []
    for each in available_dates(cell, now, terms.zone()):
        when, pieces = _(_WHEN[each.when]), formats.number(each.pieces)
        share = formats.whole_share(sure) if sure is not None and each.when is When.NOW else ""
        tone = "warn" if sure is not None and sure < _UNSURE else "text2"
        cells = (
            Cell(when, words(when, "text2")),
            Cell(pieces, figure(pieces, "text1" if each.pieces else "danger", strong=True)),
            Cell(share, figure(share, tone), tip=_("Surer when counted lately, and with a spare")),
        )
        lines.append(Line(each.when.value, cells))
    return tuple(lines)


def move_lines(movements: Sequence[Movement], terms: Terms) -> tuple[Line, ...]:
    """Who moved which counter, the latest first."""
    return tuple(_move_line(number, one, terms) for number, one in enumerate(movements))


def _move_line(number: int, one: Movement, terms: Terms) -> Line:
    told = formats.short_moment(one.at, terms.zone())
    tip = f"{one.actor} · {told}\n{movement_in_words(one)}\n{sentence(one.summary)}"
    what = _(COUNTERS[one.counter])
    moved = f"{formats.number(one.before)} → {formats.number(one.after)}"
    cells = (
        Cell(at := _briefly(one.at, terms), words(at, "text3"), tip=tip),
        Cell(what, words(what, "text2"), tip=tip),
        Cell(moved, figure(moved, strong=True), tip=tip),
        Cell(one.actor, words(one.actor, "text2"), tip=tip),
    )
    return Line(f"move {number}", cells)


def _briefly(at: datetime, terms: Terms) -> str:
    """The hour of what was today, else the day."""
    local, today = at.astimezone(terms.zone()).date(), terms.now().astimezone(terms.zone()).date()
    return formats.clock(at, terms.zone()) if local == today else formats.day_month(local)


def spread_lines(line: StockLine, names: dict[str, str]) -> tuple[Line, ...]:
    """The cells that a line adds up, what may be promised first; each leads to its own line."""
    cells = sorted(line.cells, key=lambda cell: (-cell.available, -cell.on_hand, cell.node))
    return tuple(_cell_line(cell, by_node=not line.node, names=names) for cell in cells)


def _step(key: str, what: str, count: int, sign: str, tone: str = "text1") -> Line:
    shown = f"{sign}{formats.number(count)}"
    return Line(key, (Cell(what, words(what, "text2")), Cell(shown, figure(shown, tone))))


def _result(key: str, what: str, count: int, tone: str = "") -> Line:
    shown = formats.number(count)
    tone = tone or ("text1" if count else "danger")
    cells = (
        Cell(what, words(what, "text1", strong=True)),
        Cell(shown, figure(shown, tone, strong=True)),
    )
    return Line(key, cells)


def _arrivals(line: StockLine, terms: Terms) -> list[Line]:
    """What arrives by that day, and what the promise is then."""
    by = terms.by()
    coming = [
        (at, count, word)
        for cell in line.cells
        for at, count, word in (
            (cell.inbound_at, cell.inbound, _("Inbound {day}")),
            (cell.in_transit_at, cell.in_transit, _("Transit {day}")),
        )
        if count and at is not None and at <= by
    ]
    if not coming:
        return []
    days: dict[str, int] = {}
    for at, count, word in sorted(coming, key=lambda each: each[0]):
        day = formats.day_month(at.astimezone(terms.zone()).date())
        days[word.format(day=day)] = days.get(word.format(day=day), 0) + count
    told = [_step(f"coming {what}", what, count, "+") for what, count in days.items()]
    return [*told, _result("promise", terms.promise_title(), line.available_by(by), "success")]


def _holder_line(holder: Holder, terms: Terms) -> Line:
    number = formats.order_number(holder.order)
    who = ", ".join(filter(None, (holder.customer, holder.town)))
    since = _briefly(holder.since, terms)
    work = "" if holder.work is None else _(WORK[holder.work.value])
    at = work if holder.work in _DONE else since
    told = " · ".join(filter(None, (work, _("Since {time}").format(time=since))))
    pieces = formats.number(holder.quantity)
    cells = (
        Cell(number, words(number, "accent", strong=True)),
        Cell(holder.customer, words(holder.customer, "text2"), tip=who),
        Cell(at, figure(at, "text3"), tip=told),
        Cell(pieces, figure(pieces, strong=True)),
    )
    return Line(holder.shipment, cells, Target(Leads.TO_ORDERS, (holder.order,)))


def _cell_line(cell: StockCell, *, by_node: bool, names: dict[str, str]) -> Line:
    code = cell.node if by_node else cell.sku
    name = names.get(code, "")
    on_hand, available = formats.number(cell.on_hand), formats.number(cell.available)
    look = Words((Run(code, strong=True), Run(name, "text2")))
    cells = (
        Cell("", Mark(Icon.STORE if by_node else Icon.ORDER, "text3")),
        Cell(f"{code} {name}".strip(), look, tip=name),
        Cell(on_hand, figure(on_hand, "text1" if cell.on_hand else "text3")),
        Cell(available, figure(available, "text1" if cell.available else "danger", strong=True)),
    )
    return Line(f"{cell.node}/{cell.sku}", cells, Target(Leads.UNFOLD, (cell.node, cell.sku)))
