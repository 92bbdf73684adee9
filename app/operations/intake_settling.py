"""Make what was read of a file the workspace's, and count what became of its rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.connectors.feeds.faults import Fault
from app.connectors.feeds.pipeline import Harvest
from app.connectors.feeds.rows import Made
from app.domain.acts.orders import ImportRows
from app.domain.journal import Settled
from app.domain.reasons import because
from app.operations.intake_report import FileReport, RowChange
from app.operations.intake_rules import RulesRead, publish_rules
from app.workspace import Workspace
from db.queries.intake import Standing, standings

#: How many changes of single fields a report keeps of one file.
MOST_CHANGES = 500


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that is of no use as a whole, and why."""

    file: str
    kind: str
    fault: Fault


def settle(
    workspace: Workspace, read: Harvest | RulesRead | Unusable, *, dry_run: bool
) -> FileReport:
    """One operation for the file, unless it changes nothing or is only tried."""
    if isinstance(read, Unusable):
        return FileReport(read.file, read.kind, rejected=(read.fault,))
    if isinstance(read, RulesRead):
        return publish_rules(workspace, read, dry_run=dry_run)
    standing = workspace.read(standings, read.kind.row_kind, read.values)
    if dry_run or all(one.count == "unchanged" for one in standing):
        return _report(read, standing)
    rows = ImportRows(read.kind.row_kind, read.source.path.name, read.values, read.source.sha256)
    settled = workspace.submit(rows)
    return replace(
        _report(read, _as_settled(read, standing, settled), _aside(read, settled)),
        entry=settled.entry,
    )


def _as_settled(harvest: Harvest, standing: Sequence[Standing], settled: Settled) -> list[Standing]:
    """What was foreseen, corrected by what the judge refused meanwhile."""
    refused = {part.subject: part.reason for part in settled.refused}
    return [
        replace(one, hindrance=refused.get(getattr(made.value, "code", "")))
        for made, one in zip(harvest.made, standing, strict=True)
    ]


def _aside(harvest: Harvest, settled: Settled) -> tuple[Fault, ...]:
    """What the import did to others: orders whose goods a stock file took away."""
    codes = {getattr(value, "code", "") for value in harvest.values}
    return tuple(
        Fault(0, "", part.subject, part.reason)
        for part in settled.refused
        if part.subject not in codes
    )


def _report(
    harvest: Harvest, standing: Sequence[Standing], aside: tuple[Fault, ...] = ()
) -> FileReport:
    counts: Counter[str] = Counter()
    refused = {one.lines[0]: one.fault for one in harvest.rejected}
    for made, one in zip(harvest.made, standing, strict=True):
        if one.hindrance is None:
            counts[one.count] += len(made.lines)
        else:
            refused |= {line: Fault(line, "", one.key, one.hindrance) for line in made.lines}
    notes = harvest.notes + aside
    if not harvest.rows:
        notes += (Fault(0, "", "", because("no_rows", file=harvest.source.path.name)),)
    return FileReport(
        file=harvest.source.path.name,
        kind=harvest.kind.name,
        rows=harvest.rows,
        accepted=counts["accepted"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        left_out=harvest.left_out,
        rejected=tuple(refused[line] for line in sorted(refused)),
        notes=notes,
        unknown_columns=harvest.unknown,
        changes=tuple(islice(_changes(harvest.made, standing), MOST_CHANGES)),
        dialect=harvest.dialect,
        values=sum(one.hindrance is None for one in standing),
    )


def _changes(made: Sequence[Made], standing: Sequence[Standing]) -> Iterator[RowChange]:
    for one, stands in zip(made, standing, strict=True):
        if stands.hindrance is None:
            for change in stands.changes:
                yield RowChange(one.lines[0], stands.key, change.name, change.before, change.after)
