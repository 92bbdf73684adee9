"""A session for tests of the window: a real workspace, every piece of work run at once."""

from typing import Any

from app.jobs import Direct
from app.settings import Settings
from app.ui.session import Session
from app.workspace import Workspace


def a_session(workspace: Workspace, **settings: Any) -> Session:
    """A session whose answers arrive with the next events; close it when the test is over."""
    return Session(workspace, Settings(**settings), executor=Direct())
