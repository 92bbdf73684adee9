"""How an entry of the journal reads: when, who, what, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app import formats
from app.domain.journal import EntryState
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Look, Mark, Run, Words
from app.ui.widgets.rows import Column
from app.wording import sentence
from db.queries.journal import HistoryLine

_SIGNS = {
    "import": Icon.IMPORT,
    "source": Icon.STORE,
    "release": Icon.RELEASED,
    "cancel": Icon.DECLINED,
    "offer": Icon.OFFERS,
    "widen_offer": Icon.OFFERS,
    "withdraw_offer": Icon.RELEASED,
    "lapse_offers": Icon.LAPSED,
    "claim": Icon.TAKEN,
    "see_offer": Icon.SEEN,
    "decline": Icon.DECLINED,
    "give_back": Icon.RELEASED,
    "work": Icon.STORE,
    "switch_node": Icon.STORE,
    "switch_zone": Icon.ZONE,
    "count_stock": Icon.WAREHOUSE,
    "write_note": Icon.COMMENT,
    "strike_note": Icon.COMMENT,
    "correct_address": Icon.CHECK_ADDRESS,
    "save_tours": Icon.TOUR,
    "tour_state": Icon.VALIDATED,
    "lock_tour": Icon.LOCKED,
    "unplan": Icon.TOUR,
    "edit_tours": Icon.TOUR,
    "move_orders": Icon.STORE,
    "choose_carriers": Icon.CARRIER,
    "book": Icon.EXPORT,
    "publish_policy": Icon.DOCUMENT,
    "save_mapping": Icon.IMPORT,
    "save_view": Icon.ORDERS,
    "lock_shipments": Icon.LOCKED,
    "unlock": Icon.LOCKED,
    "undo": Icon.UNDO,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The zone times are told in, and the day that goes without its date."""

    zone: Callable[[], ZoneInfo]
    today: Callable[[], date]


def history_columns(clock: Clock) -> list[Column[HistoryLine]]:
    """One line an entry."""
    return [
        Column(
            name="kind",
            title="",
            text=lambda line: line.entry.kind,
            look=lambda line: Mark(_SIGNS.get(line.entry.kind, Icon.INFO), _tone(line)),
            tooltip=what,
            align=Align.CENTRE,
            width=28,
        ),
        Column(
            name="when",
            title=N_("When"),
            text=lambda line: _when(line, clock),
            sort=lambda line: line.entry.at,
            tooltip=lambda line: formats.short_moment(line.entry.at, clock.zone()),
            align=Align.RIGHT,
            width=92,
        ),
        Column(
            name="who",
            title=N_("Who"),
            text=lambda line: line.entry.actor,
            width=96,
            leaves=1,
        ),
        Column(
            name="what",
            title=N_("What"),
            text=what,
            look=lambda line: Words((Run(what(line), _tone(line, "text1")),)),
            width=320,
            least=160,
            grows=True,
        ),
        Column(
            name="became",
            title=N_("What became of it"),
            text=lambda line: became(line, clock),
            look=lambda line: _became_look(line, clock),
            tooltip=_refusals,
            width=200,
            least=96,
        ),
    ]


def what(line: HistoryLine) -> str:
    """What was done; an undo says what it took back."""
    if line.of is not None:
        return _("Undone: {what}").format(what=sentence(line.of))
    return sentence(line.entry.summary)


def became(line: HistoryLine, clock: Clock) -> str:
    """Undone, refused, or how much of it was."""
    entry = line.entry
    if entry.undone_by:
        if line.undone is None:
            return _("undone")
        at = formats.clock(line.undone.at, clock.zone())
        return _("undone at {time} by {who}").format(time=at, who=line.undone.actor)
    if entry.state is EntryState.PENDING:
        return _("not settled yet")
    if entry.state is EntryState.REFUSED:
        reason = sentence(line.refused[0].reason) if line.refused else ""
        return _("refused: {reason}").format(reason=reason) if reason else _("refused")
    if line.refused:
        count = len(line.refused)
        said = n_("{count} refused", "{count} refused", count)
        return said.format(count=formats.number(count))
    return ""


def _tone(line: HistoryLine, plain: str = "text2") -> str:
    """What was taken back or never went in steps back."""
    gone = line.entry.undone_by or line.entry.state is not EntryState.SETTLED
    return "text3" if gone else plain


def _became_look(line: HistoryLine, clock: Clock) -> Look:
    said = became(line, clock)
    refused = line.entry.state is EntryState.REFUSED
    tone = "danger" if refused else "warn" if line.refused else "text3"
    return Words((Run(said, tone),))


def _refusals(line: HistoryLine) -> str:
    return "\n".join(
        f"{formats.order_number(part.subject)}: {sentence(part.reason)}" for part in line.refused
    )


def _when(line: HistoryLine, clock: Clock) -> str:
    at, zone = line.entry.at, clock.zone()
    if at.astimezone(zone).date() == clock.today():
        return formats.clock(at, zone)
    return f"{formats.day_month(at.astimezone(zone).date())} {formats.clock(at, zone)}"
