"""The last link: when it will be there, and how much that leaves of the promise."""

from datetime import datetime
from typing import TYPE_CHECKING

from app import formats
from app.domain.orders import Queue
from app.domain.promises import PromiseKind, PromiseOption
from app.domain.sourcing import Candidate
from app.domain.tours import Stop
from app.i18n import _, n_
from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.why.fact_lines import FACTS, fact
from app.ui.why.facts import Carriage, Facts
from app.ui.why.lines import Card, Detail, Note
from app.ui.why.words import asked_window, joined, moment
from app.ui.widgets.lines import Line
from app.wording import sentence
from app.wording.promises import KINDS, MILESTONES

if TYPE_CHECKING:
    from app.operations.promise_risks import AtRisk

#: What somebody brings, rather than the client fetching it.
_CARRIED = frozenset(PromiseKind) - {PromiseKind.COLLECT}


def card(facts: Facts) -> Card:
    """The hour, day or earliest moment, and what is left of the window."""
    stops = _stops(facts)
    if stops:
        return _on_tour(facts, stops)
    quoted = [one for one in facts.travelling if one.decided is not None and one.decided.best]
    if quoted:
        return _by_carrier(quoted[0])
    if facts.row.queue is Queue.NO_CARRIER:
        return Card(Link.TIME, Icon.TIME, _("Open: nobody carries it"), tone="text2")
    ready = _earliest(facts)
    if ready is None:
        return Card(Link.TIME, Icon.TIME, _("Open until it is sourced"), tone="text2")
    return _at_the_earliest(facts, ready)


def detail(facts: Facts) -> Detail:
    """What was promised, then each moment on the way."""
    lines = list(fact("asked", _asked_name(facts), _asked(facts)))
    for stop in _stops(facts):
        lines += _stop_lines(facts, stop)
    for one in facts.travelling:
        lines += _carrier_lines(facts, one)
    if not _stops(facts) and facts.row.queue is not Queue.NO_CARRIER:
        lines += _forecast_lines(facts)
    if facts.risk is not None:
        lines += _risk_lines(facts, facts.risk)
    return Detail(_("Hour"), FACTS, tuple(lines), _notes(facts))


def _stops(facts: Facts) -> list[Stop]:
    codes = {one.shipment.code for one in facts.travelling if one.tour is not None}
    return [
        stop
        for one in facts.travelling
        if one.tour is not None
        for stop in one.tour.deliveries
        if stop.shipment in codes and stop.shipment == one.shipment.code
    ]


def _on_tour(facts: Facts, stops: list[Stop]) -> Card:
    worst = min(stops, key=lambda stop: stop.slack_s if stop.slack_s is not None else 10**9)
    at = formats.clock(worst.start, facts.asked.zone)
    late_on_tour = sum(one.tour.late_s > 0 for one in facts.travelling if one.tour is not None)
    window = asked_window(facts.row, facts.asked.zone, facts.asked.board.on)
    beside = joined(window, "" if late_on_tour else _("nobody late on this tour"))
    if worst.late_s > 0:
        choice = joined(at, _("{time} late").format(time=formats.duration(worst.late_s)))
        return Card(Link.TIME, Icon.LATE, choice, beside, "danger")
    if worst.slack_s is None:
        return Card(Link.TIME, Icon.TIME, at, beside)
    choice = joined(at, _("slack {time}").format(time=formats.duration(worst.slack_s)))
    tight = worst.slack_s < facts.asked.tight_slack_s
    return Card(Link.TIME, Icon.TIME, choice, beside, "warn" if tight else "text1")


def _by_carrier(one: Carriage) -> Card:
    best = one.decided.best if one.decided else None
    if best is None or best.delivered_on is None:
        return Card(Link.TIME, Icon.TIME, _("On a day the carrier does not say"), tone="text2")
    choice = _("On {day}").format(day=formats.long_date(best.delivered_on))
    if best.late_days:
        said = n_("{count} day after the promise", "{count} days after the promise", best.late_days)
        said = said.format(count=formats.number(best.late_days))
        return Card(Link.TIME, Icon.LATE, choice, said, "danger")
    return Card(Link.TIME, Icon.TIME, choice, _("within the promise"))


def _earliest(facts: Facts) -> Candidate | None:
    """The candidate of the decision that would be there last: the order is whole by then."""
    made = facts.decision
    if made is None:
        return None
    chosen = [c for node in made.nodes if (c := made.candidate(node)) is not None]
    known = [candidate for candidate in chosen if candidate.arrives_at is not None]
    return max(known, key=lambda c: c.arrives_at or c.ready_at or facts.asked.now, default=None)


