"""A day on which vans fetch at a store without one: for pictures and tests."""

from dataclasses import replace
from datetime import time

from app.domain.acts.desk import PublishPolicy
from app.domain.policy import Policy, TouringPolicy
from app.domain.values import Address, GeoPoint
from app.operations import touring
from app.planning.tours.solver import solve
from app.workspace import Workspace
from tests.builders import a_node, a_vehicle, an_order
from tests.tours.a_day import ON, at
from tests.tours.test_touring import fill

WAZ = a_node(
    "WAZ",
    GeoPoint(50.6270, 3.0490),
    name="Magasin Wazemmes",
    opening_hours="Mo-Sa 10:00-19:00",
    address=Address("5 rue Gambetta", "59000", "Lille"),
)
FLEET = (
    a_vehicle("V1", label="Fourgon élec. 01", driver="A. Lemaire"),
    a_vehicle("V2", label="Fourgon GNV 03", driver="J. Dubois", shift_from=time(9)),
)
#: Every fourth of fourteen orders lies at the store.
CODES = tuple(f"4800{number:02}" for number in range(1, 15))
FETCHED = CODES[::4]


def set_up_fetch_day(workspace: Workspace) -> None:
    """Fourteen orders round Lille on two vans, four of them fetched at Wazemmes."""
    orders = [
        replace(
            an_order(code, GeoPoint(50.60 + 0.008 * n, 3.02 + 0.006 * ((7 * n) % 11))),
            customer=f"Client {n}",
            promised_from=at(9 + n % 4),
            promised_to=at(13 + n % 4),
        )
        for n, code in enumerate(CODES, start=1)
    ]
    sources = dict.fromkeys(FETCHED, "WAZ")
    fill(workspace, *orders, vehicles=FLEET, nodes=(a_node(), WAZ), sources=sources)
    rules = Policy(touring=TouringPolicy(fetch_within_m=10_000))
    workspace.submit(PublishPolicy(rules, ""))
    touring.plan(workspace, ON, seconds=None, iterations=60, solver=solve, apply=True)
