"""Whom an order may be offered to, as rows: ticked or not, with what speaks for and against."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import formats
from app.domain.sourcing import Candidate
from app.i18n import N_
from app.planning.offers.whom import OfferAdvice
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Blank, Look, Mark, Meter, Run, Words, words
from app.ui.widgets.rows import Column
from app.wording import sentence


@dataclass(frozen=True, slots=True)
class AskRow:
    """A node that may be asked, or one that is spared with the reason why."""

    node: str
    name: str
    chosen: bool
    able: bool
    chance: float | None = None
    median_s: float | None = None
    seen: Candidate | None = None
    against: str = ""


def ask_rows(advice: OfferAdvice, names: dict[str, str], chosen: Iterable[str]) -> list[AskRow]:
    """The askable first, in the rules' order; then the spared ones that the rules looked at."""
    ticked = set(chosen)
    able = [
        AskRow(
            one.node,
            names.get(one.node, ""),
            one.node in ticked,
            True,
            one.chance,
            one.habit.median_s,
            one.seen,
        )
        for one in advice.askable
    ]
    spared = [
        AskRow(
            one.node,
            names.get(one.node, ""),
            one.node in ticked,
            False,
            seen=one.seen,
            against=sentence(one.reasons[0]) if one.reasons else "",
        )
        for one in advice.spared
    ]
    return [*able, *spared]


def ask_columns() -> list[Column[AskRow]]:
    """A tick, the node, the figures behind the choice."""
    return [
        Column(
            name="tick",
            title="",
            hint=N_("Whether it is asked"),
            text=lambda row: "x" if row.chosen else "",
            look=_tick,
            align=Align.CENTRE,
            width=28,
        ),
        Column(
            name="code",
            title=N_("Node"),
            text=lambda row: row.node,
            look=lambda row: words(row.node, _tone(row), strong=True),
            width=52,
        ),
        Column(
            name="name",
            title="",
            hint=N_("Name"),
            text=lambda row: row.name,
            look=lambda row: words(row.name, _tone(row)),
            width=140,
            least=80,
        ),
        Column(
            name="available",
            title=N_("ATP"),
            hint=N_("Available to promise at the node"),
            text=lambda row: "" if row.seen is None else formats.number(row.seen.available),
            align=Align.RIGHT,
            width=44,
        ),
        Column(
            name="distance",
            title="km",
            hint=N_("Distance to the customer"),
            text=_distance,
            align=Align.RIGHT,
            width=50,
        ),
        Column(
            name="score",
            title=N_("Score"),
            text=_score,
            align=Align.RIGHT,
            width=50,
        ),
        Column(
            name="chance",
            title=N_("Takes it in time"),
            hint=N_("The chance that it claims before the deadline, by how it answered so far."),
            text=lambda row: "" if row.chance is None else formats.whole_share(row.chance),
            look=_chance,
            sort=lambda row: row.chance,
            width=116,
        ),
        Column(
            name="against",
            title=N_("What speaks against it"),
            text=lambda row: row.against,
            tooltip=lambda row: row.against,
            look=lambda row: words(row.against, "danger") if row.against else Blank(),
            width=200,
            least=80,
            grows=True,
        ),
    ]


def _tick(row: AskRow) -> Look:
    if row.chosen:
        return Mark(Icon.TICKED, "accent")
    return Mark(Icon.UNTICKED, "text3" if row.able else "disabled")


def _tone(row: AskRow) -> str:
    return "text1" if row.able or row.chosen else "text3"


def _distance(row: AskRow) -> str:
    known = None if row.seen is None else row.seen.distance_m
    return "" if known is None else formats.kilometres(known)


def _score(row: AskRow) -> str:
    known = None if row.seen is None else row.seen.score
    return "" if known is None else formats.number(known)


def _chance(row: AskRow) -> Look:
    if row.chance is None:
        return Words((Run(""),))
    return Meter(row.chance, formats.whole_share(row.chance))
