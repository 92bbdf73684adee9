"""The preview: what each column becomes and what is wrong, before anything is changed."""

from pathlib import Path

import pytest

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.domain.orders import Order
from app.operations.intake import Preview, import_path, preview
from app.workspace import Workspace
from db.journal import entries
from tests.intake.files import OneTown, a_file, a_folder, a_workbook

FRENCH = (
    "N° commande;Date commande;Réf;Qté;PU;Ville;Couleur\n"
    "C1;2026-11-24;SKU1;2;19,90;Lambersart;rouge\n"
    "C2;24/11/2026;SKU1;x;5;;bleu\n"
)


@pytest.fixture
def stocked(workspace: Workspace, tmp_path: Path) -> Workspace:
    import_path(workspace, a_folder(tmp_path), gazetteer=OneTown())
    return workspace


def seen(workspace: Workspace, path: Path, **but: object) -> Preview:
    return preview(workspace, path, **({"gazetteer": OneTown()} | but))


def test_a_strangers_file_is_read_as_its_titles_suggest(stocked: Workspace, tmp_path: Path):
    shown = seen(stocked, a_file(tmp_path, FRENCH, "export.csv"))

    assert shown.kind.name == "orders"
    assert (shown.dialect.separator, shown.dialect.decimal_mark) == (";", ",")
    assert shown.mapping == shown.suggested
    assert shown.unknown == ("Couleur",)
    (order,) = shown.values
    assert isinstance(order, Order)
    assert (order.code, order.value_cents) == ("C1", 3_980)
    assert [f.reason.code for f in shown.rejected] == ["bad_date"]


def test_each_column_shows_what_its_cells_become(stocked: Workspace, tmp_path: Path):
    shown = seen(stocked, a_file(tmp_path, FRENCH, "export.csv"))

    quantity = next(use for use in shown.columns if use.column.name == "quantity")
    mode = next(use for use in shown.columns if use.column.name == "mode")
    note = next(use for use in shown.columns if use.column.name == "note")
    assert quantity.title == "Qté"
    assert [(e.text, e.value) for e in quantity.examples] == [("2", 2), ("x", None)]
    assert quantity.examples[1].fault is not None
    assert quantity.examples[1].fault.reason.code == "not_a_number"
    assert mode.title == "= home_delivery"
    assert (note.title, note.examples, note.is_missing) == ("", (), False)


def test_a_file_in_our_own_words_needs_no_suggestion(stocked: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "node,sku,on_hand,stock\nLIL,SKU1,4,9\n", "export.csv")

    shown = seen(stocked, path)

    assert shown.kind.name == "stock"
    assert dict(shown.mapping.fills)["on_hand"] == Fill(("on_hand",))
    assert shown.unknown == ("stock",)


def test_what_is_missing_is_shown_with_the_suggestion(stocked: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "Magasin;Quantité\nLIL;4\n", "export.csv")

    shown = seen(stocked, path, kind="stock")

    assert [use.column.name for use in shown.columns if use.is_missing] == ["sku"]
    assert dict(shown.mapping.fills)["node"] == Fill(("Magasin",))
    assert shown.trouble is not None
    assert shown.trouble.reason.code == "missing_columns"


def test_a_mapping_given_is_the_one_shown(stocked: Workspace, tmp_path: Path):
    path = a_file(tmp_path, "M;R;Q\nLIL;SKU1;4\n")
    fills = (("node", Fill(("M",))), ("sku", Fill(("R",))), ("on_hand", Fill(("Q",))))

    shown = seen(stocked, path, mapping=Mapping("stock", fills))

    assert [cell.on_hand for cell in shown.values] == [4]


def test_only_the_first_rows_are_read(stocked: Workspace, tmp_path: Path):
    rows = "".join(f"A{number}\n" for number in range(1_000))

    shown = seen(stocked, a_file(tmp_path, f"sku\n{rows}", "products.csv"), rows=10)

    assert (shown.rows, len(shown.values)) == (10, 10)


def test_nothing_is_changed_by_looking(stocked: Workspace, tmp_path: Path):
    before = len(stocked.read(entries))

    seen(stocked, a_file(tmp_path, FRENCH, "export.csv"))

    assert len(stocked.read(entries)) == before


def test_the_sheets_of_a_workbook_are_shown(stocked: Workspace, tmp_path: Path):
    shown = seen(
        stocked, a_workbook(tmp_path, [["sku"], ["A1"]], sheet="Articles"), kind="products"
    )

    assert (shown.dialect.sheet, shown.dialect.sheets) == ("Articles", ("Articles",))


def test_a_file_that_resembles_nothing_asks_what_it_is(stocked: Workspace, tmp_path: Path):
    with pytest.raises(Unreadable) as refusal:
        seen(stocked, a_file(tmp_path, "x;y\n1;2\n"))

    assert refusal.value.reason.code == "unknown_kind"


def test_dates_in_a_form_of_their_own_are_suggested_with_it(stocked: Workspace, tmp_path: Path):
    text = "N° commande;Date commande;Réf;Qté;Ville\nC1;24/11/2026;SKU1;2;Lambersart\n"

    shown = seen(stocked, a_file(tmp_path, text, "export.csv"))

    assert dict(shown.mapping.fills)["placed_at"] == Fill(("Date commande",), date="%d/%m/%Y")
    (order,) = shown.values
    assert order.placed_at.isoformat() == "2026-11-23T23:00:00+00:00"


def test_the_first_rows_stand_beside_what_they_become(stocked: Workspace, tmp_path: Path):
    shown = seen(stocked, a_file(tmp_path, FRENCH, "export.csv"))

    assert shown.first_rows[0] == ("C1", "2026-11-24", "SKU1", "2", "19,90", "Lambersart", "rouge")
    assert shown.lines == (2, 3)
