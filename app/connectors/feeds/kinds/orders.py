"""orders.csv: one row a line; rows of an order stand together, and go in whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.connectors.feeds.cells import (
    code,
    known_node,
    known_sku,
    one_of,
    rounded,
    scaled,
    text,
    truth,
    whole,
)
from app.connectors.feeds.columns import Column, Kind, built
from app.connectors.feeds.faults import Misfit, shown
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.kinds.addresses import (
    address_columns,
    address_of,
    coordinate_columns,
    place_of,
)
from app.connectors.feeds.moments import END_OF_DAY, moment, moments
from app.connectors.feeds.rows import Made, Rejected, TypedRow
from app.domain.orders import Mode, Order, OrderLine
from app.domain.reasons import because
from app.domain.values import Address, Window
from app.i18n import N_

_MOMENTS = ("promised_from", "promised_to", "wish_from", "wish_to")
_OWN = (
    "customer",
    "phone",
    "email",
    "pickup_point",
    "collect_node",
    "note",
    "floor",
    "lift",
    "group",
)

_COLUMNS = (
    Column("order", code, N_("The order's own code, the same on all its rows."), required=True),
    Column("placed_at", moment(), N_("When the customer ordered."), required=True, shared=True),
    Column(
        "mode",
        one_of(Mode),
        N_("home_delivery, click_and_collect or pickup_point."),
        required=True,
        shared=True,
    ),
    Column(
        "sku",
        known_sku,
        N_("The code of a product that is there."),
        required=True,
        absent="no_lines",
    ),
    Column(
        "quantity",
        whole(1, 1_000_000),
        N_("Pieces; rows with the same product add up."),
        required=True,
    ),
    Column("unit_price_cents", whole(), N_("Price of one piece, in cents."), unit="cents"),
    Column("customer", text(), N_("Whom it is for."), shared=True),
    *address_columns(shared=True),
    *coordinate_columns(shared=True),
    Column("phone", text(40), N_("Telephone."), shared=True),
    Column("email", text(254), N_("E-mail address."), shared=True),
    Column("promised_from", moment(), N_("Start of the promised window."), shared=True),
    Column("promised_to", moment(END_OF_DAY), N_("End of the promised window."), shared=True),
    Column("wish_from", moment(), N_("Start of the window the customer wishes."), shared=True),
    Column(
        "wish_to", moment(END_OF_DAY), N_("End of the window the customer wishes."), shared=True
    ),
    Column(
        "pickup_point",
        code,
        N_("The point's code, in mode pickup_point; by the address if empty."),
        shared=True,
    ),
    Column("collect_node", known_node, N_("The store, in mode click_and_collect."), shared=True),
    Column(
        "service_minutes",
        scaled(60, 1_440),
        N_("Minutes at the door; the policy's if empty."),
        unit="min",
        exact=True,
        shared=True,
    ),
    Column(
        "also_from",
        moments(),
        N_("Start of a further window as good as the promised one; several with | between."),
        shared=True,
    ),
    Column(
        "also_to",
        moments(END_OF_DAY),
        N_("End of that further window; as many as there are starts."),
        shared=True,
    ),
    Column("ready_at", moment(), N_("When the goods can leave."), shared=True),
    Column("floor", whole(0, 200), N_("The floor it goes to; 0 = ground floor."), shared=True),
    Column("lift", truth, N_("Whether there is a lift; yes if empty."), shared=True),
    Column("group", code, N_("Orders with the same word here ride together."), shared=True),
    Column("note", text(2_000), N_("Anything for the driver."), shared=True),
)
_SHARED = tuple(column for column in _COLUMNS if column.shared)


def _assemble(rows: Iterable[TypedRow], ground: Ground) -> Iterator[Made | Rejected]:
    """Gather the rows of each order, wherever they stand in the file, then make it or refuse it."""
    baskets: dict[str, list[TypedRow]] = {}
    for row in rows:
        if "order" in row.cells:
            baskets.setdefault(row.cells["order"], []).append(row)
        else:
            yield row.rejected()
    for basket in baskets.values():
        order = _order_of(basket, ground)
        yield from [order] if order else _all_rejected(basket)


def _order_of(basket: Sequence[TypedRow], ground: Ground) -> Made | None:
    """The order that the rows make together; None when one of them has a fault or gets one."""
    _tell_no_lines(basket)
    agreed = _agreed(basket)
    if any(row.faults for row in basket):
        return None
    first = basket[0]
    first.cells = first.cells | agreed
    made = built(first, lambda row, ground: _order(row, _lines(basket), ground), ground)
    if made is None:
        return None
    return Made(made.value, tuple(dict.fromkeys(row.line for row in basket)), made.notes)


def _all_rejected(basket: Sequence[TypedRow]) -> Iterator[Rejected]:
    """Rows with faults for their own, the others because of the first of these."""
    bad_lines = [row.line for row in basket if row.faults]
    for row in basket:
        if not row.faults and row.line not in bad_lines:
            incomplete = because(
                "order_incomplete", order=row.cells["order"], bad_line=bad_lines[0]
            )
            row.faults.append(row.fault(incomplete, "order"))
        if row.faults:
            yield row.rejected()


def _tell_no_lines(basket: Sequence[TypedRow]) -> None:
    """An order of one row, without product and quantity, has no line at all: that is the reason."""
    first = basket[0]
    unmatched = any(fault.reason.code == "no_lines" for fault in first.faults)
    empty = not (first.text("sku").strip() or first.text("quantity").strip())
    if len(basket) == 1 and not first.source.trouble and (unmatched or empty):
        first.faults[:] = [first.fault(because("no_lines", order=first.cells["order"]), "order")]


def _agreed(basket: Sequence[TypedRow]) -> dict[str, Any]:
    """What the rows say together; a row that says otherwise than one before gets a fault."""
    agreed: dict[str, Any] = {}
    for column in _SHARED:
        said = [row for row in basket if column.name in row.cells]
        if said:
            agreed[column.name] = said[0].cells[column.name]
            _tell_disagreement(said, column.name)
        elif column.required and not any(row.faults for row in basket):
            basket[0].faults.append(basket[0].fault(because("missing"), column.name))
    return agreed


def _tell_disagreement(said: Sequence[TypedRow], column: str) -> None:
    first = said[0]
    for row in said[1:]:
        if row.cells[column] != first.cells[column]:
            said_first = shown(first.text(column))
            differs = because("rows_disagree", first_line=first.line, first_value=said_first)
            row.faults.append(row.fault(differs, column))
            return


def _order(row: TypedRow, lines: tuple[OrderLine, ...], ground: Ground) -> Order:
    cells = row.cells
    address = address_of(row, ground)
    _check_mode(row, address)
    zone = ground.zone_of(cells.get("collect_node", ""))
    own: dict[str, Any] = {name: cells[name] for name in _OWN if name in cells}
    own |= {name: row.instant(name, zone) for name in ("placed_at", *_MOMENTS)}
    for start, end in (_MOMENTS[:2], _MOMENTS[2:]):
        if own[start] and own[end] and own[end] < own[start]:
            raise Misfit("ends_before_start", column=end)
    return Order(
        code=cells["order"],
        mode=cells["mode"],
        lines=lines,
        address=address,
        place=place_of(row, address, ground),
        service_s=cells.get("service_minutes"),
        also=_also(row, zone),
        ready_at=row.instant("ready_at", zone),
        **own,
    )


def _also(row: TypedRow, zone: ZoneInfo) -> tuple[Window, ...]:
    """The further windows beside the promised one.

    Raises:
        Misfit: one has no end or no start, ends before it starts, or nothing was promised.
    """
    starts, ends = row.instants("also_from", zone), row.instants("also_to", zone)
    if len(starts) != len(ends):
        column = "also_to" if len(ends) < len(starts) else "also_from"
        raise Misfit("windows_unpaired", column=column, starts=len(starts), ends=len(ends))
    if starts and not {"promised_from", "promised_to"} & row.cells.keys():
        raise Misfit("also_without_promise", column="promised_from")
    for start, end in zip(starts, ends, strict=True):
        if end < start:
            raise Misfit("ends_before_start", column="also_to")
    return tuple(Window(start, end) for start, end in zip(starts, ends, strict=True))


def _check_mode(row: TypedRow, address: Address) -> None:
    """What an order in its mode cannot do without; a carrier finds a relay near an address.

    Raises:
        Misfit: it is not there.
    """
    cells = row.cells
    somewhere = bool(address.one_line) or "latitude" in cells
    needed = {
        Mode.CLICK_AND_COLLECT: "collect_node",
        Mode.PICKUP_POINT: "" if somewhere else "pickup_point",
    }.get(cells["mode"], "")
    if needed and needed not in cells:
        raise Misfit("needed_for_mode", column=needed, mode=cells["mode"].value)


def _lines(basket: Sequence[TypedRow]) -> tuple[OrderLine, ...]:
    """One line a product, in the order of the file: pieces add up, prices are averaged."""
    by_sku: dict[str, list[TypedRow]] = {}
    for row in basket:
        by_sku.setdefault(row.cells["sku"], []).append(row)
    return tuple(
        OrderLine(sku, sum(row.cells["quantity"] for row in rows), _unit_price(rows, basket[0]))
        for sku, rows in by_sku.items()
    )


def _unit_price(rows: Sequence[TypedRow], first: TypedRow) -> int:
    """The one price of a product's rows; where they differ, their mean by piece, noted."""
    priced = [row.cells for row in rows if "unit_price_cents" in row.cells]
    prices = {cells["unit_price_cents"] for cells in priced}
    if len(prices) < 2:
        return prices.pop() if prices else 0
    total = sum(cells["unit_price_cents"] * cells["quantity"] for cells in priced)
    mean = rounded(Decimal(total) / sum(cells["quantity"] for cells in priced))
    first.note(
        because("prices_averaged", sku=rows[0].cells["sku"], mean_cents=mean), "unit_price_cents"
    )
    return mean


ORDERS = Kind("orders", "order", _COLUMNS, _assemble)
