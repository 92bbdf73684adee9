"""The rules as a person has them now: a form and a text that say the same, without Qt."""

from dataclasses import replace

from app.connectors.policy_file import read_policy, write_policy
from app.connectors.policy_patch import patched
from app.domain.policy import Policy, RuleSet
from app.errors import BadPolicy
from app.i18n import _

#: Fewer letters than a file has names for.
_LONGEST_NAME = 30


class Draft:
    """`policy` is what the text says, or what it said when it was last right; `trouble` why not."""

    def __init__(self, policy: Policy, text: str) -> None:
        self.in_force = policy
        self.policy = policy
        self.text = text
        self.trouble: BadPolicy | None = None

    @property
    def changed(self) -> bool:
        """Whether it says anything else than the rules in force."""
        return replace(self.policy, version=self.in_force.version) != self.in_force

    @property
    def has_own_words(self) -> bool:
        """Whether the text holds comments or an order that the form would write otherwise."""
        return self.trouble is None and self.text != write_policy(self.policy)

    def become(self, policy: Policy) -> None:
        """The form says this; the text follows, in its own words where lines can be changed."""
        fresh = replace(policy, version=self.in_force.version)
        kept = None if self.trouble is not None else _in_own_words(self.text, fresh)
        self.policy = fresh
        self.text = kept or write_policy(fresh)
        self.trouble = _objection(self.text)

    def write(self, text: str) -> None:
        """The text says this; the form follows where it can be read."""
        self.text = text
        try:
            self.policy = read_policy(text)
            self.trouble = None
        except BadPolicy as bad:
            self.trouble = bad

    def take_force(self, policy: Policy, text: str) -> None:
        """Other rules are in force now; what a person has changed stays."""
        kept = self.changed or self.trouble is not None
        self.in_force = policy
        if not kept:
            self.policy, self.text = policy, text

    def start_over(self, policy: Policy, text: str) -> None:
        """Drop what was changed."""
        self.in_force = self.policy = policy
        self.text, self.trouble = text, None

    # The chain

    @property
    def chain(self) -> tuple[RuleSet, ...]:
        return self.policy.sourcing.chain

    def set_chain(self, chain: tuple[RuleSet, ...]) -> None:
        """The rules in another order, or others."""
        self.become(replace(self.policy, sourcing=replace(self.policy.sourcing, chain=chain)))

    def set_rule(self, place: int, rule: RuleSet) -> None:
        """One rule says something else."""
        chain = list(self.chain)
        chain[place] = rule
        self.set_chain(tuple(chain))

    def add_rule(self, after: int) -> int:
        """A rule like the one before it, right after it; its place is returned."""
        model = self.chain[after]
        fresh = replace(model, name=self._free_name(model.name), label=_("New rule"))
        self.set_chain((*self.chain[: after + 1], fresh, *self.chain[after + 1 :]))
        return after + 1

    def remove_rule(self, place: int) -> None:
        """A chain is never without rules."""
        if len(self.chain) > 1:
            self.set_chain((*self.chain[:place], *self.chain[place + 1 :]))

    def move_rule(self, place: int, step: int) -> int:
        """A rule comes earlier or later; its new place is returned."""
        other = place + step
        if not 0 <= other < len(self.chain):
            return place
        chain = list(self.chain)
        chain[place], chain[other] = chain[other], chain[place]
        self.set_chain(tuple(chain))
        return other

    def _free_name(self, name: str) -> str:
        taken = {rule.name for rule in self.chain}
        stem = name[:_LONGEST_NAME]
        return next(
            made for number in range(2, len(taken) + 3) if (made := f"{stem}_{number}") not in taken
        )


def _in_own_words(text: str, wanted: Policy) -> str | None:
    """The text with the lines changed that say otherwise; None where that is not enough."""
    try:
        before = read_policy(text)
        fresh = patched(text, before, replace(wanted, version=before.version))
        said = None if fresh is None else read_policy(fresh)
    except BadPolicy:
        return None
    return fresh if said == replace(wanted, version=before.version) else None


def _objection(text: str) -> BadPolicy | None:
    """What is wrong with what the form has written, such as no weight at all."""
    try:
        read_policy(text)
    except BadPolicy as bad:
        return bad
    return None
