"""The second link: which node serves the order, what the others lack or score."""

from math import floor

from app import formats
from app.domain.orders import Queue
from app.domain.reasons import Reason
from app.domain.sourcing import Candidate, OtherNodes, RatingPart, SourcingDecision
from app.i18n import N_, _, n_
from app.operations.why_chain import Link
from app.ui.icons import Icon
from app.ui.why.facts import Facts
from app.ui.why.lines import Card, Detail, Note
from app.ui.why.words import fences, joined, whole_fences
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Mark, Run, Words, figure
from app.wording import sentence
from app.wording.policy import RATINGS

#: From this share of its day's capacity on, a node's load is shown as tight.
TIGHT_LOAD = 0.8
CANDIDATES = Layout(
    "candidates",
    (
        Slot("sign", "", width=26, align=Align.CENTRE),
        Slot("node", N_("Candidate"), width=122, least=64, grows=True),
        Slot("available", N_("ATP"), 38, align=Align.RIGHT, hint=N_("Available to promise")),
        Slot("distance", N_("Dist."), 56, align=Align.RIGHT, hint=N_("By road"), leaves=3),
        Slot("load", N_("Prep."), 42, align=Align.RIGHT, hint=N_("Day's load"), leaves=1),
        Slot("cost", "€", 42, align=Align.RIGHT, hint=N_("Estimated cost"), leaves=2),
        Slot("score", N_("Score"), 42, align=Align.RIGHT, hint=N_("Points of 100")),
    ),
)
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
    lines = [_candidate(facts, made, one) for one in made.candidates]
    lines += [_others(group) for group in made.others]
    return Detail(
        title.format(count=formats.number(count)),
        CANDIDATES,
        tuple(lines),
        _notes(made),
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
    if facts.live:
        return Card(Link.NODE, Icon.PROVISIONAL, _("Looking for a node…"))
    return Card(Link.NODE, Icon.STORE, joined(*facts.row.nodes) or _("Not sourced"))


def _waiting(facts: Facts) -> tuple[Note, ...]:
    if facts.live:
        return ()
    return (Note(Icon.INFO, _("What was weighed for it is not kept here.")),)


def _nobody(made: SourcingDecision) -> tuple[Icon, str, str]:
    """Sign, words and tone of an order that nothing can be suggested for."""
    coming = next((r for r in made.reasons if r.code == "stock_coming"), None)
    if coming is not None:
        said = _("Waits for stock at {node}").format(node=coming["node"])
        return Icon.DEADLINE, said, "info"
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
    out += sum(group.count for group in made.others if not _is_ranked(group))
    total = _looked_at(made)
    if not total:
        return ""
    said = n_("{out} of {total} ruled out", "{out} of {total} ruled out", out)
    return said.format(out=formats.number(out), total=formats.number(total)) if out else ""


def _looked_at(made: SourcingDecision) -> int:
    return len(made.candidates) + sum(group.count for group in made.others)


def _is_ranked(group: OtherNodes) -> bool:
    return group.reason.code == "others_ranked_lower"


def _rule(made: SourcingDecision) -> str:
    if not made.rule:
        return ""
    name = _(made.rule_label or made.rule)
    return _("rule “{rule}”, v{version}").format(rule=name, version=made.policy_version)


def _candidate(facts: Facts, made: SourcingDecision, one: Candidate) -> Line:
    chosen = one.node in made.nodes
    target = Target(Leads.TO_NODE, (one.node,))
    if one.score is None and not chosen:
        return Line(one.node, _fenced(facts, one), target)
    return Line(one.node, _ranked(facts, one, chosen=chosen), target)


def _name(facts: Facts, one: Candidate, *, chosen: bool, out: bool) -> Cell:
    name = facts.names.node(one.node)
    tone = "text2" if out else "text1"
    runs = (Run(one.node, tone, strong=True, width=32), Run(name, tone, strong=chosen, drops=True))
    return Cell(f"{one.node} {name}", Words(runs), tip=_timing(facts, one))


def _fenced(facts: Facts, one: Candidate) -> tuple[Cell, ...]:
    alone = len(facts.row.order.lines) == 1
    said = fences(one.fences, one_product=alone) or _("Ruled out")
    return (
        Cell(_("Ruled out"), Mark(Icon.REFUSED, "danger")),
        _name(facts, one, chosen=False, out=True),
        Cell(said, Words((Run(said, "danger"),), spills=True), tip=whole_fences(one.fences)),
    )


def _ranked(facts: Facts, one: Candidate, *, chosen: bool) -> tuple[Cell, ...]:
    if chosen:
        sign = Cell(_("Chosen"), Mark(Icon.DONE, "success"))
    else:
        sign = Cell(_("Ranked lower"), Mark(Icon.CHOICE, "text3"))
    over = whole_fences(one.fences)
    score = "" if one.score is None else formats.number(one.score)
    return (
        sign,
        _name(facts, one, chosen=chosen, out=False),
        _plain(formats.number(one.available), tone="warn" if over else "text1", tip=over),
        _plain("" if one.distance_m is None else formats.distance(one.distance_m)),
        _load(one.load_share),
        _plain("" if one.cost_cents is None else formats.amount(one.cost_cents)),
        Cell(score, figure(score, strong=True), tip=_parts(one.parts)),
    )


def _plain(text: str, *, tone: str = "text1", tip: str = "") -> Cell:
    return Cell(text, figure(text, tone) if text else None, tip)


def _load(share: float | None) -> Cell:
    if share is None:
        return Cell()
    tone = "warn" if share >= TIGHT_LOAD else "text1"
    return _plain(formats.whole_share(share), tone=tone)


def _parts(parts: tuple[RatingPart, ...]) -> str:
    """What the score is made of, a criterion a line."""
    return "\n".join(
        _("{criterion}: {points} points ({figure})").format(
            criterion=_(RATINGS.get(part.criterion, part.criterion)),
            points=formats.number(part.points, 1),
            figure=sentence(part.figure),
        )
        for part in parts
    )


def _timing(facts: Facts, one: Candidate) -> str:
    zone = facts.asked.zone
    lines = [f"{one.node} {facts.names.node(one.node)}".rstrip()]
    if one.ready_at is not None and one.arrives_at is not None:
        ready, there = formats.clock(one.ready_at, zone), formats.clock(one.arrives_at, zone)
        lines.append(_("ready at {ready}, there by {there}").format(ready=ready, there=there))
    if one.stock_as_of is not None:
        counted = formats.short_moment(one.stock_as_of, zone)
        lines.append(_("stock counted {moment}").format(moment=counted))
    return "\n".join(lines)


def _others(group: OtherNodes) -> Line:
    said, codes = sentence(group.reason), ", ".join(group.nodes)
    ranked = _is_ranked(group)
    sign = Mark(Icon.CHOICE, "text3") if ranked else Mark(Icon.REFUSED, "danger")
    tone = "text2" if ranked else "danger"
    look = Words((Run(said, tone),), spills=True)
    return Line(group.reason.code, (Cell("", sign), Cell(said, look, tip=codes)))


def _notes(made: SourcingDecision) -> tuple[Note, ...]:
    notes = [_note(reason) for reason in made.reasons if reason.code not in _SHOWN]
    if made.override:
        text = _("Decided by hand: {because}").format(because=made.override)
        notes.append(Note(Icon.OVERRIDE, text))
    return tuple(notes)


def _note(reason: Reason) -> Note:
    tone = "danger" if reason.code in _BAD else "text2"
    return Note(_SIGNS.get(reason.code, Icon.INFO), sentence(reason), tone)
