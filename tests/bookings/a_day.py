"""A small day in a real workspace: a panel, sourced orders, ready for carriers."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.acts.orders import ApplySourcing, ImportRows
from app.domain.bookings import Booking, Party
from app.domain.carriers import Carrier, Panel, ServiceKind
from app.domain.nodes import StockNode
from app.domain.orders import Order, OrderLine, OrderState
from app.domain.sourcing import SourcingDecision, SuggestedShipment
from app.domain.values import Address, Load
from app.workspace import Workspace
from tests.builders import (
    NOW,
    ROUBAIX,
    a_carrier,
    a_cell,
    a_node,
    a_panel,
    a_product,
    a_service,
    a_tariff,
    a_zone,
    an_order,
)

TODAY = date(2026, 11, 24)
LIL = a_node(address=Address("Rue Neuve", "59000", "Lille"))
RBX = a_node("RBX", ROUBAIX, address=Address("Grande Rue", "59100", "Roubaix"))


def two_carriers() -> Panel:
    """Deûle Express for whatever is light, Nordfret for the rest; both know only France."""
    return a_panel(
        a_tariff(10, 900),
        a_tariff(cents=4_000, carrier="NFT", service="PAL"),
        carriers=(
            a_carrier(name="Deûle Express", siren="000000026", account="C48-2207"),
            a_carrier("NFT", name="Nordfret"),
        ),
        services=(
            a_service(label="Express du jour", max_weight_g=10_000),
            a_service("NFT", "PAL", label="Messagerie", kind=ServiceKind.PALLET),
        ),
        zones=(a_zone(country="FR"), a_zone(carrier="NFT", country="FR")),
    )


def today(code: str, **but: object) -> Order:
    """An order wished for today, ready to be handed to a carrier."""
    order = an_order(code, wish_from=NOW, wish_to=NOW + timedelta(hours=3), phone="+33612345678")
    return replace(order, **but)  # type: ignore[arg-type]


def bring_in(
    workspace: Workspace,
    panel: Panel,
    *orders: Order,
    nodes: tuple[StockNode, ...] = (LIL, RBX),
    weight_g: int = 1_000,
) -> None:
    """Import a day: products SKU1 and the heavy SKU2, stock of both everywhere, and a panel."""
    products = (a_product(weight_g=weight_g), a_product("SKU2", weight_g=40_000))
    stock = tuple(a_cell(node.code, p.sku, 100) for node in nodes for p in products)
    rows = {
        "node": nodes,
        "product": products,
        "stock": stock,
        "carrier": panel.carriers,
        "service": panel.services,
        "zone": panel.zones,
        "tariff": panel.tariffs,
        "surcharge": panel.surcharges,
        "pickup_point": panel.pickup_points,
        "order": orders,
    }
    for kind, values in rows.items():
        if values:
            workspace.submit(ImportRows(kind, f"{kind}s.csv", values))


def source_from(workspace: Workspace, node: str, *orders: Order, to_node: str = "") -> None:
    """Reserve each order's stock at one node."""
    decisions = tuple(
        SourcingDecision(
            order.code,
            order.revision,
            OrderState.ALLOCATED,
            (SuggestedShipment(node, order.lines, to_node),),
            candidates=(),
            reasons=(),
            rule="nearest",
            policy_version=0,
            decided_at=NOW,
        )
        for order in orders
    )
    workspace.submit(ApplySourcing(decisions))


def heavy(code: str, **but: object) -> Order:
    return today(code, lines=(OrderLine("SKU2", 1, 9_900),), **but)


def a_booking(shipment: str = "480001-1", **but: object) -> Booking:
    booking = Booking(
        "DEX-00001",
        shipment,
        shipment.rsplit("-", 1)[0],
        Carrier("DEX", "Deûle Express", "000000026", "C48-2207", Address("Quai", "59000", "Lille")),
        "JOUR",
        TODAY,
        NOW,
        Party("Magasin Lille", Address("Rue Neuve", "59000", "Lille"), code="LIL"),
        Party(
            "Claire Delattre", Address("12 rue de la Carnoy", "59130", "Lambersart"), "+33612345678"
        ),
        Load(8_400, 12_000, 3),
        service_label="Express du jour",
        service_kind=ServiceKind.EXPRESS,
    )
    return replace(booking, **but)  # type: ignore[arg-type]


def addressed_to(
    name: str = "Claire Delattre", *, phone: str = "+33612345678", **but: str
) -> Booking:
    """A booking whose consignee differs in what is named: street, postcode, town, country."""
    address = replace(Address("12 rue de la Carnoy", "59130", "Lambersart"), **but)
    return a_booking(consignee=Party(name, address, phone))
