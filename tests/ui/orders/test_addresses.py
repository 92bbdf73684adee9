"""Addresses to check: the worst first, a pick settles one, the map is asked for a pin."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from app.domain.places import Located, Precision
from app.domain.values import Address, GeoPoint
from app.places import Gazetteer, NoGazetteer
from app.ui.actions import ActionSpec
from app.ui.orders.addresses.window import AddressesWindow
from db.orders import load_orders
from tests.ui.why.mornings import bring_in, lost, promised

VAGUE = Located(GeoPoint(50.4, 3.1), 0.2, Precision.DEPARTMENT, "59 Nord")
ROUBAIX = Address("3 rue Neuve", "59100", "Roubai")


@pytest.fixture(autouse=True)
def _gazetteer() -> None:
    """These tests pick from the gazetteer that set-up builds."""
    try:
        Gazetteer().close()
    except NoGazetteer:
        pytest.fail("the gazetteer is not built: run the set-up")


@pytest.fixture
def window(workspace, desk) -> Iterator[AddressesWindow]:
    bring_in(
        workspace,
        promised("480213"),
        promised("480214", place=VAGUE, address=Address("Ferme", "59710", "Pont a Marcq")),
        lost("480112"),
        promised("480115", place=None, address=ROUBAIX),
    )
    made = desk()
    made.trigger("orders.addresses")
    opened = made.page.addresses
    made.until(opened.isVisible)
    opened.desk = made
    yield opened
    opened.close()


def queue(window):
    return [row.code for row in window.queue.model().rows()]


def offered(window):
    return [each.place.matched for each in window.found.model().rows()]


def place_of(window, code):
    orders = window.desk.workspace.read(load_orders)
    return next(order.place for order in orders if order.code == code)


def choose(window, code):
    window.queue.selectRow(queue(window).index(code))


def test_the_worst_come_first_and_a_sure_one_is_not_asked(window):
    assert queue(window) == ["480112", "480115", "480214"]


def test_a_misspelt_town_is_offered_with_what_tells_it_apart(window):
    choose(window, "480115")
    window.desk.until(lambda: "59100 Roubaix" in offered(window))

    first = window.found.model().row_at(0)
    assert first.department == "Nord"
    assert first.nearest_node in {"LAM", "LIC", "ENG"}


def test_enter_keeps_the_place_for_sure_and_the_list_goes_on(window, qtbot):
    choose(window, "480115")
    window.desk.until(lambda: "59100 Roubaix" in offered(window))
    window.found.setFocus()

    qtbot.keyClick(window.found, Qt.Key.Key_Return)

    window.desk.until(lambda: "480115" not in queue(window))
    kept = place_of(window, "480115")
    assert (kept.score, kept.matched) == (1.0, "59100 Roubaix")
    assert window.desk.page.listing.row_of("480115").standing.value != "check_address"


def test_the_next_order_to_that_address_knows_the_place(window, qtbot):
    choose(window, "480115")
    window.desk.until(lambda: bool(offered(window)))
    window.found.setFocus()
    qtbot.keyClick(window.found, Qt.Key.Key_Return)
    window.desk.until(lambda: "480115" not in queue(window))

    bring_in(window.desk.workspace, promised("480999", place=None, address=ROUBAIX))

    assert place_of(window, "480999").score == 1.0


def test_undo_brings_the_question_back(window, qtbot):
    choose(window, "480115")
    window.desk.until(lambda: bool(offered(window)))
    window.found.setFocus()
    qtbot.keyClick(window.found, Qt.Key.Key_Return)
    window.desk.until(lambda: "480115" not in queue(window))

    window.desk.workspace.undo()

    window.desk.until(lambda: "480115" in queue(window))


def test_another_town_can_be_typed(window, qtbot):
    choose(window, "480112")
    window.search.setFocus()
    qtbot.keyClicks(window.search, "59130 lambersart")
    window.desk.until(lambda: offered(window) == ["59130 Lambersart"])

    window.search.clear()
    qtbot.keyClicks(window.search, "zzzz")
    window.desk.until(lambda: offered(window) == [])


def test_the_map_is_asked_for_a_pin_of_that_order(window):
    asked = []
    pin = ActionSpec(id="orders.place_on_map", text="Pin")
    actions = window.desk.actions
    actions.register(pin, lambda: asked.append(window.desk.selected))
    choose(window, "480214")

    window.pin_button.click()

    assert asked == [("480214",)]
    assert window.isHidden()


def test_without_a_map_no_pin_is_offered(window):
    choose(window, "480214")

    assert not window.pin_button.isEnabled()


def test_f2_opens_on_the_order_even_if_its_address_is_sure(window):
    made = window.desk
    window.close()
    made.page.window().activateWindow()
    made.until(made.page.window().isActiveWindow)
    made.click("480213")

    made.key(Qt.Key.Key_F2)

    made.until(window.isVisible)
    assert queue(window) == ["480213", "480112", "480115", "480214"]
    assert window.queue.currentIndex().row() == 0


def test_when_every_address_is_placed_there_is_nothing_to_open(workspace, desk):
    bring_in(workspace, promised())

    assert desk().actions.why_not("orders.addresses") == "Every address is placed."
