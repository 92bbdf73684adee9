"""From dropped files to an import: what the window shows, and what a person changes in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.connectors.feeds.mappings.mapping import Fill
from app.operations.intake import import_path
from app.operations.intake_choice import saved_mappings
from app.ui.actions import Actions
from app.ui.intake.chosen import Wish
from app.ui.intake.door import ImportDoor
from app.ui.intake.file_pages import CHANGES, REFUSED
from app.ui.intake.file_view import COLUMNS, FileView
from app.ui.intake.flow import Stage
from app.ui.intake.list_view import ListView
from app.ui.intake.window import ImportWindow
from app.ui.session import Session
from app.workspace import Workspace
from db.nodes import load_nodes, load_products
from db.orders import load_orders
from db.stock import load_stock
from tests.ui.intake.files import NODES, PRODUCTS, STOCK, a_day, an_export
from tests.ui.sessions import a_session

Make = Callable[..., ImportWindow]


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    made = a_session(workspace)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def window(session: Session, desk: QWidget, qtbot: QtBot) -> Iterator[Make]:
    opened: list[ImportWindow] = []

    def make(*paths: Path) -> ImportWindow:
        made = ImportWindow(session, desk)
        made.resize(1180, 700)
        made.show()
        if paths:
            made.open_paths(paths)
            rehearsed(made, qtbot)
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()
    QApplication.processEvents()


def rehearsed(window: ImportWindow, qtbot: QtBot) -> None:
    """Every file was read whole as it is wanted now."""
    flow = window.flow

    def known() -> bool:
        wanted = [wish for wish in flow.chosen.wishes if wish.job is not None]
        whole = all(wish.report is not None for wish in wanted)
        return bool(wanted) and whole and not flow.reading.is_busy

    qtbot.waitUntil(known, timeout=10_000)


def imported(window: ImportWindow, qtbot: QtBot) -> None:
    window.foot.take_in.trigger()
    qtbot.waitUntil(lambda: window.flow.done, timeout=10_000)


def a_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def stocked(workspace: Workspace, tmp_path: Path) -> None:
    """The workspace knows two nodes and three products."""
    for name, text in (("nodes", NODES), ("products", PRODUCTS)):
        import_path(workspace, a_file(tmp_path, f"{name}.csv", text))


def row(window: ImportWindow, title: str) -> list[str]:
    """What the list says of a column of the file."""
    model = window.file.columns.model()
    place = model.place_of(f"theirs {title}")
    assert place is not None, title
    return [model.index(place, column).data() for column in range(model.columnCount())]


def stand_on(window: ImportWindow, key: str) -> None:
    table = window.file.columns
    place = table.model().place_of(key)
    assert place is not None, key
    table.selectRow(place)


def choose(box: QWidget, data: object) -> None:
    """What a click on an entry of a box does."""
    place = box.findData(data)
    assert place >= 0, data
    box.setCurrentIndex(place)
    box.activated.emit(place)


def wish_for(window: ImportWindow, name: str) -> Wish:
    return next(wish for wish in window.flow.chosen.wishes if wish.path.name == name)


# Choosing


def test_nothing_chosen_says_what_to_do(window: Make):
    shown = window()

    assert shown.welcome.isVisible()
    assert not shown.foot.isVisible()


def test_a_folder_shows_what_each_file_would_do(window: Make, workspace: Workspace, tmp_path: Path):
    shown = window(a_day(tmp_path / "day"))

    counts = {
        w.path.name: (w.report.used, len(w.report.rejected)) for w in shown.flow.chosen.wishes
    }
    assert counts == {
        "nodes.csv": (2, 0),
        "products.csv": (3, 0),
        "stock.csv": (5, 1),
        "orders.csv": (0, 6),
    }
    assert shown.files.isVisible()
    assert shown.foot.take_in.text() == "Import 10 lines"
    assert workspace.read(load_nodes) == []


def test_rows_refer_to_codes_that_come_with_them(window: Make, tmp_path: Path, qtbot: QtBot):
    shown = window(a_day(tmp_path / "day"))

    shown.files.files.selectRow(2)
    qtbot.waitUntil(lambda: shown.flow.seen is not None, timeout=5_000)

    seen = shown.flow.seen
    assert seen.file == "stock.csv"
    assert [fault.value for fault in seen.rejected] == ["ROU"]


def test_a_file_left_out_is_not_imported(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    shown = window(a_day(tmp_path / "day"))
    table = shown.files.files

    where = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    rehearsed(shown, qtbot)
    imported(shown, qtbot)

    assert len(workspace.read(load_nodes)) == 2
    assert workspace.read(load_products) == {}


def test_space_ticks_and_delete_drops(window: Make, tmp_path: Path, qtbot: QtBot):
    shown = window(a_day(tmp_path / "day"))
    table = shown.files.files
    table.selectRow(0)

    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not wish_for(shown, "nodes.csv").taken
    qtbot.keyClick(table, Qt.Key.Key_Delete)

    assert shown.flow.chosen.wishes[0].path.name == "products.csv"


def test_what_is_no_table_says_why(window: Make, tmp_path: Path, qtbot: QtBot):
    path = tmp_path / "bill.csv"
    path.write_bytes(b"%PDF-1.7 ...")

    shown = window()
    shown.open_paths([path])
    qtbot.waitUntil(lambda: shown.flow.trouble is not None)

    assert "is a PDF" in shown.file._plain._sentence.text()
    assert not shown.foot.take_in.isEnabled()


def test_a_file_that_tells_nothing_asks_what_it_holds(window: Make, tmp_path: Path, qtbot: QtBot):
    shown = window()
    shown.open_paths([a_file(tmp_path, "x.csv", "a;b\n1;2\n")])
    qtbot.waitUntil(lambda: shown.flow.trouble is not None, timeout=5_000)
    assert shown.file.head.kind.currentIndex() == -1

    choose(shown.file.head.kind, "products")
    qtbot.waitUntil(lambda: shown.flow.seen is not None, timeout=5_000)

    assert shown.file.banner.said.startswith("Columns are missing: sku")
    rows = {r.names: r.standing.name for r in shown.file._rows.rows() if r.names}
    assert rows["sku",] == "MISSING"


# Columns


def test_each_column_says_what_it_becomes_and_how_it_is_read(
    window: Make, workspace: Workspace, tmp_path: Path
):
    stocked(workspace, tmp_path)

    shown = window(an_export(tmp_path))

    assert row(shown, "CP")[:5] == ["read", "CP", "Postcode", "59130", "59130"]
    assert row(shown, "Fidélité")[:4] == ["nothing reads it", "Fidélité", "not used", "Or"]
    assert row(shown, "Qté")[0] == "some cells are refused"
    assert row(shown, "Date commande")[5:] == ["dd/mm/yyyy hh:mm", "1"]


def test_an_unread_column_becomes_one_of_ours(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    shown = window(an_export(tmp_path))

    stand_on(shown, "theirs PU TTC")
    choose(shown.file.form.source, "unit_price_cents")
    rehearsed(shown, qtbot)

    assert row(shown, "PU TTC")[2:5] == ["Unit price", "49,90", "€49.90"]
    assert row(shown, "PU TTC")[5] == "euros → cents"
    assert wish_for(shown, "export_commandes.csv").by_hand


def test_their_codes_are_told_what_they_mean(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    shown = window(an_export(tmp_path))
    stand_on(shown, "theirs Mode")
    assert shown.file.form.codes.isVisible()

    for theirs, ours in (("LIV", "home_delivery"), ("MAG", "click_and_collect")):
        choose(shown.file.form.codes.box_for(theirs), ours)
        rehearsed(shown, qtbot)

    mapping = wish_for(shown, "export_commandes.csv").file.mapping
    fill = dict(mapping.fills)["mode"]
    assert fill.codes == (("LIV", "home_delivery"), ("MAG", "click_and_collect"))
    assert row(shown, "Mode")[6] == "1"  # REL is still nobody's


def test_a_fixed_value_fills_what_the_file_has_not(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    path = a_file(tmp_path, "s.csv", "Article;Quantité\nLAMPE-01;4\n")
    shown = window()
    shown.open_paths([path])
    qtbot.waitUntil(lambda: shown.flow.trouble is not None or shown.flow.seen is not None)
    choose(shown.file.head.kind, "stock")
    qtbot.waitUntil(lambda: shown.flow.seen is not None, timeout=5_000)

    stand_on(shown, "ours node")
    choose(shown.file.form.source, "=")
    shown.file.form.constant.setText("LAM")
    shown.file.form.constant.editingFinished.emit()
    rehearsed(shown, qtbot)
    imported(shown, qtbot)

    assert [(cell.node, cell.on_hand) for cell in workspace.read(load_stock)] == [("LAM", 4)]


def test_the_unit_of_a_column_can_be_said(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    shown = window(a_file(tmp_path, "products.csv", "sku;weight_g\nA1;1,5\n"))
    assert row(shown, "weight_g")[0] == "some cells are refused"

    stand_on(shown, "theirs weight_g")
    choose(shown.file.form.unit, "kg")
    rehearsed(shown, qtbot)
    imported(shown, qtbot)

    assert workspace.read(load_products)["A1"].weight_g == 1_500


# How the file is written


def test_what_was_found_is_shown_and_another_word_counts(
    window: Make, tmp_path: Path, qtbot: QtBot
):
    path = tmp_path / "products.csv"
    path.write_bytes("sku;label\nA1;Vélo\n".encode("cp850"))
    shown = window(path)
    head = shown.file.head
    assert head.encoding.currentText() == "Windows-1252 (auto)"
    assert head.separator.currentText() == "; (auto)"
    assert row(shown, "label")[4] != "Vélo"

    choose(head.encoding, "CP850")
    rehearsed(shown, qtbot)

    assert row(shown, "label")[4] == "Vélo"
    assert head.encoding.currentText() == "CP850"


def test_a_file_in_no_encoding_that_is_known_can_still_be_read_as_said(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    path = tmp_path / "products.csv"
    path.write_bytes("sku;label\nA1;Étau\n".encode("cp850"))
    shown = window()
    shown.open_paths([path])
    qtbot.waitUntil(lambda: shown.flow.trouble is not None, timeout=5_000)

    choose(shown.file.head.encoding, "CP850")
    rehearsed(shown, qtbot)
    imported(shown, qtbot)

    assert workspace.read(load_products)["A1"].label == "Étau"


def test_the_decimal_mark_said_keeps_what_the_columns_become(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    shown = window(a_file(tmp_path, "stock.csv", "node;sku;on_hand\nLAM;LAMPE-01;1.200\n"))
    assert shown.foot.take_in.text() == "Import"

    choose(shown.file.head.decimal_mark, ",")
    rehearsed(shown, qtbot)
    imported(shown, qtbot)

    assert [cell.on_hand for cell in workspace.read(load_stock)] == [1_200]


def test_another_sheet_of_a_workbook_can_be_read(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Written by"])
    articles = book.create_sheet("Articles")
    for line in (["sku", "label"], ["A1", "Lampe"]):
        articles.append(line)
    book.save(tmp_path / "products.xlsx")
    shown = window()
    shown.open_paths([tmp_path / "products.xlsx"])
    qtbot.waitUntil(lambda: shown.flow.seen is not None, timeout=5_000)
    assert shown.file.head.sheet.isVisible()
    assert not shown.file.head.encoding.isVisible()

    choose(shown.file.head.sheet, "Articles")
    rehearsed(shown, qtbot)
    qtbot.waitUntil(lambda: shown.flow.rows == 1, timeout=5_000)
    imported(shown, qtbot)

    assert workspace.read(load_products)["A1"].label == "Lampe"


# Mappings


def test_a_mapping_kept_reads_the_next_file_like_it(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    first = a_file(tmp_path, "a.csv", "Site;Article;Nb\nLAM;LAMPE-01;4\n")
    shown = window(first)
    stand_on(shown, "theirs Nb")
    choose(shown.file.form.source, "on_hand")
    rehearsed(shown, qtbot)

    shown._keeping.save("ERP", shown.flow.seen.mapping)
    qtbot.waitUntil(lambda: shown.file.head.mapping.currentText() == "ERP", timeout=5_000)
    rehearsed(shown, qtbot)
    kept = saved_mappings(workspace)["ERP"]
    assert dict(kept.fills)["on_hand"] == Fill(("Nb",))

    shown.flow.start_anew()
    shown.open_paths([a_file(tmp_path, "b.csv", "Site;Article;Nb\nLES;LAMPE-01;9\n")])
    rehearsed(shown, qtbot)
    assert wish_for(shown, "b.csv").file.mapping_name == "ERP"
    imported(shown, qtbot)

    assert [(cell.node, cell.on_hand) for cell in workspace.read(load_stock)] == [("LES", 9)]


def test_a_mapping_goes_to_a_file_and_comes_back(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    shown = window(an_export(tmp_path))
    mapping = shown.flow.seen.mapping

    shown._keeping.write(mapping, tmp_path / "orders.toml")
    with qtbot.waitSignal(shown._keeping.loaded) as loaded:
        shown._keeping.load(tmp_path / "orders.toml")

    assert loaded.args == [mapping]


# The import


def test_the_import_says_what_became_of_each_file(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    shown = window(a_day(tmp_path / "day"))

    imported(shown, qtbot)

    assert len(workspace.read(load_stock)) == 5
    assert shown.flow.chosen.current.name == "stock.csv"
    assert shown.file.tabs.current == REFUSED
    assert shown.file.banner.said == "stock.csv · 5 new lines · 1 line refused"
    assert shown.foot.export.isEnabled()
    assert COLUMNS not in shown.file._offered


def test_importing_the_same_again_changes_nothing(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)

    shown = window(tmp_path / "nodes.csv")

    assert wish_for(shown, "nodes.csv").report.unchanged == 2
    assert shown.file.pages.page(CHANGES)._model.rowCount() == 0


def test_what_would_change_is_shown_before(window: Make, workspace: Workspace, tmp_path: Path):
    stocked(workspace, tmp_path)

    shown = window(a_file(tmp_path, "products.csv", PRODUCTS.replace("4300", "4500")))

    (change,) = shown.file.pages.page(CHANGES)._model.rows()
    assert (change.change.key, change.change.before, change.change.after) == (
        "CHAISE-02",
        "4300",
        "4500",
    )


def test_refused_lines_leave_as_a_file_to_mend(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    shown = window(a_file(tmp_path, "stock.csv", STOCK))
    imported(shown, qtbot)
    out = tmp_path / "stock-refused.csv"

    with qtbot.waitSignal(shown._session.news):
        shown.export_to(wish_for(shown, "stock.csv"), out)

    assert "ROU;TABLE-03;3;0" in out.read_text("utf-8-sig")


def test_stop_leaves_everything_as_it_was(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    shown = window(a_day(tmp_path / "day"))
    reading = shown.flow.reading
    reading.progressed.connect(lambda *_news: None)
    shown._session.job_started.connect(lambda job: job.request_stop())

    shown.foot.take_in.trigger()
    qtbot.waitUntil(lambda: shown.flow.stage is Stage.CHOOSING, timeout=5_000)

    assert workspace.read(load_nodes) == []
    assert "nothing was changed" in shown.flow.said


def test_a_rules_file_is_put_in_force(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    rules = '[[sourcing.rule]]\nname = "a"\n[sourcing.rule.weights]\ncost = 1.0\n'
    shown = window(a_file(tmp_path, "rules.toml", rules))

    imported(shown, qtbot)

    assert workspace.policy().version == 1


def test_closing_after_an_import_leaves_a_clean_table(window: Make, tmp_path: Path, qtbot: QtBot):
    shown = window(a_file(tmp_path, "nodes.csv", NODES))
    imported(shown, qtbot)

    shown.close()

    assert shown.flow.chosen.wishes == ()


@pytest.mark.usefixtures("french")
def test_the_window_speaks_french(window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot):
    stocked(workspace, tmp_path)
    shown = window(an_export(tmp_path))

    assert shown.windowTitle() == "Importer · export_commandes.csv"
    assert row(shown, "CP")[2] == "Code postal"
    stand_on(shown, "theirs PU TTC")
    choose(shown.file.form.source, "unit_price_cents")
    rehearsed(shown, qtbot)
    assert row(shown, "PU TTC")[2:5] == ["Prix unitaire", "49,90", "49,90\u00a0€"]


# The door


def dragged(paths: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_dropped_on_the_desk_open_the_window(
    session: Session, desk: QWidget, tmp_path: Path, qtbot: QtBot
):
    door = ImportDoor(session, Actions(desk), desk)
    desk.show()
    data = dragged([a_file(tmp_path, "nodes.csv", NODES)])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    entered = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(desk, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(desk, QDropEvent(QPointF(5, 5), copy, data, left, none))

    opened = door._import
    assert opened is not None
    rehearsed(opened, qtbot)
    assert [wish.path.name for wish in opened.flow.chosen.wishes] == ["nodes.csv"]


def test_what_is_dragged_from_elsewhere_is_left_alone(session: Session, desk: QWidget):
    ImportDoor(session, Actions(desk), desk)
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/orders.csv")])

    entered = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered.ignore()
    QApplication.sendEvent(desk, entered)

    assert not entered.isAccepted()


def test_orders_go_in_once_their_codes_and_dates_are_understood(
    window: Make, workspace: Workspace, tmp_path: Path, qtbot: QtBot
):
    stocked(workspace, tmp_path)
    shown = window(an_export(tmp_path))
    stand_on(shown, "theirs Mode")
    choose(shown.file.form.codes.box_for("LIV"), "home_delivery")
    rehearsed(shown, qtbot)
    imported(shown, qtbot)

    assert [order.code for order in workspace.read(load_orders)] == ["480213", "480214"]


def test_the_window_welcomes_before_what_shows_files_is_made(window: Make, qtbot: QtBot):
    shown = window()
    assert shown.welcome.isVisible()
    assert shown.findChild(FileView) is None

    qtbot.waitUntil(lambda: shown.findChild(FileView) is not None)


def test_files_chosen_before_all_is_made_are_shown_once_it_is(
    window: Make, tmp_path: Path, qtbot: QtBot
):
    shown = window()

    shown.open_paths([a_file(tmp_path, "nodes.csv", NODES)])

    rehearsed(shown, qtbot)

    qtbot.waitUntil(shown.welcome.isHidden)
    assert shown.file.columns.isVisible()


def test_a_page_is_made_when_one_turns_to_it_and_shows_what_is_known_then(
    window: Make, tmp_path: Path, qtbot: QtBot
):
    shown = window()
    shown.open_paths([a_file(tmp_path, "nodes.csv", f"{NODES}ROU;Roubaix;castle;50,69;3,17\n")])
    rehearsed(shown, qtbot)
    assert shown.file.findChildren(ListView) == []

    shown.file.show_tab(REFUSED)
    (page,) = shown.file.findChildren(ListView)
    assert page.isVisible()
    assert page.table.model().rowCount() == 1
