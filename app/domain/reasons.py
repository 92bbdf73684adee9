"""Why something was chosen, ranked lower or refused: a code with its facts; words come at the edge.

Fact names end in their unit, so that any edge can format them: `_cents`, `_m`, `_s`, `_g`, `_ml`,
`_at` (an ISO 8601 instant), `_share` (0 to 1), `_km`, `_co2e_g`; all else is shown as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Fact = str | int | float


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `code` names the sentence, `facts` fill it, in a fixed order."""

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __getitem__(self, name: str) -> Fact:
        return dict(self.facts)[name]

    def __iter__(self) -> Iterator[tuple[str, Fact]]:
        return iter(self.facts)


def because(code: str, **facts: Fact) -> Reason:
    """A reason from named facts."""
    return Reason(code, tuple(facts.items()))
