"""The views of the worklist: those every desk has, and those a person keeps under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from app.ui.orders.filters import Filter
from app.ui.views import BY_NAME

#: The order of the tabs: the day's work from left to right, then everything, then what is away.
DESK_VIEWS = (
    "to_source",
    "offers",
    "to_plan",
    "unplanned",
    "at_risk",
    "to_book",
    "to_collect",
    "ask_client",
    "anomalies",
    "orders",
    "tours",
    "with_carrier",
)
#: Tells a person's views from the desk's.
_OWN = "own:"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a view shows and how: `base` is the desk's view it starts from."""

    base: str
    filter: Filter = field(default_factory=Filter)
    sort: str = "left"
    descending: bool = False
    hidden: tuple[str, ...] | None = None  # None = as the table is


def desk_view(name: str) -> Arrangement:
    """One of the desk's own views, without a filter."""
    return Arrangement(name)


def own_name(title: str) -> str:
    """The name of a tab that a person made."""
    return f"{_OWN}{title}"


def title_of(name: str) -> str:
    """The title a person gave; empty for the desk's own views."""
    return name.removeprefix(_OWN) if name.startswith(_OWN) else ""


def as_text(arrangement: Arrangement) -> str:
    """The view as it is kept."""
    return msgspec.json.encode(arrangement).decode()


def from_text(text: str) -> Arrangement | None:
    """A kept view; none when it cannot be read or starts from a view that is gone."""
    try:
        arrangement = msgspec.json.decode(text, type=Arrangement)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None
    return arrangement if arrangement.base in BY_NAME else None


def readable(texts: Mapping[str, str]) -> dict[str, Arrangement]:
    """The kept views by title, those left out that cannot be read."""
    views = {title: from_text(text) for title, text in texts.items()}
    return {title: view for title, view in views.items() if view is not None}
