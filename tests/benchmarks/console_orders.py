"""How fast the worklist is: `python -m tests.benchmarks.console_orders [--rows N]`.

Prints the milliseconds a frame takes, from the gesture to the painted window; the time to make the
worklist (which happens aside in the program) and take it over; and that of a search. It is
processor time, so that a busy machine does not count. A frame is to stay below 16 ms with 20,000
rows.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from app.domain.orders import Queue
from app.domain.tours import TourPlan
from app.domain.values import Address
from app.ui.actions import Actions
from app.ui.icons import follow_theme
from app.ui.orders.filters import Filter
from app.ui.orders.page import OrdersPage
from app.ui.theme import Theme
from app.workspace import Workspace
from db.queries.board import Board
from tests.builders import NOW, a_node
from tests.ui.orders.rows import TODAY, candidate, decided, on_board, promised
from tests.ui.sessions import a_session

FRAMES = 60
#: The pane on a desk of 1920 x 1080, and filling a window of that size.
SIZES = {"pane": (936, 640), "window": (1900, 1000)}
TOWNS = (("59100", "Roubaix"), ("59000", "Lille"), ("59130", "Lambersart"), ("59800", "Lille"))
NAMES = ("Bouchet, Inès", "SARL Atelier Nord", "Delattre, Claire", "Okafor, Grace", "Petit, Oli")
Gesture = Callable[[int], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    application = QApplication([])
    theme = Theme(application, "light")
    theme.motion = False
    follow_theme(theme)
    with tempfile.TemporaryDirectory(prefix="regie-") as folder:
        QSettings.setPath(
            QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(folder) / "settings")
        )
        figures = measured(application, Path(folder) / "workspace", asked.rows)
    width = max(map(len, figures)) + 2
    text = "\n".join(f"{name:{width}}{value}" for name, value in figures.items())
    print(json.dumps(figures) if asked.json else text)  # noqa: T201


def measured(application: QApplication, folder: Path, rows: int) -> dict[str, float]:
    """All figures, on a pane over an invented board."""
    figures: dict[str, float] = {}
    with Workspace.open(folder, user="benchmark", clock=lambda: NOW) as workspace:
        session = a_session(workspace)
        window = QMainWindow()
        page = OrdersPage(session, Actions(window))
        window.setCentralWidget(page)
        session.board, session.suggestions = a_big_day(rows)
        figures["first_show_ms"] = took(application, session.board_changed.emit)
        figures["same_again_ms"] = took(application, session.board_changed.emit)
        for name, size in SIZES.items():
            window.resize(*size)
            window.show()
            window.activateWindow()
            application.processEvents()
            for gesture, act in gestures(page):
                frames = sorted(timed(act, application))
                figures[f"{name}_{gesture}_mean_ms"] = round(mean(frames), 1)
                figures[f"{name}_{gesture}_95_ms"] = round(frames[int(len(frames) * 0.95)], 1)
        for text in ("r", "ro", "roubaix", "480 213", ""):
            act = lambda text=text: page.listing.narrow(Filter(search=text))  # noqa: E731
            figures[f"search_{text.replace(' ', '') or 'cleared'}_ms"] = took(application, act)
        figures["select_all_ms"] = took(application, page.listing.table.selectAll)
        figures["select_none_ms"] = took(application, page.listing.table.clear_chosen)
        figures["sort_by_client_ms"] = took(
            application, lambda: page.listing.table.sort_by("client")
        )
        window.close()
        session.close()
    return figures


def gestures(page: OrdersPage) -> Iterator[tuple[str, Gesture]]:
    """What hands do most."""
    table = page.listing.table
    bar = table.verticalScrollBar()
    key = QTest.keyClick
    down, extended = Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier
    yield "wheel", lambda _n: bar.setValue(bar.value() + 72)
    yield "jump", lambda n: bar.setValue(n * bar.maximum() // FRAMES)
    yield "down", lambda _n: key(table, down)
    yield "range", lambda _n: key(table, down, extended)
    yield "other_pane", lambda n: page._session.selection.choose((str(480_000 + 97 * n),))
    yield "hover", lambda n: page._session.selection.hover(in_view(page, n))
    yield "tick", lambda _n: page.listing.feed.ticked.emit()


def in_view(page: OrdersPage, number: int) -> str:
    """The order of one of the rows on screen."""
    return page.listing.model.row_at(page.listing.table.rowAt(4) + number % 20).code


def timed(act: Gesture, application: QApplication) -> Iterator[float]:
    """Milliseconds from each gesture to its painted frame."""
    for number in range(FRAMES):
        yield took(application, lambda number=number: act(number))


def took(application: QApplication, act: Callable[[], object]) -> float:
    started = process_time()
    act()
    for _event in range(4):
        application.processEvents()
    return round((process_time() - started) * 1000, 1)


def a_big_day(rows: int) -> tuple[Board, dict]:
    """A board of so many orders to source, with what is suggested for each."""
    made, suggestions = [], {}
    for number in range(rows):
        postcode, town = TOWNS[number % len(TOWNS)]
        order = promised(
            str(480_000 + number),
            10 + number % 8,
            12 + number % 8,
            customer=NAMES[number % len(NAMES)],
            address=Address(f"{number % 90} rue Neuve", postcode, town),
        )
        made.append(on_board(order, Queue.TO_SOURCE))
        nodes = ("LIL",) if number % 7 else ("LIL", "LAM")
        suggestions[order.code] = decided(
            order, candidate(), candidate("LAM"), nodes=nodes, margin=float(number % 30)
        )
    board = Board(TODAY, tuple(made), TourPlan(TODAY, ()), (a_node(), replace(a_node("LAM"))))
    return board, suggestions


if __name__ == "__main__":
    main()
