"""A morning of offers round Lille: open ones with little and much time, and what came of others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.acts.offers import Asked, OpenOffer
from app.domain.acts.orders import ImportRows
from app.domain.nodes import StockNode
from app.domain.offers import DeclineReason
from app.domain.orders import Mode, Order, OrderLine
from app.domain.values import Address, GeoPoint
from app.operations.offer_settling import settle_offers
from app.operations.offers import claim, decline, give_back, see, widen
from app.workspace import Workspace
from tests.builders import NOW, a_cell, a_node, a_product, an_order
from tests.offers.asked import Clock

_PLACES = {
    "RBX": ("Roubaix", 50.691, 3.174),
    "TCG": ("Tourcoing", 50.724, 3.160),
    "LIC": ("Lille Centre", 50.637, 3.063),
    "LAM": ("Lambersart", 50.650, 3.025),
    "VDA": ("Villeneuve-d'Ascq", 50.623, 3.144),
    "ENG": ("Englos", 50.628, 2.959),
    "ARM": ("Armentières", 50.688, 2.881),
}
_CLIENTS = (
    ("480117", "Rossi, Enzo", "Marcq-en-Barœul"),
    ("480126", "Ba, Moussa", "Hem"),
    ("480129", "Henri, Maud", "Ronchin"),
    ("480138", "Sauvage, Kim", "Roncq"),
    ("480149", "Lopez, Iris", "Loos"),
    ("480151", "Fournier, Léa", "Croix"),
    ("480158", "Hermant, Guy", "Houplines"),
    ("480162", "Carlier, Anne", "Mouvaux"),
    ("480171", "Nguyen, Linh", "Lille"),
    ("480174", "Pottier, Louise", "Lezennes"),
    ("480176", "Bellec, Yann", "Marquette-lez-Lille"),
    ("480179", "Marquant, Rose", "Leers"),
    ("480187", "Bouchet, Inès", "Roubaix"),
    ("480190", "Morel, Théo", "Lille"),
    ("480196", "Lefebvre, Marc", "Tourcoing"),
)
MORNING = NOW - timedelta(minutes=40)


def nodes() -> tuple[StockNode, ...]:
    return tuple(
        a_node(code, GeoPoint(latitude, longitude), name=name, address=Address(town=name))
        for code, (name, latitude, longitude) in _PLACES.items()
    )


def orders() -> tuple[Order, ...]:
    made = []
    for code, customer, town in _CLIENTS:
        collects = code == "480190"
        made.append(
            replace(
                an_order(code, GeoPoint(50.68, 3.15)),
                lines=(OrderLine(f"SKU{code}", 1, 1_990),),
                customer=customer,
                address=Address("1 rue des Arts", "59100", town),
                phone="03 20 00 00 00",
                mode=Mode.CLICK_AND_COLLECT if collects else Mode.HOME_DELIVERY,
                collect_node="LIC" if collects else "",
                promised_from=datetime(2026, 11, 24, 9, tzinfo=UTC),
                promised_to=datetime(2026, 11, 24, 15, tzinfo=UTC),
            )
        )
    return tuple(made)


def bring_in(workspace: Workspace) -> None:
    for kind, rows in {
        "node": nodes(),
        "product": tuple(a_product(f"SKU{code}") for code, _who, _town in _CLIENTS),
        "stock": tuple(
            a_cell(node, f"SKU{code}", on_hand=20) for node in _PLACES for code, *_rest in _CLIENTS
        ),
        "order": orders(),
    }.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))


def ask(workspace: Workspace, order: str, *to: str, minutes: int, fallback: bool = True) -> None:
    until = workspace.now() + timedelta(minutes=minutes)
    asked = tuple(Asked(node, until) for node in to)
    workspace.submit(OpenOffer(order, asked, (), minutes, fallback=fallback))


def a_morning(workspace: Workspace) -> None:
    """What the board shows at 09:42, as it came to be since 09:02."""
    clock = Clock(MORNING)
    workspace.use_clock(clock)
    bring_in(workspace)
    ask(workspace, "480117", "LAM", "LIC", minutes=20)
    clock.turn(minutes=5, seconds=44)
    claim(workspace, "480117", "LAM")
    ask(workspace, "480126", "VDA", "RBX", minutes=20)
    ask(workspace, "480187", "ENG", "RBX", minutes=20, fallback=False)
    clock.turn(minutes=5)
    decline(workspace, "480187", "ENG", DeclineReason.ABSENT)
    ask(workspace, "480129", "LIC", "VDA", minutes=20, fallback=False)
    clock.turn(minutes=3)
    claim(workspace, "480126", "VDA")
    claim(workspace, "480129", "LIC")
    ask(workspace, "480138", "TCG", "RBX", minutes=20)
    ask(workspace, "480162", "TCG", "RBX", "LIC", minutes=30)
    ask(workspace, "480171", "LIC", "LAM", "VDA", minutes=31)
    clock.turn(minutes=2, seconds=31)
    claim(workspace, "480138", "TCG")
    give_back(workspace, "480129", "LIC", DeclineReason.FEWER)
    ask(workspace, "480179", "RBX", "TCG", minutes=9)
    ask(workspace, "480190", "LIC", minutes=20)
    decline(workspace, "480190", "LIC", DeclineReason.DAMAGED)
    ask(workspace, "480149", "ENG", "LIC", minutes=20)
    clock.turn(minutes=7)
    claim(workspace, "480149", "ENG")
    see(workspace, "480162", "TCG")
    see(workspace, "480162", "RBX")
    decline(workspace, "480162", "LIC", DeclineReason.ABSENT)
    ask(workspace, "480151", "RBX", "TCG", "VDA", minutes=20)
    ask(workspace, "480158", "ARM", "ENG", minutes=30)
    clock.turn(minutes=4, seconds=10)
    claim(workspace, "480151", "RBX")
    decline(workspace, "480158", "ENG", DeclineReason.NO_TIME)
    see(workspace, "480158", "ARM")
    settle_offers(workspace)
    ask(workspace, "480174", "VDA", "LIC", "LAM", minutes=30)
    ask(workspace, "480176", "LAM", "LIC", minutes=30)
    see(workspace, "480174", "VDA")
    see(workspace, "480171", "LIC")
    clock.at = NOW
    settle_offers(workspace)


def widened(workspace: Workspace) -> None:
    a_morning(workspace)
    widen(workspace, "480176", ("RBX",))
