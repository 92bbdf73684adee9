"""What files that a person chose seem to hold, and which saved mapping reads them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app.connectors.feeds.faults import Fault, Unreadable
from app.connectors.feeds.kinds import KINDS, kind_named
from app.connectors.feeds.mappings import mapping as layouts
from app.connectors.feeds.mappings.layout import by_our_names
from app.connectors.feeds.mappings.suggested import kind_guessed, suggest_mapping, with_dates
from app.connectors.feeds.mappings.written import read_mapping
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import LIMITS, Limits
from app.connectors.feeds.tables.tidy import tidy
from app.operations.intake_files import ENDINGS, RULES, Job, kind_by_name
from app.ports import Stop, never
from app.workspace import Workspace
from db.papers import load_mappings

Saved = Mapping[str, layouts.Mapping]
#: Rows that are looked at to tell how dates are written.
_FIRST = 20
_ORDER = (RULES, *(kind.name for kind in KINDS), "")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, what it seems to be (`kind` empty = nobody can tell), and the mapping that reads it.

    `expected` files bear a name that says what they are, or were picked one by one. With
    `trouble` it cannot be read at all.
    """

    path: Path
    kind: str = ""
    mapping: layouts.Mapping | None = None
    mapping_name: str = ""
    expected: bool = True
    trouble: Fault | None = None

    @property
    def job(self) -> Job | None:
        """The file as an import takes it; None while nobody says what it is."""
        if self.kind == RULES:
            return Job(self.path, None)
        kind = kind_named(self.kind)
        return None if kind is None else Job(self.path, kind, self.mapping)


def saved_mappings(workspace: Workspace) -> dict[str, layouts.Mapping]:
    """The mappings kept under a name; one that is not understood any more is left out."""
    found: dict[str, layouts.Mapping] = {}
    for name, text in workspace.read(load_mappings).items():
        try:
            found[name] = read_mapping(text)
        except Unreadable:
            continue
    return found


def found_files(
    paths: Sequence[Path], saved: Saved, *, limits: Limits = LIMITS, stop: Stop = never
) -> tuple[FoundFile, ...]:
    """The files and those of the folders, in the order in which one leans on another.

    Raises:
        Stopped: a person went on to something else.
        EnvironmentProblem: the machine does not let a file be read.
    """
    found = {one.path: one for path in paths for one in _found(path, saved, limits, stop)}
    return tuple(sorted(found.values(), key=lambda one: (_ORDER.index(one.kind), one.path.name)))


def reads(mapping: layouts.Mapping, header: Sequence[str]) -> bool:
    """Whether the header has every title that the mapping asks of it."""
    joined = tuple(f"{join.name}." for join in mapping.joins)
    asked = {title for _name, fill in mapping.fills for title in (*fill.columns, fill.total)}
    asked |= {rule.column for rule in mapping.leave_out} | set(mapping.group_by)
    asked |= {join.on for join in mapping.joins}
    return all(title in header for title in asked if title and not title.startswith(joined or "\0"))


def _found(path: Path, saved: Saved, limits: Limits, stop: Stop) -> Iterator[FoundFile]:
    if not path.is_dir():
        yield _looked_at(FoundFile(path), saved, limits, stop)
        return
    tables = [one for one in sorted(path.iterdir()) if _may_be_read(one)]
    csv_stems = {one.stem for one in tables if one.suffix.casefold() == ".csv"}
    for one in tables:
        named = one.name.casefold() == f"{RULES}.toml" or kind_by_name(one) is not None
        twin = one.suffix.casefold() != ".csv" and one.stem in csv_stems
        yield _looked_at(FoundFile(one, expected=named and not twin), saved, limits, stop)


def _may_be_read(path: Path) -> bool:
    if not path.is_file() or path.name.startswith((".", "~$")):
        return False
    return path.suffix.casefold() in ENDINGS or path.name.casefold() == f"{RULES}.toml"


def _looked_at(file: FoundFile, saved: Saved, limits: Limits, stop: Stop) -> FoundFile:
    if file.path.suffix.casefold() == ".toml":
        return replace(file, kind=RULES)
    try:
        with open_table(file.path, limits, stop=stop).table as table:
            header = tuple(tidy(title) for title in table.header)
            rows = [row.cells for row in islice(table.rows, _FIRST)]
        return _understood(file, header, rows, saved)
    except Unreadable as unreadable:
        return replace(file, trouble=unreadable.fault)


def _understood(
    file: FoundFile, header: Sequence[str], rows: Sequence[Sequence[str]], saved: Saved
) -> FoundFile:
    """Our own names come first, then a mapping kept for files like it, then a guess."""
    named = kind_by_name(file.path)
    if named is not None and _in_our_words(header, named.name):
        return replace(file, kind=named.name)
    for name, mapping in saved.items():
        if (named is None or mapping.kind == named.name) and reads(mapping, header):
            return replace(file, kind=mapping.kind, mapping=mapping, mapping_name=name)
    kind = named or kind_guessed(header, KINDS)
    if kind is None or _in_our_words(header, kind.name):
        return replace(file, kind="" if kind is None else kind.name)
    suggested = with_dates(suggest_mapping(header, kind), kind, header, rows)
    return replace(file, kind=kind.name, mapping=suggested)


def _in_our_words(header: Sequence[str], name: str) -> bool:
    kind = kind_named(name)
    if kind is None:
        return False
    own = {column for column, _fill in by_our_names(header, kind).fills}
    return own.issuperset(kind.required)
