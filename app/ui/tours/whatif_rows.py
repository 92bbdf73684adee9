"""How what-ifs stand in their table: the present plan first, each figure beside the present's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app import formats
from app.i18n import N_, _
from app.operations.scenario_documents import side_in_words, title
from app.operations.scenarios import ANEW, Comparison
from app.planning.tours.scenarios import Scenario
from app.planning.tours.side_by_side import Side
from app.ui.widgets.looks import Align, Look, Run, Words, figure
from app.ui.widgets.rows import Column

#: The key of the present plan's row; no scenario is called so.
PRESENT = ""


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """One plan of the comparison; no `side` yet while it was not searched."""

    name: str
    title: str
    side: Side | None
    present: Side | None
    stopped: bool = False

    @property
    def is_present(self) -> bool:
        return self.name == PRESENT


def rows_of(made: Comparison | None, wanted: Sequence[Scenario]) -> tuple[WhatIfRow, ...]:
    """The present plan, the day planned anew, and every what-if that is wanted."""
    present = None if made is None else made.side
    found = {} if made is None else {each.scenario.name: each for each in made.outcomes}
    rows = [WhatIfRow(PRESENT, _("Present plan"), present, present)]
    for scenario in (ANEW, *wanted) if wanted else ():
        outcome = found.get(scenario.name)
        side = None if outcome is None else outcome.side
        stopped = outcome is not None and outcome.stopped
        rows.append(WhatIfRow(scenario.name, title(scenario), side, present, stopped))
    return tuple(rows)


def columns() -> list[Column[WhatIfRow]]:
    """The columns of the table; what gives way first has the lowest `leaves`."""
    return [
        Column(
            name="scenario",
            title=N_("What if"),
            text=lambda row: row.title,
            look=_named,
            tooltip=_tip,
            width=190,
            least=130,
            grows=True,
        ),
        _figure("tours", N_("Tours"), lambda side: side.tours, formats.number, width=54, leaves=3),
        _figure("way", "km", lambda side: side.distance_m, formats.kilometres, width=64, leaves=4),
        _figure("work", "h", lambda side: side.work_s, formats.duration, width=66, leaves=2),
        _figure(
            "spread",
            N_("Spread"),
            lambda side: side.spread_s,
            formats.duration,
            hint=N_("By how much the longest tour works longer than the shortest"),
            width=66,
            leaves=2,
        ),
        _figure(
            "crossings",
            N_("Crossings"),
            lambda side: side.crossings,
            formats.number,
            hint=N_("Straight ways between stops that cross those of another tour"),
            width=74,
            leaves=1,
        ),
        _figure("money", "€", lambda side: side.cost_cents, formats.amount, width=78),
        _figure(
            "left_money",
            N_("Carriers €"),
            lambda side: side.left_cents,
            lambda cents: formats.amount(cents) if cents else "",
            hint=N_("What carriers ask for all that this plan leaves out"),
            width=84,
        ),
        Column(
            name="total",
            title=N_("Against present"),
            short_title="±",
            hint=N_("Tours and carriers together, less those of the present plan"),
            text=_total,
            look=lambda row: figure(_total(row), _tone(_total_cents(row)), strong=True),
            sort=_total_cents,
            align=Align.RIGHT,
            width=104,
            least=84,
        ),
        _figure("carbon", "CO₂e", lambda s: s.co2e_g, formats.emissions, width=84, leaves=1),
        _figure(
            "late",
            N_("Late"),
            lambda side: side.late,
            formats.number,
            hint=N_("Stops outside the hours promised"),
            bad=True,
            width=56,
        ),
        _figure(
            "left",
            N_("Left out"),
            lambda side: side.left_out,
            formats.number,
            bad=True,
            width=66,
        ),
        _figure(
            "moved",
            N_("Moved"),
            lambda side: side.moved,
            formats.number,
            hint=N_("Stops on another vehicle, or at another place of their tour"),
            width=60,
            leaves=5,
        ),
    ]


def _figure(
    name: str,
    column_title: str,
    value: Callable[[Side], int],
    form: Callable[[int], str],
    *,
    width: int,
    hint: str = "",
    leaves: int = 0,
    bad: bool = False,
) -> Column[WhatIfRow]:
    """A column of figures; of `bad` ones any is told in red, and none is not told."""

    def text(row: WhatIfRow) -> str:
        amount = 0 if row.side is None else value(row.side)
        return "" if row.side is None or (bad and not amount) else form(amount)

    def look(row: WhatIfRow) -> Look:
        return figure(text(row), "danger" if bad else "text1")

    return Column(
        name=name,
        title=column_title,
        hint=hint,
        text=text,
        look=look,
        sort=lambda row: None if row.side is None else value(row.side),
        align=Align.RIGHT,
        width=width,
        leaves=leaves,
    )


def _named(row: WhatIfRow) -> Look:
    runs = [Run(row.title, "text1", strong=row.is_present)]
    if row.stopped:
        runs.append(Run(_("stopped early"), "warn", small=True))
    return Words(tuple(runs))


def _tip(row: WhatIfRow) -> str:
    return row.title if row.side is None else f"{row.title}\n{side_in_words(row.side)}"


def _total_cents(row: WhatIfRow) -> int | None:
    if row.side is None or row.present is None or row.is_present:
        return None
    return row.side.total_cents - row.present.total_cents


def _total(row: WhatIfRow) -> str:
    cents = _total_cents(row)
    return "" if cents is None else formats.change(formats.amount, cents)


def _tone(cents: int | None) -> str:
    if not cents:
        return "text2"
    return "success" if cents < 0 else "danger"
