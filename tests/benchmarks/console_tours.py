"""How fast the timeline is: `python -m tests.benchmarks.console_tours [--tours N] [--stops N]`.

Prints the milliseconds a frame takes, from the gesture to the painted window, and the time to make
the lanes. A frame is to stay below 16 ms.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from statistics import mean
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.ui.icons import follow_theme
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.tours.lanes import Lane, lanes_of
from app.ui.tours.timeline import Timeline
from tests.builders import NOW
from tests.ui.tours.days import DAY, TIGHT_S, many_tours

FRAMES = 120
#: The pane on a desk of 1920 x 1080, and filling a window of that size.
SIZES = {"pane": (1272, 292), "window": (1900, 1000)}
Gesture = Callable[[int], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tours", type=int, default=100)
    parser.add_argument("--stops", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    application = QApplication([])
    follow_theme(Theme(application, "light"))
    plan, vehicles = many_tours(asked.tours, asked.stops)
    started = perf_counter()
    lanes = lanes_of(plan, vehicles, DAY, tight_slack_s=TIGHT_S)
    figures = {"lanes_ms": round((perf_counter() - started) * 1000, 1)}
    for name, size in SIZES.items():
        selection = Selection()
        timeline = Timeline(selection, DAY, lambda: NOW)
        timeline.resize(*size)
        timeline.show_lanes(lanes, DAY, {})
        timeline.show()
        application.processEvents()
        for gesture, act in gestures(timeline, selection, lanes):
            frames = sorted(timed(act, application))
            figures[f"{name}_{gesture}_mean_ms"] = round(mean(frames), 1)
            figures[f"{name}_{gesture}_95_ms"] = round(frames[int(len(frames) * 0.95)], 1)
        timeline.close()
    width = max(map(len, figures)) + 2
    text = "\n".join(f"{name:{width}}{value}" for name, value in figures.items())
    print(json.dumps(figures) if asked.json else text)  # noqa: T201


def gestures(
    timeline: Timeline, selection: Selection, lanes: tuple[Lane, ...]
) -> Iterator[tuple[str, Gesture]]:
    """What hands do, one small step a frame."""
    down, across = timeline.verticalScrollBar(), timeline.horizontalScrollBar()
    yield "scroll", lambda frame: down.setValue(frame * 9)
    timeline.zoom_in()
    timeline.zoom_in()
    yield "pan", lambda frame: across.setValue(frame * 6)
    timeline.zoom_all()
    down.setValue(0)
    first = [order for lane in lanes[:8] for order in lane.orders]
    yield "hover", lambda frame: selection.hover(first[frame * 7 % len(first)])
    yield "select", lambda frame: selection.choose([first[frame * 7 % len(first)]])
    yield "zoom", lambda frame: timeline.zoom_at(1.08 if frame % 40 < 20 else 1 / 1.08, 800)


def timed(act: Gesture, application: QApplication) -> Iterator[float]:
    """The milliseconds of each frame."""
    for frame in range(FRAMES):
        started = perf_counter()
        act(frame)
        application.processEvents()
        yield (perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
