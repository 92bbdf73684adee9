"""The map as a widget: it draws what it is given and tells what the hand does on it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.orders import Mode, Queue
from app.domain.values import GeoPoint
from app.errors import BadFile
from app.i18n import use_language
from app.maps.layers import MapLayers, OrderMark, Slack
from app.tokens import tokens
from tests.map.conftest import PATIENCE_MS, Glass
from tests.map.lille import many

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LILLE = GeoPoint(50.6366, 3.0635)


def a_pin(order: str = "480001", point: GeoPoint = LILLE, **but: object) -> OrderMark:
    return replace(OrderMark(order, point), **but)


def in_a_row(count: int) -> MapLayers:
    """Pins well apart, from west to east."""
    places = (GeoPoint(50.63, 2.90 + 0.06 * i) for i in range(count))
    return MapLayers(tuple(a_pin(f"48000{i}", point) for i, point in enumerate(places)))


def colour_at(glass: Glass, place: QPoint) -> str:
    return glass.picture().pixelColor(place).name().upper()


def test_a_pin_is_painted_where_its_order_is(glass: Glass):
    glass.show(MapLayers((a_pin(queue=Queue.PLANNED, tour=1, sequence=1),)))

    assert colour_at(glass, glass.place_of("480001")) == tokens("light").tour_style(1).colour


def test_a_click_on_a_pin_picks_its_order(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(3))

    with qtbot.waitSignal(glass.view.picked, timeout=PATIENCE_MS) as picked:
        glass.click(glass.place_of("480001"))

    assert picked.args == [("480001",), Qt.KeyboardModifier.NoModifier]


def test_the_keys_held_come_with_the_pick(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(3))

    with qtbot.waitSignal(glass.view.picked, timeout=PATIENCE_MS) as picked:
        glass.click(glass.place_of("480002"), CTRL)

    assert picked.args == [("480002",), CTRL]


def test_a_click_beside_every_pin_picks_nothing(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(3))

    with qtbot.waitSignal(glass.view.picked, timeout=PATIENCE_MS) as picked:
        glass.click(glass.place_of("480001") + QPoint(0, 60))

    assert picked.args[0] == ()


def test_shift_and_drag_box_the_pins_inside(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(4))
    first, second = glass.place_of("480000"), glass.place_of("480001")

    with qtbot.waitSignal(glass.view.boxed, timeout=PATIENCE_MS) as boxed:
        glass.drag(first - QPoint(20, 20), second + QPoint(20, 20), keys=SHIFT)

    assert sorted(boxed.args[0]) == ["480000", "480001"]
    assert boxed.args[1] == Qt.KeyboardModifier.NoModifier


def test_alt_with_the_box_says_that_its_pins_are_to_be_taken_out(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(2))
    glass.view.set_tool("box")
    glass.wait_for("regie.desk.tools.tool === 'box'")
    place = glass.place_of("480000")

    with qtbot.waitSignal(glass.view.boxed, timeout=PATIENCE_MS) as boxed:
        glass.drag(place - QPoint(20, 20), place + QPoint(20, 20), keys=ALT)

    assert boxed.args == [("480000",), ALT]


def test_a_lasso_takes_only_what_its_line_goes_round(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(3))
    glass.view.set_tool("lasso")
    glass.wait_for("regie.desk.tools.tool === 'lasso'")
    middle = glass.place_of("480001")
    corners = [middle + QPoint(*away) for away in ((-30, 0), (0, -30), (30, 0), (0, 30), (-30, 0))]

    with qtbot.waitSignal(glass.view.boxed, timeout=PATIENCE_MS) as boxed:
        glass.drag(*corners)

    assert boxed.args[0] == ("480001",)


def test_escape_lays_the_tool_down_and_then_clears_the_selection(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(2))
    glass.view.set_tool("lasso")
    glass.wait_for("regie.desk.tools.tool === 'lasso'")
    target = glass.view._web.focusProxy()

    QTest.keyClick(target, Qt.Key.Key_Escape)
    glass.wait_for("regie.desk.tools.tool === 'select'")
    with qtbot.waitSignal(glass.view.picked, timeout=PATIENCE_MS) as picked:
        QTest.keyClick(target, Qt.Key.Key_Escape)

    assert picked.args[0] == ()


def test_the_selection_is_haloed_and_nothing_else(glass: Glass):
    glass.show(in_a_row(2))
    beside = {order: glass.place_of(order) + QPoint(11, 0) for order in ("480000", "480001")}

    glass.view.select(["480001"])
    glass.wait_for("regie.desk.store.selected.size === 1")
    picture = glass.picture()

    halo = tokens("light").colours.halo
    assert picture.pixelColor(beside["480001"]).name().upper() == halo
    assert picture.pixelColor(beside["480000"]).name().upper() != halo


def test_a_selection_made_before_the_page_opens_is_shown_when_it_does(qtbot: QtBot, glass: Glass):
    glass.view.select(["480000"])
    glass.show(in_a_row(1))

    glass.wait_for("regie.desk.store.selected.has('480000')")


def test_pointing_at_a_pin_is_told_once_and_taken_back(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(2))
    told: list[str] = []
    glass.view.hovered.connect(told.append)
    place = glass.place_of("480001")

    glass.hover(place)
    glass.hover(place + QPoint(1, 0))
    glass.wait(lambda: told == ["480001"])
    glass.hover(place + QPoint(0, 90))

    glass.wait(lambda: told == ["480001", ""])


def test_what_is_hovered_elsewhere_is_haloed_here(glass: Glass):
    glass.show(in_a_row(1))
    place = glass.place_of("480000")
    before = glass.picture()

    glass.view.hover("480000")
    glass.wait_for("regie.desk.store.hovered === '480000'")

    beside = place + QPoint(10, 0)
    assert glass.picture().pixelColor(beside) != before.pixelColor(beside)


def test_a_click_on_a_node_names_the_node(opened: Glass, qtbot: QtBot):
    opened.ask("regie.desk._map.setView([50.585, 3.112], 15, {animate: false}) && 1")
    opened.wait_for("regie.desk.scene._placed.nodes.some(({node}) => node.id === 'LES')")

    with qtbot.waitSignal(opened.view.node_picked, timeout=PATIENCE_MS) as picked:
        opened.click(QPoint(490, 320))

    assert picked.args[0] == "LES"


def test_a_click_on_a_tag_names_the_tour(opened: Glass, qtbot: QtBot):
    x, y = opened.ask(
        "(() => { const s = regie.desk.scene; const [ox, oy] = s._onSheet(L.point(0, 0));"
        "const tag = s._placed.tags.find(({tour}) => tour.number === 3);"
        "return [tag.x - ox, tag.y - oy] })()"
    )

    with qtbot.waitSignal(opened.view.tour_picked, timeout=PATIENCE_MS) as picked:
        opened.click(QPoint(round(x), round(y)))

    assert picked.args[0] == "2026-11-24-T3"


def test_a_changed_pin_moves_without_the_others_being_sent_again(glass: Glass):
    layers = in_a_row(3)
    glass.show(layers)
    before = glass.place_of("480001")
    moved = replace(layers.orders[1], point=GeoPoint(50.66, 2.96))

    glass.show(replace(layers, orders=(layers.orders[0], moved, layers.orders[2])))

    newest = max(glass.view._site.layers)
    assert glass.place_of("480001").y() < before.y()
    assert b"480001" in glass.view._site.layers[newest]
    assert b"480002" not in glass.view._site.layers[newest]


def test_a_pin_that_is_gone_leaves_the_map(glass: Glass):
    layers = in_a_row(3)
    glass.show(layers)

    glass.show(MapLayers(layers.orders[:2]))

    assert glass.ask("[...regie.desk.store.orders.keys()]") == ["480000", "480001"]


def test_zooming_to_some_brings_them_into_view_near(glass: Glass):
    glass.show(in_a_row(6))
    width = glass.view.width()

    glass.view.zoom_to(["480000", "480001"])
    glass.wait_for("regie.desk._map.getZoom() > 12")

    assert all(0 < glass.place_of(order).x() < width for order in ("480000", "480001"))


def test_the_first_layers_decide_what_is_seen_and_later_ones_do_not(glass: Glass):
    glass.show(in_a_row(3))
    seen = glass.ask("regie.desk._map.getBounds().toBBoxString()")

    glass.show(MapLayers((a_pin(point=GeoPoint(43.6, 1.44)),)))

    assert glass.ask("regie.desk._map.getBounds().toBBoxString()") == seen


def test_dark_and_light_change_without_loading_anything_anew(opened: Glass):
    opened.ask("window.stayed = 1")

    opened.view.set_theme(tokens("dark"))
    opened.wait_for("regie.look.name === 'dark'")

    assert opened.ask("window.stayed") == 1
    assert colour_at(opened, QPoint(40, 300)) == tokens("dark").map.land


def test_the_page_speaks_the_language_of_the_program(opened: Glass, french: None):
    opened.view.set_language()
    opened.wait_for("document.documentElement.lang === 'fr'")

    assert "Légende" in opened.ask("document.querySelector('.regie-legend').textContent")
    use_language("en")
    opened.view.set_language()
    opened.wait_for("document.querySelector('.regie-legend').textContent.includes('Legend')")


def test_the_legend_counts_what_is_on_the_map(opened: Glass):
    rows = opened.ask("[...document.querySelectorAll('.regie-row')].map((row) => row.textContent)")

    assert {"to source23", "offered, time left6", "unplanned4", "tour stop99"} <= set(rows)
    assert {"slack < 10 min5", "late2", "with a carrier31", "to collect19"} <= set(rows)


def test_a_hidden_kind_is_painted_no_more_but_still_counted(opened: Glass):
    rows = "[...document.querySelectorAll('.regie-row')]"
    row = f"{rows}.find((row) => row.textContent.startsWith('with a carrier'))"

    opened.ask(f"{row}.click()")

    opened.wait_for(
        "!regie.desk.scene._placed.marks.some(({mark}) => mark.queue === 'with_carrier')"
    )
    assert opened.ask(f"{row}.textContent") == "with a carrier31"
    assert opened.ask(f"{row}.getAttribute('aria-pressed')") == "false"


def test_what_was_chosen_is_told_and_found_again(opened: Glass, qtbot: QtBot):
    with qtbot.waitSignal(opened.view.choices_changed, timeout=PATIENCE_MS) as changed:
        opened.ask("document.querySelectorAll('.regie-opener')[0].click()")
        opened.ask("document.querySelectorAll('.regie-menu-row')[2].click()")

    opened.view.restore_choices(changed.args[0])
    opened.view._load_again()
    with qtbot.waitSignal(opened.view.drawn, timeout=PATIENCE_MS):
        pass

    assert opened.ask("regie.desk.store.colour") == "state"


def test_a_tour_can_be_hidden_and_left_alone(opened: Glass):
    opened.ask("document.querySelectorAll('.regie-opener')[1].click()")
    opened.ask("document.querySelectorAll('.regie-menu .regie-chip')[2].click()")
    opened.wait_for("regie.desk.store.hiddenTours.has(3)")
    opened.wait_for("!regie.desk.scene._placed.marks.some(({mark}) => mark.tour === 3)")

    opened.ask(
        "document.querySelectorAll('.regie-menu .regie-chip')[3]"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true, detail: 2}))"
    )

    opened.wait_for("regie.desk.store.visibleTours().map(({number}) => number).join() === '4'")


def test_pins_on_one_spot_fan_out(glass: Glass):
    glass.show(MapLayers(tuple(a_pin(f"48000{i}") for i in range(5))))

    places = {(p.x(), p.y()) for i in range(5) for p in [glass.place_of(f"48000{i}")]}

    assert len(places) == 5


def test_many_pins_on_one_spot_wait_behind_their_number_until_a_click(glass: Glass):
    glass.show(MapLayers(tuple(a_pin(f"4800{i:02}") for i in range(30))))
    glass.wait_for("regie.desk.scene._placed.crowds.length === 1")
    x, y = glass.ask("(({x, y}) => [x, y])(regie.desk.scene._placed.crowds[0])")
    offset = glass.ask("regie.desk.scene._onSheet(L.point(0, 0))")

    glass.click(QPoint(round(x - offset[0]), round(y - offset[1])))

    glass.wait_for("regie.desk.scene._placed.marks.length === 30")


def test_far_away_neighbours_gather_and_trouble_stays_alone(glass: Glass):
    layers = many(3_000)
    late = a_pin("late", queue=Queue.PLANNED, tour=1, sequence=1, slack=Slack.LATE)
    glass.show(replace(layers, orders=(*layers.orders, late)))

    gathered = glass.ask(
        "regie.desk.scene._placed.crowds.reduce((sum, {marks}) => sum + marks.length, 0)"
    )

    assert gathered > 2_000
    assert glass.place_of("late")


def test_ten_thousand_pins_come_up_and_can_be_picked(glass: Glass, qtbot: QtBot):
    glass.show(many(10_000))

    glass.ask("regie.desk._map.setView([50.62, 3.05], 15, {animate: false}) && 1")
    glass.wait_for("regie.desk.scene._placed.crowds.length === 0")
    order = glass.ask(
        "regie.desk.scene._placed.marks.filter(({x, y}) => {"
        "const [ox, oy] = regie.desk.scene._onSheet(L.point(0, 0));"
        "return x - ox > 250 && x - ox < 900 && y - oy > 60 && y - oy < 560 }).at(-1).mark.order"
    )
    with qtbot.waitSignal(glass.view.picked, timeout=PATIENCE_MS) as picked:
        glass.click(glass.place_of(order))

    assert picked.args[0] == (order,)


def test_a_dragged_pin_says_where_it_was_left(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(2))
    glass.view.start_pin("480001", LILLE, "12 rue de la Carnoy, 59130 Lambersart")
    glass.wait_for("document.querySelector('.regie-pin') !== null")
    left, top, width, height = glass.ask(
        "(({left, top, width, height}) => [left, top, width, height])"
        "(document.querySelector('.regie-pin').getBoundingClientRect())"
    )
    grip = QPoint(round(left + width / 2), round(top + height / 2))

    glass.drag(grip, grip + QPoint(80, 40))
    with qtbot.waitSignal(glass.view.pin_dropped, timeout=PATIENCE_MS) as dropped:
        QTest.keyClick(glass.view._web.focusProxy(), Qt.Key.Key_Return)

    order, point = dropped.args
    assert order == "480001"
    assert point.longitude > LILLE.longitude
    assert point.latitude < LILLE.latitude


def test_escape_leaves_an_address_where_it_was(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(1))
    glass.view.start_pin("480000")
    glass.wait_for("document.querySelector('.regie-pin') !== null")

    with qtbot.assertNotEmitted(glass.view.pin_dropped):
        QTest.keyClick(glass.view._web.focusProxy(), Qt.Key.Key_Escape)
        glass.wait_for("document.querySelector('.regie-pin') === null")


def test_the_card_of_a_pin_asks_for_its_lines_only_when_it_is_pointed_at(glass: Glass):
    asked: list[str] = []
    glass.view.describe_with(lambda order: asked.append(order) or ["14:00–16:00"])
    glass.show(in_a_row(2))
    assert asked == []

    glass.hover(glass.place_of("480001"))

    glass.wait_for("document.querySelector('.regie-card').textContent.includes('14:00–16:00')")
    assert asked == ["480001"]


def test_every_kind_of_pin_is_painted(glass: Glass):
    kinds = [(mode, queue) for mode in Mode for queue in Queue if queue is not Queue.CLOSED]
    glass.show(
        MapLayers(
            tuple(
                a_pin(f"48{i:04}", GeoPoint(50.5 + i % 5 * 0.04, 2.9 + i // 5 * 0.05), **said)
                for i, said in enumerate(
                    {"mode": mode, "queue": queue, "tour": 2} for mode, queue in kinds
                )
            )
        )
    )
    glass.ask("regie.desk.store.hidden.add('names') && regie.desk.scene.refreshMarks()")

    picture = glass.picture()

    for i in range(len(kinds)):
        place = glass.place_of(f"48{i:04}")
        around = {
            picture.pixelColor(place + QPoint(dx, dy)).name()
            for dx in range(-8, 9)
            for dy in range(-8, 9)
        }
        assert len(around) > 4, kinds[i]


def test_an_imported_map_is_drawn_beneath_and_can_be_taken_away(glass: Glass, shared_data: Path):
    glass.show(MapLayers((a_pin(point=GeoPoint(49.4374, 1.0950)),)))
    bare = glass.picture()
    water = QColor(tokens("light").map.water)

    glass.view.use_base_map(shared_data / "tiles" / "rouen.pmtiles")
    glass.wait(lambda: _share_of(glass.view.grab().toImage(), water) > 0.005)
    glass.view.use_base_map(None)

    glass.wait(lambda: glass.view.grab().toImage() == bare)


def test_a_file_that_is_no_map_leaves_the_present_one(
    glass: Glass, shared_data: Path, tmp_path: Path
):
    glass.view.use_base_map(shared_data / "tiles" / "monaco.mbtiles")
    present = glass.view._site.base_map
    (tmp_path / "letter.txt").write_text("Dear dispatcher")

    with pytest.raises(BadFile):
        glass.view.use_base_map(tmp_path / "letter.txt")

    assert glass.view._site.base_map is present


def test_a_tile_server_out_of_reach_is_no_error(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(2))

    with qtbot.waitSignal(glass.view.drawn, timeout=PATIENCE_MS):
        glass.view.use_online_tiles("https://tiles.invalid/{z}/{x}/{y}.png")

    glass.wait_for("document.querySelectorAll('.leaflet-tile-pane img').length > 0")
    policy = "document.querySelector('meta[http-equiv]').content"
    assert "https://tiles.invalid" in glass.ask(policy)
    assert glass.ask("regie.desk.store.orders.size") == 2


def test_a_page_that_would_leave_stays(glass: Glass):
    glass.show(in_a_row(1))
    glass.ask("window.stayed = 1")

    glass.ask("(location.href = 'https://example.invalid/') && 1")
    glass.ask("window.open('https://example.invalid/') === null")

    assert glass.ask("window.stayed") == 1
    assert glass.ask("location.protocol") == "regie:"


def test_nothing_can_be_fetched_from_outside(glass: Glass):
    glass.ask(
        "(window.got = []) && fetch('https://example.invalid/').then(() => got.push('yes'),"
        " () => got.push('no')) && 1"
    )

    glass.wait_for("got.length === 1")
    assert glass.ask("got") == ["no"]
    assert any("Content Security Policy" in error for error in glass.errors)
    glass.errors.clear()


def _share_of(picture: QImage, colour: QColor) -> float:
    """How much of a picture has a colour, by a grid of samples."""
    grid = [(x, y) for x in range(4, picture.width(), 9) for y in range(4, picture.height(), 9)]
    return sum(picture.pixelColor(x, y) == colour for x, y in grid) / len(grid)


def test_the_page_dies_and_comes_back_with_everything(glass: Glass, qtbot: QtBot):
    glass.show(in_a_row(2))

    with qtbot.waitSignal(glass.view.drawn, timeout=PATIENCE_MS):
        glass.view._page_died()

    assert glass.errors == ["The map stopped, and is opened again."]
    glass.errors.clear()
    assert glass.ask("regie.desk.store.orders.size") == 2


def test_nothing_of_python_is_lost_on_each_event(qapp: QApplication):
    """PySide 6.12 under Python 3.11 drops a reference to None on each call that returns nothing."""
    import sys

    before = sys.getrefcount(None)
    for _turn in range(200):
        qapp.processEvents()

    assert sys.getrefcount(None) > before - 100
