"""Which files are to be imported, and what a person says of each: the state of the pages, no Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.connectors.feeds.kinds import KINDS
from app.connectors.feeds.mappings import mapping as layouts
from app.operations.intake_choice import FoundFile
from app.operations.intake_files import RULES, Job
from app.operations.intake_report import FileReport
from app.ui.intake.tally import Tally

_ORDER = (RULES, *(kind.name for kind in KINDS), "")
Layout = layouts.Mapping


@dataclass(frozen=True, slots=True)
class Wish:
    """A file with what a person says of it.

    `taken` files are imported; `by_hand` marks a mapping that was changed since it was found or
    saved. `report` is what an import of the whole file would do, or did: None = not known yet;
    `tally` counts what it refused.
    """

    file: FoundFile
    taken: bool = True
    by_hand: bool = False
    report: FileReport | None = None
    tally: Tally = field(default_factory=Tally)

    @property
    def path(self) -> Path:
        return self.file.path

    @property
    def job(self) -> Job | None:
        """What is imported; None when the file is left out or nobody knows what it is."""
        return self.file.job if self.taken else None


class Chosen:
    """The files in the order in which one leans on another; one of them is looked at."""

    def __init__(self) -> None:
        self._wishes: dict[Path, Wish] = {}
        self.current: Path | None = None

    @property
    def wishes(self) -> tuple[Wish, ...]:
        return tuple(sorted(self._wishes.values(), key=_place))

    @property
    def at(self) -> Wish | None:
        """The file that is looked at."""
        return self._wishes.get(self.current) if self.current is not None else None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What will be imported, in order."""
        return tuple(wish.job for wish in self.wishes if wish.job is not None)

    def before(self, path: Path) -> tuple[Job, ...]:
        """What is imported before this file, and may bring codes that it refers to."""
        order = [wish.path for wish in self.wishes]
        place = order.index(path)
        return tuple(job for job in self.jobs if order.index(job.path) < place)

    def add(self, found: Iterable[FoundFile]) -> None:
        """More files; one that is there already is taken as it is found now."""
        fresh = tuple(found)
        for file in fresh:
            self._wishes[file.path] = Wish(file, taken=file.expected and file.trouble is None)
        if fresh and self.at is None:
            self.current = next((file.path for file in fresh if file.job), fresh[0].path)
        self._forget_reports()

    def remove(self, path: Path) -> None:
        """The file is not wanted at all."""
        del self._wishes[path]
        if self.current == path:
            self.current = next((wish.path for wish in self.wishes), None)
        self._forget_reports()

    def take(self, path: Path, *, taken: bool) -> None:
        """Import the file or leave it out."""
        self._change(path, taken=taken)

    def say_kind(self, path: Path, kind: str) -> None:
        """The file holds this; how it is read is suggested anew."""
        file = self._wishes[path].file
        fresh = replace(file, kind=kind, mapping=None, mapping_name="", trouble=None)
        self._change(path, file=fresh, by_hand=False, taken=True)

    def say_mapping(
        self, path: Path, mapping: Layout | None, name: str = "", *, by_hand: bool = False
    ) -> None:
        """The file is read through this mapping."""
        wish = self._wishes[path]
        file, taken = wish.file, wish.taken or wish.file.trouble is not None
        kind = mapping.kind if mapping is not None and mapping.kind else file.kind
        fresh = replace(file, kind=kind, mapping=mapping, mapping_name=name, trouble=None)
        self._change(path, file=fresh, by_hand=by_hand, taken=taken)

    def suggest(self, path: Path, mapping: Layout) -> None:
        """What the file is read through, where nobody has said it."""
        wish = self._wishes.get(path)
        if wish is not None and (wish.file.mapping is None or not wish.file.mapping.fills):
            file = replace(wish.file, kind=mapping.kind, mapping=mapping, trouble=None)
            self._wishes[path] = replace(wish, file=file)

    def report(
        self, reports: Mapping[Path, FileReport], tallies: Mapping[Path, Tally] | None = None
    ) -> None:
        """What the whole files would do, or did."""
        counted = tallies or {}
        for path, wish in self._wishes.items():
            fresh = counted.get(path, Tally())
            self._wishes[path] = replace(wish, report=reports.get(path), tally=fresh)

    def _change(self, path: Path, **fields: object) -> None:
        self._wishes[path] = replace(self._wishes[path], **fields)  # type: ignore[arg-type]
        self._forget_reports()

    def _forget_reports(self) -> None:
        """One file may bring what another refers to: after a change nothing is certain."""
        self.report({})


def _place(wish: Wish) -> tuple[int, str]:
    return _ORDER.index(wish.file.kind), wish.path.name
