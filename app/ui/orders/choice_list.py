"""The answers a prompt offers, as rows: what can go where, at what price, and what forbids it."""

from app import formats
from app.i18n import N_, n_
from app.ui.icons import Icon
from app.ui.orders.destinations import Choice
from app.ui.widgets.looks import Align, Blank, Look, Mark, Run, Words, figure, words
from app.ui.widgets.rows import Column
from app.wording import sentence


def choice_columns(*, carriers: bool) -> list[Column[Choice]]:
    """Columns for nodes, or for carriers."""
    figures = _carrier_figures() if carriers else _node_figures()
    return [
        Column(
            name="sign",
            title="",
            hint=N_("Whether the rules allow it"),
            text=_able,
            look=_sign,
            align=Align.CENTRE,
            width=26,
        ),
        Column(
            name="code",
            title="",
            hint=N_("Code"),
            text=lambda row: row.code,
            look=lambda row: words(row.code, _tone(row), strong=True),
            width=52,
        ),
        Column(
            name="name",
            title=N_("Carrier") if carriers else N_("Node"),
            text=lambda row: row.name,
            look=lambda row: words(row.name, _tone(row)),
            width=270 if carriers else 170,
            least=100,
        ),
        *figures,
        Column(
            name="against",
            title=N_("What speaks against it"),
            text=objection,
            look=_against,
            width=260,
            least=120,
            grows=True,
        ),
    ]


def _node_figures() -> list[Column[Choice]]:
    return [
        Column(
            name="available",
            title=N_("ATP"),
            hint=N_("Available to promise at the node"),
            text=lambda row: "" if row.available is None else formats.number(row.available),
            align=Align.RIGHT,
            width=40,
            leaves=2,
        ),
        Column(
            name="distance",
            title="km",
            hint=N_("Distance to the customer"),
            text=lambda row: "" if row.distance_m is None else formats.kilometres(row.distance_m),
            align=Align.RIGHT,
            width=46,
            leaves=1,
        ),
        Column(
            name="score",
            title=N_("Score"),
            text=lambda row: "" if row.score is None else formats.number(row.score),
            align=Align.RIGHT,
            width=46,
            leaves=1,
        ),
    ]


def _carrier_figures() -> list[Column[Choice]]:
    return [
        Column(
            name="price",
            title="€",
            hint=N_("What it asks for those it can take"),
            text=lambda row: "" if row.cents is None else formats.amount(row.cents),
            align=Align.RIGHT,
            width=66,
        )
    ]


def _tone(row: Choice) -> str:
    return "text1" if row.able else "text3"


def _able(row: Choice) -> str:
    return f"{row.able}/{row.asked}"


def objection(row: Choice) -> str:
    """The first thing that speaks against the choice; empty when nothing does."""
    if row.refusal is not None:
        return sentence(row.refusal)
    if not row.late_days:
        return ""
    days = n_("{count} day late", "{count} days late", row.late_days)
    return days.format(count=formats.number(row.late_days))


def _sign(row: Choice) -> Look:
    if row.free:
        return Mark(Icon.ACCEPT, "success")
    if row.able == row.asked:
        return Mark(Icon.WARNING, "warn")
    if row.able:
        return figure(_able(row), "warn")
    return Mark(Icon.REFUSED, "danger")


def _against(row: Choice) -> Look:
    text = objection(row)
    if not text:
        return Blank()
    return Words((Run(text, "warn" if row.able else "danger"),))
