"""The table: picking by key, widths that give way, and a look that leaves nothing out."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QRegion
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import RowsTable, rows_table
from tests.ui.desk_data import WorkRow, columns, morning

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def table(qtbot) -> RowsTable:
    model = RowsModel(columns(), key=lambda row: row.code)
    made = rows_table(model)
    model.setParent(made)
    qtbot.addWidget(made)
    model.show_rows(morning())
    made.resize(936, 620)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def rows_of(table: RowsTable) -> RowsModel[WorkRow]:
    model = table.model()
    assert isinstance(model, RowsModel)
    return model


def click(qtbot, table: RowsTable, code: str, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    row = rows_of(table).place_of(code)
    point = QPoint(120, table.rowViewportPosition(row) + 10)
    qtbot.mouseClick(table.viewport(), LEFT, modifier, point)


def shown(table: RowsTable) -> list[str]:
    return [
        column.name
        for place, column in enumerate(rows_of(table).columns)
        if not table.isColumnHidden(place)
    ]


def test_a_click_chooses_one_row_and_says_its_key(table, qtbot):
    with qtbot.waitSignal(table.selection_changed) as told:
        click(qtbot, table, "480213")

    assert told.args == [frozenset({"480213"})]


def test_ctrl_toggles_shift_takes_a_range_escape_clears(table, qtbot):
    click(qtbot, table, "480187")
    click(qtbot, table, "480196", SHIFT)
    assert table.chosen == {"480187", "480191", "480196"}

    click(qtbot, table, "480191", CTRL)
    assert table.chosen == {"480187", "480196"}

    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert table.chosen == frozenset()


def test_ctrl_a_chooses_all_rows(table, qtbot):
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)

    assert len(table.chosen) == 23


def test_what_is_chosen_stays_chosen_while_a_filter_hides_it(table, qtbot):
    click(qtbot, table, "480213")

    rows_of(table).show_rows([row for row in morning() if row.town == "Roubaix"])
    assert table.chosen == {"480213"}
    assert table.chosen_in_view() == []

    rows_of(table).show_rows(morning())
    assert table.chosen_in_view() == ["480213"]


def test_rows_that_come_and_go_say_nothing_of_the_selection(table, qtbot):
    click(qtbot, table, "480213")

    with qtbot.assertNotEmitted(table.selection_changed):
        rows_of(table).show_rows(morning()[:3])
        rows_of(table).show_rows(morning())


def test_adding_to_the_selection_keeps_what_a_filter_hides(table, qtbot):
    click(qtbot, table, "480213")
    rows_of(table).show_rows(morning()[:3])

    click(qtbot, table, "480187", CTRL)
    assert table.chosen == {"480187", "480213"}

    click(qtbot, table, "480191")
    assert table.chosen == {"480191"}


def test_another_pane_can_choose_without_an_echo(table, qtbot):
    with qtbot.assertNotEmitted(table.selection_changed):
        table.show_chosen(["480263", "480260"], reveal=True)

    assert table.chosen_in_view() == ["480260", "480263"]


def test_the_pointer_says_which_row_it_is_over_and_when_it_leaves(table, qtbot):
    heard = []
    table.hovered.connect(heard.append)
    row = rows_of(table).place_of("480204")

    qtbot.mouseMove(table.viewport(), QPoint(60, table.rowViewportPosition(row) + 5))
    qtbot.waitUntil(lambda: heard[-1:] == ["480204"])


def test_enter_opens_the_row_where_the_keyboard_stands(table, qtbot):
    click(qtbot, table, "480187")
    qtbot.keyClick(table, Qt.Key.Key_Down)

    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert told.args == ["480191"]


def test_rows_are_copied_as_a_spreadsheet_takes_them(table, qtbot):
    table.hide_columns([c.name for c in columns() if c.name not in ("order", "client", "weight")])
    click(qtbot, table, "480213")
    click(qtbot, table, "480187", CTRL)

    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)

    assert QGuiApplication.clipboard().text() == (
        "480187\tBouchet, Inès\t11.6\n480213\tDelattre, Claire\t8.4\n"
    )


def test_a_copied_cell_stays_one_cell(qtbot):
    odd = WorkRow("1", "sure", "Two\tcells\nor lines", "", "", "home", 1, 1, "", 1, "", "", 0, "")
    column = next(c for c in columns() if c.name == "client")

    assert column.copied(odd) == "Two cells or lines"


def test_the_view_stays_on_the_rows_looked_at_when_rows_come_in_above(qtbot):
    model = RowsModel(columns(), key=lambda row: row.code)
    table = rows_table(model)
    qtbot.addWidget(table)
    rows = morning()
    model.show_rows(rows[3:])
    table.resize(936, 200)
    table.show()
    table.verticalScrollBar().setValue(24 * 5)
    top = model.key_at(table.rowAt(0))

    model.show_rows(rows)

    assert model.key_at(table.rowAt(0)) == top


def test_all_columns_stand_in_the_room_of_a_wide_pane(table):
    assert shown(table) == [column.name for column in columns()]
    assert table.horizontalHeader().length() == table.viewport().width()


def test_a_narrow_pane_lets_columns_go_in_their_turn_and_never_scrolls(table):
    table.resize(600, 620)

    assert "parcels" not in shown(table)
    assert {"order", "client", "town", "promised", "left", "by"} <= set(shown(table))
    assert table.horizontalHeader().length() <= table.viewport().width()

    table.resize(936, 620)
    assert shown(table) == [column.name for column in columns()]


@pytest.mark.parametrize("width", [560, 600, 700, 800, 936, 1300])
@pytest.mark.usefixtures("french")
def test_no_title_is_cut_at_any_width(qtbot, width):
    model = RowsModel(columns(), key=lambda row: row.code)
    table = rows_table(model)
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    header = table.horizontalHeader()

    for place in range(header.count()):
        if not table.isColumnHidden(place):
            assert header.sectionSize(place) >= header.needed_width(place)


def test_a_figure_that_would_be_cut_widens_its_column(qtbot):
    model = RowsModel(columns(), key=lambda row: row.code)
    table = rows_table(model)
    qtbot.addWidget(table)
    table.resize(936, 200)
    table.show()
    heavy = WorkRow("1", "sure", "", "", "", "home", 1, 10**13, "", 1, "", "", 0, "")
    weight = [c.name for c in columns()].index("weight")
    narrow = table.columnWidth(weight)

    model.show_rows([heavy])
    table.viewport().grab()

    text = columns()[weight].text(heavy)
    needed = table.fontMetrics().horizontalAdvance(text)
    qtbot.waitUntil(lambda: table.columnWidth(weight) >= needed > narrow)


def test_columns_are_ticked_in_a_menu(table, qtbot):
    menu = table.columns_menu()
    tick = next(action for action in menu.actions() if action.text() == "Client")

    with qtbot.waitSignal(table.columns_changed):
        tick.setChecked(False)

    assert "client" not in shown(table)
    assert table.hidden_columns == {"client"}


def test_a_click_on_a_title_sorts_and_the_selection_follows(table, qtbot):
    table.show_chosen(["480213"])

    table.sort_by("weight", Qt.SortOrder.DescendingOrder)

    assert rows_of(table).key_at(0) == "480231"  # 92.4 kg
    assert table.chosen_in_view() == ["480213"]


def test_an_empty_table_shows_what_to_do_next(table, qtbot):
    empty = QWidget()
    table.set_empty_state(empty)
    assert not empty.isVisible()

    rows_of(table).show_rows([])

    assert empty.isVisible()
    assert empty.size() == table.viewport().size()


def test_rows_are_as_high_as_the_tokens_say(table, theme: Theme):
    assert table.rowHeight(0) == theme.tokens.sizes.row
    table.set_row_height(theme.tokens.sizes.row_comfortable)
    assert table.rowHeight(0) == theme.tokens.sizes.row_comfortable


def test_cells_have_names_for_screen_readers(table):
    interface = QAccessible.queryAccessibleInterface(table)
    children = [interface.child(place) for place in range(interface.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children if child is not None]

    assert {"Client", "Bouchet, Inès", "480\u202f187", "59130 Lambersart"} <= set(names)


def colours_in(table: RowsTable, left: int, right: int, code: str) -> set[str]:
    row = rows_of(table).place_of(code)
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    top = table.rowViewportPosition(row)
    return {
        QColor(image.pixel(round(x * ratio), round(y * ratio))).name().upper()
        for x in range(left, right)
        for y in range(top + 2, top + 22)
    }


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_chosen_row_is_tinted_with_a_bar_at_its_edge(table, theme: Theme, choice):
    theme.choose(choice)
    table.show_chosen(["480213"])
    colours = theme.tokens.colours

    assert colours_in(table, 0, 3, "480213") == {colours.accent}
    assert colours_in(table, 4, 6, "480213") == {colours.selection}
    assert colours_in(table, 0, 6, "480204") == {colours.surface0}


def test_a_row_hovered_in_another_pane_is_tinted_here(table, theme: Theme):
    table.show_hovered("480204")
    assert colours_in(table, 0, 6, "480204") == {theme.tokens.colours.hover}

    table.show_hovered(None)
    assert colours_in(table, 0, 6, "480204") == {theme.tokens.colours.surface0}


def test_words_spill_over_empty_cells_on_their_right(table, theme: Theme):
    names = [column.name for column in columns()]
    margin = names.index("margin")
    start = table.columnViewportPosition(margin)
    ink = theme.tokens.colours.danger

    assert ink in colours_in(table, start, start + 30, "480198")  # no margin: words run on
    assert ink not in colours_in(table, start, start + 30, "480204")


def test_a_tour_is_shown_on_its_own_colour(table, theme: Theme):
    by = [column.name for column in columns()].index("by")
    start = table.columnViewportPosition(by)

    assert theme.tokens.tour_style(6).colour in colours_in(table, start, start + 40, "480187")


@pytest.mark.parametrize("column", ["order", "left", "margin", "by"])
def test_a_part_painted_by_itself_looks_as_it_does_in_the_whole(table, column):
    """Also where a neighbour's words spill into it."""
    place = [each.name for each in columns()].index(column)
    table.show_chosen(["480213"])
    viewport = table.viewport()
    left, width = table.columnViewportPosition(place), table.columnWidth(place)
    part = QRect(left, 24 * 2 + 6, width, 24 * 5)
    whole = viewport.grab().toImage()

    alone = QImage(whole.size(), whole.format())
    alone.setDevicePixelRatio(whole.devicePixelRatio())
    alone.fill(QColor("magenta"))
    viewport.render(alone, part.topLeft(), QRegion(part))

    ratio = whole.devicePixelRatio()
    pixels = QRect(part.topLeft() * ratio, part.size() * ratio)
    assert alone.copy(pixels) == whole.copy(pixels)
    assert alone.pixelColor(pixels.topLeft() - QPoint(1, 0)) == QColor("magenta")
