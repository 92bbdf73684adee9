"""The latest answers and how nodes answer, as columns."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from app import formats
from app.domain.offers import OfferState, RecipientState
from app.i18n import N_, _
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Badge, Look, Meter, Run, Words, words
from app.ui.widgets.rows import Column
from app.wording.offers import DECLINES
from db.queries.offers import AnswerRow, NodeAnswers

Zone = Callable[[], ZoneInfo]

_SAID: dict[RecipientState | OfferState, tuple[str, str, Icon]] = {
    RecipientState.CLAIMED: (N_("Taken by {node}"), "success", Icon.TAKEN),
    RecipientState.DECLINED: (N_("Refused by {node}"), "danger", Icon.DECLINED),
    RecipientState.RELEASED: (N_("Given back by {node}"), "danger", Icon.RELEASED),
    RecipientState.SEEN: (N_("Seen by {node}"), "info", Icon.SEEN),
    OfferState.EXPIRED: (N_("Lapsed"), "warn", Icon.LAPSED),
    OfferState.WITHDRAWN: (N_("Taken back"), "text2", Icon.RELEASED),
}


def answer_columns(zone: Zone) -> list[Column[AnswerRow]]:
    """One line for each answer, the latest first."""
    return [
        Column(
            name="at",
            title=N_("At"),
            text=lambda row: formats.clock(row.at, zone()),
            sort=lambda row: row.at,
            align=Align.RIGHT,
            width=48,
        ),
        Column(
            name="order",
            title=N_("Order"),
            text=lambda row: formats.order_number(row.order.code),
            look=lambda row: words(formats.order_number(row.order.code), strong=True),
            copy=lambda row: row.order.code,
            width=66,
        ),
        Column(
            name="customer",
            title=N_("Client"),
            text=lambda row: row.order.customer,
            width=120,
            least=60,
            grows=True,
        ),
        Column(
            name="town",
            title=N_("Town"),
            text=lambda row: row.order.address.town,
            look=lambda row: words(row.order.address.town, "text2"),
            width=110,
            least=60,
            leaves=1,
        ),
        Column(
            name="said",
            title=N_("What came of it"),
            text=_said,
            look=_said_look,
            tooltip=lambda row: row.note,
            width=140,
            least=110,
        ),
        Column(
            name="more",
            title="",
            hint=N_("How long it took, or why not"),
            text=_more,
            look=_more_look,
            tooltip=_more,
            width=126,
            least=84,
        ),
    ]


def node_columns() -> list[Column[NodeAnswers]]:
    """One line for each node that was asked, the busiest first."""
    return [
        Column(
            name="code",
            title=N_("Node"),
            text=lambda row: row.node,
            look=lambda row: words(row.node, strong=True),
            width=52,
        ),
        Column(
            name="name",
            title="",
            hint=N_("Name"),
            text=lambda row: row.name,
            width=130,
            least=112,
            grows=True,
            leaves=3,
        ),
        _count("asked", N_("Asked"), lambda row: row.asked),
        _count("claimed", N_("Taken"), lambda row: row.claimed),
        _count("declined", N_("Refusals"), lambda row: row.declined, 60),
        Column(
            name="median",
            title=N_("Time to claim"),
            short_title=N_("Delay"),
            hint=N_("Half of its claims come within this time."),
            text=lambda row: "" if row.median_s is None else formats.duration(row.median_s),
            sort=lambda row: row.median_s,
            align=Align.RIGHT,
            width=84,
            least=60,
        ),
        Column(
            name="share",
            title=N_("Claim share"),
            hint=N_("Of the offers it could have claimed; those it was outrun at do not count."),
            text=lambda row: formats.whole_share(row.claim_share),
            look=lambda row: Meter(row.claim_share, formats.whole_share(row.claim_share)),
            sort=lambda row: row.claim_share,
            width=104,
            least=90,
        ),
        Column(
            name="short",
            title=N_("Short picks"),
            short_title=N_("Short"),
            hint=N_("Claims given back because the goods were not there, or damaged."),
            text=lambda row: formats.whole_share(row.short_pick_share) if row.claimed else "",
            sort=lambda row: row.short_pick_share,
            align=Align.RIGHT,
            width=76,
            least=52,
            leaves=2,
        ),
        Column(
            name="reasons",
            title=N_("Reasons"),
            text=_reasons,
            look=lambda row: words(_reasons(row), "text2"),
            tooltip=_reasons,
            width=150,
            least=120,
            leaves=1,
        ),
    ]


def _count(
    name: str, title: str, of: Callable[[NodeAnswers], int], width: int = 52
) -> Column[NodeAnswers]:
    return Column(
        name=name,
        title=title,
        text=lambda row: formats.number(of(row)),
        sort=of,
        align=Align.RIGHT,
        width=width,
    )


def _said(row: AnswerRow) -> str:
    text, _tone, _icon = _SAID[row.state]
    return _(text).format(node=row.node)


def _said_look(row: AnswerRow) -> Look:
    _text, tone, icon = _SAID[row.state]
    if tone == "text2":
        return Words((Run(_said(row), tone),))
    return Badge(_said(row), tone, icon)


def _more(row: AnswerRow) -> str:
    """How long it took, or why not."""
    if row.reason is not None:
        return _(DECLINES[row.reason.value])
    if row.after_s is None:
        return ""
    return _("within {time}").format(time=formats.duration(row.after_s))


def _more_look(row: AnswerRow) -> Look:
    return words(_more(row), "text2")


def _reasons(row: NodeAnswers) -> str:
    return ", ".join(
        f"{_(DECLINES[reason.value])} {formats.number(count)}" for reason, count in row.reasons
    )
