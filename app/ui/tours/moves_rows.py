"""How a move stands in a list of moves: ticked or not, what it is, for what."""

from dataclasses import dataclass
from typing import Protocol

from app import formats
from app.i18n import N_, _
from app.operations.gentle_words import gain
from app.planning.tours.consequences import Figures
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Look, Mark, Run, Words, figure
from app.ui.widgets.rows import Column


class Line(Protocol):
    """One move of a suggestion: what it needs done before, and what it changes."""

    @property
    def number(self) -> int: ...

    @property
    def needs(self) -> frozenset[int]: ...

    @property
    def change(self) -> Figures: ...


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move with its tick."""

    move: Line
    ticked: bool


def tick_column() -> Column[MoveRow]:
    """Whether it is to be done."""
    return Column(
        name="tick",
        title="",
        hint=N_("Whether it is to be done"),
        text=lambda row: _("ticked") if row.ticked else _("not ticked"),
        look=_tick,
        align=Align.CENTRE,
        width=28,
    )


def figure_columns() -> list[Column[MoveRow]]:
    """What it changes; what gives way first has the lowest `leaves`."""
    return [
        Column(
            name="money",
            title="€",
            hint=N_("What it changes, with the moves that it needs done"),
            text=_money,
            look=lambda row: figure(_money(row), _tone(row.move.change.cost_cents)),
            sort=lambda row: row.move.change.cost_cents,
            align=Align.RIGHT,
            width=68,
        ),
        Column(
            name="way",
            title="km",
            text=lambda row: formats.change(formats.kilometres, row.move.change.distance_m),
            sort=lambda row: row.move.change.distance_m,
            align=Align.RIGHT,
            width=58,
            leaves=3,
        ),
        Column(
            name="carbon",
            title="CO₂e",
            text=lambda row: formats.change(formats.emissions, row.move.change.co2e_g),
            sort=lambda row: row.move.change.co2e_g,
            align=Align.RIGHT,
            width=84,
            leaves=2,
        ),
        Column(
            name="late",
            title=N_("Late"),
            hint=N_("How much later than promised its tours are, or less late"),
            text=_late,
            look=lambda row: figure(_late(row), _tone(row.move.change.late_s)),
            sort=lambda row: row.move.change.late_s,
            align=Align.RIGHT,
            width=62,
            leaves=1,
        ),
    ]


def _tick(row: MoveRow) -> Look:
    return Mark(Icon.TICKED, "accent") if row.ticked else Mark(Icon.UNTICKED, "text3")


def tip_of(row: MoveRow, *said: str) -> str:
    """What is said of a move, what it gains, and which lines it needs."""
    lines = [*said, gain(row.move.change)]
    if row.move.needs:
        needs = ", ".join(formats.number(number + 1) for number in sorted(row.move.needs))
        lines.append(_("Needs line {needs}.").format(needs=needs))
    return "\n".join(lines)


def words_of(row: MoveRow, text: str) -> Look:
    """Paler where it is not to be done."""
    return Words((Run(text, "text1" if row.ticked else "text2"),))


def _money(row: MoveRow) -> str:
    return formats.change(formats.amount, row.move.change.cost_cents)


def _late(row: MoveRow) -> str:
    late_s = row.move.change.late_s
    return formats.change(formats.duration, late_s) if late_s else ""


def _tone(change: int) -> str:
    if not change:
        return "text2"
    return "success" if change < 0 else "danger"
