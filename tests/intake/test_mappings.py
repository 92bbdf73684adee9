"""Other people's layouts, read through a mapping that can be kept, shared and mended."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.kinds import KINDS, ORDERS, PRODUCTS, STOCK
from app.connectors.feeds.mappings.mapping import Fill, Join, LeaveOut, Mapping
from app.connectors.feeds.mappings.suggested import kind_guessed, kind_of_our_names, suggest_mapping
from app.connectors.feeds.mappings.written import read_mapping, write_mapping
from app.connectors.feeds.template import template_csv, template_mapping
from app.domain.nodes import Product
from app.domain.orders import Mode, OrderLine
from app.domain.stock import StockCell
from tests.intake.files import a_file, codes, harvest


def refusal(text: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_mapping(text)
    return refused.value


def test_titles_constants_codes_dates_units_and_defaults(tmp_path: Path):
    path = a_file(
        tmp_path,
        "N°;Le;Type;Réf;Qté;PU;No;Voie;Ville\n"
        "C1;24/11/2026 09:30;RET;SKU1;2;19,90;12;rue X;\n"
        "C2;24/11/2026 09:31;???;SKU2;;5;;rue Y;Lambersart\n",
    )
    mapping = read_mapping(
        """
        kind = "orders"
        [columns]
        order = "N°"
        placed_at = { from = "Le", date = "%d/%m/%Y %H:%M" }
        mode = { from = "Type", codes = {RET = "click_and_collect"}, other_codes = "home_delivery" }
        collect_node = { constant = "LIL" }
        sku = "Réf"
        quantity = { from = "Qté", default = 1 }
        unit_price_cents = { from = "PU", unit = "euros" }
        street = { from = ["No", "Voie"] }
        town = { from = "Ville", default = "Lille" }
        """
    )

    collected, delivered = harvest(path, ORDERS, mapping=mapping).values

    assert (collected.mode, delivered.mode) == (Mode.CLICK_AND_COLLECT, Mode.HOME_DELIVERY)
    assert collected.placed_at.isoformat() == "2026-11-24T08:30:00+00:00"
    assert collected.lines == (OrderLine("SKU1", 2, 1_990),)
    assert delivered.lines == (OrderLine("SKU2", 1, 500),)
    assert (collected.address.street, collected.address.town) == ("12 rue X", "Lille")
    assert delivered.address.street == "rue Y"


@pytest.mark.parametrize(
    ("unit", "cell", "grams"),
    [
        ("kg", "0,35", 350),
        ("t", "0.001", 1_000),
        ("lb", "1", 454),
        ("mg", "1500", 2),
        ("g", "7", 7),
    ],
)
def test_units_are_converted_and_rounded(tmp_path: Path, unit: str, cell: str, grams: int):
    path = a_file(tmp_path, f"sku;w\nA1;{cell}\n")
    fills = (("sku", Fill(("sku",))), ("weight_g", Fill(("w",), unit=unit)))

    assert harvest(path, PRODUCTS, mapping=Mapping("products", fills)).values == (
        Product("A1", weight_g=grams),
    )


def test_faults_name_the_column_that_people_see_in_their_file(tmp_path: Path):
    path = a_file(tmp_path, "Article;Poids\nA1;heavy\nA2;3\n")
    fills = (("sku", Fill(("Article",))), ("weight_g", Fill(("Poids",), unit="kg")))

    read = harvest(path, PRODUCTS, mapping=Mapping("products", fills))

    assert codes(read) == [(2, "Poids", "not_a_number")]
    assert read.rejected[0].fault.value == "heavy"


def test_a_date_that_is_not_in_the_mappings_form_is_told(tmp_path: Path):
    path = a_file(tmp_path, "node,sku,when\nLIL,SKU1,2026-11-24\n")
    fills = (
        ("node", Fill(("node",))),
        ("sku", Fill(("sku",))),
        ("as_of", Fill(("when",), date="%d/%m/%Y")),
    )

    assert codes(harvest(path, STOCK, mapping=Mapping("stock", fills))) == [
        (2, "when", "not_in_date_format")
    ]


def test_a_mappings_time_zone_is_that_of_times_without_one(tmp_path: Path):
    path = a_file(tmp_path, "node,sku,as_of\nLIL,SKU1,2026-11-24T06:00\n")
    fills = tuple((name, Fill((name,))) for name in ("node", "sku", "as_of"))

    mapping = Mapping("stock", fills, timezone="America/Sao_Paulo")
    (cell,) = harvest(path, STOCK, mapping=mapping).values

    assert cell.as_of.isoformat() == "2026-11-24T09:00:00+00:00"


def stock_by_join(**but: object) -> Mapping:
    """Stock whose node is found by a second file."""
    join = {"name": "stores", "file": "stores.csv", "on": "store", "key": "id"} | but
    fills = (
        ("node", Fill(("stores.code",))),
        ("sku", Fill(("sku",))),
        ("on_hand", Fill(("n",))),
    )
    return Mapping("stock", fills, joins=(Join(**join),))


def test_a_second_file_is_joined_by_its_key(tmp_path: Path):
    a_file(tmp_path, "id;code\n7;LIL\n8;REU\n", "stores.csv")
    path = a_file(tmp_path, "store,sku,n\n7,SKU1,4\n8,SKU1,5\n9,SKU1,6\n")

    read = harvest(path, STOCK, mapping=stock_by_join())

    assert read.values == (StockCell("LIL", "SKU1", 4), StockCell("REU", "SKU1", 5))
    assert codes(read) == [(4, "stores.code", "no_match")]


def test_a_key_with_several_different_rows_is_told_and_twins_are_one(tmp_path: Path):
    a_file(tmp_path, "id;code\n7;LIL\n7;LIL\n8;LIL\n8;REU\n", "stores.csv")
    path = a_file(tmp_path, "store,sku,n,,\n7,SKU1,4,,\n8,SKU1,5,,\n")

    read = harvest(path, STOCK, mapping=stock_by_join())

    assert read.values == (StockCell("LIL", "SKU1", 4),)
    assert codes(read) == [(3, "", "several_matches")]


def test_joins_may_lean_on_one_another(tmp_path: Path):
    a_file(tmp_path, "id;place\n7;p\n", "stores.csv")
    a_file(tmp_path, "place;code\np;LIL\n", "places.csv")
    path = a_file(tmp_path, "store,sku,n\n7,SKU1,4\n")
    second = Join("places", "places.csv", on="stores.place", key="place")
    mapping = stock_by_join()
    mapping = Mapping(
        "stock",
        (("node", Fill(("places.code",))), *mapping.fills[1:]),
        joins=(*mapping.joins, second),
    )

    assert harvest(path, STOCK, mapping=mapping).values == (StockCell("LIL", "SKU1", 4),)


@pytest.mark.parametrize("file", ["../stores.csv", "/etc/passwd", "sub/../../stores.csv", "x\0y"])
def test_a_join_cannot_leave_the_folder(tmp_path: Path, file: str):
    folder = tmp_path / "day"
    folder.mkdir()
    a_file(tmp_path, "id;code\n7;LIL\n", "stores.csv")
    path = a_file(folder, "store,sku,n\n7,SKU1,4\n")

    with pytest.raises(Unreadable) as refused:
        harvest(path, STOCK, mapping=stock_by_join(file=file))

    assert refused.value.reason.code in ("outside_folder", "not_a_file")


def test_a_link_cannot_lead_a_join_out_of_the_folder(tmp_path: Path):
    folder = tmp_path / "day"
    folder.mkdir()
    secret = a_file(tmp_path, "id;code\n7;LIL\n", "stores.csv")
    (folder / "stores.csv").symlink_to(secret)
    path = a_file(folder, "store,sku,n\n7,SKU1,4\n")

    with pytest.raises(Unreadable) as refused:
        harvest(path, STOCK, mapping=stock_by_join())

    assert refused.value.reason.code == "outside_folder"


def test_rows_that_a_mapping_leaves_out_are_counted_and_not_judged(tmp_path: Path):
    path = a_file(tmp_path, "sku,state\nA1,on\n\x00,off\nA2,\nA3,on\n")
    mapping = Mapping(
        "products", (("sku", Fill(("sku",))),), leave_out=(LeaveOut("state", ("off", "")),)
    )

    read = harvest(path, PRODUCTS, mapping=mapping)

    assert [product.sku for product in read.values] == ["A1", "A3"]
    assert (read.rows, read.left_out, codes(read)) == (4, 2, [])


def test_rows_alike_make_one_with_their_number_and_total(tmp_path: Path):
    path = a_file(
        tmp_path,
        "store,sku,n\nLIL,SKU1,1.5\nLIL,SKU2,4\nLIL,SKU1,2.5\nREU,SKU1,7\nLIL,SKU1,x\n",
    )
    mapping = read_mapping(
        """
        kind = "stock"
        group_by = ["store", "sku"]
        [columns]
        node = "store"
        sku = "sku"
        on_hand = { sum = "n" }
        blocked = { count = true }
        """
    )

    read = harvest(path, STOCK, mapping=mapping)

    assert read.values == (
        StockCell("LIL", "SKU2", 4, blocked=1),
        StockCell("REU", "SKU1", 7, blocked=1),
    )
    assert [line for line, _, code in codes(read) if code == "not_a_number"] == [2, 4, 6]


def test_each_row_of_a_joined_file_can_make_a_row_of_its_own(tmp_path: Path):
    a_file(tmp_path, "o,sku\n1,SKU1\n1,SKU2\n1,SKU1\n", "items.csv")
    path = a_file(tmp_path, "id,at\n1,2026-11-24\n2,2026-11-24\n")
    mapping = read_mapping(
        """
        kind = "orders"
        [columns]
        order = "id"
        placed_at = "at"
        mode = { constant = "home_delivery" }
        sku = "items.sku"
        quantity = { constant = 1 }
        [[join]]
        file = "items.csv"
        on = "id"
        key = "o"
        many = true
        """
    )

    read = harvest(path, ORDERS, mapping=mapping)

    assert read.values[0].lines == (OrderLine("SKU1", 2), OrderLine("SKU2", 1))
    assert (read.rows, read.made[0].lines) == (2, (2,))
    assert codes(read) == [(3, "id", "no_lines")]


def test_a_title_that_the_file_has_not_is_told(tmp_path: Path):
    path = a_file(tmp_path, "sku\nA1\n")
    fills = (("sku", Fill(("sku",))), ("label", Fill(("name",))))

    with pytest.raises(Unreadable) as refused:
        harvest(path, PRODUCTS, mapping=Mapping("products", fills))

    assert refused.value.reason.code == "no_such_column"


def test_what_a_kind_cannot_do_without_must_be_filled(tmp_path: Path):
    with pytest.raises(Unreadable) as refused:
        harvest(a_file(tmp_path, "node,on_hand\nLIL,3\n"), STOCK)

    assert (refused.value.reason.code, refused.value.line) == ("missing_columns", 1)
    assert dict(refused.value.reason.facts)["columns"] == "sku"


def test_one_of_our_names_over_two_columns_is_refused(tmp_path: Path):
    with pytest.raises(Unreadable) as refused:
        harvest(a_file(tmp_path, "sku,SKU\nA1,A2\n"), PRODUCTS)

    assert refused.value.reason.code == "column_twice"


@pytest.mark.parametrize(
    ("text", "code", "entry"),
    [
        ("kind = ", "mapping_not_toml", ""),
        ('kind = "moons"', "mapping_not_one_of", "kind"),
        ("", "mapping_not_one_of", "kind"),
        ('kind = "stock"\nspeed = 3', "mapping_not_one_of", "speed"),
        ('kind = "stock"\nfile = 3', "mapping_wrong_type", "file"),
        ('kind = "stock"\n[columns]\ncolour = "c"', "mapping_not_one_of", "columns.colour"),
        ('kind = "stock"\n[columns]\nsku = 3', "mapping_wrong_type", "columns.sku"),
        ('kind = "stock"\n[columns]\nsku = {}', "mapping_one_source", "columns.sku"),
        (
            'kind = "stock"\n[columns]\nsku = { from = "a", constant = "b" }',
            "mapping_one_source",
            "columns.sku",
        ),
        (
            'kind = "stock"\n[columns]\nsku = { from = [1] }',
            "mapping_wrong_type",
            "columns.sku.from",
        ),
        (
            'kind = "products"\n[columns]\nweight_g = { from = "a", unit = "cm" }',
            "mapping_not_one_of",
            "columns.weight_g.unit",
        ),
        (
            'kind = "products"\n[columns]\nsku = { from = "a", unit = "kg" }',
            "mapping_not_one_of",
            "columns.sku.unit",
        ),
        ('kind = "stock"\n[[join]]\nfile = "a.csv"', "mapping_missing", "join.on"),
        ('kind = "stock"\n[[leave_out]]\ncolumn = "a"', "mapping_missing", "leave_out.values"),
        (
            'kind = "stock"\n[columns]\non_hand = { count = true }',
            "mapping_needs_group",
            "columns.on_hand",
        ),
        ('kind = "stock"\ntimezone = "Mars"', "unknown_timezone", "timezone"),
        ("x" * 300_000, "mapping_too_long", ""),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_with_its_place(text: str, code: str, entry: str):
    refused = refusal(text)

    assert (refused.reason.code, refused.column) == (code, entry)


@given(st.text(max_size=200))
def test_no_text_whatever_crashes_the_reading_of_mappings(text: str):
    with suppress(Unreadable):
        read_mapping(text)


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
FILLS = st.one_of(
    st.builds(
        Fill,
        columns=st.lists(TITLES, min_size=1, max_size=3).map(tuple),
        glue=TITLES,
        codes=st.dictionaries(TITLES, TITLES, max_size=3).map(lambda d: tuple(d.items())),
        other_codes=st.none() | TITLES,
        date=st.sampled_from(["", "%d/%m/%Y"]),
        default=st.just("") | TITLES,
    ),
    st.builds(Fill, constant=TITLES),
)


@given(
    fills=st.dictionaries(st.sampled_from([c.name for c in ORDERS.columns]), FILLS, min_size=1),
    file=TITLES,
    joins=st.lists(st.builds(Join, TITLES, TITLES, TITLES, TITLES, st.booleans()), max_size=2),
    leave_out=st.lists(
        st.builds(LeaveOut, TITLES, st.lists(TITLES | st.just(""), max_size=3).map(tuple)),
        max_size=2,
    ),
)
def test_a_mapping_that_is_written_reads_the_same(
    fills: dict[str, Fill], file: str, joins: list[Join], leave_out: list[LeaveOut]
):
    mapping = Mapping("orders", tuple(fills.items()), file, "", "Europe/Paris", tuple(joins))
    mapping = Mapping(
        "orders", mapping.fills, file, "S", "", mapping.joins, tuple(leave_out), ("a", "b")
    )

    assert read_mapping(write_mapping(mapping)) == mapping


def test_french_titles_suggest_their_columns_with_their_units():
    header = ["N° commande", "Date commande", "Réf", "Qté", "Prix unitaire", "Client", "Adresse"]
    header += ["Code postal", "Ville", "Téléphone", "Colis"]

    fills = dict(suggest_mapping(header, ORDERS).fills)

    assert {name: fill.columns for name, fill in fills.items() if fill.columns} == {
        "order": ("N° commande",),
        "placed_at": ("Date commande",),
        "sku": ("Réf",),
        "quantity": ("Qté",),
        "unit_price_cents": ("Prix unitaire",),
        "customer": ("Client",),
        "street": ("Adresse",),
        "postcode": ("Code postal",),
        "town": ("Ville",),
        "phone": ("Téléphone",),
    }
    assert fills["unit_price_cents"].unit == "euros"
    assert fills["mode"].constant == "home_delivery"


def test_english_titles_and_longer_ones_are_understood_too():
    header = ["Product code", "Product name", "Gross weight (kg)", "Length in cm", "Barcode"]

    fills = dict(suggest_mapping(header, PRODUCTS).fills)

    assert fills["sku"] == Fill(("Product code",))
    assert fills["weight_g"] == Fill(("Gross weight (kg)",), unit="kg")
    assert fills["ean"] == Fill(("Barcode",))


def test_our_own_names_always_come_first():
    fills = dict(suggest_mapping(["quantité", "quantity"], ORDERS).fills)

    assert fills["quantity"] == Fill(("quantity",))


WORDS = st.sampled_from(["stock", "quantité", "réf", "Code article", "magasin", "date", "nom", "x"])


@given(st.lists(WORDS | st.text(max_size=9), max_size=8, unique=True), st.sampled_from(KINDS))
def test_a_title_fills_at_most_one_column(header: list[str], kind: Kind):
    used = [title for _, fill in suggest_mapping(header, kind).fills for title in fill.columns]

    assert len(used) == len(set(used))
    assert set(used) <= set(header)


def test_the_kind_is_told_by_our_names_and_guessed_by_others():
    assert kind_of_our_names(["node", "sku", "on_hand"], KINDS) is STOCK
    assert kind_of_our_names(["magasin", "article", "stock"], KINDS) is None
    assert kind_guessed(["magasin", "code article", "stock physique"], KINDS) is STOCK
    assert kind_guessed(["x", "y"], KINDS) is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_template_has_every_column_and_is_a_mapping_itself(kind: Kind):
    mapping = read_mapping(template_mapping(kind))

    assert template_csv(kind).strip().split(",") == [column.name for column in kind.columns]
    assert mapping.kind == kind.name
    assert {name for name, _ in mapping.fills} == set(kind.required)
