"""What the program refuses or cannot do, as data; words are found at the edge (app.wording)."""

from dataclasses import dataclass, fields

from app.domain.journal import PartRefused
from app.domain.reasons import Fact, Reason, because


class Refused(Exception):
    """The program understood, and says no; subclasses are dataclasses that carry the facts.

    They are not frozen: Python itself writes the traceback of an exception that passes a `with`.
    """

    code = "refused"

    @property
    def reason(self) -> Reason:
        """The refusal as a reason: the class's code and its fields."""
        facts: dict[str, Fact] = {}
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            facts[field.name] = value if isinstance(value, str | int | float) else str(value)
        return because(self.code, **facts)


@dataclass(eq=False)
class UnknownSubject(Refused):
    """Nothing is known under that code."""

    code = "unknown_subject"
    kind: str
    name: str


@dataclass(eq=False)
class MovedOn(Refused):
    """The subject was changed since the entry that is to be undone, or since it was looked at."""

    code = "moved_on"
    subject: str
    by: str = ""


@dataclass(eq=False)
class StillUsed(Refused):
    """Other things speak of it, so it cannot go."""

    code = "still_used"
    name: str


@dataclass(eq=False)
class NothingToUndo(Refused):
    """There is no entry left that this person could undo."""

    code = "nothing_to_undo"


@dataclass(eq=False)
class NotUndoable(Refused):
    """This kind of entry is compensated in another way."""

    code = "not_undoable"
    kind: str
    entry: str


@dataclass(eq=False)
class NoStock(Refused):
    """The node has fewer pieces than asked."""

    code = "no_stock"
    node: str
    sku: str
    asked: int
    available: int


@dataclass(eq=False)
class ReasonNeeded(Refused):
    """A person overrules the rules without saying why."""

    code = "reason_needed"
    order: str


@dataclass(eq=False)
class NothingToSend(Refused):
    """Every line of the order is on its way or at hand already, or the order is closed."""

    code = "nothing_to_send"
    order: str


class OfferRefused(Refused):
    """An offer, a claim or an answer that cannot be; the reason has the facts, a winner's name."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.code = reason.code
        self.told = reason

    @property
    def reason(self) -> Reason:
        return self.told


@dataclass(eq=False)
class AlreadyAgreed(Refused):
    """The tour is validated, published, closed or locked, and cannot be changed so."""

    code = "already_agreed"
    tour: str
    state: str


class LocksContradict(Refused):
    """What was laid down cannot all hold; the reason names the smallest set that cannot."""

    code = "locks_contradict"

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.told = reason

    @property
    def reason(self) -> Reason:
        return self.told


@dataclass(eq=False)
class NotThatDay(Refused):
    """The shipment is not to be delivered by our own tours on that day."""

    code = "not_that_day"
    shipment: str
    day_on: str


@dataclass(eq=False)
class AlreadyPlanned(Refused):
    """The shipment is in a tour: take it out first."""

    code = "already_planned"
    shipment: str
    tour: str


@dataclass(eq=False)
class AlreadyBooked(Refused):
    """The shipment has been sent to a carrier: cancel there first."""

    code = "already_booked"
    shipment: str
    reference: str


@dataclass(eq=False)
class NothingUsable(Refused):
    """A file was read and no row of it could be used."""

    code = "nothing_usable"
    file: str
    detail: str = ""


@dataclass(eq=False)
class BadFile(Refused):
    """A file cannot be read as what it claims to be."""

    code = "bad_file"
    file: str
    detail: str


@dataclass(eq=False)
class NoBackup(Refused):
    """There is no copy to put in place of the workspace."""

    code = "no_backup"
    folder: str


@dataclass(eq=False)
class TooLate(Refused):
    """Rules are to start at an instant that has passed."""

    code = "starts_too_late"
    starts_on: str
    starts_at: str


@dataclass(eq=False)
class BadPolicy(Refused):
    """A rules file says something that cannot be; the last good policy stays."""

    code = "bad_policy"
    file: str
    line: int
    field: str
    detail: str


@dataclass(eq=False)
class Stopped(Refused):
    """A person pressed Stop; nothing was changed."""

    code = "stopped"


class WhollyRefused(Refused):
    """Nothing of an operation went in; `parts` has the reason of each of its subjects."""

    def __init__(self, reason: Reason, parts: tuple[PartRefused, ...]) -> None:
        super().__init__(reason, parts)
        self.code = reason.code
        self.first = reason
        self.parts = parts

    @property
    def reason(self) -> Reason:
        return self.first


class EnvironmentProblem(Exception):
    """The machine does not allow it now: disk, lock, network, version; shown with what to do."""

    code = "environment"

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code, facts)
        self.code = code
        self.reason = because(code, **facts)
