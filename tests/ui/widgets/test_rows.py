"""The rows model: views are told what differs and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.ui.widgets.looks import Align, words
from app.ui.widgets.rows import Column, RowsModel, natural, spans

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class Parcel:
    code: str
    town: str = "Lille"
    weight_g: int | None = 1_000


COLUMNS = [
    Column[Parcel](name="code", title="Code", text=lambda parcel: parcel.code),
    Column[Parcel](name="town", title="Town", text=lambda parcel: parcel.town, hint="Where to"),
    Column[Parcel](
        name="weight",
        title="g",
        text=lambda parcel: str(parcel.weight_g),
        sort=lambda parcel: parcel.weight_g,
        align=Align.RIGHT,
    ),
]


@pytest.fixture
def model(qapp) -> Iterator[RowsModel[Parcel]]:
    rows = RowsModel(COLUMNS, key=lambda parcel: parcel.code)
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield rows
    tester.deleteLater()
    rows.deleteLater()


class Told:
    """What a model has told its views."""

    def __init__(self, model: RowsModel[Parcel]) -> None:
        self.news: list[tuple[str, int, int]] = []
        model.rowsInserted.connect(lambda _p, a, b: self.news.append(("inserted", a, b)))
        model.rowsRemoved.connect(lambda _p, a, b: self.news.append(("removed", a, b)))
        model.dataChanged.connect(
            lambda a, b, _roles: self.news.append(("changed", a.row(), b.row()))
        )
        model.layoutChanged.connect(lambda *_: self.news.append(("arranged", 0, 0)))
        model.modelReset.connect(lambda: self.news.append(("reset", 0, 0)))


def parcels(codes: str) -> list[Parcel]:
    return [Parcel(code) for code in codes]


def codes(model: RowsModel[Parcel]) -> str:
    return "".join(parcel.code for parcel in model.rows())


def test_a_row_that_comes_is_inserted_where_it_belongs(model):
    model.show_rows(parcels("ace"))
    told = Told(model)

    model.show_rows(parcels("abce"))

    assert told.news == [("inserted", 1, 1)]


def test_a_row_that_goes_is_removed_alone(model):
    model.show_rows(parcels("abc"))
    told = Told(model)

    model.show_rows(parcels("ac"))

    assert told.news == [("removed", 1, 1)]


def test_a_row_that_changes_is_told_as_changed(model):
    model.show_rows(parcels("abc"))
    told = Told(model)

    model.show_rows([Parcel("a"), Parcel("b", town="Roubaix"), Parcel("c")])

    assert told.news == [("changed", 1, 1)]
    assert model.row_at(1).town == "Roubaix"


def test_neighbours_that_change_are_told_together(model):
    model.show_rows(parcels("abcd"))
    told = Told(model)

    model.show_rows([Parcel("a"), Parcel("b", "Hem"), Parcel("c", "Hem"), Parcel("d")])

    assert told.news == [("changed", 1, 2)]


def test_the_same_rows_again_tell_nothing(model):
    model.show_rows(parcels("abc"))
    told = Told(model)

    model.show_rows(parcels("abc"))

    assert told.news == []


def test_another_order_moves_rows_without_a_reset(model):
    model.show_rows(parcels("abc"))
    at_c = QPersistentModelIndex(model.index(2, 0))
    told = Told(model)

    model.show_rows(parcels("cab"))

    assert told.news == [("arranged", 0, 0)]
    assert at_c.row() == 0


def test_two_rows_with_one_key_are_refused(model):
    with pytest.raises(ValueError, match="one key"):
        model.show_rows(parcels("aa"))


def test_rows_that_come_in_keep_to_the_sorted_column(model):
    model.show_rows([Parcel("a", weight_g=300), Parcel("b", weight_g=100)])
    model.sort(2, ASCENDING)

    model.show_rows([*model.rows(), Parcel("c", weight_g=200)])

    assert codes(model) == "bca"


def test_rows_without_a_value_sort_last_both_ways(model):
    model.show_rows([Parcel("a", weight_g=None), Parcel("b", weight_g=1), Parcel("c", weight_g=2)])

    model.sort(2, ASCENDING)
    assert codes(model) == "bca"
    model.sort(2, DESCENDING)
    assert codes(model) == "cba"


def test_texts_sort_as_people_expect():
    assert sorted(["T10", "T2", "élan", "Eloi", "zoo"], key=natural) == [
        "élan",
        "Eloi",
        "T2",
        "T10",
        "zoo",
    ]


def test_places_are_found_by_key(model):
    model.show_rows(parcels("abc"))

    assert model.place_of("c") == 2
    assert model.place_of("z") is None
    model.show_rows(parcels("c"))
    assert model.place_of("c") == 0


def test_headers_and_cells_are_read_aloud(model):
    model.show_rows([Parcel("a", town="Hem")])
    across = Qt.Orientation.Horizontal

    assert model.headerData(1, across, Qt.ItemDataRole.DisplayRole) == "Town"
    assert model.headerData(1, across, Qt.ItemDataRole.ToolTipRole) == "Where to"
    assert model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Hem"
    right = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight


def test_a_look_is_made_once_until_its_row_changes(qapp):
    made = []
    column = Column[Parcel](
        name="town",
        title="Town",
        text=lambda parcel: parcel.town,
        look=lambda parcel: made.append(parcel.town) or words(parcel.town),
    )
    model = RowsModel([column], key=lambda parcel: parcel.code)
    model.show_rows([Parcel("a", "Hem")])

    assert model.look_at(0, 0) is model.look_at(0, 0)
    model.show_rows([Parcel("a", "Loos")])
    model.look_at(0, 0)
    assert made == ["Hem", "Loos"]


def test_every_text_is_made_anew_after_the_language_changed(model):
    model.show_rows(parcels("ab"))
    first = model.look_at(0, 0)
    told = Told(model)

    model.say_again()

    assert told.news == [("changed", 0, 1)]
    assert model.look_at(0, 0) is not first


def test_a_scattered_change_of_many_rows_is_told_in_few_words(model):
    many = [Parcel(f"{n:04}") for n in range(400)]
    model.show_rows(many)
    told = Told(model)

    model.show_rows(many[::2])

    assert model.rows() == tuple(many[::2])
    assert len(told.news) == 2  # one arrangement, one removal


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 90), st.sampled_from(["Hem", "Loos", "Lille"])),
            unique_by=lambda row: row[0],
            max_size=90,
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([None, (0, ASCENDING), (1, DESCENDING)]),
)
def test_whatever_comes_the_model_shows_it_and_indexes_follow_their_rows(model, shows, sorted_by):
    model.sort(-1)
    model.show_rows([])
    if sorted_by:
        model.sort(*sorted_by)
    for show in shows:
        followed = {
            key: QPersistentModelIndex(model.index(model.place_of(key), 0))
            for key in [parcel.code for parcel in model.rows()]
        }
        wanted = [Parcel(f"{code:02}", town) for code, town in show]

        model.show_rows(wanted)

        assert sorted(model.rows(), key=lambda p: p.code) == sorted(wanted, key=lambda p: p.code)
        if sorted_by is None:
            assert model.rows() == tuple(wanted)
        for key, index in followed.items():
            place = model.place_of(key)
            assert index.row() == (-1 if place is None else place)


def test_a_changed_row_equal_in_key_keeps_its_place(model):
    model.show_rows(parcels("abc"))
    model.show_rows([replace(parcel, town="Hem") for parcel in parcels("abc")])

    assert codes(model) == "abc"
    assert {parcel.town for parcel in model.rows()} == {"Hem"}


@given(places=st.frozensets(st.integers(0, 40)))
def test_spans_hold_exactly_the_places_and_never_touch(places):
    found = list(spans(places))

    assert {each for first, last in found for each in range(first, last + 1)} == places
    assert all(after[0] > before[1] + 1 for before, after in pairwise(found))


def test_who_compared_the_rows_already_says_which_changed(model):
    model.show_rows(parcels("abc"))
    told = Told(model)
    moved = [Parcel("a"), Parcel("b", town="Roubaix"), Parcel("c")]

    model.show_rows(moved, changed={"b"})

    assert told.news == [("changed", 1, 1)]
    assert model.rows() == tuple(moved)


def test_a_row_said_to_have_changed_is_looked_at_anew(qapp):
    made = []
    column = Column[Parcel](
        name="town",
        title="",
        text=lambda parcel: parcel.town,
        look=lambda parcel: made.append(parcel.code) or words(parcel.town),
    )
    model = RowsModel([column], key=lambda parcel: parcel.code)
    model.show_rows(parcels("ab"))
    first = [model.look_at(place, 0) for place in range(2)]

    model.show_rows([Parcel("a", town="Roubaix"), Parcel("b")], changed={"a"})

    assert model.look_at(0, 0) == words("Roubaix")
    assert model.look_at(1, 0) is first[1]
    assert made == ["a", "b", "a"]
