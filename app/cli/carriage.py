"""Commands about carriers: allocate, book, quote."""

import argparse

from app.cli.context import Answer, Bar, Call, Command
from app.cli.options import not_kept, with_apply, with_day, with_out
from app.cli.parsing import a_day, whole
from app.formats import money, number
from app.i18n import _
from app.operations import (
    booking,
    carriage,
    tariff_tester,
)

#: What the tariff tester takes: a hundred tonnes.
MOST_G = 100_000_000


def _allocate(call: Call) -> Answer:
    run = carriage.allocate(
        call.workspace, call.options.date, apply=call.options.apply, progress=Bar(_("Carriers"))
    )
    document = carriage.as_document(run)
    figures = document["summary"]
    text = _("{count} shipments with carriers for {cost}, {none} without.").format(
        count=number(figures["allocated"]),
        cost=money(figures["total_cents"]),
        none=number(figures["without_carrier"]),
    )
    return Answer(document, text if call.options.apply else f"{text}\n{not_kept()}")


def _book(call: Call) -> Answer:
    options = call.options
    run = booking.book(
        call.workspace, options.date, options.out, carrier=options.carrier, format=options.format
    )
    document = booking.as_document(run)
    lines = [f"{file['reference']}  {file['file']}" for file in document["files"]]
    titled = _("{title}: {text}")
    lines += [
        titled.format(title=one["shipment"], text=f"{one['text']} {one['proposal']}".strip())
        for one in document["blocked"]
    ]
    return Answer(document, "\n".join(lines) or _("There was nothing to book."))


def _quote(call: Call) -> Answer:
    options = call.options
    tested = tariff_tester.quote(
        call.workspace,
        options.to,
        options.weight_g,
        pieces=options.pieces,
        on=options.on,
        carrier=options.carrier,
        country=options.country,
        node=options.node,
    )
    return Answer(tariff_tester.as_document(tested), tariff_tester.as_text(tested))


def _allocate_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    with_apply(parser)


def _book_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    with_out(parser)
    parser.add_argument("--carrier", metavar="C", help=_("only this carrier"))
    parser.add_argument("--format", metavar="F", help=_("only this format"))


def _quote_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="POSTCODE", help=_("where to"))
    parser.add_argument(
        "--weight-g", type=whole(0, MOST_G), required=True, metavar="W", help=_("grams")
    )
    parser.add_argument(
        "--pieces", type=whole(1, 10_000), default=1, metavar="P", help=_("how many parcels")
    )
    parser.add_argument(
        "--country", default="", metavar="CC", help=_("its country, by two letters")
    )
    parser.add_argument("--from", dest="node", metavar="NODE", help=_("the node it leaves"))
    parser.add_argument("--on", type=a_day, metavar="D", help=_("the day"))
    parser.add_argument("--carrier", metavar="C", help=_("only this carrier"))


CARRIAGE = {
    "allocate": Command(_allocate, _allocate_options),
    "book": Command(_book, _book_options),
    "quote": Command(_quote, _quote_options),
}
