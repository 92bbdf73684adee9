"""In which form a stranger's file writes its dates."""

from collections.abc import Iterable
from datetime import datetime

#: The forms that files use where they do not use ISO 8601; the day comes first where both fit.
FORMS = (
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d %m %Y",
    "%d%m%Y",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d %H%M",
    "%m/%d/%Y",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
)


def fitting_forms(cells: Iterable[str]) -> tuple[str, ...]:
    """The forms that read every one of these cells; none when there is nothing to read."""
    written = {cell.strip() for cell in cells} - {""}
    if not written:
        return ()
    return tuple(form for form in FORMS if all(_reads(form, cell) for cell in written))


def _reads(form: str, cell: str) -> bool:
    try:
        datetime.strptime(cell, form)  # noqa: DTZ007 - only the form matters
    except (ValueError, OverflowError):
        return False
    return True
