"""Stops dragged on the map: what the page tells of the hand, and the ghost it draws."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.orders import Queue
from app.domain.values import GeoPoint
from app.maps.layers import Leg, MapLayers, OrderMark, TourLine
from app.tokens import tokens
from tests.map.conftest import PATIENCE_MS, Glass

_None, _Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def point(place: int, north: float = 0.0) -> GeoPoint:
    return GeoPoint(50.63 + north, 2.90 + 0.06 * place)


def stop(tour: int, sequence: int, at: GeoPoint) -> OrderMark:
    code = f"48{tour:02}{sequence:02}"
    return OrderMark(
        code, at, queue=Queue.PLANNED, shipment=f"{code}-1", tour=tour, sequence=sequence
    )


def two_tours() -> MapLayers:
    """T1 in the south and T2 north of it, three stops each, from west to east."""
    marks, lines = [], []
    for tour, north in ((1, 0.0), (2, 0.09)):
        places = [point(place, north) for place in range(3)]
        marks += [stop(tour, n, at) for n, at in enumerate(places, start=1)]
        legs = (Leg((places[0], places[1])), Leg((places[1], places[2])))
        lines.append(TourLine(tour, legs, places[2], code=f"day-T{tour}"))
    waiting = OrderMark("489901", point(1, 0.045), queue=Queue.TO_PLAN)
    settled = OrderMark("489902", point(0, 0.045), queue=Queue.WITH_CARRIER)
    return MapLayers((*marks, waiting, settled), (), tuple(lines))


def test_a_stop_dragged_over_another_tells_both_and_letting_go(glass: Glass, qtbot: QtBot):
    glass.show(two_tours())
    over: list[tuple[object, ...]] = []
    glass.view.held_over.connect(lambda *said: over.append(said))

    with (
        qtbot.waitSignal(glass.view.held, timeout=PATIENCE_MS) as held,
        qtbot.waitSignal(glass.view.let_go, timeout=PATIENCE_MS) as let_go,
    ):
        glass.drag(glass.place_of("480102"), glass.place_of("480203"))

    assert held.args == [("480102",)]
    assert over[-1][:2] == ("day-T2", "480203-1")
    assert let_go.args == [_None, False]


def test_over_the_way_of_a_tour_the_tour_is_told(glass: Glass, qtbot: QtBot):
    glass.show(two_tours())
    ends = glass.place_of("480201"), glass.place_of("480202")
    over: list[tuple[object, ...]] = []
    glass.view.held_over.connect(lambda *said: over.append(said))

    with qtbot.waitSignal(glass.view.let_go, timeout=PATIENCE_MS):
        glass.drag(glass.place_of("480102"), (ends[0] + ends[1]) / 2)

    assert over[-1][:2] == ("day-T2", "")


def test_what_is_selected_goes_along_and_the_keys_come_with_it(glass: Glass, qtbot: QtBot):
    glass.show(two_tours())
    glass.view.select(["480101", "480102"])
    glass.wait_for("regie.desk.store.selected.size === 2")

    with (
        qtbot.waitSignal(glass.view.held, timeout=PATIENCE_MS) as held,
        qtbot.waitSignal(glass.view.let_go, timeout=PATIENCE_MS) as let_go,
    ):
        glass.drag(glass.place_of("480102"), glass.place_of("480203"), keys=_Ctrl)

    assert sorted(held.args[0]) == ["480101", "480102"]
    assert let_go.args[0] == _Ctrl


def test_what_waits_for_a_tour_can_be_held_and_what_a_carrier_has_cannot(
    glass: Glass, qtbot: QtBot
):
    glass.show(two_tours())
    taken: list[tuple[str, ...]] = []
    glass.view.held.connect(taken.append)

    glass.drag(glass.place_of("489902"), glass.place_of("489902") + QPoint(60, 20))
    glass.show(MapLayers(two_tours().orders, (), two_tours().tours))
    with qtbot.waitSignal(glass.view.let_go, timeout=PATIENCE_MS):
        glass.drag(glass.place_of("489901"), glass.place_of("480203"))

    assert taken == [("489901",)]


def test_what_a_lasso_took_is_dragged_with_the_lasso_still_in_the_hand(glass: Glass, qtbot: QtBot):
    glass.show(two_tours())
    glass.view.set_tool("lasso")
    glass.view.select(["480101", "489901"])
    glass.wait_for("regie.desk.store.selected.size === 2 && regie.desk.tools.tool === 'lasso'")
    boxed: list[object] = []
    glass.view.boxed.connect(lambda orders, _keys: boxed.append(orders))

    with (
        qtbot.waitSignal(glass.view.held, timeout=PATIENCE_MS) as held,
        qtbot.waitSignal(glass.view.let_go, timeout=PATIENCE_MS),
    ):
        glass.drag(glass.place_of("489901"), glass.place_of("480203"))

    assert sorted(held.args[0]) == ["480101", "489901"]
    assert boxed == []


def test_what_a_list_holds_over_the_map_is_told_the_tour_and_the_stop_there(
    glass: Glass, qtbot: QtBot
):
    glass.show(two_tours())

    with qtbot.waitSignal(glass.view.held_over, timeout=PATIENCE_MS) as over:
        glass.view.carry(("489903",), glass.place_of("480203"))
    glass.wait_for("regie.desk.hold.holds")
    glass.view.carry((), QPoint())

    assert over.args[:2] == ["day-T2", "480203-1"]
    assert over.args[2] == glass.place_of("480203")
    glass.wait_for("!regie.desk.hold.holds")


def test_the_end_of_a_drag_picks_nothing_and_a_click_still_does(glass: Glass, qtbot: QtBot):
    glass.show(two_tours())
    picked: list[object] = []
    glass.view.picked.connect(lambda orders, _keys: picked.append(orders))

    with qtbot.waitSignal(glass.view.let_go, timeout=PATIENCE_MS):
        glass.drag(glass.place_of("480102"), glass.place_of("480203"))
    with qtbot.waitSignal(glass.view.picked, timeout=PATIENCE_MS):
        glass.click(glass.place_of("480202"))

    assert picked == [("480202",)]


def test_escape_takes_the_hand_off(glass: Glass, qtbot: QtBot):
    glass.show(two_tours())
    start = glass.place_of("480102")
    _press_and_move(glass, start, start + QPoint(40, 0))
    glass.wait_for("regie.desk.hold.holds")

    with qtbot.waitSignal(glass.view.held_no_more, timeout=PATIENCE_MS):
        QTest.keyClick(glass.view._web.focusProxy(), Qt.Key.Key_Escape)

    glass.wait_for("!regie.desk.hold.holds")


def test_the_ghost_is_drawn_where_it_would_be_and_goes_again(glass: Glass):
    glass.show(two_tours())
    middle, colour = glass.place_of("489901"), tokens("light").tour_style(2).colour
    at, end = point(1, 0.045), point(2, 0.045)
    line = [[at.longitude, at.latitude], [end.longitude, end.latitude]]

    glass.view.show_ghost(
        {
            "leaves": [],
            "joins": [{"line": line, "number": 2}],
            "stops": [{"at": line[0], "number": 2, "sequence": 2, "late": False}],
        }
    )
    glass.wait_for("regie.desk.store.ghost !== null")
    assert colour in _colours_beside(glass, middle)

    glass.view.show_ghost(None)
    glass.wait_for("regie.desk.store.ghost === null")
    assert colour not in _colours_beside(glass, middle)


def _colours_beside(glass: Glass, place: QPoint) -> set[str]:
    """The colours on the way east of a place."""
    picture = glass.picture()
    steps = (QPoint(20 + step, 0) for step in range(20))
    return {picture.pixelColor(place + step).name().upper() for step in steps}


def _press_and_move(glass: Glass, start: QPoint, end: QPoint) -> None:
    glass.hover(start)
    target, left = glass.view._web.focusProxy(), Qt.MouseButton.LeftButton
    for kind, place in (
        (QEvent.Type.MouseButtonPress, start),
        (QEvent.Type.MouseMove, end),
    ):
        at = QPointF(place)
        button = left if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        QApplication.sendEvent(target, QMouseEvent(kind, at, at, button, left, _None))
