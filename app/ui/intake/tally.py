"""How many faults a file has, and in which columns: counted once, where the file is read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.connectors.feeds.faults import Fault


@dataclass(frozen=True, slots=True)
class Tally:
    """`faults` counts every one of them, several of one line too; columns as the file has them."""

    faults: int = 0
    by_column: Mapping[str, int] = field(default_factory=dict)


def tally(faults: Iterable[Fault]) -> Tally:
    """Count these faults."""
    columns: Counter[str] = Counter()
    count = 0
    for fault in faults:
        count += 1 + len(fault.also)
        columns.update(one.column for one in (fault, *fault.also) if one.column)
    return Tally(count, columns)
