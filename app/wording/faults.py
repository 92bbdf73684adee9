"""How a fault of a file reads: where it stands, what was written, what is wrong, what to do."""

from app.domain.reasons import Reason
from app.i18n import _
from app.wording import sentence


def fault_text(line: int, column: str, value: str, reason: Reason) -> str:
    """Such as: Line 12, quantity “abc”: not a number. Write digits, such as 12 or 12.5."""
    said = sentence(reason)
    if not line:
        return said
    return f"{_place(line, column, value)} {said}"


def _place(line: int, column: str, value: str) -> str:
    if column and value:
        return _("Line {line}, {column} “{value}”:").format(line=line, column=column, value=value)
    if column:
        return _("Line {line}, {column}:").format(line=line, column=column)
    return _("Line {line}:").format(line=line)
