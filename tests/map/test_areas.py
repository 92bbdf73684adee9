"""Access zones on the map: tinted where they lie, holes left out, hidden when a person says so."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from app.domain.values import GeoPoint
from app.domain.zones import AccessZone, Ban, Ring
from app.maps.areas import areas_data
from app.maps.layers import MapLayers
from tests.map.conftest import Glass
from tests.map.test_view import LILLE, a_pin


def square(half: float, east: float = 0.0) -> Ring:
    corners = ((-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))
    north, middle = LILLE.latitude, LILLE.longitude + east
    return tuple(GeoPoint(north + half * y, middle + half * x) for y, x in corners)


def a_zone(*rings: Ring, label: str = "ZFE de Lille") -> AccessZone:
    return AccessZone("LILLE", rings, (Ban(),), label)


def colour_beside(glass: Glass, away: QPoint) -> QColor:
    """The colour so far from the pin in the middle."""
    return glass.picture().pixelColor(glass.place_of("480001") + away)


def two_pins() -> MapLayers:
    """One in the middle, one far enough away for the middle of the map to be land."""
    return MapLayers((a_pin(), a_pin("480002", GeoPoint(50.75, 3.3))))


def test_a_zone_tints_the_land_inside_and_no_other(glass: Glass):
    glass.show(two_pins())
    inside, outside = QPoint(30, 0), QPoint(400, 0)
    before = colour_beside(glass, inside), colour_beside(glass, outside)

    glass.view.show_areas([a_zone(square(0.05), label="")])
    glass.wait_for("regie.desk.store.areas.length === 1")

    after = colour_beside(glass, inside), colour_beside(glass, outside)
    assert after[0] != before[0]
    assert after[0].red() > after[0].green()
    assert after[1] == before[1]


def test_a_hole_stays_as_the_land_is(glass: Glass):
    glass.show(two_pins())
    beside = QPoint(30, 0)
    before = colour_beside(glass, beside)

    glass.view.show_areas([a_zone(square(0.2), square(0.05), label="")])
    glass.wait_for("regie.desk.store.areas.length === 1")

    assert colour_beside(glass, beside) == before


def test_a_person_hides_the_zones_and_that_is_kept(glass: Glass):
    glass.show(two_pins())
    inside = QPoint(30, 0)
    before = colour_beside(glass, inside)
    glass.view.show_areas([a_zone(square(0.05), label="")])
    glass.wait_for("regie.desk.store.areas.length === 1")

    glass.ask("(regie.desk._panels._toggle(regie.desk.store.hidden, 'zones'), true)")

    assert colour_beside(glass, inside) == before
    glass.wait(lambda: '"zones"' in glass.view.choices)


def test_zones_that_are_gone_leave_nothing_behind(glass: Glass):
    glass.show(two_pins())
    before = colour_beside(glass, QPoint(30, 0))
    glass.view.show_areas([a_zone(square(0.05))])
    glass.wait_for("regie.desk.store.areas.length === 1")

    glass.view.show_areas([])
    glass.wait_for("regie.desk.store.areas.length === 0")

    assert colour_beside(glass, QPoint(30, 0)) == before


def test_names_are_text_and_rings_have_longitude_first():
    (area,) = areas_data([a_zone(square(0.05), label="<b>Lille</b>")])

    assert area["name"] == "<b>Lille</b>"
    assert area["rings"][0][0] == [3.0135, 50.5866]
