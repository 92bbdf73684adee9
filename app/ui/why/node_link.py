"""The second link: which node serves the order, what the others lack or score."""

from math import floor

from app import formats
from app.domain.orders import Queue
from app.domain.reasons import Reason
from app.domain.sourcing import Candidate, SourcingDecision
from app.i18n import _, n_
from app.operations.why_chain import Link
from app.operations.why_offers import told_of_offer
from app.ui.icons import Icon
from app.ui.why.candidate_lines import CANDIDATES, candidate_line, is_ranked, others_line
from app.ui.why.facts import Facts
from app.ui.why.lines import Card, Detail, Note
from app.ui.why.words import joined
from app.wording import sentence

#: Said by the card and the table already.
_SHOWN = frozenset({"best_node", "only_node", "no_candidate"})
_SIGNS = {
    "split_needed": Icon.SPLIT,
    "later_than_due": Icon.LATE,
    "stock_coming": Icon.DEADLINE,
    "stock_nowhere": Icon.NO_CANDIDATE,
    "no_candidate": Icon.NO_CANDIDATE,
    "assigned_by_hand": Icon.OVERRIDE,
    "assigned_instead": Icon.OVERRIDE,
    "address_to_check": Icon.CHECK_ADDRESS,
    "collect_refused": Icon.PERSON,
}
_BAD = frozenset({"later_than_due", "stock_nowhere", "no_candidate", "collect_store_out"})


def card(facts: Facts) -> Card:
    """The node or nodes, and how far ahead they are of the next."""
    made = facts.decision
    if made is None:
        return _undecided(facts)
    if not made.shipments:
        icon, choice, tone = _nobody(made)
        return Card(Link.NODE, icon, choice, _ruled_out(made), tone)
    nodes = made.nodes
    if len(nodes) > 1:
        count = len(made.shipments)
        said = n_("{count} shipment", "{count} shipments", count).format(count=count)
        choice = joined(" + ".join(nodes), said)
        return Card(Link.NODE, Icon.SPLIT, choice, joined(_lead(made), _ruled_out(made)))
    choice = joined(nodes[0], facts.names.node(nodes[0]))
    return Card(Link.NODE, Icon.STORE, choice, joined(_lead(made), _ruled_out(made)))


def detail(facts: Facts) -> Detail:
    """Every node that was looked at, best first, the ruled out with what rules them out."""
    made = facts.decision
    if made is None:
        return Detail(_("Stock node"), CANDIDATES, (), _waiting(facts))
    count = _looked_at(made)
    title = n_("Stock node: {count} candidate", "Stock node: {count} candidates", count)
    if not count:
        title = _("Stock node")
    lines = [candidate_line(facts, one, chosen=one.node in made.nodes) for one in made.candidates]
    lines += [others_line(group) for group in made.others]
    return Detail(
        title.format(count=formats.number(count)),
        CANDIDATES,
        tuple(lines),
        (*_notes(made), *(Note(Icon.FLIP, sentence(flip), "info") for flip in facts.flips)),
        aside=_rule(made),
    )


def runner_up(made: SourcingDecision) -> Candidate | None:
    """The best of those that were ranked and not taken."""
    ranked = (c for c in made.candidates if c.score is not None and c.fits)
    return next((one for one in ranked if one.node not in made.nodes), None)


def _undecided(facts: Facts) -> Card:
    if facts.row.queue is Queue.BLOCKED:
        choice = _("Waits for the address")
        return Card(Link.NODE, Icon.CHECK_ADDRESS, choice, tone="warn")
    if (offer := facts.row.offer) is not None and offer.is_open:
        asked = ", ".join(offer.nodes)
        until = _("offered until {time}").format(
            time=formats.clock(offer.expires, facts.asked.zone)
        )
        return Card(Link.NODE, Icon.SENT, asked, until, "info")
    if facts.live:
        return Card(Link.NODE, Icon.PROVISIONAL, _("Looking for a node…"))
    return Card(Link.NODE, Icon.STORE, joined(*facts.row.nodes) or _("Not sourced"))


def _waiting(facts: Facts) -> tuple[Note, ...]:
    if facts.row.offer is not None:
        said = sentence(told_of_offer(facts.row.offer, facts.asked.zone))
        return (Note(Icon.OFFERS, said),)
    if facts.live:
        return ()
    return (Note(Icon.INFO, _("What was weighed for it is not kept here.")),)


def _nobody(made: SourcingDecision) -> tuple[Icon, str, str]:
    """Sign, words and tone of an order that nothing can be suggested for."""
    coming = next((r for r in made.reasons if r.code == "stock_coming"), None)
    if coming is not None:
        said = _("Waits for stock at {node}").format(node=coming["node"])
        return Icon.DEADLINE, said, "info"
    if any(reason.code == "collect_refused" for reason in made.reasons):
        return Icon.PERSON, _("Refused: ask the client"), "warn"
    if any(reason.code == "address_to_check" for reason in made.reasons):
        return Icon.CHECK_ADDRESS, _("Waits for the address"), "warn"
    return Icon.NO_CANDIDATE, _("No candidate"), "danger"


def _lead(made: SourcingDecision) -> str:
    if made.override:
        return _("by hand: {reason}").format(reason=made.override)
    second = runner_up(made)
    if second is None or made.margin is None:
        return _("no other candidate") if len(made.nodes) == 1 else ""
    points = _points(made.margin)
    if len(made.nodes) > 1:
        return _("{points} pts ahead of the next").format(points=points)
    return _("{points} pts ahead of {node}").format(points=points, node=second.node)


def _points(margin: float) -> str:
    """Rounded down, as in the worklist: 4.7 points are less than five."""
    if margin >= 1:
        return formats.number(floor(margin))
    return formats.number(floor(margin * 10) / 10, 1)


def _ruled_out(made: SourcingDecision) -> str:
    out = sum(one.score is None for one in made.candidates)
    out += sum(group.count for group in made.others if not is_ranked(group))
    total = _looked_at(made)
    if not total:
        return ""
    said = n_("{out} of {total} ruled out", "{out} of {total} ruled out", out)
    return said.format(out=formats.number(out), total=formats.number(total)) if out else ""


def _looked_at(made: SourcingDecision) -> int:
    return len(made.candidates) + sum(group.count for group in made.others)


def _rule(made: SourcingDecision) -> str:
    if not made.rule:
        return ""
    name = _(made.rule_label or made.rule)
    return _("rule “{rule}”, v{version}").format(rule=name, version=made.policy_version)


def _notes(made: SourcingDecision) -> tuple[Note, ...]:
    notes = [_note(reason) for reason in made.reasons if reason.code not in _SHOWN]
    if made.override:
        text = _("Decided by hand: {because}").format(because=made.override)
        notes.append(Note(Icon.OVERRIDE, text))
    return tuple(notes)


def _note(reason: Reason) -> Note:
    tone = "danger" if reason.code in _BAD else "text2"
    return Note(_SIGNS.get(reason.code, Icon.INFO), sentence(reason), tone)
