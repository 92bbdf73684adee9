"""What people ask of the desk: carriers, bookings, rules, views, and to take an entry back."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.carriers import Batch, CarrierChoice
from app.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class ChooseCarriers:
    """Carriers are to be kept for shipments, with what was refused and why."""

    choices: tuple[CarrierChoice, ...]


@dataclass(frozen=True, slots=True)
class BookBatches:
    """Export batches are to be kept for ever, bytes and all."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class PublishPolicy:
    """A new version of the retailer's policy; `text` is the readable `rules.toml`.

    It is in force from `starts` on, None = as ever it was published.
    """

    policy: Policy
    text: str
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaveMapping:
    """A named column mapping, as TOML, to be offered for the next file like it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SaveView:
    """A named view of the orders table; empty `text` forgets it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Undo:
    """An earlier entry is to be compensated, if its subjects have not moved on."""

    entry: str
