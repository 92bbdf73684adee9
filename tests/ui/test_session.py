"""What a session reads again after a commit, and what it leaves as it is."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.acts.desk import SaveView
from app.domain.acts.ground import SwitchNode
from app.domain.acts.orders import ImportRows
from app.domain.sourcing import Method
from app.settings import Settings
from app.ui.session import Session
from app.workspace import Workspace
from tests.builders import a_cell, a_node, a_product, an_order


class Held(Executor):
    """Work waits here until it is let go, one piece after the other."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - a future carries whatever happened
                future.set_exception(error)

        self.waiting.append(work)
        return future

    def let_go(self) -> None:
        self.waiting.pop(0)()


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def session(qtbot: QtBot, workspace: Workspace, held: Held) -> Iterator[Session]:
    for kind, rows in {
        "node": (a_node(),),
        "product": (a_product(),),
        "stock": (a_cell(on_hand=3),),
        "order": (an_order("480001"), an_order("480002")),
    }.items():
        workspace.submit(ImportRows(kind, f"{kind}s.csv", rows))
    made = Session(workspace, Settings(), executor=held)
    made.start()
    settle(qtbot, made, held)
    yield made
    made.close()


def settle(qtbot: QtBot, session: Session, held: Held) -> None:
    def done() -> bool:
        while held.waiting:
            held.let_go()
        return session.settled

    qtbot.waitUntil(done)


def test_suggestions_are_there_once_the_board_is(session: Session):
    assert {code: made.nodes for code, made in session.suggestions.items()} == {
        "480001": ("LIL",),
        "480002": ("LIL",),
    }


def weigh(session: Session, held: Held) -> list[bool]:
    """Ask for all orders at once; what it told at its end."""
    told: list[bool] = []
    session.suggest_together("all", lambda run, shown: told.append(shown))
    return told


def test_all_orders_at_once_take_the_place_of_the_suggestions(
    qtbot: QtBot, session: Session, held: Held
):
    told = weigh(session, held)
    held.let_go()
    qtbot.waitUntil(lambda: told == [True])

    assert {made.method for made in session.suggestions.values()} == {Method.OPTIMAL}
    assert session.settled


def test_what_was_weighed_together_is_dropped_when_the_stock_moved_meanwhile(
    qtbot: QtBot, session: Session, held: Held
):
    told = weigh(session, held)
    session.workspace.submit(ImportRows("stock", "s.csv", (a_cell(on_hand=1),)))
    qtbot.waitUntil(lambda: len(held.waiting) > 1)  # the window has heard of it
    held.let_go()
    qtbot.waitUntil(lambda: told == [False])
    settle(qtbot, session, held)

    assert {made.method for made in session.suggestions.values()} == {Method.RULES}


def test_what_sourcing_does_not_look_at_leaves_the_suggestions_alone(
    qtbot: QtBot, session: Session, held: Held
):
    before = session.suggestions

    with qtbot.waitSignal(session.board_changed):
        session.workspace.submit(SaveView("Morning", "to_source"))
        qtbot.waitUntil(lambda: bool(held.waiting))
        held.let_go()

    assert session.settled
    assert not held.waiting
    assert session.suggestions is before


def test_suggestions_follow_the_stock(qtbot: QtBot, session: Session, held: Held):
    session.workspace.submit(ImportRows("stock", "s.csv", (a_cell(on_hand=1),)))
    qtbot.waitUntil(lambda: bool(held.waiting))
    settle(qtbot, session, held)

    served = [made for made in session.suggestions.values() if made.shipments]
    assert len(served) == 1


def test_two_commits_in_a_row_are_one_run_that_stops_and_one_that_ends(
    qtbot: QtBot, session: Session, held: Held
):
    heard: list[None] = []
    session.suggested.connect(lambda: heard.append(None))

    session.workspace.submit(SwitchNode("LIL", active=False))
    qtbot.waitUntil(lambda: bool(held.waiting))
    held.let_go()  # the board
    qtbot.waitUntil(lambda: bool(held.waiting))  # the suggestions, not yet begun
    session.workspace.submit(SwitchNode("LIL", active=True))
    qtbot.waitUntil(lambda: len(held.waiting) == 2)  # and the board once more
    held.let_go()
    settle(qtbot, session, held)

    assert len(heard) == 1
    assert all(made.nodes == ("LIL",) for made in session.suggestions.values())


def test_suggestions_grow_old_with_the_clock(qtbot: QtBot, session: Session, held: Held):
    later = session.workspace.now().replace(hour=16)
    session.workspace.use_clock(lambda: later)

    session.workspace.submit(SaveView("Evening", "to_source"))
    qtbot.waitUntil(lambda: bool(held.waiting))
    settle(qtbot, session, held)

    assert all(made.decided_at == later for made in session.suggestions.values())
