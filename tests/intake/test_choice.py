"""Files that a person chose: what each seems to be, and what reads it."""

from pathlib import Path

from app.connectors.feeds.mappings.mapping import Fill, Join, LeaveOut, Mapping
from app.operations.intake import import_path, preview, save_mapping
from app.operations.intake_choice import found_files, reads, saved_mappings
from app.operations.intake_ground import known_with
from app.workspace import Workspace
from tests.intake.files import NODES_CSV, PRODUCTS_CSV, OneTown, a_file, a_folder, a_workbook

THEIRS = Mapping("stock", (("node", Fill(("M",))), ("sku", Fill(("R",)))))


def test_a_folder_shows_its_files_in_the_order_in_which_they_lean_on_each_other(tmp_path: Path):
    day = a_folder(tmp_path)
    a_file(day, "x;y\n1;2\n", "remarks.csv")
    a_file(day, "hello", "readme.md")

    found = found_files([day], {})

    assert [one.path.name for one in found] == [
        "nodes.csv",
        "products.csv",
        "stock.csv",
        "orders.csv",
        "remarks.csv",
    ]
    assert [one.expected for one in found] == [True, True, True, True, False]
    assert found[-1].job is None


def test_of_two_files_with_one_name_the_workbook_waits(tmp_path: Path):
    day = a_folder(tmp_path)
    a_workbook(day, [["node", "sku", "on_hand"]], "stock.xlsx")

    expected = {one.path.name: one.expected for one in found_files([day], {})}

    assert (expected["stock.csv"], expected["stock.xlsx"]) == (True, False)


def test_a_file_picked_by_hand_is_guessed_by_its_header(tmp_path: Path):
    (found,) = found_files([a_file(tmp_path, "Réf article;Poids (kg)\nA;1\n", "export.csv")], {})

    assert (found.kind, found.expected, found.mapping_name) == ("products", True, "")
    assert found.mapping is not None
    assert dict(found.mapping.fills)["weight_g"] == Fill(("Poids (kg)",), unit="kg")


def test_a_mapping_kept_before_reads_the_next_file_like_it(workspace: Workspace, tmp_path: Path):
    save_mapping(workspace, "ERP", THEIRS)

    (found,) = found_files(
        [a_file(tmp_path, "M;R;Q\nL;A;1\n", "export.csv")], saved_mappings(workspace)
    )

    assert (found.kind, found.mapping, found.mapping_name) == ("stock", THEIRS, "ERP")


def test_our_own_words_need_no_mapping(workspace: Workspace, tmp_path: Path):
    save_mapping(workspace, "ERP", THEIRS)
    path = a_file(tmp_path, "node;sku;M;R\nL;A;1;1\n", "stock.csv")

    (found,) = found_files([path], saved_mappings(workspace))

    assert (found.kind, found.mapping) == ("stock", None)


def test_a_mapping_asks_its_joins_of_other_files():
    fills = (("order", Fill(("id",))), ("sku", Fill(("items.sku",))))
    mapping = Mapping(
        "orders",
        fills,
        joins=(Join("items", "items.csv", "id", "order"),),
        leave_out=(LeaveOut("status", ("cancelled",)),),
    )

    assert reads(mapping, ("id", "status"))
    assert not reads(mapping, ("id",))
    assert not reads(mapping, ("status",))


def test_what_is_no_table_says_why(tmp_path: Path):
    (found,) = found_files([a_file(tmp_path, b"%PDF-1.7 ...", "bill.csv")], {})

    assert found.trouble is not None
    assert found.trouble.reason.code == "pdf_file"


def test_rows_may_refer_to_files_that_come_with_them(workspace: Workspace, tmp_path: Path):
    day = a_folder(tmp_path, nodes=NODES_CSV, products=PRODUCTS_CSV)
    jobs = [one.job for one in found_files([day], {}) if one.job is not None]
    stock = day / "stock.csv"
    alone = preview(workspace, stock, gazetteer=OneTown())

    known = known_with(workspace, jobs[:2], gazetteer=OneTown())
    beside = preview(workspace, stock, gazetteer=OneTown(), known=known)

    assert {fault.reason.code for fault in alone.rejected} == {"unknown_node"}
    assert (beside.rejected, len(beside.values)) == ((), 2)


def test_a_file_that_cannot_be_read_adds_nothing_to_what_is_known(
    workspace: Workspace, tmp_path: Path
):
    import_path(workspace, a_folder(tmp_path), gazetteer=OneTown())
    jobs = [one.job for one in found_files([a_file(tmp_path, NODES_CSV, "nodes.csv")], {})]
    (tmp_path / "nodes.csv").unlink()

    known = known_with(workspace, [job for job in jobs if job], gazetteer=OneTown())

    assert set(known.zones) == {"LIL"}
