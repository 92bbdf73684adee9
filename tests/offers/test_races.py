"""Claims at the same instant, from other threads and other programs, on a real database."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.acts.offers import ClaimOffer
from app.domain.journal import EntryState
from app.domain.offers import OfferState
from app.errors import OfferRefused
from app.operations.keeping import verify
from app.workspace import Workspace
from db import ledger
from db.engine import writer
from db.journal import new_id
from db.ledger.offer_rows import end_offer
from db.orders import load_shipments
from db.tables import offers
from db.transaction import Pen
from tests.builders import NOW, an_order
from tests.offers.asked import NODES, cell, fill, offered

PROJECT = Path(__file__).resolve().parents[2]
ORDERS = tuple(f"4800{n:02}" for n in range(1, 9))
STORES = tuple(f"S{n}" for n in range(8))


def settle(mirror: Path, order: str, node: str, at: datetime = NOW) -> bool:
    """One judge of its own claims an order for a node: as a hub's process would."""
    engine = writer(mirror)
    try:
        with engine.begin() as connection:
            outcome = ledger.settle(connection, new_id(), ClaimOffer(order, node), at)
    finally:
        engine.dispose()
    return outcome.state is EntryState.SETTLED


def all_at_once(claims: list[Callable[[], bool]]) -> list[bool]:
    """Start every claim behind one gate."""
    gate = threading.Barrier(len(claims))

    def run(claim: Callable[[], bool]) -> bool:
        gate.wait()
        return claim()

    with ThreadPoolExecutor(len(claims)) as pool:
        return list(pool.map(run, claims))


def test_of_many_claims_at_one_instant_exactly_one_wins(folder: Path):
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        fill(desk, orders=[an_order(code) for code in ORDERS], nodes=STORES, on_hand=50)
        for order in ORDERS:
            offered(desk, order, to=STORES)

    for order in ORDERS:
        won = all_at_once(
            [lambda o=order, n=node: settle(folder / "mirror.db", o, n) for node in STORES]
        )
        assert sum(won) == 1

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        assert verify(desk).ok
        assert [s.order for s in desk.read(load_shipments)] == list(ORDERS)
        assert sum(cell(desk, node).reserved_here for node in STORES) == len(ORDERS)


def test_the_last_piece_is_never_given_to_two_orders_at_once(folder: Path):
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        fill(desk, orders=[an_order(code) for code in ORDERS], nodes=("LIL",), on_hand=3)
        for order in ORDERS:
            offered(desk, order, to=("LIL",))

    won = all_at_once([lambda o=order: settle(folder / "mirror.db", o, "LIL") for order in ORDERS])

    assert sum(won) == 3
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        assert verify(desk).ok
        assert cell(desk, "LIL").reserved_here == 3


_PROGRAM = """
import sys
from pathlib import Path
from tests.offers.test_races import settle
mirror, node, *orders = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
print(*(int(settle(Path(mirror), order, node)) for order in orders), flush=True)
"""


def test_programs_that_claim_against_each_other_share_the_orders_without_a_double(folder: Path):
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        fill(desk, orders=[an_order(code) for code in ORDERS], on_hand=50)
        for order in ORDERS:
            offered(desk, order)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(folder / "mirror.db"), node, *ORDERS],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for node in NODES
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    answers = [program.communicate("go\n")[0].split() for program in programs]

    assert [sum(map(int, column)) for column in zip(*answers, strict=True)] == [1] * len(ORDERS)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        assert verify(desk).ok


@pytest.mark.parametrize(
    ("node", "at"), [("RBX", NOW), ("LIL", NOW + timedelta(minutes=20))], ids=["taken", "lapsed"]
)
def test_the_statement_itself_lets_only_one_through_and_only_in_time(
    folder: Path, node: str, at: datetime
):
    """Whatever was read before it: on a hub two transactions may have read the same open offer."""
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        fill(desk)
        read_before = offered(desk, to=("LIL", "RBX"))
    engine = writer(folder / "mirror.db")
    with engine.begin() as connection:
        if at == NOW:
            end_offer(Pen(connection), read_before, OfferState.CLAIMED, at, "LIL")
        with pytest.raises(OfferRefused):
            end_offer(Pen(connection), read_before, OfferState.CLAIMED, at, node)
        states = connection.scalars(select(offers.c.winner)).all()
    engine.dispose()

    assert states == (["LIL"] if at == NOW else [""])
