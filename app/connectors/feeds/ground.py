"""What rows are judged against: the zone and country they mean, what is known, where places lie."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.carriers import Carrier, CarrierService
from app.domain.nodes import Product, StockNode
from app.domain.places import Located
from app.domain.values import Address

Locate = Callable[[Address], Located | None]


def nowhere(_address: Address) -> Located | None:
    """A gazetteer that knows no place."""
    return None


@dataclass(frozen=True)
class Known:
    """The codes that rows may refer to; `zones` gives each node's time zone."""

    zones: dict[str, str] = field(default_factory=dict)
    skus: Set[str] = frozenset()
    carriers: Set[str] = frozenset()
    services: Set[tuple[str, str]] = frozenset()

    def and_also(self, values: Iterable[Any]) -> "Known":
        """The same with what other files bring: nodes, products, carriers and their services."""
        values = list(values)
        nodes = {v.code: v.timezone for v in values if isinstance(v, StockNode)}
        services = {(v.carrier, v.code) for v in values if isinstance(v, CarrierService)}
        return Known(
            {**self.zones, **nodes},
            self.skus | {v.sku for v in values if isinstance(v, Product)},
            self.carriers | {v.code for v in values if isinstance(v, Carrier)},
            self.services | services,
        )

    @cached_property
    def zone_infos(self) -> dict[str, ZoneInfo]:
        return {code: ZoneInfo(name) for code, name in self.zones.items()}


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground that rows stand on; nothing in it changes while a file is read.

    `decimal_mark` is what a person says that decimals follow; empty = told cell by cell.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Paris"))
    country: str = "FR"
    currency: str = "EUR"
    known: Known = field(default_factory=Known)
    locate: Locate = nowhere
    decimal_mark: str = ""

    def with_values(self, values: Iterable[Any]) -> "Ground":
        return replace(self, known=self.known.and_also(values))

    def zone_of(self, node: str) -> ZoneInfo:
        """The time zone of a node, or the workspace's."""
        return self.known.zone_infos.get(node, self.zone)
