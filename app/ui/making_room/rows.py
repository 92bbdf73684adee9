"""How an agreed order that would make room is listed: from where to where, for whom, for what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app import formats
from app.i18n import N_, n_
from app.planning.tours.consequences import Figures
from app.ui.tours.moves_rows import MoveRow, tick_column, words_of
from app.ui.widgets.looks import Align, figure
from app.ui.widgets.rows import Column

if TYPE_CHECKING:
    from app.operations.reallocating import ReallocationRun
    from app.planning.sourcing.reallocating import Reallocated


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One agreed order; none needs another one done."""

    number: int
    move: "Reallocated"
    needs: frozenset[int] = frozenset()

    @property
    def change(self) -> Figures:
        return Figures(cost_cents=-self.move.saved_cents)


@dataclass(frozen=True, slots=True)
class Room:
    """The agreed orders that would make room, to tick."""

    run: "ReallocationRun"
    moves: tuple[RoomLine, ...]

    @classmethod
    def of(cls, run: "ReallocationRun") -> "Room":
        return cls(run, tuple(RoomLine(n, move) for n, move in enumerate(run.moves)))

    def with_needed(self, ticked: Iterable[int]) -> frozenset[int]:
        return frozenset(ticked)

    def without(self, ticked: Collection[int], number: int) -> frozenset[int]:
        return frozenset(ticked) - {number}

    def orders(self, ticked: Iterable[int]) -> frozenset[str]:
        """The orders that are ticked."""
        return frozenset(self.moves[number].move.order for number in ticked)


def columns() -> list[Column[MoveRow]]:
    """The columns of the list."""
    order: Column[MoveRow] = Column(
        name="order",
        title=N_("Agreed order"),
        text=_way,
        look=lambda row: words_of(row, _way(row)),
        width=220,
        least=150,
        grows=True,
    )
    serves: Column[MoveRow] = Column(
        name="serves",
        title=N_("Makes room for"),
        text=lambda row: ", ".join(formats.order_number(one) for one in _move(row).served),
        width=200,
        least=100,
        leaves=1,
    )
    saves: Column[MoveRow] = Column(
        name="saves",
        title="€",
        hint=N_("What all orders together would cost more if this one stayed"),
        text=_saved,
        look=lambda row: figure(_saved(row), "success"),
        sort=lambda row: row.move.change.cost_cents,
        align=Align.RIGHT,
        width=84,
    )
    return [tick_column(), order, serves, saves]


def total(room: Room, ticked: frozenset[int]) -> str:
    """How many of them are ticked, of all that all moves together save."""
    count = n_("{count} agreed order moves", "{count} agreed orders move", len(ticked))
    said = count.format(count=formats.number(len(ticked)))
    if len(ticked) < len(room.moves):
        return said
    return f"{said} · {formats.change(formats.money, -room.run.saved_cents)}"


def _move(row: MoveRow) -> "Reallocated":
    return cast("RoomLine", row.move).move


def _way(row: MoveRow) -> str:
    move = _move(row)
    to = " + ".join(move.decision.nodes)
    return f"{formats.order_number(move.order)}  {move.node} → {to}"


def _saved(row: MoveRow) -> str:
    return formats.change(formats.amount, row.move.change.cost_cents)
