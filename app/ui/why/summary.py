"""Several orders at once: how they stand, which nodes they leave from, and what is in the way."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from app import formats
from app.domain.orders import Queue
from app.domain.sourcing import SourcingDecision
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.orders.standing import SIGNS, Standing, standing_of
from app.ui.orders.trouble import in_short, trouble_of
from app.ui.why.lines import Detail
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Look, Mark, Run, Words, figure
from app.wording import sentence
from db.queries.board import OrderRow

GROUPS = Layout(
    "groups",
    (
        Slot("sign", "", width=26, align=Align.CENTRE),
        Slot("name", N_("What they have in common"), width=190, least=110, grows=True),
        Slot("orders", N_("Orders"), width=64, align=Align.RIGHT),
        Slot("pieces", N_("Pieces"), width=56, align=Align.RIGHT, leaves=1),
    ),
)
Suggestions = Mapping[str, SourcingDecision]


def summary(
    rows: Sequence[OrderRow],
    suggestions: Suggestions,
    node_name: Callable[[str], str],
    tight_slack_s: int,
) -> Detail:
    """The selected orders in groups; a click on one selects its orders alone."""
    title = n_("{count} order selected", "{count} orders selected", len(rows))
    lines = [
        *_by_standing(rows, suggestions, tight_slack_s),
        *_by_node(rows, suggestions, node_name),
        *_by_trouble(rows, suggestions),
    ]
    pieces = sum(row.pieces for row in rows)
    total = n_("{count} piece", "{count} pieces", pieces).format(count=formats.number(pieces))
    said = title.format(count=formats.number(len(rows)))
    return Detail(said, GROUPS, tuple(lines), aside=total)


def nodes_of(row: OrderRow, suggestions: Suggestions) -> tuple[str, ...]:
    """The nodes that serve an order, else those suggested."""
    if row.nodes:
        return row.nodes
    made = suggestions.get(row.code)
    return made.nodes if made is not None else ()


def _by_standing(
    rows: Sequence[OrderRow], suggestions: Suggestions, tight_slack_s: int
) -> list[Line]:
    groups: dict[Standing, list[OrderRow]] = {}
    for row in rows:
        waits = row.queue in (Queue.TO_SOURCE, Queue.BLOCKED)
        suggestion = suggestions.get(row.code) if waits else None
        groups.setdefault(standing_of(row, suggestion, tight_slack_s), []).append(row)
    return [_heading(_("How they stand"))] + [
        _group(f"standing {standing}", _(SIGNS[standing].word), _mark(standing), groups[standing])
        for standing in sorted(groups, key=list(Standing).index)
    ]


def _mark(standing: Standing) -> Look:
    return Mark(SIGNS[standing].icon, SIGNS[standing].tone)


def _by_node(
    rows: Sequence[OrderRow], suggestions: Suggestions, node_name: Callable[[str], str]
) -> list[Line]:
    groups: dict[str, list[OrderRow]] = {}
    for row in rows:
        for node in nodes_of(row, suggestions):
            groups.setdefault(node, []).append(row)
    if not groups:
        return []
    by_count = sorted(groups, key=lambda node: (-len(groups[node]), node))
    return [_heading(_("Where they leave from"))] + [
        _group(f"node {node}", f"{node}  {node_name(node)}", Mark(Icon.STORE), groups[node])
        for node in by_count
    ]


def _by_trouble(rows: Sequence[OrderRow], suggestions: Suggestions) -> list[Line]:
    groups: dict[str, list[OrderRow]] = {}
    for row in rows:
        for said in _troubles(row, suggestions):
            groups.setdefault(said, []).append(row)
    if not groups:
        return []
    by_count = sorted(groups, key=lambda said: (-len(groups[said]), said))
    return [_heading(_("What is in the way"))] + [
        _group(f"trouble {said}", said, Mark(Icon.WARNING, "warn"), groups[said])
        for said in by_count
    ]


def _troubles(row: OrderRow, suggestions: Suggestions) -> Iterable[str]:
    trouble = trouble_of(row, suggestions.get(row.code))
    if trouble is not None:
        yield in_short(trouble)
    if row.unplanned is not None and row.unplanned.reasons:
        yield sentence(row.unplanned.reasons[0])


def _heading(said: str) -> Line:
    look = Words((Run(said, "text2", strong=True, small=True),), spills=True)
    return Line(f"heading {said}", (Cell(), Cell(said, look)))


def _group(key: str, name: str, sign: Look, rows: Sequence[OrderRow]) -> Line:
    orders = formats.number(len(rows))
    pieces = formats.number(sum(row.pieces for row in rows))
    cells = (
        Cell("", sign),
        Cell(name, Words((Run(name),)), tip=name),
        Cell(orders, figure(orders, strong=True)),
        Cell(pieces, figure(pieces, "text2")),
    )
    return Line(key, cells, Target(Leads.TO_ORDERS, tuple(row.code for row in rows)))
