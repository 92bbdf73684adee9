"""What people say of the ground: nodes and zones on or off, what was counted, what is known."""

from dataclasses import dataclass

from app.domain.knowledge import Note


@dataclass(frozen=True, slots=True)
class SwitchNode:
    """A node is to be opened or closed for sourcing, at once."""

    node: str
    active: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CountStock:
    """Somebody counted a product at a node: so many pieces are on hand, whatever was booked."""

    node: str
    sku: str
    counted: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SwitchZone:
    """An access zone is to hold or not: one phase by its key, or all that share its code."""

    zone: str
    active: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WriteNote:
    """What somebody knows is to bind the tours; a note with the same code is written anew."""

    note: Note


@dataclass(frozen=True, slots=True)
class StrikeNote:
    """A note is not to bind any more."""

    note: str
    reason: str = ""
