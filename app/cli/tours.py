"""Commands about tours: plan, joint, check, and how far they are agreed."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.context import Answer, Bar, Call, Command
from app.cli.options import not_kept, with_apply, with_day, with_effort, with_sharing
from app.cli.parsing import LARGEST_SEED, WrongUsage, a_day, some_seconds, whole
from app.cli.sourcing import MOST_CENTS
from app.domain.tours import PlanState
from app.formats import distance, duration, emissions, money, number
from app.i18n import _
from app.operations import (
    gentle,
    gentle_words,
    joint,
    joint_words,
    keeping,
    passing,
    remedying,
    stress_test,
    touring,
    touring_documents,
)
from app.planning.tours.kept import Keep
from app.planning.tours.plan_shape import shape_of
from app.wording import sentence

#: The most stops that may move where drafts are kept.
MOST_MOVES = 1_000


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
    return Answer(document, text if options.apply else f"{text}\n{not_kept()}")


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
    return Answer(document, "\n".join(lines if options.apply else [*lines, not_kept()]))


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
    return Answer(document, "\n".join(lines if options.apply else [*lines, not_kept()]))


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


def _plan_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
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
    with_sharing(parser)
    with_effort(parser, seconds=20)
    with_apply(parser)


def _joint_options(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
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
    with_apply(parser)


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


def _tours(parser: argparse.ArgumentParser) -> None:
    with_day(parser)
    parser.add_argument(
        "--tour", action="append", metavar="T", help=_("only this tour; may be repeated")
    )


TOURS = {
    "plan": Command(_plan, _plan_options),
    "joint": Command(_joint, _joint_options),
    "check": Command(_check, _check_options),
    "validate": Command(_become(PlanState.VALIDATED), _tours),
    "publish": Command(_become(PlanState.PUBLISHED), _tours),
    "close": Command(_become(PlanState.CLOSED), _tours),
}
