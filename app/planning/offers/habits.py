"""How nodes answer offers: whether they claim (Beta-Binomial), and how soon (log-normal).

What is known of all nodes is the prior of each. An offer that ended before a node answered says
only that it would have taken longer: such silences count for as much as they tell.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: What is believed before anything was seen: six offers in ten are claimed, half within 6 min.
_CHANCE, _MEDIAN_S, _LOG_SD = 0.6, 360.0, 0.9
#: How many answers that belief weighs.
_WEIGHT = 4.0
_ROUNDS = 60
_LATEST = 300
_STRENGTHS = (1.0, 2.0, 4.0, 6.0, 10.0, 16.0, 25.0, 40.0, 80.0, 200.0)
_CLOSENESS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 50.0)
_FEW = 3
_LEAST_S = 1.0
#: Silences that differ by less than this factor's logarithm count as one; spreads stay above.
_STEP = 0.1
_LEAST_SD = 0.05
_CLOSE = 1e-4


class Said(StrEnum):
    """What came of an offer at one node."""

    CLAIMED = "claimed"
    REFUSED = "refused"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Answer:
    """One offer at one node: what it said after so long, or that it had said nothing by then."""

    node: str
    said: Said
    after_s: float


@dataclass(frozen=True, slots=True)
class Habit:
    """How a node answers: whether it would ever claim, and the spread of the time it takes."""

    chance: float = _CHANCE
    median_s: float = _MEDIAN_S
    log_sd: float = _LOG_SD
    seen: int = 0

    def within(self, seconds: float) -> float:
        """The chance that it claims within so long."""
        if seconds <= 0:
            return 0.0
        return self.chance * _normal((math.log(seconds) - math.log(self.median_s)) / self.log_sd)


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of all nodes; one that was never asked answers like the others together."""

    usual: Habit
    by_node: dict[str, Habit]

    def of(self, node: str) -> Habit:
        return self.by_node.get(node, self.usual)


def learn(answers: Iterable[Answer]) -> Habits:
    """The habits that past answers show, the latest ones of each node first to count."""
    by_node: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_node[answer.node].append(answer)
    groups = {node: _Seen.of(said[-_LATEST:]) for node, said in by_node.items()}
    start = _Belief(_CHANCE, math.log(_MEDIAN_S), _LOG_SD, _WEIGHT, _WEIGHT, mute=0.5)
    together = _Seen.of([one for said in by_node.values() for one in said[-_LATEST:]])
    pooled = _fitted(together, start)
    belief = _Belief(
        pooled.chance, pooled.log_mean, pooled.log_sd, _WEIGHT, _WEIGHT, mute=pooled.mute
    )
    fits = {node: _fitted(seen, belief) for node, seen in sorted(groups.items())}
    belief = _strengthened(belief, list(fits.values()))
    known = {node: _habit(_fitted(seen, belief), belief) for node, seen in groups.items()}
    unknown = math.hypot(belief.log_sd, belief.log_sd / math.sqrt(belief.closeness))
    return Habits(Habit(belief.chance, math.exp(belief.log_mean), unknown), known)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Answers in logarithms: sums over the claims, how many refusals, silences by their length.

    Silences of nearly one length count together, `silences` has a length and how many there are.
    """

    claims: int
    total: float
    squares: float
    refusals: int
    silences: tuple[tuple[float, int], ...]

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> "_Seen":
        claims = [_log(answer) for answer in answers if answer.said is Said.CLAIMED]
        silences = Counter(
            round(_log(answer) / _STEP) for answer in answers if answer.said is Said.NOTHING
        )
        return cls(
            len(claims),
            sum(claims),
            sum(at * at for at in claims),
            sum(answer.said is Said.REFUSED for answer in answers),
            tuple((_STEP * step, count) for step, count in sorted(silences.items())),
        )

    @property
    def silent(self) -> int:
        return sum(count for _at, count in self.silences)

    @property
    def count(self) -> int:
        return self.claims + self.refusals + self.silent


@dataclass(frozen=True, slots=True)
class _Belief:
    """A prior: a chance that weighs `strength` answers, a log-normal time `closeness` claims.

    `mute` is the share of those that do not want an order and never say so.
    """

    chance: float
    log_mean: float
    log_sd: float
    strength: float
    closeness: float
    mute: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a group of answers says on top of a prior; `claims` counts silences as they weigh."""

    chance: float
    log_mean: float
    log_sd: float
    mute: float
    claims: float
    count: int


