"""Draw the map pane in every look, to be judged by eye: `python -m tests.map.pictures FOLDER`."""

import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFont, QPixmap

from app.ui.map.scheme import register_scheme

register_scheme()

import shiboken6  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from app.i18n import use_language  # noqa: E402
from app.tokens import tokens  # noqa: E402
from app.ui.map.view import MapView  # noqa: E402
from tests.map.lille import lille  # noqa: E402

SIZES = {"wide": (981, 640), "small": (766, 380)}


def wait_for(condition: Callable[[], bool], *, at_most_ms: int = 20_000) -> None:
    """Turn the event loop until the condition holds."""
    loop = QEventLoop()
    watch, limit = QTimer(), QTimer()
    watch.timeout.connect(lambda: loop.quit() if condition() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    watch.start(20)
    limit.start(at_most_ms)
    loop.exec()
    if not condition():
        raise TimeoutError("the map did not get there in time")


def settled(view: MapView, *, alike: int = 3) -> QPixmap:
    """The view's picture once several in a row are the same."""
    seen: list[bytes] = []

    def still() -> bool:
        image = view.grab().toImage()
        seen.append(bytes(image.constBits()))
        return len(seen) > alike and len(set(seen[-alike:])) == 1

    wait_for(still)
    return view.grab()


def opened(size: tuple[int, int], theme: str, *, roads: bool = False) -> MapView:
    """A map of the day round Lille, painted."""
    view = MapView()
    view.failed.connect(lambda message: print("FAILED", message, file=sys.stderr))  # noqa: T201
    view.resize(*size)
    view.set_theme(tokens(theme), still=True)  # type: ignore[arg-type]
    done: list[bool] = []
    view.drawn.connect(lambda: done.append(True))
    day = lille(roads=roads)
    view.show_layers(day.orders, day.nodes, day.tours)
    view.show()
    wait_for(lambda: bool(done))
    return view


def main(folder: Path) -> None:
    application = QApplication(sys.argv[:1])
    application.setFont(QFont("DejaVu Sans"))
    folder.mkdir(parents=True, exist_ok=True)
    for theme, (name, size), roads in product(("light", "dark"), SIZES.items(), (False, True)):
        use_language("fr")
        view = opened(size, theme, roads=roads)
        view.select(["480217"], nodes=["LAM"], tours=["2026-11-24-T4"])
        settled(view).save(str(folder / f"map-{name}-{theme}{'-roads' if roads else ''}.png"))
        shiboken6.delete(view)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
