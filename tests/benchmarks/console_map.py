"""How fast the map is: `python -m tests.benchmarks.console_map [--points N] [--near]`.

Prints the time to the first picture and the milliseconds a frame takes while the map is dragged.
"""

import argparse
import json
import os
import sys
from statistics import mean
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from app.ui.map.view import MapView  # registers the scheme, before the application is made

# isort: split
import shiboken6
from PySide6.QtWidgets import QApplication

from app.jobs import Lanes
from app.tokens import tokens
from app.ui.jobs import JobRunner
from tests.map.lille import lille, many
from tests.map.pictures import settled, wait_for

SIZE = (989, 900)
STEP_PX, STEP_MS, STEPS = 6, 16, 120
_RECORD = """
window.frames_ms = []; let last = performance.now(); window.recording = true;
(function next(now) { window.frames_ms.push(now - last); last = now;
  if (window.recording) requestAnimationFrame(next); })(last); 1
"""
_NEAR = "regie.desk._map.setView([50.62, 3.05], 12.75, {animate: false}); 1"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--near", action="store_true", help="so near that nothing is clustered")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    application = QApplication(sys.argv[:1])
    day = lille() if asked.points < 200 else many(asked.points)
    started = perf_counter()
    lanes, runner = Lanes(), JobRunner()
    view = MapView(aside=lambda work, then: runner.follow(lanes.read(work), then, failed))
    drawn: list[float] = []
    view.drawn.connect(lambda: drawn.append(perf_counter() - started))
    view.failed.connect(lambda message: sys.exit(f"the map failed: {message}"))
    view.resize(*SIZE)
    view.set_theme(tokens("light"))
    view.show_layers(day.orders, day.nodes, day.tours)
    view.show()
    wait_for(lambda: bool(drawn))
    settled(view)
    if asked.near:
        run(view, _NEAR)
        settled(view)
    run(view, _RECORD)
    drag(view)
    run(view, "window.recording = false; 1")
    frames = sorted(json.loads(run(view, "JSON.stringify(window.frames_ms.slice(1))")))
    figures = {
        "points": asked.points,
        "first_picture_s": round(drawn[0], 2),
        "frame_mean_ms": round(mean(frames), 1),
        "frame_95_ms": round(frames[int(len(frames) * 0.95)], 1),
        "frame_longest_ms": round(frames[-1], 1),
        "repaint_ms": round(float(run(view, _REPAINT)), 1),
    }
    print(json.dumps(figures) if asked.json else _lines(figures))  # noqa: T201
    shiboken6.delete(view)
    lanes.close()
    application.quit()


def failed(error: BaseException) -> None:
    sys.exit(f"work aside failed: {error}")


_REPAINT = """
(function () { const sheet = regie.desk.scene._sheets.marks; const from = performance.now();
  for (let i = 0; i < 5; i++) sheet._update(); return (performance.now() - from) / 5; })()
"""


def run(view: MapView, script: str) -> str:
    """Run a script in the map's page and wait for its answer."""
    answers: list[str] = []
    page = view._web.page()
    page.runJavaScript(script, 0, answers.append)
    wait_for(lambda: bool(answers))
    return answers[0]


def drag(view: MapView) -> None:
    """Drag the map to and fro with the left button, as a hand does."""
    target = view._web.focusProxy()
    place = QPoint(SIZE[0] // 2, SIZE[1] // 2 + 90)
    _send(target, QEvent.Type.MouseButtonPress, place)
    for step in range(STEPS):
        sign = 1 if step % 60 < 30 else -1
        place += QPoint(sign * STEP_PX, sign * 2)
        _send(target, QEvent.Type.MouseMove, place)
        QTest.qWait(STEP_MS)
    _send(target, QEvent.Type.MouseButtonRelease, place)
    QTest.qWait(200)


def _send(target: object, kind: QEvent.Type, place: QPoint) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else _LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
    at = QPointF(place)
    event = QMouseEvent(kind, at, at, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)


_LEFT = Qt.MouseButton.LeftButton


def _lines(figures: dict[str, float]) -> str:
    return "\n".join(f"{name:18} {value}" for name, value in figures.items())


if __name__ == "__main__":
    main()