def _at_the_earliest(facts: Facts, one: Candidate) -> Card:
    there, due_at = one.arrives_at or facts.asked.now, _due(facts)
    day, zone = facts.asked.board.on, facts.asked.zone
    choice = _("There by {time} at the earliest").format(time=moment(there, zone, day))
    left_s = int((due_at - there).total_seconds())
    if left_s < 0:
        said = _("{time} after the promise").format(time=formats.duration(-left_s))
        return Card(Link.TIME, Icon.LATE, choice, said, "danger")
    said = _("{time} before the end of the promise").format(time=formats.duration(left_s))
    return Card(Link.TIME, Icon.TIME, choice, said)


def _due(facts: Facts) -> datetime:
    due_at = facts.decision.due_at if facts.decision else None
    return due_at or facts.row.due_at


def _asked_name(facts: Facts) -> str:
    order = facts.row.order
    if order.promised_from is not None or order.promised_to is not None:
        return _("Promised")
    wished = order.wish_from is not None or order.wish_to is not None
    return _("Wished") if wished else _("By the rules")


def _asked(facts: Facts) -> str:
    return asked_window(facts.row, facts.asked.zone, facts.asked.board.on)


def _stop_lines(facts: Facts, stop: Stop) -> list[Line]:
    zone, key = facts.asked.zone, stop.shipment
    lines = [*fact(f"{key} arrives", _("Arrives"), formats.clock(stop.arrival, zone))]
    if stop.waiting_s > 0:
        waits = formats.duration(stop.waiting_s)
        lines += fact(f"{key} waits", _("Waits"), _("for the window to open"), waits)
    service_s = int((stop.departure - stop.start).total_seconds())
    served = formats.window(stop.start, stop.departure, zone)
    lines += fact(f"{key} served", _("At the door"), served, formats.duration(service_s))
    leg = formats.distance(stop.distance_m)
    lines += fact(f"{key} leg", _("Drive there"), leg, formats.duration(stop.drive_s))
    if stop.late_s > 0:
        late = formats.duration(stop.late_s)
        said = _("after the window closed")
        lines += fact(f"{key} late", _("Late"), said, late, tone="danger", strong=True)
    elif stop.slack_s is not None:
        tight = stop.slack_s < facts.asked.tight_slack_s
        said, slack = _("before the window closes"), formats.duration(stop.slack_s)
        tone = "warn" if tight else "text1"
        lines += fact(f"{key} slack", _("Slack"), said, slack, tone=tone, strong=True)
    return lines


def _carrier_lines(facts: Facts, one: Carriage) -> list[Line]:
    best = one.decided.best if one.decided else None
    if best is None or best.delivered_on is None:
        return []
    name = facts.names.carrier(best.carrier)
    said = f"{formats.long_date(best.delivered_on)} · {name}"
    tone = "danger" if best.late_days else "text1"
    return [*fact(f"{one.shipment.code} there", _("There on"), said, tone=tone)]


def _forecast_lines(facts: Facts) -> list[Line]:
    made, zone, day = facts.decision, facts.asked.zone, facts.asked.board.on
    if made is None:
        return []
    lines: list[Line] = []
    for node in made.nodes:
        one = made.candidate(node)
        if one is None or one.ready_at is None or one.arrives_at is None:
            continue
        name = f"{node} {facts.names.node(node)}"
        ready, there = moment(one.ready_at, zone, day), moment(one.arrives_at, zone, day)
        lines += fact(f"{node} ready", _("Ready at"), name, ready)
        lines += fact(f"{node} there", _("There by"), _("at the earliest, by road"), there)
    return lines


def _risk_lines(facts: Facts, risk: "AtRisk") -> list[Line]:
    """Why the promise may not hold, what must happen by when, and what would save it."""
    zone, now = facts.asked.zone, facts.asked.now
    lines: list[Line] = []
    for reason in risk.reasons:
        lines += fact(f"risk {reason.code}", _("At risk"), sentence(reason), tone="danger")
    for each in risk.milestones:
        passed = each.by < now
        left = formats.MINUS * passed + formats.duration(abs(each.left_s(now)))
        said, tone = moment(each.by, zone, facts.asked.board.on), "danger" if passed else "text1"
        lines += fact(f"by {each.kind}", _(MILESTONES[each.kind]), said, left, tone=tone)
    for option in risk.savers:
        cost = formats.money(option.cost_cents)
        said = _saver(facts, option)
        lines += fact(f"saver {said}", _("Saved by"), said, cost, tone="success")
    return lines


def _saver(facts: Facts, option: PromiseOption) -> str:
    names = facts.names
    label = names.service(option.carrier, option.service)
    who = f"{names.carrier(option.carrier)} {label}" if option.carrier else _("our tour")
    at = moment(option.window.start, facts.asked.zone, facts.asked.board.on)
    return joined(_(KINDS[option.kind]), who if option.kind in _CARRIED else "", option.node, at)


def _notes(facts: Facts) -> tuple[Note, ...]:
    if _stops(facts) or any(one.decided for one in facts.travelling):
        return ()
    return (
        Note(Icon.INFO, _("The hour is settled when the tour is planned or a carrier chosen.")),
    )
