"""How the moves of a gentle re-optimisation are listed: which stops go where."""

from typing import TYPE_CHECKING, cast

from app.i18n import N_
from app.operations.gentle_words import ways
from app.ui.tours.moves_rows import MoveRow, figure_columns, tick_column, tip_of, words_of
from app.ui.widgets.rows import Column

if TYPE_CHECKING:
    from app.planning.tours.gentle import GentleMove


def columns() -> list[Column[MoveRow]]:
    """The columns of the list."""
    stops: Column[MoveRow] = Column(
        name="stops",
        title=N_("Stops"),
        text=_ways,
        look=lambda row: words_of(row, _ways(row)),
        tooltip=lambda row: tip_of(row, _ways(row)),
        width=220,
        least=120,
        grows=True,
    )
    return [tick_column(), stops, *figure_columns()]


def _ways(row: MoveRow) -> str:
    return ways(cast("GentleMove", row.move))
