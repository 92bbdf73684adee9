"""Which lines of stock are shown, in which order, and what they add up to."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.offers import WorkState
from app.domain.stock import StockCell
from app.ui.stock.columns import Terms, age
from app.ui.stock.detail_lines import holder_lines
from app.ui.stock.lines import StockLine, by_node, by_product, line_of
from app.ui.stock.picture import Asked, Grouping, Only, picture
from db.queries.stock import Holder, StockRow
from tests.builders import NOW, a_cell

NAMES = {"LAM": "Lambersart", "LIC": "Lille Centre", "ENG": "Englos"}


def a_line(node: str = "LAM", sku: str = "A", on_hand: int = 10, **but: object) -> StockLine:
    return line_of(StockRow(a_cell(node, sku, on_hand, **but), NAMES[node], f"Label {sku}"))


def keys(lines: list[StockLine], **asked: object) -> list[tuple[str, str]]:
    return [line.key for line in picture(lines, Asked(**asked)).lines]


LINES = [
    a_line("LIC", "B", 3),
    a_line("LAM", "A", 10, reserved_here=2),
    a_line("LAM", "B", 1, safety_stock=4),
    a_line("ENG", "A", 0, inbound=6, inbound_at=NOW + timedelta(days=1)),
]


def test_lines_stand_by_product_then_node_unless_asked_otherwise():
    assert keys(LINES) == [("ENG", "A"), ("LAM", "A"), ("LAM", "B"), ("LIC", "B")]
    assert keys(LINES, sort="node") == [("ENG", "A"), ("LAM", "A"), ("LAM", "B"), ("LIC", "B")]
    assert keys(LINES, sort="on_hand", descending=True)[0] == ("LAM", "A")


def test_a_search_looks_in_codes_and_names_whatever_their_case():
    assert keys(LINES, search="lille") == [("LIC", "B")]
    assert keys(LINES, search="lambersart") == [("LAM", "A"), ("LAM", "B")]
    assert keys(LINES, search="nothing") == []


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Only.AVAILABLE, {("LAM", "A"), ("LIC", "B")}),
        (Only.OUT, {("LAM", "B"), ("ENG", "A")}),
        (Only.SHORT, {("LAM", "B")}),
        (Only.RESERVED, {("LAM", "A")}),
        (Only.COMING, {("ENG", "A")}),
    ],
)
def test_one_kind_of_line_can_be_asked_for(only: Only, found: set[tuple[str, str]]):
    assert set(keys(LINES, only=only)) == found


def test_an_old_figure_is_one_counted_before_the_limit_or_at_an_unknown_time():
    lines = [
        a_line("LAM", "A", as_of=NOW - timedelta(hours=25)),
        a_line("LIC", "A", as_of=NOW),
        a_line("ENG", "A", as_of=None),
    ]

    assert keys(lines, only=Only.OLD, old_before=NOW - timedelta(hours=24)) == [
        ("ENG", "A"),
        ("LAM", "A"),
    ]
    assert keys(lines, sort="age")[:2] == [("ENG", "A"), ("LAM", "A")]


def test_nodes_and_products_add_up_what_lies_under_them():
    products = {line.sku: line for line in by_product(LINES)}
    nodes = {line.node: line for line in by_node(LINES)}

    assert (products["A"].on_hand, products["B"].on_hand) == (10, 4)
    assert nodes["LAM"].on_hand == 11
    assert nodes["LAM"].available == 8  # what B lacks, A does not make good
    assert (nodes["LAM"].short, products["B"].key) == (3, ("", "B"))


def test_the_promise_by_a_day_counts_what_arrives_until_then():
    line = LINES[3]

    assert (line.available, line.available_by(NOW)) == (0, 0)
    assert line.available_by(NOW + timedelta(days=2)) == 6


def test_the_age_is_told_in_hours_then_in_days():
    assert age(a_line(as_of=NOW - timedelta(minutes=42)), NOW) == "42\u00a0min"
    assert age(a_line(as_of=NOW - timedelta(days=4, hours=3)), NOW) == "4 days"
    assert age(a_line(as_of=None), NOW) == "?"
    assert age(a_line(as_of=NOW + timedelta(hours=1)), NOW).startswith("0")


COUNTS = st.integers(0, 50)
CELLS = st.builds(
    StockCell,
    node=st.sampled_from(sorted(NAMES)),
    sku=st.sampled_from(["A", "B", "C"]),
    on_hand=COUNTS,
    reserved_here=COUNTS,
    reserved_elsewhere=COUNTS,
    blocked=COUNTS,
    safety_stock=COUNTS,
    inbound=COUNTS,
    as_of=st.none() | st.integers(0, 10_000).map(lambda hours: NOW - timedelta(hours=hours)),
)


@given(st.lists(CELLS, unique_by=lambda cell: (cell.node, cell.sku)), st.sampled_from(Grouping))
def test_however_lines_are_put_together_they_add_up_to_the_same(
    cells: list[StockCell], grouping: Grouping
):
    lines = [line_of(StockRow(cell, NAMES[cell.node], cell.sku)) for cell in cells]

    shown = picture(lines, Asked(grouping=grouping))

    assert shown.totals.on_hand == sum(cell.on_hand for cell in cells)
    assert shown.totals.reserved == sum(cell.reserved for cell in cells)
    assert shown.totals.available == sum(cell.available for cell in cells)
    assert len(shown.lines) == shown.counts[grouping]
    assert [shown.places[line.key] for line in shown.lines] == list(range(len(shown.lines)))


@pytest.mark.usefixtures("english")
def test_who_holds_pieces_says_how_far_the_node_has_come():
    def since(work: WorkState | None) -> str:
        held = Holder("1-1", "1", "Anne Carlier", "Lille", 2, NOW, work)
        (line,) = holder_lines([held], terms)
        return line.cells[2].text

    paris = ZoneInfo("Europe/Paris")
    terms = Terms(lambda: NOW, lambda: paris, NOW.date, lambda: NOW, lambda: NOW)

    assert since(None) == since(WorkState.PREPARING) == "09:42"
    assert since(WorkState.READY) == "ready"
    assert since(WorkState.HANDED_OVER) == "handed over"
