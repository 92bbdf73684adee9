"""Offers as the board shows them: time left, whose order, who was asked, what follows."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app import formats
from app.domain.offers import Offer, OfferState, Recipient, RecipientState
from app.domain.orders import Order
from app.domain.policy import OfferPolicy
from app.i18n import _
from app.operations.why_offers import for_the_client
from app.planning.offers.following import Step, next_step
from app.ui.icons import Icon
from app.ui.widgets.looks import Badge, Run
from app.wording import sentence
from app.wording.offers import DECLINES, STATES, WORK
from db.queries.offers import CollectRefused, OfferRow

#: Less time than this is tight, less than a minute nearly none.
_TIGHT_S = 300
_LAST_S = 60


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer: `left` is the big figure, `below` what it is compared with.

    `fraction` is the share of time left, None for an offer that is over; `said` is all of it in
    words.
    """

    key: str
    order: str
    left: str
    below: str
    tone: str
    title: tuple[Run, ...]
    after: str
    chips: tuple[Badge, ...]
    fraction: float | None
    fill: str
    said: str


def open_line(row: OfferRow, now: datetime, rules: OfferPolicy, zone: ZoneInfo) -> OfferLine:
    """An offer that still waits for a claim."""
    offer = row.offer
    left_s = (offer.expires - now).total_seconds()
    whole_s = max(1.0, (offer.expires - offer.opened_at).total_seconds())
    tone = "danger" if left_s < _LAST_S else "warn" if left_s < _TIGHT_S else "text1"
    fill = "danger" if left_s < _LAST_S else "warn_solid" if left_s < _TIGHT_S else "info"
    below = _("of {time}").format(time=formats.duration(whole_s))
    return _line(
        offer,
        row.order,
        (formats.countdown(left_s), below),
        tone,
        _follows(offer, rules),
        tuple(_chip(one, zone) for one in offer.recipients),
        max(0.0, min(1.0, left_s / whole_s)),
        fill,
    )


def ended_line(row: OfferRow, zone: ZoneInfo) -> OfferLine:
    """An offer that is over: when, and how."""
    offer = row.offer
    ended = offer.last_at
    taken = formats.duration((ended - offer.opened_at).total_seconds())
    below = _("after {time}").format(time=taken)
    tone = "text1" if offer.state is OfferState.CLAIMED else "text2"
    chips = tuple(_chip(one, zone, over=offer) for one in offer.recipients)
    state = _(STATES[offer.state.value])
    if row.work is not None:
        state = _(WORK[row.work.value])
    left = (formats.clock(ended, zone), below)
    return _line(offer, row.order, left, tone, state, chips, None, "info")


def client_line(one: CollectRefused, names: dict[str, str], zone: ZoneInfo) -> OfferLine:
    """An order to collect that was refused, with what to tell its client."""
    refusal, order = one.refusal, one.order
    words = sentence(for_the_client(refusal, names.get(refusal.node, "")))
    at = formats.clock(refusal.at, zone)
    return OfferLine(
        f"{order.code}/client",
        order.code,
        at,
        refusal.node,
        "warn",
        _title(order, phone=True),
        _("ask the client"),
        (_plain_chip(words),),
        None,
        "warn",
        f"{formats.order_number(order.code)} {words}",
    )


def _line(
    offer: Offer,
    order: Order,
    left: tuple[str, str],
    tone: str,
    after: str,
    chips: tuple[Badge, ...],
    fraction: float | None,
    fill: str,
) -> OfferLine:
    big, below = left
    title = _title(order)
    words = " ".join(run.text for run in title)
    told = ", ".join(chip.text for chip in chips)
    said = f"{big} {below}, {words}, {told}, {after}"
    return OfferLine(
        offer.code, order.code, big, below, tone, title, after, chips, fraction, fill, said
    )


def _title(order: Order, *, phone: bool = False) -> tuple[Run, ...]:
    runs = [
        Run(formats.order_number(order.code), strong=True),
        Run(order.customer),
        Run(order.address.town, "text2"),
    ]
    if phone and order.phone:
        runs.append(Run(order.phone, "text2"))
    return tuple(run for run in runs if run.text)


def _follows(offer: Offer, rules: OfferPolicy) -> str:
    """What the policy does when nobody claims."""
    follows = next_step(offer, rules)
    if follows.step is Step.WIDEN:
        reach = formats.distance(follows.reach_m)
        return _("then within {distance}").format(distance=reach)
    if follows.step is Step.ASSIGN:
        return _("then by the rules")
    return _("then to source")


def _chip(one: Recipient, zone: ZoneInfo, over: Offer | None = None) -> Badge:
    """A node and what it said, in a word."""
    at = "" if one.answered_at is None else formats.clock(one.answered_at, zone)
    match one.state:
        case RecipientState.CLAIMED:
            return Badge(_("{node} took it at {time}").format(node=one.node, time=at), *_TAKEN)
        case RecipientState.RELEASED:
            said = _("{node} gave it back: {reason}")
            return Badge(said.format(node=one.node, reason=_why(one)), "danger", Icon.RELEASED)
        case RecipientState.DECLINED:
            said = _("{node} refused: {reason}")
            return Badge(said.format(node=one.node, reason=_why(one)), "danger", Icon.DECLINED)
        case RecipientState.SEEN:
            return Badge(_("{node} saw it").format(node=one.node), "info", Icon.SEEN)
        case RecipientState.LAPSED:
            outrun = over is not None and over.winner
            text = _("{node} was late") if outrun else _("{node} did not answer")
            return Badge(text.format(node=one.node), "offline", Icon.LAPSED)
        case _:
            return Badge(_("{node} was asked").format(node=one.node), "offline", Icon.SENT)


_TAKEN = ("success", Icon.TAKEN)


def _why(one: Recipient) -> str:
    return "" if one.reason is None else _(DECLINES[one.reason.value])


def _plain_chip(text: str) -> Badge:
    return Badge(text, "warn", Icon.PERSON)
