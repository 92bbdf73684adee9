"""Commands of offers: offer, claim, decline, release."""

import argparse
from collections.abc import Callable

from app.cli.context import Answer, Call, Command
from app.cli.parsing import whole
from app.domain.offers import DeclineReason, Shortfall
from app.domain.orders import OrderLine
from app.i18n import _
from app.operations import offers
from app.operations.offer_documents import as_document, as_text
from app.operations.offers import OfferStanding

#: The longest an offer may stand: a week.
_MOST_MINUTES = 7 * 24 * 60
_MOST_PIECES = 1_000_000


def _offer(call: Call) -> Answer:
    options = call.options
    named = tuple(node for group in options.to or () for node in group)
    follows = options.fallback or not named
    made = offers.offer(
        call.workspace, options.order, named, minutes=options.minutes, fallback=follows
    )
    return _answer(call, made)


def _claim(call: Call) -> Answer:
    options = call.options
    named = _among(call, options.line or ())
    return _answer(call, offers.claim(call.workspace, options.order, options.node, named))


def _decline(call: Call) -> Answer:
    options = call.options
    reason, note = _reason(options)
    missing = tuple(options.sku or ())
    made = offers.decline(call.workspace, options.order, options.node, reason, missing, note)
    return _answer(call, made)


def _release(call: Call) -> Answer:
    options = call.options
    reason, note = _reason(options)
    missing = tuple(options.sku or ())
    made = offers.give_back(call.workspace, options.order, options.node, reason, missing, note)
    return _answer(call, made)


def _answer(call: Call, made: OfferStanding) -> Answer:
    zone = call.workspace.zone
    return Answer(as_document(made, zone), as_text(made, zone))


def _reason(options: argparse.Namespace) -> tuple[DeclineReason, str]:
    """The reason, and a remark; words that are none of ours are another reason's remark."""
    said = str(options.reason).strip()
    known = said.lower().replace("-", "_")
    if known in list(DeclineReason):
        return DeclineReason(known), options.note
    return DeclineReason.OTHER, "; ".join(part for part in (said, options.note) if part)


def _among(call: Call, named: tuple[Shortfall, ...]) -> tuple[OrderLine, ...]:
    """Lines to claim; one without a number is claimed as offered."""
    if not named:
        return ()
    offer = offers.standing(call.workspace, call.options.order).offer
    offered = {} if offer is None else {line.sku: line.quantity for line in offer.lines}
    return tuple(OrderLine(one.sku, one.counted or offered.get(one.sku, 1)) for one in named)


def _pieces(least: int) -> Callable[[str], Shortfall]:
    """A product, and a number of pieces behind a colon."""

    def parse(text: str) -> Shortfall:
        sku, colon, number = text.rpartition(":")
        if not colon or not number.isdigit():
            return Shortfall(text)
        return Shortfall(sku, whole(least, _MOST_PIECES)(number))

    return parse


def _in_words(text: str) -> str:
    """A reason that says something: it teaches whom to ask, and the client may hear it."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("say why, in a word."))
    return text


def _offer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("order", help=_("an order's code"))
    parser.add_argument(
        "--to",
        action="append",
        nargs="+",
        metavar="NODE",
        help=_("the nodes to ask; default: those that the rules would"),
    )
    parser.add_argument(
        "--minutes",
        type=whole(1, _MOST_MINUTES),
        metavar="M",
        help=_("how long they may answer"),
    )
    parser.add_argument(
        "--fallback",
        action="store_true",
        help=_("let further waves and the rules follow when nobody claims, also with --to"),
    )


def _node(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("order", help=_("an order's code"))
    parser.add_argument(
        "--as", dest="node", required=True, metavar="NODE", help=_("the node that answers")
    )


def _claim_options(parser: argparse.ArgumentParser) -> None:
    _node(parser)
    parser.add_argument(
        "--line",
        action="append",
        type=_pieces(1),
        metavar="SKU[:PIECES]",
        help=_("only this product; may be repeated, the rest is to be sourced"),
    )


def _no_options(parser: argparse.ArgumentParser) -> None:
    _node(parser)
    parser.add_argument(
        "--reason",
        required=True,
        type=_in_words,
        metavar="R",
        help=_("absent, fewer, damaged, no_time, other, or any words for another reason"),
    )
    parser.add_argument(
        "--sku",
        action="append",
        type=_pieces(0),
        metavar="SKU[:COUNTED]",
        help=_("the product that is missing, and how many are there; may be repeated"),
    )
    parser.add_argument("--note", default="", metavar="TEXT", help=_("a remark"))


OFFERS = {
    "offer": Command(_offer, _offer_options),
    "claim": Command(_claim, _claim_options),
    "decline": Command(_decline, _no_options),
    "release": Command(_release, _no_options),
}
