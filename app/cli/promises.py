"""Commands of promises: dates for a basket at a postcode, and those of a day at risk."""

import argparse

from app.cli.context import Answer, Bar, Call, Command
from app.cli.options import with_day
from app.cli.parsing import a_day
from app.domain.orders import OrderLine
from app.domain.promises import PromiseKind
from app.i18n import _
from app.operations import promise_risk_words, promise_risks, promising

_MOST_PIECES = 1_000_000


def _promise(call: Call) -> Answer:
    options = call.options
    told = promising.promise_dates(
        call.workspace,
        options.sku,
        options.to,
        town=options.town,
        country=options.country,
        kinds=[PromiseKind(name) for name in options.mode or ()],
        wanted_on=options.on,
    )
    return Answer(promising.as_document(told), promising.as_text(told))


def _risks(call: Call) -> Answer:
    options = call.options
    run = promise_risks.promise_risks(
        call.workspace, options.date, order=options.order, progress=Bar(_("Promises"))
    )
    return Answer(promise_risk_words.as_document(run), promise_risk_words.as_text(run))


def _some(text: str) -> OrderLine:
    """A product, and a number of pieces behind an equals sign."""
    sku, equals, number = text.rpartition("=")
    if not equals:
        return OrderLine(text, 1)
    if not sku or not number.isdigit() or not 1 <= int(number) <= _MOST_PIECES:
        unfit = _("“{text}” is no product with a number of pieces; write SKU=2.")
        raise argparse.ArgumentTypeError(unfit.format(text=text))
    return OrderLine(sku, int(number))


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sku",
        action="append",
        type=_some,
        required=True,
        metavar="SKU[=PIECES]",
        help=_("a product of the basket, one piece if no number follows; may be repeated"),
    )
    parser.add_argument("--to", required=True, metavar="POSTCODE", help=_("where to"))
    parser.add_argument("--town", default="", metavar="TOWN", help=_("its town"))
    parser.add_argument(
        "--country", default="", metavar="CC", help=_("its country, by two letters")
    )
    parser.add_argument(
        "--mode",
        action="append",
        choices=[kind.value for kind in PromiseKind],
        help=_("only this kind of promise; may be repeated"),
    )
    parser.add_argument(
        "--on", type=a_day, metavar="D", help=_("the first day on which the client can have it")
    )


def _risk_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    parser.add_argument("--order", metavar="O", help=_("only this order"))


PROMISES = {
    "promise": Command(_promise, _options),
    "risks": Command(_risks, _risk_options),
}
