"""Promises at risk in the Why pane: why, by when what must happen, and what would save them."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.acts.orders import ImportRows
from app.domain.carriers import ServiceKind
from app.formats import NO_BREAK_SPACE
from app.operations.sourcing import accept, source
from app.operations.why_chain import Link
from app.ui.actions import Actions
from app.ui.session import Session
from app.ui.why.page import WhyPage
from app.workspace import Workspace
from tests.builders import a_service, a_tariff
from tests.ui.sessions import a_session
from tests.ui.why.mornings import bring_in, plan_tour, promised, settle


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    made = a_session(workspace)
    yield made
    made.close()


def time_lines(session: Session, qtbot: QtBot, until: str = "") -> list[str]:
    """What the pane's last link says of the order, once it is whole and says `until`."""
    window = QWidget()
    page = WhyPage(session, Actions(window), window)
    qtbot.addWidget(window)
    page.setGeometry(0, 0, 645, 340)
    window.resize(645, 340)
    window.show()
    session.start()
    settle(session, qtbot)
    session.selection.choose(("480213",))
    qtbot.waitUntil(lambda: page.settled and session.settled, timeout=5_000)
    place = list(Link).index(Link.TIME)
    page.thread_view.setCurrentIndex(page.thread_view.model().index(place, 0))
    qtbot.waitUntil(lambda: page.settled and session.settled, timeout=5_000)
    table = page.detail_view.table
    assert table is not None
    if until:
        qtbot.waitUntil(lambda: until in str(table.lines()), timeout=5_000)
    said = [" ".join(cell.text for cell in line.cells) for line in table.lines()]
    return [line.replace(NO_BREAK_SPACE, " ") for line in said]


def plan_late(workspace: Workspace, late_s: int) -> None:
    bring_in(workspace, promised())
    accept(workspace, source(workspace).decisions)
    plan_tour(workspace, "480213", late_s=late_s)


def test_a_late_order_says_so_with_its_milestones_and_what_would_save_it(
    workspace: Workspace, session: Session, qtbot: QtBot, english: None
):
    plan_late(workspace, 900)
    courier = a_service("DEX", "VELO", kind=ServiceKind.BIKE, transit_days=0, label="Vélo")
    workspace.submit(ImportRows("service", "service.csv", (courier,)))
    price = (a_tariff(10, 1_300, service="VELO"),)
    workspace.submit(ImportRows("tariff", "tariff.csv", price))

    said = time_lines(session, qtbot, "At risk")

    assert any(line.startswith("At risk 15 min late on T") for line in said)
    assert [line.split()[1] for line in said if line.startswith("To ")] == ["prepare", "hand"]
    assert any(line.startswith("Promised by") for line in said)
    assert any("Saved by" in line and "Vélo" in line for line in said)


def test_an_order_in_time_has_no_such_lines(
    workspace: Workspace, session: Session, qtbot: QtBot, english: None
):
    plan_late(workspace, 0)

    assert not any(line.startswith(("At risk", "Saved by")) for line in time_lines(session, qtbot))
