"""What can be wrong with a file, a row or a cell: a reason, and where it stands."""

from dataclasses import dataclass

from app.domain.reasons import Fact, Reason, because
from app.errors import Refused

#: What a report shows of a long value.
SHOWN_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason with its line (the header is 1; 0 = the file itself), column and value as written.

    `also` are further faults of the same row, so that it needs mending once.
    """

    line: int
    column: str
    value: str
    reason: Reason
    also: tuple["Fault", ...] = ()


class Misfit(ValueError):
    """A cell that cannot be what its column holds; raised by parsers, kept as a fault."""

    def __init__(self, code: str, *, column: str = "", **facts: Fact) -> None:
        super().__init__(code)
        self.reason = because(code, **facts)
        self.column = column


class Unreadable(Refused):
    """A whole file, or a mapping, that cannot be used; `line` and `column` where that is known."""

    def __init__(self, code: str, *, line: int = 0, column: str = "", **facts: Fact) -> None:
        super().__init__(code)
        self.why = because(code, **facts)
        self.line = line
        self.column = column

    @property
    def reason(self) -> Reason:
        return self.why

    @property
    def fault(self) -> Fault:
        return Fault(self.line, self.column, "", self.why)


def fault(line: int, column: str, value: str, misfit: Misfit) -> Fault:
    """The misfit where it was found; a long value is cut."""
    return Fault(line, misfit.column or column, shown(value), misfit.reason)


def shown(value: str) -> str:
    """The value as a report shows it: short, and without characters that do not print."""
    cut = value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "·" for c in cut)
