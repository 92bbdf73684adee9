"""One store, one carrier, one basket: each case changes only what matters to it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.carriers import Panel
from app.domain.fleet import Vehicle
from app.domain.nodes import StockNode
from app.domain.orders import OrderLine
from app.domain.policy import Policy
from app.domain.promises import Promise, PromiseAsked, PromiseKind
from app.domain.stock import StockCell
from app.domain.values import Address
from app.planning.promise.ground import GivenAlready, PromiseGround
from app.planning.promise.promising import promise
from tests.builders import LAMBERSART, NOW, a_cell, a_node, a_panel, a_product

PARIS = ZoneInfo("Europe/Paris")
HOURS = "Mo-Fr 09:00-19:00; PH off"
ASKED = PromiseAsked((OrderLine("SKU1", 1, 1_990),), Address("", "59130", "Lambersart"), LAMBERSART)


def paris(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def a_store(**but: Any) -> StockNode:
    return a_node(**{"opening_hours": HOURS, "preparation_minutes": 60, **but})


def promised(
    *kinds: PromiseKind,
    nodes: Iterable[StockNode] | None = None,
    cells: Iterable[StockCell] | None = None,
    vehicles: Iterable[Vehicle] = (),
    panel: Panel | None = None,
    given: GivenAlready | None = None,
    policy: Policy | None = None,
    now: datetime = NOW,
    asked: PromiseAsked = ASKED,
    **but: Any,
) -> Promise:
    """What is promised; a count is as old as the question unless the cells say otherwise."""
    ground = PromiseGround(
        [a_store()] if nodes is None else nodes,
        policy or Policy(),
        on=now.astimezone(PARIS).date(),
        vehicles=vehicles,
        panel=a_panel() if panel is None else panel,
        given=given or GivenAlready(),
    )
    wanted = replace(asked, kinds=frozenset(kinds) or frozenset(PromiseKind), **but)
    known = [a_cell(as_of=now)] if cells is None else cells
    products = {line.sku: a_product(line.sku) for line in wanted.lines}
    return promise(wanted, ground, known, products, now)


def codes(told: Promise) -> set[str]:
    """Why others cannot."""
    return {one.reason.code for one in told.refused}


def steps(told: Promise, kind: PromiseKind) -> list[str]:
    """The chain behind the best of a kind."""
    best = told.best(kind)
    return [] if best is None else [step.reason.code for step in best.steps]
