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


def likely_forms(cells: Iterable[str]) -> tuple[str, ...]:
    """The forms that read any of these cells, the one that reads most of them first."""
    written = [cell.strip() for cell in cells if cell.strip()]
    counts = {form: sum(_reads(form, cell) for cell in written) for form in FORMS}
    fitting = [form for form in FORMS if counts[form]]
    return tuple(sorted(fitting, key=lambda form: -counts[form]))


def likely_form(cells: Iterable[str]) -> str:
    """The form that reads more than half of these cells; none when no form does."""
    written = [cell for cell in cells if cell.strip()]
    for best in likely_forms(written)[:1]:
        if 2 * sum(_reads(best, cell.strip()) for cell in written) > len(written):
            return best
    return ""


def _reads(form: str, cell: str) -> bool:
    try:
        datetime.strptime(cell, form)  # noqa: DTZ007 - only the form matters
    except (ValueError, OverflowError):
        return False
    return True
