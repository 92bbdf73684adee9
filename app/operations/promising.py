"""Promise dates before there is an order: for a basket at a postcode, with what is behind each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app import formats
from app.domain.orders import OrderLine
from app.domain.promises import (
    NoPromise,
    Promise,
    PromiseAsked,
    PromiseKind,
    PromiseOption,
    PromiseStep,
)
from app.domain.values import Address
from app.errors import UnknownSubject
from app.i18n import _
from app.operations.communes import insee_finder
from app.operations.promise_ground import promise_ground
from app.places import Gazetteer, NoGazetteer
from app.planning.promise.ground import PromiseGround
from app.planning.promise.promising import promise
from app.wording import sentence
from app.wording.promises import KINDS
from app.workspace import Workspace
from db.nodes import load_products
from db.stock import load_stock


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """What may be promised, with what was asked and the zone that its times are read in."""

    asked: PromiseAsked
    promise: Promise
    zone: ZoneInfo

    @property
    def degraded(self) -> bool:
        """Whether old stock figures put days on top of any date."""
        return any(option.added_days for option in self.promise.options)


def promise_dates(
    workspace: Workspace,
    lines: Sequence[OrderLine],
    postcode: str,
    *,
    town: str = "",
    country: str = "",
    kinds: Collection[PromiseKind] = (),
    wanted_on: date | None = None,
    ground: PromiseGround | None = None,
) -> PromiseTold:
    """Every date for the basket, of the kinds named or of all; nothing is reserved.

    `ground` is one made ready before, for whoever asks often.

    Raises:
        UnknownSubject: a product is not known.
    """
    ready = ground or promise_ground(workspace)
    skus = {line.sku for line in lines}
    products = workspace.read(load_products, skus)
    missing = sorted(skus - set(products))
    if missing:
        raise UnknownSubject("sku", missing[0])
    place = Address("", postcode, town, country or ready.policy.country)
    asked = replace(
        _asked(ready, lines, place),
        kinds=frozenset(kinds) or frozenset(PromiseKind),
        wanted_on=wanted_on,
    )
    cells = workspace.read(load_stock, skus)
    return PromiseTold(asked, promise(asked, ready, cells, products, workspace.now()), ready.zone)


def as_document(told: PromiseTold) -> dict[str, Any]:
    """The dates as the JSON of the public interface."""
    asked, zone = told.asked, told.zone
    return {
        "at": _instant(told.promise.at, zone),
        "basket": [{"sku": line.sku, "quantity": line.quantity} for line in asked.lines],
        "to": {
            "postcode": asked.address.postcode,
            "town": asked.address.town,
            "country": asked.address.country,
            "latitude": asked.point.latitude if asked.point else None,
            "longitude": asked.point.longitude if asked.point else None,
        },
        "wanted_on": asked.wanted_on.isoformat() if asked.wanted_on else None,
        "degraded": told.degraded,
        "options": [option_document(option, zone) for option in told.promise.options],
        "refused": [_refused_document(one) for one in told.promise.refused],
    }


def as_text(told: PromiseTold) -> str:
    """The dates line by line, each with its chain, for a terminal."""
    lines: list[str] = []
    for option in told.promise.options:
        lines += [option_in_words(option, told.zone)]
        lines += [f"    {sentence(step.reason)}" for step in option.steps]
    lines += [
        _("{title}: {text}").format(title=_who(one), text=sentence(one.reason))
        for one in told.promise.refused
    ]
    return "\n".join(lines)


def option_in_words(option: PromiseOption, zone: ZoneInfo) -> str:
    """One date in a line: what, when, for how much, and until when it holds."""
    who = " ".join(part for part in (option.carrier, option.service, option.place) if part)
    parts = [
        f"{_(KINDS[option.kind])} {who or option.node}",
        f"{formats.long_date(option.on)} {formats.window(*_span(option), zone)}",
        formats.money(option.cost_cents),
    ]
    if option.co2e_g:
        parts.append(formats.emissions(option.co2e_g))
    if option.order_by is not None:
        until = formats.short_moment(option.order_by, zone)
        parts.append(_("ordered by {moment}").format(moment=until))
    parts.append(_("stock {share} sure").format(share=formats.whole_share(option.chance)))
    return " · ".join(parts)


def _span(option: PromiseOption) -> tuple[datetime, datetime]:
    return option.window.start, option.window.end


def _who(one: NoPromise) -> str:
    named = [one.carrier, one.service, one.place, "" if one.carrier else one.node]
    kind = _(KINDS[one.kind]) if one.kind else ""
    return " ".join(part for part in (kind, *named) if part) or _("Promise")


def _asked(ground: PromiseGround, lines: Iterable[OrderLine], address: Address) -> PromiseAsked:
    """The place of the postcode, with its town's name where none was given."""
    try:
        with Gazetteer() as gazetteer:
            located = gazetteer.locate(address)
            towns = gazetteer.towns_at(address.postcode)
    except NoGazetteer:
        return PromiseAsked(tuple(lines), address)
    if not address.town and towns:
        address = Address("", address.postcode, towns[0].name, address.country)
    with insee_finder(ground.panel) as insee_of:
        insee = insee_of(address)
    return PromiseAsked(tuple(lines), address, located.point if located else None, insee)


def option_document(option: PromiseOption, zone: ZoneInfo) -> dict[str, Any]:
    """One date as data, with its chain."""
    return {
        "kind": option.kind.value,
        "node": option.node,
        "carrier": option.carrier or None,
        "service": option.service or None,
        "place": option.place or None,
        "on": option.on.isoformat(),
        "from": _instant(option.window.start, zone),
        "to": _instant(option.window.end, zone),
        "order_by": _instant(option.order_by, zone),
        "cost_cents": option.cost_cents,
        "co2e_g": option.co2e_g,
        "chance": option.chance,
        "added_days": option.added_days,
        "late_days": option.late_days,
        "parts": [option_document(part, zone) for part in option.parts],
        "steps": [_step_document(step, zone) for step in option.steps],
    }


def _step_document(step: PromiseStep, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "at": _instant(step.at, zone),
        "code": step.reason.code,
        "text": sentence(step.reason),
    }


def _refused_document(one: NoPromise) -> dict[str, Any]:
    return {
        "kind": one.kind.value if one.kind else None,
        "node": one.node or None,
        "carrier": one.carrier or None,
        "service": one.service or None,
        "place": one.place or None,
        "code": one.reason.code,
        "text": sentence(one.reason),
    }


def _instant(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat(timespec="seconds")
