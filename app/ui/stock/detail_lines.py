"""What is said of the line a person stands on: the sum behind its figure, what holds it, where."""

from collections.abc import Sequence

from app import formats
from app.domain.stock import StockCell
from app.i18n import N_, _
from app.ui.icons import Icon
from app.ui.stock.columns import Terms
from app.ui.stock.lines import StockLine
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Mark, Run, Words, figure, words
from db.queries.stock import Holder

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
        Slot("since", N_("Since"), width=64, align=Align.RIGHT, leaves=1),
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
_MINUS = formats.MINUS


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
    at = formats.clock(holder.since, terms.zone())
    if holder.since.astimezone(terms.zone()).date() != terms.now().astimezone(terms.zone()).date():
        at = formats.day_month(holder.since.astimezone(terms.zone()).date())
    pieces = formats.number(holder.quantity)
    cells = (
        Cell(number, words(number, "accent", strong=True)),
        Cell(holder.customer, words(holder.customer, "text2"), tip=who),
        Cell(at, figure(at, "text3")),
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