def _fitted(seen: _Seen, prior: _Belief) -> _Fit:
    """Expectation and maximisation in turn: what the silences hide, then what all that says."""
    fit = _Fit(prior.chance, prior.log_mean, prior.log_sd, prior.mute, 0.0, seen.count)
    for _ in range(_ROUNDS):
        before, fit = fit, _maximised(seen, prior, _hidden(seen, fit))
        if _settled(before, fit):
            break
    return fit


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What silences stand for: claims that would have come, their times, nodes that never say."""

    claims: float
    total: float
    squares: float
    mute: float


def _hidden(seen: _Seen, fit: _Fit) -> _Hidden:
    claims = total = squares = mute = 0.0
    for at, count in seen.silences:
        weight = count * _would_claim(at, fit)
        first, second = _beyond(at, fit)
        claims += weight
        total += weight * first
        squares += weight * second
        mute += (count - weight) * _never_says(at, fit)
    return _Hidden(claims, total, squares, mute)


def _maximised(seen: _Seen, prior: _Belief, hidden: _Hidden) -> _Fit:
    claims = seen.claims + hidden.claims
    total = seen.total + hidden.total
    mean = (prior.closeness * prior.log_mean + total) / (prior.closeness + claims)
    squares = seen.squares + hidden.squares - 2 * mean * total + claims * mean * mean
    variance = (prior.closeness * prior.log_sd**2 + squares) / (prior.closeness + claims)
    unwilling = seen.silent - hidden.claims + seen.refusals
    return _Fit(
        (prior.strength * prior.chance + claims) / (prior.strength + seen.count),
        mean,
        math.sqrt(max(variance, _LEAST_SD**2)),
        (prior.mute * _WEIGHT + hidden.mute) / (_WEIGHT + unwilling),
        claims,
        seen.count,
    )


def _settled(before: _Fit, now: _Fit) -> bool:
    moved = (before.chance - now.chance, before.log_mean - now.log_mean, before.mute - now.mute)
    return max(map(abs, moved)) < _CLOSE


def _would_claim(silent_until: float, fit: _Fit) -> float:
    """The chance that a node which has said nothing by then would have claimed later."""
    done = _normal((silent_until - fit.log_mean) / fit.log_sd)
    later = fit.chance * (1 - done)
    never = (1 - fit.chance) * (1 - (1 - fit.mute) * done)
    return later / (later + never) if later + never > 0 else 0.0


def _never_says(silent_until: float, fit: _Fit) -> float:
    """The chance that a node which does not want an order, silent by then, never says so."""
    done = _normal((silent_until - fit.log_mean) / fit.log_sd)
    left = fit.mute + (1 - fit.mute) * (1 - done)
    return fit.mute / left if left > 0 else 1.0


def _beyond(at: float, fit: _Fit) -> tuple[float, float]:
    """Mean and mean square of the logarithm of a time that is known to be longer."""
    edge = (at - fit.log_mean) / fit.log_sd
    left = 1 - _normal(edge)
    if left < 1e-9:
        return at, at * at
    hazard = math.exp(-edge * edge / 2) / math.sqrt(2 * math.pi) / left
    mean = fit.log_mean + fit.log_sd * hazard
    variance = fit.log_sd**2 * (1 + edge * hazard - hazard * hazard)
    return mean, mean * mean + max(0.0, variance)


def _strengthened(prior: _Belief, fits: Sequence[_Fit]) -> _Belief:
    """How alike nodes are: the weight under which all their answers are likeliest."""
    enough = [fit for fit in fits if fit.count >= _FEW]
    if len(enough) < _FEW:
        return prior
    strength = max(_STRENGTHS, key=lambda s: sum(_beta_binomial(f, prior.chance, s) for f in fits))
    raw = [(_raw_mean(fit, prior), fit.claims) for fit in enough if fit.claims >= 1]
    closeness = max(_CLOSENESS, key=lambda k: sum(_spread(m, n, prior, k) for m, n in raw))
    within = [(fit.log_sd**2, fit.claims) for fit in enough if fit.claims >= _FEW]
    weight = sum(n for _v, n in within)
    log_sd = math.sqrt(sum(v * n for v, n in within) / weight) if weight else prior.log_sd
    return _Belief(prior.chance, prior.log_mean, log_sd, strength, closeness, prior.mute)


def _beta_binomial(fit: _Fit, chance: float, strength: float) -> float:
    """The logarithm of how likely a node's claims are when nodes are so much alike."""
    a, b = strength * chance, strength * (1 - chance)
    missed = max(0.0, fit.count - fit.claims)
    return _log_beta(a + fit.claims, b + missed) - _log_beta(a, b)


def _raw_mean(fit: _Fit, prior: _Belief) -> float:
    """A node's own mean, without the prior's share in it."""
    own = fit.log_mean * (prior.closeness + fit.claims) - prior.closeness * prior.log_mean
    return own / fit.claims


def _spread(mean: float, claims: float, prior: _Belief, closeness: float) -> float:
    variance = prior.log_sd**2 * (1 / claims + 1 / closeness)
    return -((mean - prior.log_mean) ** 2) / (2 * variance) - math.log(variance) / 2


def _habit(fit: _Fit, prior: _Belief) -> Habit:
    """What is to be expected next: the spread has the doubt about the mean in it."""
    doubt = prior.log_sd / math.sqrt(prior.closeness + fit.claims)
    return Habit(fit.chance, math.exp(fit.log_mean), math.hypot(prior.log_sd, doubt), fit.count)


def _log(answer: Answer) -> float:
    return math.log(max(_LEAST_S, answer.after_s))


def _normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
