"""Which files an import takes, as what, and in which order."""

from dataclasses import dataclass
from pathlib import Path

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.kinds import KINDS, kind_named
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.feeds.mappings.suggested import kind_of_our_names
from app.connectors.feeds.tables.opening import open_table
from app.connectors.feeds.tables.source import Limits

RULES = "rules"
NAMES = ", ".join(f"{kind.name}.csv" for kind in KINDS) + f", {RULES}.toml"
#: How the names of files end that may hold a table.
ENDINGS = (".csv", ".xlsx", ".xlsm", ".txt", ".tsv", ".geojson")


@dataclass(frozen=True, slots=True)
class Job:
    """A file and the kind it is read as; no kind = the retailer's rules."""

    path: Path
    kind: Kind | None
    mapping: Mapping | None = None

    @property
    def kind_name(self) -> str:
        return self.kind.name if self.kind else RULES


def jobs_of(
    path: Path, kind: str, mapping: Mapping | None, limits: Limits
) -> tuple[list[Job], list[str]]:
    """The files to import, one leaning on those before it, and the names that nobody knows.

    Raises:
        Unreadable: there is nothing to import, or it cannot be told what it is.
    """
    if path.is_dir() and mapping is not None:
        return [_job_of_mapping(path, mapping)], []
    if path.is_dir():
        return _jobs_of_folder(path, kind)
    return [job_of_file(path, kind, mapping, limits)], []


def job_of_file(path: Path, kind: str, mapping: Mapping | None, limits: Limits) -> Job:
    """One file: its kind is said, or the mapping's, or told by its name, or by its columns.

    Raises:
        Unreadable: none of them tells.
    """
    if kind == RULES or (not kind and path.name.casefold() == f"{RULES}.toml"):
        return Job(path, None)
    named = chosen_kind(kind, mapping) or kind_by_name(path)
    if named is None:
        with open_table(path, limits).table as table:
            named = kind_of_our_names(table.header, KINDS)
    if named is None:
        raise Unreadable("unknown_kind", file=path.name, names=NAMES)
    return Job(path, named, mapping)


def chosen_kind(kind: str, mapping: Mapping | None) -> Kind | None:
    """The kind that a person or the mapping says, if any does.

    Raises:
        Unreadable: there is no such kind, or both speak and disagree.
    """
    said = kind_named(kind) if kind else None
    if kind and said is None:
        raise Unreadable("unknown_kind", file=kind, names=NAMES)
    mapped = kind_named(mapping.kind) if mapping else None
    if said and mapped and said is not mapped:
        raise Unreadable("mapping_other_kind", kind=mapped.name, wanted=said.name)
    return said or mapped


def kind_by_name(path: Path) -> Kind | None:
    """The kind that a file's name begins with: `stock_2026-11-24.csv` is stock."""
    word = path.stem.casefold()
    fitting = [
        k for k in KINDS if word.startswith(k.name) and not word[len(k.name) :][:1].isalnum()
    ]
    return max(fitting, key=lambda kind: len(kind.name), default=None)


def _job_of_mapping(folder: Path, mapping: Mapping) -> Job:
    path = folder / mapping.file
    if not mapping.file or path.parent != folder or not path.is_file():
        raise Unreadable("mapping_for_folder", file=mapping.file)
    return Job(path, kind_named(mapping.kind), mapping)


def _jobs_of_folder(folder: Path, only: str = "") -> tuple[list[Job], list[str]]:
    """The files known by name, rules first; of two with one name the CSV is taken."""
    chosen = None if only == RULES else chosen_kind(only, None)
    wanted = chosen.name if chosen else only
    files = {entry.name.casefold(): entry for entry in sorted(folder.iterdir(), reverse=True)}
    jobs = [Job(files.pop(f"{RULES}.toml"), None)] if f"{RULES}.toml" in files else []
    for kind in KINDS:
        found = [files[kind.name + end] for end in ENDINGS if kind.name + end in files]
        if found:
            jobs.append(Job(found[0], kind))
            del files[found[0].name.casefold()]
    jobs = [job for job in jobs if wanted in ("", job.kind_name)]
    if not jobs:
        raise Unreadable("nothing_known", folder=folder.name, names=NAMES)
    ignored = [entry.name for entry in files.values() if not entry.name.startswith(".")]
    return jobs, sorted(ignored)
