"""How fast the whole window is: `python -m tests.benchmarks.console [--orders N] [--tours N]`.

Starts the program on a full day and says when its window was first painted and when all was there;
then opens the same window here and says, for each gesture, how long the window's thread was away
from its event loop at most: its processor time (nothing above 20 ms), and by the clock.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from time import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
os.environ.setdefault("QT_NO_GLIB", "1")  # so that each turn of the loop can be heard

import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from app.domain.acts.ground import SwitchNode
from app.domain.acts.orders import ImportRows
from app.domain.acts.tours import LockTour
from app.domain.journal import Operation
from app.jobs import tune_interpreter
from app.operations.demonstration import DEFAULT_DAY, opening_of
from app.settings import Settings
from app.ui.application import make_application
from app.ui.main_window.window import MainWindow
from app.ui.orders.filters import Filter
from app.ui.orders.page import OrdersPage
from app.ui.session import Session
from app.ui.theme import current_theme
from app.ui.tours.page import ToursPage
from app.workspace import Workspace
from db.stock import load_stock
from tests.benchmarks.console_doors import Doors
from tests.benchmarks.event_loop import Watch
from tests.benchmarks.full_day import make_day

Act = Callable[[], object]
STEPS = 40

#: Tells when the window was painted first, when the day was on it, and when nothing moved any more.
_START = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from app.jobs import tune_interpreter
tune_interpreter()
from app.ui import application
began, folder = float(sys.argv[1]), Path(sys.argv[2])
class Timed(application.MainWindow):
    painted = False
    def __init__(self, session):
        super().__init__(session, remembers=False)
        session.board_changed.connect(lambda: self.tell_time("day"))
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(50)
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self.painted:
            self.painted = True
            self.tell_time("painted")
        return done
    def look(self):
        if self.settled:
            self.tell_time("settled")
            QApplication.quit()
    def tell_time(self, what):
        print(what, time.time() - began, time.process_time(), flush=True)
application.MainWindow = Timed
sys.argv[1:] = []
sys.exit(application.open_window(folder))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--tours", type=int, default=100)
    parser.add_argument("--day", type=Path, help="keep the day here, or take it from here")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="regie-") as made:
        QSettings.setPath(
            QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(made) / "settings")
        )
        folder = (asked.day or Path(made)) / "workspace"
        if not folder.exists():
            make_day(folder, asked.orders, asked.tours)
        figures = {"load_average": os.getloadavg()[0], **started(folder), **worked(folder)}
    width = max(map(len, figures)) + 2
    text = "\n".join(f"{name:{width}}{value:10.1f}" for name, value in figures.items())
    print(json.dumps(figures) if asked.json else text)  # noqa: T201


def started(folder: Path) -> dict[str, float]:
    """Seconds from the start of a process to its window, and the processor's own."""
    command = [sys.executable, "-c", _START, str(time()), str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = {}
    for line in said.splitlines():
        what, wall, busy = line.split()
        figures.setdefault(f"start_{what}_s", round(float(wall), 2))
        figures.setdefault(f"start_{what}_cpu_s", round(float(busy), 2))
    return figures


def worked(folder: Path) -> dict[str, float]:
    """The longest turns of the loop while the window is worked with."""
    tune_interpreter()
    application = make_application(Settings(animations=False))
    figures: dict[str, float] = {}
    with Workspace.open(folder, clock=lambda: opening_of(DEFAULT_DAY)) as workspace:
        session = Session(workspace, Settings(animations=False))
        watch = Watch()
        window = MainWindow(session, remembers=False)
        window.resize(1920, 1080)
        doors = Doors(window, folder.parent / "files")
        for name, act in chain(gestures(window), doors.gestures()):
            watch.during(act, lambda: settled(window) and doors.settled)
            figures[f"{name}_busy_ms"] = round(max(watch.busy), 1)
            figures[f"{name}_away_ms"] = round(max(watch.away), 1)
            if watch.collections:
                figures[f"{name}_garbage_ms"] = round(max(watch.collections), 1)
        window.close()
        session.close()
        shiboken6.delete(window)
    application.quit()
    return figures


_waited_for: set[str] = set()


def asked(window: MainWindow, operation: Operation) -> None:
    """Submit an operation as the window does, and wait until its effect is told."""
    session, name = window.session, type(operation).__name__
    _waited_for.add(name)
    session.submit(lambda: session.workspace.submit(operation), lambda _done: _come(name))


def _come(name: str) -> None:
    _waited_for.discard(name)


def settled(window: MainWindow) -> bool:
    return not _waited_for and window.settled and orders_of(window).settled


def orders_of(window: MainWindow) -> OrdersPage:
    page = window.panes["orders"].content
    assert isinstance(page, OrdersPage)
    return page


def tours_of(window: MainWindow) -> ToursPage:
    page = window.panes["tours"].content
    assert isinstance(page, ToursPage)
    return page


def gestures(window: MainWindow) -> Iterator[tuple[str, Act]]:
    """What a dispatcher does; what is repeated is done once in each turn."""
    session, orders, tours = window.session, orders_of(window), tours_of(window)
    yield "load", lambda: (window.show(), session.start())
    table, plan = orders.listing.table, session.board.plan
    codes = [row.code for row in session.board.rows]
    key = QTest.keyClick
    yield "select_one", lambda: session.selection.choose(codes[:1])
    yield "down", lambda: key(table, Qt.Key.Key_Down)
    yield "select_all", table.selectAll
    yield "select_none", session.selection.clear
    tour = [stop.order for stop in plan.tours[7].deliveries]
    yield "select_tour", lambda: session.selection.choose(tour)
    yield (
        "select_other_tour",
        lambda: session.selection.choose(
            [stop.order for stop in plan.tours[60 % len(plan.tours)].deliveries]
        ),
    )
    yield "hover", lambda: session.selection.hover(codes[3])
    for view in ("to_source", "planned", "orders"):
        yield f"view_{view}", lambda view=view: orders.listing.show_view(view)
    for text in ("r", "ro", "rou", "roub", ""):
        yield (
            f"search_{text or 'cleared'}",
            lambda text=text: orders.listing.narrow(Filter(search=text)),
        )
    bar, down = table.verticalScrollBar(), tours.timeline.verticalScrollBar()
    yield "scroll_orders", lambda: bar.setValue(bar.value() + 480)
    yield "scroll_tours", lambda: down.setValue(down.value() + 120)
    yield "zoom_time", tours.timeline.zoom_in
    for theme in ("dark", "light"):
        yield f"theme_{theme}", lambda theme=theme: current_theme().turn_to(theme)
    node = session.board.nodes[0].code
    cells = [
        replace(cell, on_hand=cell.on_hand + 1)
        for cell in session.workspace.read(load_stock, nodes=[node])
    ]
    yield "lock_tour", lambda: asked(window, LockTour(plan.tours[3].code, locked=True))
    yield "close_node", lambda: asked(window, SwitchNode(node, active=False))
    yield "import_stock", lambda: asked(window, ImportRows("stock", "stock.csv", tuple(cells)))
    yield "open_node", lambda: asked(window, SwitchNode(node, active=True))
    yield "turn_day", lambda: session.show_day(DEFAULT_DAY.replace(day=25))
    yield "turn_back", lambda: session.show_day(DEFAULT_DAY)


if __name__ == "__main__":
    main()
