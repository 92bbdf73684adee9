"""How sure a stock figure is: surer with spare pieces and fresh counts, truer than the books."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.nodes import NodeKind
from app.domain.stock import StockCell
from app.planning.promise.trust import chance_there
from tests.builders import NOW, a_cell

ROUNDING = 1e-9
STORE, WAREHOUSE = NodeKind.STORE, NodeKind.WAREHOUSE


def counted(days: float, **but) -> StockCell:
    return a_cell(as_of=NOW - timedelta(days=days), **but)


@given(
    days=st.floats(0, 400),
    older=st.floats(0, 400),
    on_hand=st.integers(1, 20),
    more=st.integers(0, 20),
    kind=st.sampled_from(list(NodeKind)),
)
def test_older_counts_and_fewer_spare_pieces_are_never_surer(
    days: float, older: float, on_hand: int, more: int, kind: NodeKind
):
    chance = chance_there(counted(days, on_hand=on_hand), 1, kind, NOW)

    staler = chance_there(counted(days + older, on_hand=on_hand), 1, kind, NOW)
    roomier = chance_there(counted(days, on_hand=on_hand + more), 1, kind, NOW)
    assert 0.0 <= staler <= chance + ROUNDING
    assert chance - ROUNDING <= roomier <= 1.0


def test_a_count_of_this_moment_is_sure_and_one_of_unknown_age_the_least():
    unknown = a_cell(on_hand=1, as_of=None)

    assert chance_there(counted(0, on_hand=1), 1, STORE, NOW) == 1.0
    assert chance_there(unknown, 1, STORE, NOW) < chance_there(
        counted(30, on_hand=1), 1, STORE, NOW
    )


def test_a_warehouse_is_trusted_more_than_a_store():
    last = counted(10, on_hand=1)

    assert chance_there(last, 1, WAREHOUSE, NOW) > chance_there(last, 1, STORE, NOW)


def test_safety_stock_makes_surer_and_what_others_hold_does_not():
    spare = counted(10, on_hand=3, safety_stock=2)
    held = counted(10, on_hand=3, reserved_elsewhere=2)

    assert chance_there(spare, 1, STORE, NOW) > chance_there(held, 1, STORE, NOW)


def test_what_the_books_lack_is_not_there():
    assert chance_there(counted(1, on_hand=1), 2, STORE, NOW) == 0.0


def really_there(dice: Random, on_hand: int, age_days: int, rate: float) -> int:
    """Each day a piece may be lost or sold unseen: not the model's own way of going wrong."""
    return max(0, on_hand - sum(dice.random() < rate for _ in range(age_days)))


def test_the_chance_beats_the_books_wherever_errors_are_planted():
    for rate in (0.01, 0.03, 0.06):
        dice = Random(f"{rate}")
        model = books = 0.0
        for _ in range(4_000):
            on_hand, age = dice.randint(1, 5), dice.randint(0, 30)
            there = float(really_there(dice, on_hand, age, rate) >= 1)
            chance = chance_there(counted(age, on_hand=on_hand), 1, STORE, NOW)
            model += (chance - there) ** 2
            books += (1.0 - there) ** 2
        assert model < books
