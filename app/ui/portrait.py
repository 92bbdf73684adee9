"""A picture of the window on a workspace, map included, also without a display."""

from pathlib import Path
from typing import cast

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentProblem
from app.settings import Settings
from app.ui.application import make_application
from app.ui.main_window.window import MainWindow
from app.ui.screen import draw_off_screen, require_sandbox
from app.ui.session import Session
from app.workspace import Workspace

_LONGEST_MS = 30_000
_LOOK_EVERY_MS = 400
#: So many equal pictures in a row: tiles and fonts have been painted.
_EQUAL = 3


def portrait(
    workspace: Workspace, file: Path, *, size: tuple[int, int] = (1920, 1080), theme: str = "light"
) -> Path:
    """Draw the window into a PNG once nothing in it moves any more.

    Raises:
        EnvironmentProblem: the picture could not be written, or root may not draw the map.
    """
    require_sandbox()
    draw_off_screen()
    running = cast("QApplication | None", QApplication.instance())
    settings = Settings(theme=theme, animations=False)
    if running is None:
        make_application(settings)
    session = Session(workspace, settings)
    window = MainWindow(session, remembers=False)
    window.resize(*size)
    window.show()
    session.start()
    picture = _still(window)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = picture.save(str(file))
    window.close()
    session.close()
    shiboken6.delete(window)  # at once: no event loop is left to carry out a deleteLater
    if not written:
        raise EnvironmentProblem("read_only", folder=str(file.parent))
    return file


def _still(window: MainWindow) -> QImage:
    """The window's picture when it came out the same several times running."""
    loop = QEventLoop()
    clock = QElapsedTimer()
    clock.start()
    last, equal = QImage(), 0
    timer = QTimer()

    def look() -> None:
        nonlocal last, equal
        now = window.grab().toImage()
        equal = equal + 1 if now == last else 0
        last = now
        done = equal >= _EQUAL and window.settled
        if done or clock.elapsed() > _LONGEST_MS:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(_LOOK_EVERY_MS)
    loop.exec()
    timer.stop()
    return last
