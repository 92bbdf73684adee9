"""Whom to offer an order to: the nodes that could serve it, those spared and why, the chance."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.nodes import StockNode
from app.domain.orders import OrderState
from app.domain.policy import OfferPolicy, Policy, RuleSet
from app.domain.reasons import Reason, because
from app.domain.sourcing import Candidate, SourcingDecision
from app.planning.offers.deadlines import deadline, open_s, opens_at
from app.planning.offers.habits import Habit, Habits
from app.planning.offers.reach import Prospect, chance_of, smallest

#: What a node that holds only a part of an order lacks; it may still claim the lines it has.
_PART_OF_STOCK = frozenset({"short_of_stock", "not_held"})


@dataclass(frozen=True, slots=True)
class Askable:
    """A node that could be asked: until when, its chance to claim by then, what the rules saw."""

    node: str
    expires: datetime
    chance: float
    habit: Habit
    seen: Candidate

    @property
    def prospect(self) -> Prospect:
        return Prospect(self.node, self.chance, self.seen.score or 0.0)


@dataclass(frozen=True, slots=True)
class Spared:
    """A node that is not asked, and why; `seen` is what the rules saw of it."""

    node: str
    reasons: tuple[Reason, ...]
    seen: Candidate | None = None


@dataclass(frozen=True, slots=True)
class OfferAdvice:
    """Whom to ask, the rules' best first; `askable` are all that could be, `chosen` of them.

    `chances` are those of a claim with the likeliest one, two, three ... of the chosen; `fallback`
    is the node that the rules would assign.
    """

    order: str
    wave: int
    answer_s: int
    reach_m: int
    askable: tuple[Askable, ...]
    chosen: tuple[str, ...]
    spared: tuple[Spared, ...]
    fallback: str = ""

    @property
    def asked(self) -> tuple[Askable, ...]:
        return tuple(one for one in self.askable if one.node in self.chosen)

    @property
    def chance(self) -> float:
        return self.chance_with(self.chosen)

    @property
    def chances(self) -> tuple[float, ...]:
        likeliest = sorted(self.asked, key=lambda one: -one.chance)
        sizes = range(1, len(likeliest) + 1)
        return tuple(chance_of([one.prospect for one in likeliest[:n]]) for n in sizes)

    def chance_with(self, nodes: Collection[str]) -> float:
        """The chance of a claim when these nodes are asked."""
        return chance_of([one.prospect for one in self.askable if one.node in nodes])


@dataclass(frozen=True, slots=True)
class Town:
    """What is known of the nodes: who they are, how they answer, how many offers they hold."""

    nodes: Mapping[str, StockNode]
    habits: Habits
    busy: Mapping[str, int]


def advise(
    decision: SourcingDecision,
    town: Town,
    policy: Policy,
    *,
    now: datetime,
    wave: int = 1,
    answer_s: int | None = None,
    asked_before: Collection[str] = (),
) -> OfferAdvice:
    """Choose the nodes of a wave from those that the rules weighed for an order."""
    rules = terms(decision, policy)
    seconds = answer_s or rules.answer_s
    able, spared = _able(decision, town, rules, asked_before)
    reach_m = _reach(able, rules, wave)
    near = [one for one in able if (one.distance_m or 0) <= reach_m]
    spared += [
        _spared(one, "offer_out_of_ring", distance_m=one.distance_m or 0, limit_m=reach_m)
        for one in able
        if one not in near
    ]
    askable = []
    for one in near:
        found = _askable(one, town, rules, now, seconds)
        if isinstance(found, Spared):
            spared.append(found)
        else:
            askable.append(found)
    prospects = [one.prospect for one in askable]
    chosen = smallest(prospects, rules.wanted_chance, rules.nodes) if prospects else ()
    whole = decision.status is OrderState.ALLOCATED and decision.nodes
    return OfferAdvice(
        decision.order,
        wave,
        seconds,
        reach_m,
        tuple(askable),
        tuple(one.node for one in chosen),
        tuple(spared),
        decision.nodes[0] if whole else "",
    )


def terms(decision: SourcingDecision, policy: Policy) -> OfferPolicy:
    """The policy's terms, with what the rule that decided says of its own."""
    rules = (rule for rule in policy.sourcing.chain if rule.name == decision.rule)
    rule = next(rules, RuleSet(""))
    own = policy.offers
    return replace(
        own,
        nodes=own.nodes if rule.offer_nodes is None else rule.offer_nodes,
        answer_s=own.answer_s if rule.offer_answer_s is None else rule.offer_answer_s,
    )


def _able(
    decision: SourcingDecision, town: Town, rules: OfferPolicy, before: Collection[str]
) -> tuple[list[Candidate], list[Spared]]:
    """Nodes that could serve and may be asked, the rules' best first; and the others."""
    whole = any(one.fits for one in decision.candidates)
    able, spared = [], []
    for one in decision.candidates:
        node = town.nodes.get(one.node)
        if node is None or not (one.fits or (not whole and _has_a_part(one))):
            spared.append(Spared(one.node, one.fences, one))
        elif one.node in before:
            spared.append(_spared(one, "offer_asked_before"))
        elif node.kind in rules.claims_itself:
            spared.append(_spared(one, "offer_needs_nobody"))
        elif town.busy.get(one.node, 0) >= rules.max_open_per_node:
            held = {"open": town.busy[one.node], "limit": rules.max_open_per_node}
            spared.append(_spared(one, "offer_busy", **held))
        else:
            able.append(one)
    return able, spared


def _has_a_part(one: Candidate) -> bool:
    return one.pieces > 0 and all(fence.code in _PART_OF_STOCK for fence in one.fences)


def _reach(able: list[Candidate], rules: OfferPolicy, wave: int) -> int:
    """How far a wave goes: as far as the nearest node when nobody is within its ring."""
    reach_m = rules.range_m + rules.widen_m * (wave - 1)
    nearest_m = min((one.distance_m or 0 for one in able), default=0)
    return max(reach_m, nearest_m)


def _askable(
    one: Candidate, town: Town, rules: OfferPolicy, now: datetime, seconds: int
) -> Askable | Spared:
    node = town.nodes[one.node]
    expires = deadline(node, now, seconds, by_opening_hours=rules.by_opening_hours)
    opens = opens_at(node, now)
    if expires is None or opens is None or opens >= expires:
        at = "" if opens is None else opens.astimezone(ZoneInfo(node.timezone)).isoformat()
        return _spared(one, "offer_closed", opens_at=at) if at else _spared(one, "offer_shut")
    habit = town.habits.of(one.node)
    return Askable(one.node, expires, habit.within(open_s(node, now, expires)), habit, one)


def _spared(one: Candidate, code: str, **facts: int | str) -> Spared:
    return Spared(one.node, (because(code, **facts),), one)
