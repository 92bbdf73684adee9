"""What a person changes in a mapping: one column of the file, or one of ours."""

import pytest

from app.connectors.feeds.kinds import ORDERS, PRODUCTS, VEHICLES
from app.connectors.feeds.mappings.mapping import Fill, Mapping
from app.ui.intake import edits
from app.ui.intake.column_facts import codes_of, forms_for, is_dated, units_of

HEADER = ("No", "Voie", "Le", "Poids (kg)")
ROWS = (("12", "rue X", "24/11/2026", "1,5"), ("3", "rue Y", "25/11/2026", "2"))


def column(kind, name):
    return next(each for each in kind.columns if each.name == name)


def test_a_column_of_the_file_becomes_one_of_ours_with_its_unit():
    made = edits.become(Mapping("products", ()), PRODUCTS, "Poids (kg)", "weight_g", HEADER, ROWS)

    assert dict(made.fills) == {"weight_g": Fill(("Poids (kg)",), unit="kg")}


def test_a_column_of_dates_brings_the_form_in_which_they_are_written():
    made = edits.become(Mapping("orders", ()), ORDERS, "Le", "placed_at", HEADER, ROWS)

    assert dict(made.fills) == {"placed_at": Fill(("Le",), date="%d/%m/%Y")}


def test_two_columns_that_become_the_same_are_put_together_in_the_files_order():
    one = edits.become(Mapping("orders", ()), ORDERS, "Voie", "street", HEADER, ROWS)

    both = edits.become(one, ORDERS, "No", "street", HEADER, ROWS)

    assert dict(both.fills) == {"street": Fill(("No", "Voie"))}


def test_a_column_that_is_not_used_any_more_leaves_the_others_alone():
    mapping = Mapping("orders", (("street", Fill(("No", "Voie"))), ("note", Fill(("Le",)))))

    assert dict(edits.become(mapping, ORDERS, "No", "", HEADER, ROWS).fills) == {
        "street": Fill(("Voie",)),
        "note": Fill(("Le",)),
    }
    assert dict(edits.become(mapping, ORDERS, "Le", "", HEADER, ROWS).fills) == {
        "street": Fill(("No", "Voie"))
    }


def test_a_column_that_becomes_another_fills_what_it_filled_no_more():
    mapping = Mapping("orders", (("street", Fill(("Voie",))),))

    made = edits.become(mapping, ORDERS, "Voie", "note", HEADER, ROWS)

    assert dict(made.fills) == {"note": Fill(("Voie",))}


def test_a_column_takes_the_place_of_a_fixed_value():
    mapping = Mapping("orders", (("mode", Fill(constant="home_delivery")),))

    made = edits.become(mapping, ORDERS, "Voie", "mode", HEADER, ROWS)

    assert dict(made.fills) == {"mode": Fill(("Voie",))}


def test_one_column_of_the_file_may_fill_two_of_ours():
    mapping = Mapping("orders", (("promised_from", Fill(("Le",))),))

    made = edits.fill_from(mapping, ORDERS, "promised_to", "Le", HEADER, ROWS)

    assert edits.columns_filled_by(made, "Le") == ("promised_from", "promised_to")


def test_fills_stand_in_the_order_of_the_kind_whatever_came_first():
    made = edits.filled(Mapping("orders", ()), ORDERS, "town", Fill(("Ville",)))
    made = edits.filled(made, ORDERS, "order", Fill(("No",)))

    assert [name for name, _fill in made.fills] == ["order", "town"]
    assert edits.filled(made, ORDERS, "town", None).fills == (("order", Fill(("No",))),)


@pytest.mark.parametrize(
    ("said", "keeps"),
    [
        ({"decimal_mark": ","}, True),
        ({"separator": ";"}, False),
        ({"encoding": "CP850"}, False),
        ({"sheet": "Stock"}, False),
    ],
)
def test_titles_may_be_others_when_the_file_is_read_otherwise(said: dict[str, str], keeps: bool):
    mapping = Mapping("orders", (("order", Fill(("No",))),))

    made = edits.written(mapping, **said)

    assert bool(made.fills) is keeps
    assert {name: getattr(made, name) for name in said} == said


def test_a_column_says_what_it_takes():
    assert units_of(column(PRODUCTS, "weight_g"))[0] == "g"
    assert "kg" in units_of(column(PRODUCTS, "weight_g"))
    assert "mm" not in units_of(column(PRODUCTS, "weight_g"))
    assert units_of(column(PRODUCTS, "label")) == ()
    assert is_dated(column(ORDERS, "promised_from"))
    assert not is_dated(column(ORDERS, "order"))
    assert codes_of(column(ORDERS, "mode")) == (
        "home_delivery",
        "click_and_collect",
        "pickup_point",
    )
    assert "diesel" in codes_of(column(VEHICLES, "fuel"))
    assert codes_of(column(ORDERS, "town")) == ()


def test_the_form_that_reads_most_cells_is_offered_first():
    forms = forms_for(["24/11/2026 08:30", "25/11/2026 09:00", "hier"])

    assert forms[0] == "%d/%m/%Y %H:%M"
    assert len(forms) == len(set(forms))
