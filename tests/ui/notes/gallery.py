"""The window of the local knowledge book: some notes, one about a street, and none yet."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import time
from functools import cache, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.knowledge import About, Note
from app.domain.travel import VehicleProfile
from app.operations.notes import write_note
from app.ui.notes.window import NotesWindow
from app.workspace import Workspace
from tests.builders import NOW, a_node
from tests.tours.test_touring import FREE, fill, planned, today
from tests.ui.pictures import Page
from tests.ui.sessions import a_session

NOTES = (
    Note(
        "",
        About.CLIENT,
        "Claire Delattre",
        weekdays=frozenset({2, 4}),
        not_before=time(10),
        reason="ouvre après 10 h",
    ),
    Note(
        "",
        About.STREET,
        "rue de la Carnoy",
        "59130",
        only=frozenset({VehicleProfile.BIKE, VehicleProfile.VAN}),
        reason="trop étroite pour un poids lourd",
    ),
    Note("", About.PLACE, "12 rue de la Carnoy", "59130", more_s=11 * 60, reason="digicode"),
    Note("", About.VEHICLE, "V1", areas=frozenset({"59130", "592"})),
    Note("", About.POSTCODE, "69004", not_after=time(11, 30), reason="marché"),
)


class NotesPicture(QWidget):
    """The window on a workspace of its own, gone with the picture."""

    def __init__(
        self, arrange: Callable[[Workspace], None], act: Callable[[NotesWindow], None]
    ) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name) / "workspace"
        shutil.copytree(_template(), place)
        self._workspace = Workspace.open(place, user="c.vasseur", clock=lambda: NOW)
        arrange(self._workspace)
        self.session = a_session(self._workspace)
        self.page = NotesWindow(self.session, self)
        self._shown = False
        self.page.shown.connect(lambda: self._ready(act))
        self.session.start()
        self.page.come_forward()

    def _ready(self, act: Callable[[NotesWindow], None]) -> None:
        if not self._shown:
            self._shown = True
            act(self.page)

    def resizeEvent(self, _event) -> None:  # noqa: N802 - Qt calls it so
        self.page.resize(self.size())

    def grab(self, *_area):
        return self.page.grab()

    def closeEvent(self, event) -> None:  # noqa: N802
        super().closeEvent(event)
        self.session.close()
        self._workspace.close()
        self._folder.cleanup()

    def ready(self) -> bool:
        return self.session.settled and self._shown


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    Workspace.open(folder, user="template").close()
    return folder


def _noted(workspace: Workspace) -> None:
    fill(workspace, today("480213"), today("480214"), vehicles=(FREE,), nodes=(a_node(),))
    for note in NOTES:
        write_note(workspace, note)
    planned(workspace)


SIZES = ((1120, 600), (940, 500))
PAGES = tuple(
    Page(name, partial(NotesPicture, arrange, act), SIZES, ready=NotesPicture.ready)
    for name, arrange, act in (
        ("notes-street", _noted, lambda page: page.table.selectRow(1)),
        ("notes-driver", _noted, lambda page: page.table.selectRow(3)),
        ("notes-nothing", lambda _workspace: None, lambda _page: None),
    )
)
