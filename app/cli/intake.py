"""Commands that take files in: import, template, demo."""

import argparse
from datetime import date
from pathlib import Path

from app.cli.context import Answer, Bar, Call, Command, speak
from app.connectors.geocoders.ban import BanGeocoder
from app.domain.reasons import Reason, because
from app.errors import EnvironmentProblem, Refused
from app.i18n import N_, _
from app.operations import intake
from app.operations.demonstration import DEFAULT_DAY, KINDS, Size
from app.operations.intake_report import as_document, as_text
from app.operations.whole_day import fill_with_demonstration, play
from app.settings import load_settings
from app.wording import sentence
from app.workspace import Workspace


def _import(call: Call) -> Answer:
    options = call.options
    mapping = intake.mapping_from(options.mapping) if options.mapping else None
    report = intake.import_path(
        call.workspace,
        options.file,
        kind=options.kind or "",
        mapping=mapping,
        dry_run=options.dry_run,
        geocoder=BanGeocoder() if load_settings().online_geocoder else None,
        progress=Bar(_("Importing")),
    )
    return Answer(as_document(report), as_text(report), 3 if report.nothing_usable else 0)


def _template(call: Call) -> Answer:
    columns, mapping = intake.template(call.options.kind)
    return Answer(
        {"kind": call.options.kind, "csv": columns, "mapping": mapping}, columns + mapping
    )


def _demo(call: Call) -> Answer:
    options = call.options
    size = Size(options.orders, options.nodes, options.vehicles)
    only = tuple(options.only.split(",")) if options.only else KINDS
    for unknown in set(only) - set(KINDS):
        raise UnknownPart(unknown)
    report = fill_with_demonstration(
        call.workspace, options.date, options.seed, size, only, progress=Bar(_("Demonstration"))
    )
    counts = {file.kind: file.used for file in report.files}
    document = {"date": options.date.isoformat(), "seed": options.seed, "counts": counts}
    lines = [_("The demonstration day of {day} is ready.").format(day=options.date.isoformat())]
    lines += [f"  {name}: {count}" for name, count in counts.items()]
    if options.play is not None:
        played = play(
            call.workspace,
            options.date,
            options.play,
            seed=options.seed,
            portrait=_portrait,
            say=speak,
        )
        document["files"] = [str(file) for file in played.files]
        document["figures"] = played.figures
        lines += [str(file) for file in played.files]
    return Answer(document, "\n".join(lines))


def _portrait(workspace: Workspace, out: Path) -> Path | None:
    """The window's picture; where none can be drawn, the day's papers are worth no less."""
    from app.ui.portrait import portrait

    try:
        return portrait(workspace, out / "window.png")
    except EnvironmentProblem as problem:
        speak(sentence(problem.reason))
        return None


class UnknownPart(Refused):
    """`--only` names something a demonstration has not."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    @property
    def reason(self) -> Reason:
        return because("unknown_part", name=self.name, known=", ".join(KINDS))


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("a CSV or XLSX file, or a folder of them"))
    parser.add_argument("--kind", help=_("what the rows are: orders, stock, nodes …"))
    parser.add_argument("--mapping", type=Path, help=_("a column mapping (TOML)"))
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen, do nothing")
    )


def _kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help=_("what the rows are: orders, stock, nodes …"))


def _size(parser: argparse.ArgumentParser) -> None:
    usual = Size()
    parser.add_argument("--seed", type=int, default=1, help=_("the same seed, the same day"))
    parser.add_argument("--date", type=date.fromisoformat, default=DEFAULT_DAY, help=_("the day"))
    parser.add_argument("--orders", type=int, default=usual.orders, help=_("how many orders"))
    parser.add_argument("--nodes", type=int, default=usual.nodes, help=_("how many nodes"))
    parser.add_argument("--vehicles", type=int, default=usual.vehicles, help=_("how many vehicles"))
    parser.add_argument(
        "--only", help=_("only these, parted by commas: {names}").format(names=", ".join(KINDS))
    )
    parser.add_argument(
        "--play", type=Path, metavar="DIR", help=_("play the whole day and write its papers there")
    )


INTAKE = {
    "import": Command(
        N_("take in nodes, products, stock, orders, vehicles, carriers"), _import, _file
    ),
    "template": Command(
        N_("an empty file with the columns, and a commented mapping"), _template, _kind
    ),
    "demo": Command(N_("fill the workspace with a believable day"), _demo, _size),
}
