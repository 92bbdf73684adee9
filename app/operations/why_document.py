"""The chain of why as the JSON of the public interface, and as lines for a terminal."""

from collections.abc import Iterator
from typing import Any

from app.domain.reasons import Reason
from app.formats import order_number
from app.i18n import N_, _
from app.operations.sourcing_run import reason_document
from app.operations.touring_documents import remedy_document
from app.operations.why_carrier import OWN_FLEET
from app.operations.why_chain import Link, Weighed, WhyChain, WhyLink
from app.wording import sentence, shown

_NAMES = {
    Link.ORDER: N_("Order"),
    Link.NODE: N_("Node"),
    Link.CARRIER: N_("Carrier"),
    Link.TOUR: N_("Tour"),
    Link.TIME: N_("Hour"),
}


def as_document(chain: WhyChain) -> dict[str, Any]:
    """The chain as data; `flip` is null where no smallest change was reckoned."""
    return {"order": chain.order.code, "links": [_link(link) for link in chain.links]}


def as_text(chain: WhyChain) -> str:
    """The chain for a person to read, one link after the other."""
    return "\n".join(line for link in chain.links for line in _lines(link))


def _link(link: WhyLink) -> dict[str, Any]:
    return {
        "link": link.link.value,
        "chosen": _chosen(link),
        "rejected": [_weighed(link.link, one) for one in link.rejected],
        "margin": None if link.margin is None else dict(link.margin.facts),
        "flip": None if link.flip is None else reason_document(link.flip),
        "reasons": [reason_document(reason) for reason in link.reasons],
        **_remedies(link),
    }


def _remedies(link: WhyLink) -> dict[str, Any]:
    """What would let a vehicle take what no tour takes, or another node send it."""
    if link.link is Link.NODE:
        return {"flips": [reason_document(flip) for flip in link.flips]}
    if link.link is not Link.TOUR:
        return {}
    return {"remedies": [remedy_document(remedy) for remedy in link.remedies]}


def _chosen(link: WhyLink) -> dict[str, Any] | None:
    """What was chosen; several shipments with several choices stand under `parts`."""
    if not link.chosen:
        return None
    parts = [_weighed(link.link, one) for one in link.chosen]
    if len(parts) == 1:
        return parts[0]
    codes = dict.fromkeys(one.code for one in link.chosen)
    return {link.link.value: " + ".join(codes), "parts": parts}


def _weighed(link: Link, one: Weighed) -> dict[str, Any]:
    document: dict[str, Any] = {link.value: one.code, "name": one.name}
    if one.shipment:
        document["shipment"] = one.shipment
    if one.also:
        document["also"] = list(one.also)
    return {
        **document,
        **{name: value for name, value in one.figures if name not in document},
        "reasons": [reason_document(reason) for reason in one.reasons],
    }


def _lines(link: WhyLink) -> Iterator[str]:
    chosen = "; ".join(_said(one, link.link) for one in link.chosen) or "–"
    lead = "" if link.margin is None else f" ({sentence(link.margin)})"
    yield _titled(_(_NAMES[link.link]), chosen + lead)
    for reason in link.reasons:
        yield f"  {sentence(reason)}"
    for one in link.rejected:
        yield f"  - {_said(one, link.link)}"
    for remedy in link.remedies:
        yield f"  + {sentence(remedy.reason)}"
    for flip in _flips(link):
        yield f"  + {sentence(flip)}"


def _flips(link: WhyLink) -> tuple[Reason, ...]:
    """What would make it another; of tours the remedies say it."""
    only = link.flip if link.flip is not None and not link.remedies else None
    return link.flips or (() if only is None else (only,))


def _said(one: Weighed, link: Link) -> str:
    """A choice with what matters of it in a few words."""
    code = _code(one, link)
    head = f"{code} {one.name}".strip() if one.name != one.code else code
    if one.also:
        head = ", ".join((code, *one.also))
    told = [
        shown(name, value)
        for name, value in one.figures
        if name in _TOLD and value not in (one.code, one.name)
    ]
    told += [sentence(reason) for reason in one.reasons]
    return _titled(head, ", ".join(told)) if told else head


def _code(one: Weighed, link: Link) -> str:
    if link is Link.TIME:
        return shown("start_at", one.code)
    return _("our fleet") if one.code == OWN_FLEET else order_number(one.code)


def _titled(title: str, text: str) -> str:
    return _("{title}: {text}").format(title=title, text=text)


_TOLD = frozenset({"distance_m", "cost_cents", "to_node", "vehicle", "due_at"})
