"""Take files in: all are read first, then each becomes one operation, at the very end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.connectors.durable_files import prepare_folder, write_durably
from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.feeds.mappings.written import read_mapping, write_mapping
from app.connectors.feeds.pipeline import Harvest, read_feed
from app.connectors.feeds.tables.source import LIMITS, Limits
from app.connectors.feeds.template import template_csv, template_mapping
from app.connectors.policy_file import write_policy
from app.domain.acts.desk import SaveMapping
from app.domain.acts.orders import CorrectAddress
from app.domain.journal import Settled
from app.domain.places import Located, address_key
from app.domain.policy import Policy
from app.domain.values import Address
from app.errors import Stopped
from app.jobs import uncollected
from app.operations.intake_files import NAMES, RULES, Job, chosen_kind, jobs_of
from app.operations.intake_ground import ground_of
from app.operations.intake_preview import Preview as Preview
from app.operations.intake_preview import preview as preview
from app.operations.intake_report import ImportReport
from app.operations.intake_rules import RulesRead, read_rules, text_of
from app.operations.intake_settling import Unusable, settle
from app.operations.locating import Locator
from app.ports import Geocoder, Progress, Stop, never, unheard
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Template:
    """What a file of a kind looks like; `mapping` is empty for the rules, which are no table."""

    kind: str
    csv: str
    mapping: str = ""


def import_path(
    workspace: Workspace,
    path: Path,
    *,
    kind: str = "",
    mapping: Mapping | None = None,
    dry_run: bool = False,
    geocoder: Geocoder | None = None,
    gazetteer: Geocoder | None = None,
    limits: Limits = LIMITS,
    progress: Progress = unheard,
    stop: Stop = never,
) -> ImportReport:
    """Import a file or a folder; bad rows are listed, good ones go in.

    `geocoder` is given only when the settings allow asking the network; `gazetteer` is the shipped
    one unless given. Nothing is changed before every file is read, nor ever with `dry_run`.

    Raises:
        Unreadable: there is nothing to import, or it cannot be told what it is.
        Stopped: a person pressed Stop; nothing was changed.
        EnvironmentProblem: disk, rights, or no gazetteer.
    """
    jobs, ignored = jobs_of(path, kind, mapping, limits)
    report = import_jobs(
        workspace,
        jobs,
        dry_run=dry_run,
        geocoder=geocoder,
        gazetteer=gazetteer,
        limits=limits,
        progress=progress,
        stop=stop,
    )
    return replace(report, ignored=tuple(ignored))


@uncollected()
def import_jobs(
    workspace: Workspace,
    jobs: Sequence[Job],
    *,
    dry_run: bool = False,
    geocoder: Geocoder | None = None,
    gazetteer: Geocoder | None = None,
    limits: Limits = LIMITS,
    progress: Progress = unheard,
    stop: Stop = never,
) -> ImportReport:
    """Import files of which it is settled what they are, one leaning on those before it.

    Raises:
        Stopped: a person pressed Stop; nothing was changed.
        EnvironmentProblem: disk, rights, or no gazetteer.
    """
    read: list[Harvest | RulesRead | Unusable] = []
    with Locator(workspace, geocoder, gazetteer, progress=progress, stop=stop) as locator:
        ground = ground_of(workspace, workspace.policy(), locator)
        for job in jobs:
            one = _read(job, ground, limits, progress, stop)
            if isinstance(one, RulesRead):
                ground = ground_of(workspace, one.policy, locator)
            elif isinstance(one, Harvest):
                ground = ground.with_values(one.values)
            read.append(one)
    if stop():
        raise Stopped
    rows = sum(one.rows for one in read if isinstance(one, Harvest))
    progress(rows, rows)  # all is read: what remains is short, and is not stopped any more
    reports = tuple(settle(workspace, one, dry_run=dry_run) for one in read)
    return ImportReport(reports, trouble=locator.trouble, dry_run=dry_run)


def correct_address(workspace: Workspace, address: Address, place: Located) -> Settled:
    """Remember where an address lies: a pin or a picked candidate wins over every geocoder."""
    return workspace.submit(CorrectAddress(address_key(address), address.one_line, place))


def save_mapping(workspace: Workspace, name: str, mapping: Mapping) -> Settled:
    """Keep a mapping under a name, for the next file like it."""
    return workspace.submit(SaveMapping(name, write_mapping(mapping)))


def mapping_from(path: Path) -> Mapping:
    """The mapping of a TOML file.

    Raises:
        Unreadable: there is no such file, or it is no mapping.
    """
    return read_mapping(text_of(path))


def template(kind: str) -> Template:
    """An empty CSV with the kind's columns, and a commented mapping; for `rules` the rules alone.

    Raises:
        Unreadable: there is no such kind.
    """
    if kind == RULES:
        return Template(RULES, write_policy(Policy()))
    chosen = chosen_kind(kind, None)
    if chosen is None:
        raise Unreadable("unknown_kind", file=kind, names=NAMES)
    return Template(chosen.name, template_csv(chosen), template_mapping(chosen))


def write_template(made: Template, out: Path) -> list[Path]:
    """The template as files to start from: `orders.csv`, and `orders.toml` that maps to it.

    Raises:
        EnvironmentProblem: the folder cannot be written.
    """
    prepare_folder(out)
    ending = "toml" if made.kind == RULES else "csv"
    texts = {f"{made.kind}.{ending}": made.csv, f"{made.kind}.toml": made.mapping or made.csv}
    for name, text in texts.items():
        write_durably(out.absolute() / name, text.encode())
    return [out.absolute() / name for name in texts]


def _read(
    job: Job, ground: Ground, limits: Limits, progress: Progress, stop: Stop
) -> Harvest | RulesRead | Unusable:
    """One file as values; what is wrong with it as a whole is told like a bad row."""

    def named(done: int, total: int, best: str = "") -> None:
        progress(done, total, best or job.path.name)

    try:
        if job.kind is None:
            return read_rules(job.path)
        return read_feed(
            job.path,
            job.kind,
            ground,
            mapping=job.mapping,
            limits=limits,
            progress=named,
            stop=stop,
        )
    except Unreadable as unreadable:
        return Unusable(job.path.name, job.kind_name, unreadable.fault)
