"""The candidates of the node link, line by line: figures, points, or fences in words."""

from app import formats
from app.domain.sourcing import Candidate, OtherNodes, RatingPart
from app.i18n import N_, _
from app.ui.icons import Icon
from app.ui.why.facts import Facts
from app.ui.why.words import fences, whole_fences
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


def is_ranked(group: OtherNodes) -> bool:
    """Whether these nodes could have served, and were only ranked lower."""
    return group.reason.code == "others_ranked_lower"


def candidate_line(facts: Facts, one: Candidate, *, chosen: bool) -> Line:
    """A node that was looked at: with its figures, or with what rules it out."""
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


def others_line(group: OtherNodes) -> Line:
    """Nodes too many to be told one by one."""
    said, codes = sentence(group.reason), ", ".join(group.nodes)
    ranked = is_ranked(group)
    sign = Mark(Icon.CHOICE, "text3") if ranked else Mark(Icon.REFUSED, "danger")
    tone = "text2" if ranked else "danger"
    look = Words((Run(said, tone),), spills=True)
    return Line(group.reason.code, (Cell("", sign), Cell(said, look, tip=codes)))
