"""Commands that take files in: import, template, demo."""

import argparse
from pathlib import Path
from typing import Any

from app.cli.context import Answer, Bar, Call, Command
from app.cli.parsing import LARGEST_SEED, a_day, some_of, whole
from app.cli.saying import speak
from app.connectors.geocoders.ban import BanGeocoder
from app.errors import EnvironmentProblem
from app.i18n import _
from app.operations import intake
from app.operations.demonstration import DEFAULT_DAY, KINDS, Size
from app.operations.intake_report import MOST_LINES, as_document, as_text
from app.operations.whole_day import fill_with_demonstration, play
from app.settings import load_settings
from app.wording import sentence
from app.workspace import Workspace

#: No region is larger.
MOST = 100_000


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
    made = intake.template(call.options.kind)
    document: dict[str, Any] = {"kind": made.kind, "csv": made.csv, "mapping": made.mapping}
    if call.options.out is None:
        return Answer(document, f"{made.csv}{made.mapping}".rstrip())
    files = [str(file) for file in intake.write_template(made, call.options.out)]
    return Answer({**document, "files": files}, "\n".join(files))


def _demo(call: Call) -> Answer:
    options = call.options
    size = Size(options.orders, options.nodes, options.vehicles)
    report = fill_with_demonstration(
        call.workspace,
        options.date,
        options.seed,
        size,
        options.only,
        progress=Bar(_("Demonstration")),
    )
    counts = {file.kind: file.values for file in report.files}
    refused = as_document(report).get("refused", [])
    document = {"date": options.date.isoformat(), "seed": options.seed, "counts": counts}
    if refused:
        text = "\n".join(one["text"] for one in refused[:MOST_LINES])
        return Answer({**document, "refused": refused}, text, 3)
    ready = _("The demonstration day of {day} is ready.").format(day=options.date.isoformat())
    lines = [ready if "orders" in options.only else _("Taken in from the demonstration:")]
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


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=_("a CSV or XLSX file, or a folder of them"))
    parser.add_argument("--kind", metavar="K", help=_("what the rows are: orders, stock, nodes …"))
    parser.add_argument("--mapping", type=Path, metavar="M.toml", help=_("a column mapping (TOML)"))
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen, do nothing")
    )


def _kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help=_("what the rows are: orders, stock, nodes …"))
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=_("write the file and the mapping there")
    )


def _size(parser: argparse.ArgumentParser) -> None:
    usual = Size()
    for name, least, default, words in (
        ("seed", 0, 1, _("the same seed, the same day")),
        ("orders", 0, usual.orders, _("how many orders")),
        ("nodes", 1, usual.nodes, _("how many nodes")),
        ("vehicles", 0, usual.vehicles, _("how many vehicles")),
    ):
        most = LARGEST_SEED if name == "seed" else MOST
        said = f"{words} ({default})"
        parser.add_argument(
            f"--{name}", type=whole(least, most), default=default, metavar="N", help=said
        )
    said = _("the day") + f" ({DEFAULT_DAY.isoformat()})"
    parser.add_argument("--date", type=a_day, default=DEFAULT_DAY, metavar="D", help=said)
    parser.add_argument(
        "--only",
        type=some_of(KINDS),
        default=KINDS,
        metavar="K,K",
        help=_("only these, parted by commas: {names}").format(names=", ".join(KINDS)),
    )
    parser.add_argument(
        "--play", type=Path, metavar="DIR", help=_("play the whole day and write its papers there")
    )


INTAKE = {
    "import": Command(_import, _file),
    "template": Command(_template, _kind),
    "demo": Command(_demo, _size),
}
