"""A workspace of its own for one picture: copied from a template, gone with the picture."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.sessions import a_session


class OwnWorkspace:
    """A workspace at 09:42, arranged as asked, with a session on it."""

    def __init__(self, arrange: Callable[[Workspace], None]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name) / "workspace"
        shutil.copytree(_template(), place)
        self.workspace = Workspace.open(place, user="c.vasseur", clock=lambda: NOW)
        arrange(self.workspace)
        self.session = a_session(self.workspace)
        self.session.start()

    def close(self) -> None:
        self.session.close()
        self.workspace.close()
        self._folder.cleanup()


@cache
def _template() -> Path:
    """Making one anew takes as long as all the rest."""
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    Workspace.open(folder, user="template").close()
    return folder
