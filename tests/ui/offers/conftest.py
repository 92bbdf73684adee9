"""A desk and a clock of its own for each test of the offers."""

import pytest

from app.workspace import Workspace
from tests.offers.asked import Clock
from tests.ui.own_desk import desk, own_settings, session

__all__ = ["clock", "desk", "own_settings", "session"]


@pytest.fixture
def clock(workspace: Workspace) -> Clock:
    turned = Clock()
    workspace.use_clock(turned)
    return turned
