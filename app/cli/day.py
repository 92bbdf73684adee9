"""Commands of the day's chain: source, plan, check, allocate, book, review, why, quote."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.cli.context import Answer, Bar, Call, Command
from app.cli.parsing import LARGEST_SEED, WrongUsage, a_day, a_time, some_seconds, whole
from app.domain.locks import LockKind, TourLock
from app.domain.sourcing import Method
from app.domain.tours import PlanState
from app.formats import distance, duration, emissions, money, number
from app.i18n import _
from app.operations import (
    booking,
    carriage,
    conflicts,
    gentle,
    gentle_words,
    joint,
    joint_words,
    keeping,
    locks,
    passing,
    reallocating,
    recomputing,
    remedying,
    review,
    sourcing,
    sourcing_run,
    sourcing_together,
    stress_test,
    tariff_tester,
    touring,
    touring_documents,
    why,
    why_document,
)
from app.planning.tours.kept import Keep
from app.planning.tours.plan_shape import shape_of
from app.wording import sentence

#: What the tariff tester takes: a hundred tonnes.
MOST_G = 100_000_000
#: The most stops that may move where drafts are kept.
MOST_MOVES = 1_000


#: So many conflicts are told on the screen; the document has them all.
MOST_CONFLICTS = 5
#: The most that a move may be asked to save.
MOST_CENTS = 100_000_000

#: How long the search for the optimum may take when nobody says.
OPTIMUM_S = 60.0


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
    return text if applied else f"{text}\n{_hint()}"


def _plan(call: Call) -> Answer:
    options = call.options
    if options.gentle is not None:
        if options.keep is not None:
            usage = "regie plan --date D [--gentle STOPS | --keep tours|vehicles]"
            raise WrongUsage(_("Either --gentle or --keep."), _("usage: ") + usage)
        if options.even is not None or options.compact is not None:
            usage = "regie plan --date D [--gentle STOPS | --even PERCENT --compact PERCENT]"
            refusal = _("--even and --compact do not go with --gentle.")
            raise WrongUsage(refusal, _("usage: ") + usage)
        return _plan_gently(call)
    if options.within is not None:
        usage = "regie plan --date D --gentle STOPS [--within MINUTES]"
        raise WrongUsage(_("--within goes with --gentle."), _("usage: ") + usage)
    run = touring.plan(
        call.workspace,
        options.date,
        depot=options.depot,
        keep=None if options.keep is None else Keep(options.keep),
        even_percent=options.even,
        compact_percent=options.compact,
        seconds=options.seconds,
        seed=options.seed,
        apply=options.apply,
        progress=Bar(_("Planning")),
    )
    told = remedying.told_with(call.workspace, run.plan) if call.json else ({}, {})
    document = touring_documents.as_document(run, *told)
    text = _plan_text(document["summary"])
    if len(run.plan.tours) > 1:
        text = f"{text}\n{touring_documents.shape_in_words(shape_of(run.plan.tours))}"
    text = "\n".join([text, *(sentence(note) for note in run.notes)])
    if run.bound is not None:
        text = f"{text}\n{touring_documents.bound_in_words(run.bound)}"
    return Answer(document, text if options.apply else f"{text}\n{_hint()}")


def _plan_gently(call: Call) -> Answer:
    """The drafts with the few moves that gain most; all of them are ticked."""
    options, workspace = call.options, call.workspace
    within_s = None if options.within is None else 60 * options.within
    found = gentle.reoptimise(
        workspace,
        options.date,
        options.gentle,
        within_s,
        seconds=options.seconds,
        progress=Bar(_("Planning")),
    )
    ticked = [move.number for move in found.moves]
    if options.apply and ticked:
        gentle.apply_moves(workspace, found, ticked)
    document = touring_documents.as_document(gentle.run_with(workspace, found, ticked))
    document["moves"] = gentle.moves_document(found)
    lines = [gentle_words.in_a_line(move) for move in found.moves]
    lines = [*(lines or [_("No move is worth it.")]), _plan_text(document["summary"])]
    return Answer(document, "\n".join(lines if options.apply else [*lines, _hint()]))


def _joint(call: Call) -> Answer:
    """Orders that the tour of another node brings for less; all of them are ticked."""
    options, workspace = call.options, call.workspace
    found = joint.joint_moves(
        workspace,
        options.date,
        least_cents=options.least,
        seconds=options.seconds,
        progress=Bar(_("Looking for tours that pass by")),
    )
    ticked = frozenset(move.number for move in found.moves)
    entry = joint.apply_joint(workspace, found, ticked).entry if options.apply and ticked else ""
    lines = [joint_words.in_a_line(move) for move in found.moves]
    lines = [*lines, joint_words.total(found, ticked)] if ticked else [_("No move is worth it.")]
    document = joint_words.as_document(found, entry)
    return Answer(document, "\n".join(lines if options.apply else [*lines, _hint()]))


def _plan_text(figures: dict[str, Any]) -> str:
    return _("{tours} tours, {stops} stops, {left} left out: {km}, {time}, {cost}, {co2e}.").format(
        tours=number(figures["tours"]),
        stops=number(figures["stops"]),
        left=number(figures["unplanned"]),
        km=distance(figures["distance_m"]),
        time=duration(figures["work_s"]),
        cost=money(figures["cost_cents"]),
        co2e=emissions(figures["co2e_g"]),
    )


def _check(call: Call) -> Answer:
    options = call.options
    if options.date is None and (options.stress or options.seed is not None):
        usage = "regie check --date D --stress [--seed S]"
        raise WrongUsage(_("--stress goes with --date."), _("usage: ") + usage)
    judged = touring.check(call.workspace, on=options.date, file=options.plan)
    document = touring_documents.verdict_document(judged)
    document = passing.with_passings(call.workspace, document, judged.plan.tours)
    lines = [violation["text"] for violation in document["violations"]]
    lines.append(
        _("Nothing speaks against this plan.") if not lines else _("This plan cannot stand.")
    )
    lines += [warning["text"] for warning in document.get("warnings", ())]
    lines += passing.unchecked_in_words(document)
    if options.stress:
        tested = stress_test.stress_test(call.workspace, options.date, seed=options.seed or 0)
        document["stress"] = stress_test.stress_document(tested)
        lines += stress_test.stress_lines(tested)
    return Answer(document, "\n".join(lines))


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
    return Answer(document, text if call.options.apply else f"{text}\n{_hint()}")


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


def _review(call: Call) -> Answer:
    made = review.review(call.workspace, call.options.date, call.options.out)
    document = review.as_document(made)
    return Answer(document, "\n".join(document["files"]))


def _why(call: Call) -> Answer:
    chain = why.why(call.workspace, call.options.order)
    document, text = why_document.as_document(chain), why_document.as_text(chain)
    if call.options.recompute:
        found = recomputing.recompute(call.workspace, call.options.order)
        document["recomputed"] = recomputing.as_document(found)
        text += f"\n{sentence(found.reason)}"
    return Answer(document, text)


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


def _become(state: PlanState) -> Callable[[Call], Answer]:
    def run(call: Call) -> Answer:
        named = tuple(call.options.tour or ())
        document: dict[str, Any] = {"entry": None, "state": state.value, "tours": []}
        nothing = _("No tour changed.")
        if not named and not touring.tours_of(call.workspace, call.options.date):
            return Answer({**document, "entries": []}, nothing)
        settled = touring.set_state(call.workspace, call.options.date, state, named)
        tours = sorted(settled.changes.ids)
        document |= {"entry": settled.entry, "tours": tours}
        document |= keeping.latest_document(call.workspace)
        return Answer(document, ", ".join(tours) or nothing)

    return run


_LOCKS = {
    "vehicle": LockKind.VEHICLE,
    "not_vehicle": LockKind.NOT_VEHICLE,
    "time": LockKind.AT,
    "together": LockKind.TOGETHER,
    "apart": LockKind.APART,
    "first": LockKind.FIRST,
}


def _lock(call: Call) -> Answer:
    options, settled = call.options, None
    made = _locks_asked(call)
    if made:
        settled = locks.lock_shipments(call.workspace, made)
    return _locks_answer(locks.as_document(call.workspace, options.date, settled))


def _locks_asked(call: Call) -> tuple[TourLock, ...]:
    """The locks that the command line lays down; none = those of the day are listed."""
    options, shipments = call.options, tuple(call.options.shipment or ())
    name = next((name for name in _LOCKS if getattr(options, name)), None)
    if name is None or not shipments:
        if name is not None or shipments:
            raise _unclear(_("say which shipments, and what is to hold for them."))
        return ()
    kind, said = _LOCKS[name], getattr(options, name)
    if kind in (LockKind.TOGETHER, LockKind.APART) and len(set(shipments)) < 2:
        raise _unclear(_("at least two shipments are needed for that."))
    at = datetime.combine(options.date, said, call.workspace.zone) if name == "time" else None
    each = [shipments] if kind in _OF_SEVERAL else [(shipment,) for shipment in shipments]
    vehicle = said if isinstance(said, str) else ""
    return tuple(TourLock(options.date, kind, names, vehicle, at, options.reason) for names in each)


def _unclear(message: str) -> WrongUsage:
    return WrongUsage(message, _("usage: ") + _LOCK_USAGE)


_LOCK_USAGE = (
    "regie lock --date D [--shipment S] [--reason R]"
    " [--vehicle V | --not-vehicle V | --time HH:MM | --together | --apart | --first V]"
)
_OF_SEVERAL = (LockKind.TOGETHER, LockKind.APART, LockKind.FIRST)


def _unlock(call: Call) -> Answer:
    settled = locks.unlock(call.workspace, call.options.lock)
    on = date.fromisoformat(call.options.lock[:10])
    return _locks_answer(locks.as_document(call.workspace, on, settled))


def _locks_answer(document: dict[str, Any]) -> Answer:
    lines = [f"{lock['code']}  {lock['text']}" for lock in document["locks"]]
    return Answer(document, "\n".join(lines) or _("Nothing is locked that day."))


def _hint() -> str:
    return _("Nothing was written: add --apply to keep it.")


def _apply(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help=_("keep the suggestion"))


def _day(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--date", type=a_day, required=required, metavar="D", help=_("the day"))


def _effort(parser: argparse.ArgumentParser, seconds: float | None = None) -> None:
    parser.add_argument(
        "--seconds",
        type=some_seconds,
        default=seconds,
        metavar="N",
        help=_("the longest it may take"),
    )
    parser.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        default=0,
        metavar="S",
        help=_("the same seed, the same answer"),
    )


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where to write"))


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
    _effort(parser)
    _apply(parser)


def _plan_options(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--depot", metavar="NODE", help=_("only tours from this node"))
    either.add_argument(
        "--gentle",
        type=whole(0, MOST_MOVES),
        metavar="STOPS",
        help=_("keep the drafts but for so many stops, those that gain most by moving"),
    )
    parser.add_argument(
        "--keep",
        choices=[level.value for level in Keep],
        help=_("keep each stop on its vehicle: tours = what was left out may join; vehicles = not"),
    )
    parser.add_argument(
        "--within",
        type=whole(0, 1_440),
        metavar="MINUTES",
        help=_("with --gentle: no stop is served earlier or later by more than this"),
    )
    parser.add_argument(
        "--even",
        type=whole(0, 100),
        metavar="PERCENT",
        help=_("tours may cost so much more for drivers to work about as long as each other"),
    )
    parser.add_argument(
        "--compact",
        type=whole(0, 100),
        metavar="PERCENT",
        help=_("tours may cost so much more for each to keep to an area of its own"),
    )
    _effort(parser, seconds=20)
    _apply(parser)


def _joint_options(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    parser.add_argument(
        "--seconds",
        type=some_seconds,
        default=joint.SECONDS,
        metavar="N",
        help=_("the longest it may take"),
    )
    parser.add_argument(
        "--least",
        type=whole(0, MOST_CENTS),
        default=joint.LEAST_CENTS,
        metavar="CENTS",
        help=_("only moves that save so much"),
    )
    _apply(parser)


def _check_options(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument(
        "--plan", type=Path, metavar="FILE", help=_("a plan as `plan --json` says it")
    )
    either.add_argument("--date", type=a_day, metavar="D", help=_("the day"))
    parser.add_argument(
        "--stress",
        action="store_true",
        help=_("with --date: drive the tours through 500 simulated days; which one breaks first"),
    )
    parser.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        metavar="S",
        help=_("with --stress: the same seed, the same days"),
    )


def _allocate_options(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    _apply(parser)


def _book_options(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    _out(parser)
    parser.add_argument("--carrier", metavar="C", help=_("only this carrier"))
    parser.add_argument("--format", metavar="F", help=_("only this format"))


def _review_options(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    _out(parser)


def _order(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("order", help=_("an order's code"))


def _why_order(parser: argparse.ArgumentParser) -> None:
    _order(parser)
    parser.add_argument(
        "--recompute",
        action="store_true",
        help=_("make the decision again from what it was made from, and compare"),
    )


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


def _tours(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    parser.add_argument(
        "--tour", action="append", metavar="T", help=_("only this tour; may be repeated")
    )


def _lock_options(parser: argparse.ArgumentParser) -> None:
    _day(parser)
    parser.add_argument(
        "--shipment",
        action="append",
        metavar="S",
        help=_("the shipment; may be repeated. Without it the day's locks are listed"),
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--vehicle", metavar="V", help=_("only on this vehicle"))
    one.add_argument("--not-vehicle", metavar="V", help=_("never on this vehicle"))
    one.add_argument("--time", type=a_time, metavar="HH:MM", help=_("at this time"))
    one.add_argument("--together", action="store_true", help=_("on one vehicle"))
    one.add_argument("--apart", action="store_true", help=_("on different vehicles"))
    one.add_argument("--first", metavar="V", help=_("first on this vehicle, in this order"))
    parser.add_argument("--reason", default="", metavar="R", help=_("why"))


def _unlock_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lock", metavar="CODE", help=_("the lock's code, as `lock` lists it"))


DAY = {
    "source": Command(_source, _source_options),
    "plan": Command(_plan, _plan_options),
    "joint": Command(_joint, _joint_options),
    "check": Command(_check, _check_options),
    "lock": Command(_lock, _lock_options),
    "unlock": Command(_unlock, _unlock_options),
    "validate": Command(_become(PlanState.VALIDATED), _tours),
    "publish": Command(_become(PlanState.PUBLISHED), _tours),
    "close": Command(_become(PlanState.CLOSED), _tours),
    "allocate": Command(_allocate, _allocate_options),
    "book": Command(_book, _book_options),
    "review": Command(_review, _review_options),
    "why": Command(_why, _why_order),
    "quote": Command(_quote, _quote_options),
}
