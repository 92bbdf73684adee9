"""What an import did with each file, as values, as the public JSON, and in words."""

from dataclasses import dataclass
from typing import Any

from app.connectors.feeds.faults import Fault
from app.connectors.feeds.tables.table import Dialect
from app.domain.reasons import Reason
from app.i18n import _, n_
from app.wording import sentence
from app.wording.faults import fault_text


@dataclass(frozen=True, slots=True)
class RowChange:
    """A field that a row changed: `key` is the value's code, texts as they are kept."""

    line: int
    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: every count is of its rows; `entry` is the journal entry, if anything changed.

    `values` counts what its rows make: an order of three rows is one. `left_out` are rows that a
    mapping does not want; `notes` tell what was read otherwise than written; `changes` are cut at
    some hundreds.
    """

    file: str
    kind: str
    rows: int = 0
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    rejected: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    changes: tuple[RowChange, ...] = ()
    dialect: Dialect | None = None
    entry: str = ""
    values: int = 0

    @property
    def used(self) -> int:
        """Rows that are in the workspace now, whether they were before or not."""
        return self.accepted + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every file in the order in which it was taken in; `ignored` are files nobody knows.

    `trouble` is what kept the online geocoder from answering.
    """

    files: tuple[FileReport, ...]
    ignored: tuple[str, ...] = ()
    trouble: Reason | None = None
    dry_run: bool = False

    @property
    def nothing_usable(self) -> bool:
        """Nothing at all could be used, though there was something to read."""
        return not any(file.used for file in self.files) and any(f.rejected for f in self.files)


def as_document(report: ImportReport) -> dict[str, Any]:
    """The report as the JSON of the public interface; with `refused` when nothing was usable."""
    document: dict[str, Any] = {"files": [_file_document(file) for file in report.files]}
    if report.ignored:
        document["ignored"] = list(report.ignored)
    if report.trouble:
        code, text = report.trouble.code, sentence(report.trouble)
        document["trouble"] = {"code": code, "text": text}
    if report.dry_run:
        document["dry_run"] = True
    if report.nothing_usable:
        document["refused"] = [
            {"file": file.file, **_fault_document(fault)}
            for file in report.files
            for fault in file.rejected
        ]
    return document


def _file_document(file: FileReport) -> dict[str, Any]:
    return {
        "file": file.file,
        "kind": file.kind,
        "rows": file.rows,
        "accepted": file.accepted,
        "updated": file.updated,
        "unchanged": file.unchanged,
        "rejected": [_fault_document(fault) for fault in file.rejected],
        "left_out": file.left_out,
        "notes": [_fault_document(note) for note in file.notes],
        "unknown_columns": list(file.unknown_columns),
        "changes": [
            {
                "line": change.line,
                "key": change.key,
                "field": change.field,
                "before": change.before,
                "after": change.after,
            }
            for change in file.changes
        ],
    }


def _fault_document(fault: Fault) -> dict[str, Any]:
    document: dict[str, Any] = {
        "line": fault.line,
        "column": fault.column,
        "value": fault.value,
        "code": fault.reason.code,
        "text": fault_text(fault.line, fault.column, fault.value, fault.reason),
    }
    if fault.also:
        document["also"] = [_fault_document(other) for other in fault.also]
    return document


def as_text(report: ImportReport) -> str:
    """The report for a terminal: a line for each file, then what was refused or noted."""
    lines: list[str] = []
    for file in report.files:
        lines += [_counts_line(file), *_said(file.rejected), *_said(file.notes)]
        if file.unknown_columns:
            named = ", ".join(file.unknown_columns)
            lines.append("  " + _("Columns that nothing reads: {names}").format(names=named))
    if report.ignored:
        lines.append(_("Files not known by name: {names}").format(names=", ".join(report.ignored)))
    if report.trouble:
        lines.append(sentence(report.trouble))
    if report.dry_run:
        lines.append(_("Only tried: nothing was changed."))
    return "\n".join(lines)


#: How many faults a terminal shows of one file; the JSON has them all.
MOST_LINES = 50


def _counts_line(file: FileReport) -> str:
    rows = n_("{count} row", "{count} rows", file.rows).format(count=file.rows)
    counts = {
        _("new {count}"): file.accepted,
        _("changed {count}"): file.updated,
        _("the same {count}"): file.unchanged,
        _("refused {count}"): len(file.rejected),
        _("left out by the mapping {count}"): file.left_out,
    }
    told = [text.format(count=count) for text, count in counts.items() if count]
    return f"{file.file} ({file.kind}): {', '.join([rows, *told])}"


def _said(faults: tuple[Fault, ...]) -> list[str]:
    lines = [
        "  " + fault_text(fault.line, fault.column, fault.value, fault.reason)
        for fault in faults[:MOST_LINES]
    ]
    if len(faults) > MOST_LINES:
        rest = len(faults) - MOST_LINES
        lines.append("  " + n_("and {count} more", "and {count} more", rest).format(count=rest))
    return lines
