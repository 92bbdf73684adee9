"""The day's figures: a click filters, a second click frees, and a narrow window joins them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from app.ui.widgets.kpi_bar import Kpi, KpiBar, chip_width, compact
from app.ui.widgets.looks import Badge
from tests.ui.desk_data import kpis

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot) -> KpiBar:
    made = KpiBar()
    qtbot.addWidget(made)
    made.resize(1920, 44)
    made.show_kpis(kpis())
    made.show()
    made.activateWindow()
    return made


def chips(bar: KpiBar) -> list[QAbstractButton]:
    return [chip for chip in bar.findChildren(QAbstractButton) if chip.isVisible()]


def chip(bar: KpiBar, label: str) -> QAbstractButton:
    return next(each for each in chips(bar) if each.accessibleName().startswith(label))


def test_a_click_filters_and_a_second_click_frees(bar, qtbot):
    with qtbot.waitSignal(bar.filter_changed) as told:
        qtbot.mouseClick(chip(bar, "Unplanned"), LEFT)
    assert told.args == ["unplanned"]

    with qtbot.waitSignal(bar.filter_changed) as told:
        qtbot.mouseClick(chip(bar, "Unplanned"), LEFT)
    assert told.args == [""]


def test_one_filter_takes_the_place_of_another(bar, qtbot):
    qtbot.mouseClick(chip(bar, "Unplanned"), LEFT)
    qtbot.mouseClick(chip(bar, "At risk"), LEFT)

    assert bar.active == "at_risk"
    assert [each.accessibleName() for each in chips(bar) if each.isChecked()] == [
        "At risk: 7 2 late"
    ]


def test_the_keyboard_filters_too(bar, qtbot):
    target = chip(bar, "Offers")
    target.setFocus()

    with qtbot.waitSignal(bar.filter_changed) as told:
        qtbot.keyClick(target, Qt.Key.Key_Space)

    assert told.args == ["offers"]


def test_a_figure_that_counts_no_list_cannot_be_pressed(bar, qtbot):
    with qtbot.assertNotEmitted(bar.filter_changed, wait=20):
        qtbot.mouseClick(chip(bar, "Distance"), LEFT)

    assert chip(bar, "Distance").focusPolicy() is Qt.FocusPolicy.NoFocus


def test_new_figures_keep_the_filter_and_the_focus(bar, qtbot):
    target = chip(bar, "Offers")
    target.setFocus()
    qtbot.mouseClick(target, LEFT)

    bar.show_kpis([*kpis()[:2], Kpi(name="offers", label="Offers", value="5")])

    assert target.hasFocus()
    assert target.isChecked()
    assert target.accessibleName() == "Offers: 5"
    assert len(chips(bar)) == 3


def test_a_narrow_bar_shortens_and_joins(bar):
    bar.resize(1000, 44)

    assert bar.compact
    names = [each.accessibleName() for each in chips(bar)]
    assert any(name.startswith("Distance · duration · cost: 332\u00a0km") for name in names)
    assert "Unplanned: 4 1" in names

    bar.resize(1920, 44)
    assert not bar.compact


@pytest.mark.usefixtures("french")
def test_all_figures_fit_the_smallest_window_in_french(qtbot):
    short = compact(kpis())

    assert sum(map(chip_width, short)) <= 1366


def test_joining_keeps_the_first_figure_large_and_the_others_beside_it():
    joined = compact(
        [
            Kpi(name="km", label="Distance", value="332.3 km", short_value="332 km"),
            Kpi(name="h", label="Duration", value="41 h", joins=True, comparison="driving 10 h"),
        ]
    )

    assert joined == (
        Kpi(
            name="km",
            label="Distance · duration",
            value="332 km",
            short_value="332 km",
            unit="41 h",
        ),
    )


def test_a_badge_shortens_to_its_figure():
    kpi = Kpi(
        name="x", label="X", value="4", badge=Badge("1 impossible", "danger"), short_badge="1"
    )

    assert compact([kpi])[0].badge == Badge("1", "danger")
