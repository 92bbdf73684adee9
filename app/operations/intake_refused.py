"""The lines that an import refused, as a file to mend and to import again."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from app.connectors.carriers.formulas import neutral
from app.connectors.durable_files import write_durably
from app.connectors.feeds.faults import Fault
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.feeds.pipeline import opened_as_said
from app.connectors.feeds.tables.source import LIMITS, Limits
from app.i18n import _
from app.operations.intake_report import FileReport
from app.wording import sentence

#: Where a file has no separator of its own: what spreadsheets in France expect.
_SEPARATOR = ";"


def write_refused(
    path: Path,
    report: FileReport,
    out: Path,
    *,
    mapping: Mapping | None = None,
    limits: Limits = LIMITS,
) -> Path:
    """Write the refused lines of a file, each as it stands with its reason, to another file.

    Raises:
        Unreadable: the file is not there any more, or is another one now.
        EnvironmentProblem: the machine does not let it be written.
    """
    write_durably(out, refused_lines(path, report, mapping=mapping, limits=limits))
    return out


def refused_lines(
    path: Path, report: FileReport, *, mapping: Mapping | None = None, limits: Limits = LIMITS
) -> bytes:
    """The refused lines as a CSV file: line, column and reason, then the row whole as it stands.

    Raises:
        Unreadable: the file is not there any more, or is another one now.
    """
    faults = {fault.line: fault for fault in report.rejected}
    text = io.StringIO()
    with opened_as_said(path, limits, mapping).table as table:
        separator = table.dialect.separator or _SEPARATOR
        writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
        writer.writerow([_("Line"), _("Column"), _("Reason"), *map(neutral, table.header)])
        if 0 in faults:
            writer.writerow(_told(faults[0]))
        for row in table.rows:
            if row.line in faults:
                writer.writerow([*_told(faults[row.line]), *map(neutral, row.cells)])
    return ("\ufeff" + text.getvalue()).encode()


def _told(fault: Fault) -> tuple[str, str, str]:
    return str(fault.line or ""), neutral(fault.column), neutral(" ".join(_reasons(fault)))


def _reasons(fault: Fault) -> Iterator[str]:
    """Every reason of the row, the first one first."""
    yield sentence(fault.reason)
    for other in fault.also:
        said = sentence(other.reason)
        named = _("{column}: {reason}").format(column=other.column, reason=said)
        yield named if other.column else said
