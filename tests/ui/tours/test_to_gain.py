"""How good the plan is at least, in the window: told of the tours it was reckoned for alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.operations.touring import lock
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.sessions import a_session
from tests.ui.tours.hand_day import set_up_mixed_day
from tests.ui.tours.test_page import Desk


@pytest.fixture
def desk(qtbot: QtBot, empty_workspace: Path, tmp_path: Path, english: None) -> Iterator[Desk]:
    shutil.copytree(empty_workspace, tmp_path / "day")
    with Workspace.open(tmp_path / "day", user="c.vasseur", clock=lambda: NOW) as workspace:
        set_up_mixed_day(workspace)
        made = Desk(qtbot, a_session(workspace))
        made.open()
        yield made
        made.session.close()


def test_what_could_still_be_gained_is_told_until_the_tours_change(desk: Desk):
    jobs: list[Any] = []
    desk.session.job_started.connect(jobs.append)
    assert "to gain" not in desk.subtitles[-1]

    desk.until(lambda: desk.actions.action("tours.plan").isEnabled())
    desk.do("tours.plan")
    desk.until(lambda: not desk.page.planner.running and "to gain" in desk.subtitles[-1])

    assert "to gain at most (proven)" in desk.news[-1].line
    (job,) = jobs
    values = [value for _second, value in job.curve]
    assert values
    assert values == sorted(values, reverse=True)

    lock(desk.workspace, desk.tours()[0].code)
    desk.until(lambda: "to gain" not in desk.subtitles[-1])
