"""A desk of its own for each test of a side window, with geometry kept apart: fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.ui.session import Session
from app.workspace import Workspace
from tests.ui.sessions import a_session


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """What a test leaves on the workstation, it leaves to itself."""
    scope = QSettings.Scope.UserScope
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, scope, str(tmp_path / "settings"))


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    made = a_session(workspace)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return window
