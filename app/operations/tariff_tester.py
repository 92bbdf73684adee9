"""What every service would ask for a parcel to some postcode: the tariff tester."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.carriers import Panel, Quote, RefusedService
from app.domain.nodes import NodeKind, StockNode
from app.domain.policy import Policy
from app.domain.values import Address, GeoPoint, Load
from app.errors import UnknownSubject
from app.formats import long_date, money
from app.i18n import _
from app.operations.carriage import quote_document, refused_document
from app.operations.communes import insee_finder
from app.places import Gazetteer, NoGazetteer
from app.planning.carriage.consignment import Consignment, road_m
from app.planning.carriage.prices import PriceDesk
from app.planning.carriage.zones import destination_of
from app.wording import sentence
from app.wording.quotes import line_label
from app.workspace import Workspace
from db.nodes import load_nodes
from db.panel import load_panel


@dataclass(frozen=True, slots=True)
class TestedTariffs:
    """Prices, cheapest first, and refusals; `node` is where the parcel would leave from."""

    on: date
    node: str
    quotes: tuple[Quote, ...]
    refused: tuple[RefusedService, ...]


def quote(
    workspace: Workspace,
    to_postcode: str,
    weight_g: int,
    *,
    pieces: int = 1,
    on: date | None = None,
    carrier: str | None = None,
    country: str = "",
    node: str | None = None,
    volume_ml: int = 0,
) -> TestedTariffs:
    """Ask every service, or those of one carrier; the day is today by default.

    The parcel leaves the node named, else a warehouse, else whatever node there is.

    Raises:
        UnknownSubject: there is no such carrier or node.
    """
    panel, policy = workspace.read(load_panel), workspace.policy()
    if carrier is not None:
        panel = _only(panel, carrier)
    origin = _origin(workspace, node)
    address = Address(postcode=to_postcode, country=country or policy.country)
    day = on or workspace.now().astimezone(workspace.zone).date()
    with insee_finder(panel) as insee_of:
        goods = Consignment(
            shipment="",
            load=Load(weight_g, volume_ml, pieces),
            origin=destination_of(origin.address if origin else Address(country=policy.country)),
            origin_zone=origin.timezone if origin else policy.timezone,
            destination=destination_of(address, insee_of(address), policy.country),
            mode=None,
            distance_m=road_m(origin.point if origin else None, _point_of(address)),
            has_phone=True,
            has_email=True,
        )
    quotes, refused = PriceDesk(panel, _tolerant(policy), on=day, now=workspace.now()).quotes(goods)
    quotes.sort(key=lambda asked: (asked.total_cents, asked.carrier, asked.service))
    return TestedTariffs(day, origin.code if origin else "", tuple(quotes), tuple(refused))


def as_document(tested: TestedTariffs) -> dict[str, Any]:
    """The prices as the JSON of the public interface."""
    return {
        "on": tested.on.isoformat(),
        "node": tested.node or None,
        "quotes": [
            {"carrier": asked.carrier, "service": asked.service, **quote_document(asked)}
            for asked in tested.quotes
        ],
        "refused": refused_document(tested.refused),
    }


def as_text(tested: TestedTariffs) -> str:
    """The prices line by line, for a terminal."""
    lines = [line for asked in tested.quotes for line in _quote_lines(asked)]
    lines += [
        _titled(f"{one.carrier} {one.service}", sentence(one.reason)) for one in tested.refused
    ]
    return "\n".join(lines) or _("The panel has no service yet. Import carriers and services.")


def _quote_lines(asked: Quote) -> list[str]:
    arrival = f", {long_date(asked.delivered_on)}" if asked.delivered_on else ""
    head = _titled(f"{asked.carrier} {asked.service}", f"{money(asked.total_cents)}{arrival}")
    return [head, *(f"  {money(line.cents):>12}  {line_label(line)}" for line in asked.lines)]


def _titled(title: str, text: str) -> str:
    return _("{title}: {text}").format(title=title, text=text)


def _only(panel: Panel, carrier: str) -> Panel:
    if all(known.code != carrier for known in panel.carriers):
        raise UnknownSubject("carrier", carrier)
    return replace(panel, carriers=tuple(c for c in panel.carriers if c.code == carrier))


def _origin(workspace: Workspace, code: str | None) -> StockNode | None:
    nodes = workspace.read(load_nodes)
    if code is not None:
        found = next((node for node in nodes if node.code == code), None)
        if found is None:
            raise UnknownSubject("node", code)
        return found
    warehouses = (node for node in nodes if node.kind is NodeKind.WAREHOUSE)
    return next(warehouses, nodes[0] if nodes else None)


def _point_of(address: Address) -> GeoPoint | None:
    try:
        with Gazetteer() as gazetteer:
            located = gazetteer.locate(address)
    except NoGazetteer:
        return None
    return located.point if located else None


def _tolerant(policy: Policy) -> Policy:
    """A tester gives a postcode, not an address: how vague it is does not matter."""
    return replace(policy, carriage=replace(policy.carriage, min_place_score=0.0))
