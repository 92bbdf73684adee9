"""A desk killed in the middle of an offer, a claim or a refusal comes back whole."""

import contextlib
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.acts.offers import Asked as AskedNode
from app.domain.acts.offers import GiveBack, LapseOffers, WidenOffer, WithdrawOffer
from app.domain.offers import DeclineReason, OfferState
from app.domain.orders import OrderState
from app.operations.keeping import verify
from app.operations.offer_settling import settle_offers
from app.operations.offers import offer
from app.workspace import Workspace
from db import journal
from db.offers import load_offers, load_refusals, load_work
from db.orders import load_orders, load_shipments
from db.stock import load_stock
from tests.builders import NOW
from tests.offers.asked import IN_20_MIN, Clock, claimed, declined, fill, offered, state_of

PROJECT = Path(__file__).resolve().parents[2]


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


def picture(desk: Workspace) -> tuple[object, ...]:
    return tuple(
        desk.read(query)
        for query in (
            load_orders,
            load_shipments,
            load_stock,
            load_offers,
            load_refusals,
            load_work,
        )
    )


def prepared(desk: Workspace) -> None:
    fill(desk)
    offered(desk, to=("LIL", "RBX"))


DEEDS: dict[str, Callable[[Workspace], object]] = {
    "widen": lambda w: w.submit(WidenOffer("480001", (AskedNode("TCG", IN_20_MIN),))),
    "withdraw": lambda w: w.submit(WithdrawOffer("480001")),
    "claim": lambda w: claimed(w, "LIL"),
    "decline": lambda w: declined(w, "LIL", DeclineReason.ABSENT),
    "give_back": lambda w: (claimed(w, "LIL"), w.submit(_BACK)),
    "undo": lambda w: (claimed(w, "LIL"), w.undo()),
}
_BACK = GiveBack("480001", "LIL", DeclineReason.DAMAGED)


@pytest.mark.parametrize("step", ["asked", "judged", "marked"])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_kill_after_any_step_leaves_the_whole_effect(folder: Path, step: str, deed: str):
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as whole:
        prepared(whole)
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    with Workspace.open(twin, user="c.vasseur", clock=lambda: NOW) as undisturbed:
        DEEDS[deed](undisturbed)
        expected = picture(undisturbed)

    steps_left = 2 if deed in ("give_back", "undo") else 1

    def checkpoint(reached: str) -> None:
        nonlocal steps_left
        if reached == step:
            steps_left -= 1
            if not steps_left:
                raise Killed

    dying = Workspace.open(folder, user="c.vasseur", clock=lambda: NOW, checkpoint=checkpoint)
    with contextlib.suppress(Killed):
        DEEDS[deed](dying)
    dying.close()

    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as healed:
        assert picture(healed) == expected
        assert healed.read(journal.pending) == []
        assert verify(healed).ok


def test_a_desk_killed_between_a_lapse_and_what_follows_does_it_at_its_next_start(folder: Path):
    clock = Clock()
    with Workspace.open(folder, user="c.vasseur", clock=clock) as desk:
        fill(desk)
        offer(desk, "480001")
        clock.turn(minutes=21)
        desk.submit(LapseOffers(("480001/O1",)))

    clock.turn(hours=5)
    with Workspace.open(folder, user="c.vasseur", clock=clock) as desk:
        settle_offers(desk)
        assert state_of(desk) is OrderState.ALLOCATED
        assert verify(desk).ok


def test_a_program_killed_while_it_claims_has_claimed_or_has_not(folder: Path, tmp_path: Path):
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as desk:
        prepared(desk)
    words = ["claim", "480001", "--as", "LIL"]

    def regie(where: Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "app", "--data", str(where), "--at", NOW.isoformat(), *words],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    shutil.copytree(folder, tmp_path / "whole")
    began = time.monotonic()
    assert regie(tmp_path / "whole").wait() == 0
    whole_s = time.monotonic() - began
    dice = random.Random(5)
    for attempt in range(5):
        where = tmp_path / f"w{attempt}"
        shutil.copytree(folder, where)
        process = regie(where)
        try:
            process.wait(timeout=whole_s * dice.uniform(0.5, 1.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

        with Workspace.open(where, user="c.vasseur", clock=lambda: NOW) as back:
            (one,) = back.read(load_offers)
            assert one.state in (OfferState.OPEN, OfferState.CLAIMED)
            assert len(back.read(load_shipments)) == (one.state is OfferState.CLAIMED)
            assert verify(back).ok
