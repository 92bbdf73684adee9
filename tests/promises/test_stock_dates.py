"""What may be promised of a cell now, in two hours, tomorrow; how sure its next piece is."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.nodes import NodeKind
from app.operations.stock import as_document
from app.operations.stock_dates import When, available_dates, next_piece_chance
from db.queries.stock import StockRow
from tests.builders import NOW, a_cell
from tests.promises.asking import PARIS


def pieces(cell, now: datetime = NOW) -> dict[When, int]:
    return {each.when: each.pieces for each in available_dates(cell, now, PARIS)}


def test_arrivals_count_from_their_moment_on():
    soon = a_cell(on_hand=2, in_transit=3, in_transit_at=NOW + timedelta(hours=1))
    later = a_cell(on_hand=2, inbound=3, inbound_at=NOW + timedelta(hours=30))

    assert pieces(soon) == {When.NOW: 2, When.IN_2_H: 5, When.TOMORROW: 5}
    assert pieces(later) == {When.NOW: 2, When.IN_2_H: 2, When.TOMORROW: 5}


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (datetime(2026, 3, 28, 9, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (datetime(2026, 10, 24, 9, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_tomorrow_ends_by_the_clock_on_the_wall(now: datetime, ends: datetime):
    inbound = a_cell(on_hand=0, inbound=1, inbound_at=ends)

    assert pieces(inbound, now)[When.TOMORROW] == 1
    assert pieces(a_cell(on_hand=0, inbound=1, inbound_at=ends + timedelta(seconds=1)), now) == {
        When.NOW: 0,
        When.IN_2_H: 0,
        When.TOMORROW: 0,
    }


def test_nothing_to_promise_is_neither_sure_nor_unsure():
    assert next_piece_chance(a_cell(on_hand=0), NodeKind.STORE, NOW) is None


def test_the_document_tells_both():
    old = a_cell(on_hand=1, as_of=NOW - timedelta(days=20))

    row = as_document([StockRow(old, "Lille", "Lampe", "Europe/Paris")], NOW)["rows"][0]

    assert row["available_by"] == {"now": 1, "in_2_h": 1, "tomorrow": 1}
    assert 0 < row["next_piece_sure"] < 0.8
