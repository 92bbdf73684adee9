"""What a search and conditions let through, and how views are kept."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.orders import Mode, OrderLine, Queue
from app.domain.places import Located, Precision
from app.domain.values import Address
from app.ui.orders.filters import Filter, shown
from app.ui.orders.saved_views import (
    DESK_VIEWS,
    Arrangement,
    as_text,
    from_text,
    own_name,
    readable,
)
from app.ui.orders.shelf import Shelf
from app.ui.orders.standing import Standing
from app.ui.views import BY_NAME
from tests.builders import LAMBERSART
from tests.ui.orders.rows import PARIS, a_list, collected, decided, on_board, promised

INES = promised(
    "480187",
    10,
    12,
    customer="Bouchet, Inès",
    address=Address("8 bis rue de l'Épeule", "59100", "Roubaix"),
    lines=(OrderLine("LUM-1094", 2),),
    phone="06 11 22 33 44",
)
CLAIRE = promised("480213")


def found(wanted: Filter, view: str = "to_source", *, rows=None):
    made = rows or a_list(
        on_board(INES), on_board(CLAIRE), suggested=[decided(INES), decided(CLAIRE, nodes=["LAM"])]
    )
    return [row.code for row in shown(made.rows, view, wanted, PARIS)]


@pytest.mark.parametrize(
    "typed",
    ["480187", "480 187", "480\u202f187", "inès", "INES", "bouchet roubaix", "epeule", "59100",
     "lum-1094", "0611223344", "187", "  ines  "],
)  # fmt: skip
def test_a_search_finds_numbers_clients_streets_towns_and_goods_without_accents(typed):
    assert found(Filter(search=typed)) == ["480187"]


def test_nodes_are_found_by_code_and_name():
    assert found(Filter(search="store lam")) == ["480213"]


def test_every_word_must_be_there():
    assert found(Filter(search="ines lambersart")) == []


def test_a_number_in_groups_finds_nothing_but_that_number():
    assert found(Filter(search="480 21")) == ["480213"]
    assert found(Filter(search="480 2 9")) == []


def test_conditions_must_all_hold():
    heavy = Filter(heavy_g=5_000)

    assert found(heavy) == ["480187", "480213"]
    assert found(Filter(heavy_g=9_000)) == []
    assert found(Filter(nodes=frozenset({"LAM"}))) == ["480213"]
    assert found(Filter(nodes=frozenset({"LAM"}), before=time(12))) == []
    assert found(Filter(before=time(12))) == ["480187"]
    assert found(Filter(standings=frozenset({Standing.SPLIT}))) == []


def test_modes_and_approximate_addresses_can_be_asked_for():
    vague = promised("480300", place=Located(LAMBERSART, 0.7, Precision.TOWN))
    rows = a_list(on_board(vague), on_board(collected()), on_board(CLAIRE))

    assert found(Filter(approximate=True), rows=rows) == ["480300"]
    collect = Filter(modes=frozenset({Mode.CLICK_AND_COLLECT}))
    assert found(collect, rows=rows) == ["480190"]


def test_a_filter_never_shows_what_the_view_does_not_hold():
    rows = a_list(on_board(INES), on_board(CLAIRE, Queue.TO_COLLECT))

    assert found(Filter(), "to_collect", rows=rows) == ["480213"]
    assert found(Filter(search="480187"), "to_collect", rows=rows) == []


FILTERS = st.builds(
    Filter,
    search=st.text(max_size=8),
    modes=st.frozensets(st.sampled_from(list(Mode))),
    standings=st.frozensets(st.sampled_from(list(Standing))),
    nodes=st.frozensets(st.sampled_from(["LIL", "LAM"])),
    before=st.none() | st.times().map(lambda t: t.replace(microsecond=0)),
    heavy_g=st.none() | st.integers(1, 50_000),
    approximate=st.booleans(),
)


@given(wanted=FILTERS, sort=st.sampled_from(["left", "client"]), down=st.booleans())
def test_a_kept_view_comes_back_as_it_was(wanted, sort, down):
    view = Arrangement("at_risk", wanted, sort, down, hidden=("note",))

    assert from_text(as_text(view)) == view


@given(wanted=FILTERS)
def test_a_filter_narrows_exactly_when_something_is_asked(wanted):
    assert wanted.narrows == bool(wanted.search or wanted.conditions)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"base": 3}', '{"base": "gone"}'])
def test_a_view_that_cannot_be_read_is_left_out(text):
    assert readable({"Old": text, "New": as_text(Arrangement("orders"))}) == {
        "New": Arrangement("orders")
    }


def test_every_view_of_the_desk_has_a_tab():
    assert set(DESK_VIEWS) == set(BY_NAME)


def test_a_search_goes_along_from_one_desk_view_to_the_next():
    shelf = Shelf()
    shelf.narrow(Filter(search="roubaix", heavy_g=5_000))
    shelf.sort_by("client", descending=True)

    shelf.choose("orders")

    assert shelf.arrangement == Arrangement("orders", Filter(search="roubaix"), "client", True)


def test_a_persons_view_brings_its_filter_and_takes_it_away_again():
    shelf = Shelf()
    mine = Arrangement("orders", Filter(search="lille", heavy_g=30_000), "weight", True)
    shelf.take_over({"Heavy": mine})

    shelf.choose(own_name("Heavy"))
    assert shelf.arrangement == mine
    assert shelf.title == "Heavy"

    shelf.choose("orders")
    assert not shelf.arrangement.filter.narrows


def test_a_view_that_was_deleted_gives_way_to_the_one_it_came_from():
    shelf = Shelf()
    shelf.take_over({"Heavy": Arrangement("at_risk", Filter(heavy_g=30_000))})
    shelf.choose(own_name("Heavy"))

    shelf.take_over({})

    assert (shelf.name, shelf.arrangement) == ("at_risk", Arrangement("at_risk"))


def test_a_view_just_kept_is_turned_to_once_it_is_there():
    shelf = Shelf()
    shelf.expect("Heavy")
    shelf.take_over({"Other": Arrangement("orders")})
    assert shelf.name == "to_source"

    shelf.take_over({"Heavy": Arrangement("orders", Filter(heavy_g=30_000))})

    assert shelf.title == "Heavy"
    assert [tab.title for tab in shelf.tabs({})][-1] == "Heavy"
