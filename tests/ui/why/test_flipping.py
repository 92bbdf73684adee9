"""What would have a stop elsewhere, in the pane: told once it is reckoned, of the plan as it is."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.operations.touring import lock
from app.operations.why import why
from app.operations.why_chain import Link
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.why.page import WhyPage
from app.workspace import Workspace
from db.plans import load_plan
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.days import ON
from tests.ui.tours.hand_day import order_code, set_up_mixed_day
from tests.ui.why.test_why_page import ask, open_link


@pytest.fixture(scope="module")
def template(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flips") / "day"
    shutil.copytree(empty_workspace, folder)
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_mixed_day(workspace)
    return folder


@pytest.fixture
def session(template: Path, tmp_path: Path, english: None) -> Iterator[Session]:
    shutil.copytree(template, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        made = a_session(workspace)
        yield made
        made.close()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> WhyPage:
    window = QWidget()
    made = WhyPage(session, Actions(window), window)
    made.setGeometry(0, 0, 645, 340)
    window.resize(645, 340)
    qtbot.addWidget(window)
    window.show()
    session.start()
    return made


def flips(page: WhyPage) -> list[str]:
    return [note.text for note in page.detail_view._notes._shown if note.icon is Icon.FLIP]


@pytest.mark.parametrize("link", [Link.TOUR, Link.TIME])
def test_the_tour_and_the_hour_say_what_would_make_them_others(
    page: WhyPage, session: Session, qtbot: QtBot, link: Link
):
    draft = next(tour for tour in session.workspace.read(load_plan, ON).tours if tour.number == 5)
    order = draft.deliveries[1].order
    ask(page, session, qtbot, order)
    open_link(page, link)
    qtbot.waitUntil(lambda: bool(flips(page)), timeout=5_000)

    reckoned = why(session.workspace, order).link(link)

    assert len(flips(page)) == len(reckoned.flips)


def test_of_a_locked_tour_nothing_is_told(page: WhyPage, session: Session, qtbot: QtBot):
    order = order_code(5, 2)
    lock(session.workspace, f"{ON}-T5")
    qtbot.waitUntil(lambda: any(tour.locked for tour in session.board.plan.tours))
    ask(page, session, qtbot, order)
    open_link(page, Link.TOUR)

    assert flips(page) == []
