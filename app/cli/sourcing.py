"""Commands about nodes: source, and why an order went as it did."""

import argparse
from typing import Any

from app.cli.context import Answer, Bar, Call, Command
from app.cli.options import not_kept, with_apply, with_effort
from app.cli.parsing import whole
from app.domain.sourcing import Method
from app.formats import number
from app.i18n import _
from app.operations import (
    conflicts,
    reallocating,
    recomputing,
    sourcing,
    sourcing_run,
    sourcing_together,
    why,
    why_document,
)
from app.wording import sentence

#: So many conflicts are told on the screen; the document has them all.
MOST_CONFLICTS = 5


#: How long the search for the optimum may take when nobody says.
OPTIMUM_S = 60.0


#: The most that a move may be asked to save.
MOST_CENTS = 100_000_000


def _source(call: Call) -> Answer:
    options, progress = call.options, Bar(_("Sourcing"))
    if options.reallocate is not None:
        return _reallocate(call)
    if options.method == Method.OPTIMAL:
        run = sourcing_together.source_together(
            call.workspace,
            seconds=OPTIMUM_S if options.seconds is None else options.seconds,
            seed=options.seed,
            apply=options.apply,
            progress=progress,
        )
    else:
        run = sourcing.source(call.workspace, apply=options.apply, progress=progress)
    found = conflicts.conflicts_of(run)
    document = sourcing_run.as_document(run)
    document["conflicts"] = conflicts.conflicts_document(found)
    text = _source_text(document["summary"], applied=options.apply)
    text = "\n".join([*conflicts.in_lines(found[:MOST_CONFLICTS]), text])
    if run.proof is not None:
        text = f"{sourcing_together.proof_in_words(run.proof)}\n{text}"
    return Answer(document, text)


def _reallocate(call: Call) -> Answer:
    """Open orders at least cost, with the agreed ones that make room for them."""
    options = call.options
    made = reallocating.reallocate(
        call.workspace,
        from_cents=options.reallocate,
        seconds=reallocating.SEARCH_S if options.seconds is None else options.seconds,
        apply=options.apply,
    )
    document = reallocating.moves_document(made)
    lines = [reallocating.in_a_line(move) for move in made.moves]
    lines = lines or [_("No agreed order moves.")]
    text = _source_text(document["summary"], applied=options.apply)
    return Answer(document, "\n".join([*lines, text]))


def _source_text(summary: dict[str, Any], *, applied: bool) -> str:
    line = _(
        "{orders} orders: {allocated} placed, {partly} in part, {queued} wait, {none} without a"
        " node, {open} still to source."
    )
    text = line.format(
        orders=number(summary["orders"]),
        allocated=number(summary["allocated"]),
        partly=number(summary["partially_allocated"]),
        queued=number(summary["queued"]),
        none=number(summary["unfillable"]),
        open=number(summary["to_source"]),
    )
    return text if applied else f"{text}\n{not_kept()}"


def _why(call: Call) -> Answer:
    chain = why.why(call.workspace, call.options.order)
    document, text = why_document.as_document(chain), why_document.as_text(chain)
    if call.options.recompute:
        found = recomputing.recompute(call.workspace, call.options.order)
        document["recomputed"] = recomputing.as_document(found)
        text += f"\n{sentence(found.reason)}"
    return Answer(document, text)


def _source_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--method",
        choices=[method.value for method in Method],
        default=Method.RULES.value,
        help=_("order by order by the rules, or all orders at once at the least cost"),
    )
    parser.add_argument(
        "--reallocate",
        type=whole(0, MOST_CENTS),
        metavar="CENTS",
        help=_("at the least cost; an agreed order goes elsewhere where that saves so much"),
    )
    with_effort(parser)
    with_apply(parser)


def _order(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("order", help=_("an order's code"))


def _why_order(parser: argparse.ArgumentParser) -> None:
    _order(parser)
    parser.add_argument(
        "--recompute",
        action="store_true",
        help=_("make the decision again from what it was made from, and compare"),
    )


SOURCING = {
    "source": Command(_source, _source_options),
    "why": Command(_why, _why_order),
}
