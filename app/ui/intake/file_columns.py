"""What the list of files says of each: is it taken, what is it, how many of its lines are good."""

from collections.abc import Iterator, Sequence

from app import formats
from app.i18n import N_, _, n_
from app.operations.intake_report import FileReport
from app.ui.icons import Icon
from app.ui.intake.chosen import Wish
from app.ui.widgets.looks import Align, Blank, Elide, Look, Mark, Run, Words, figure, words
from app.ui.widgets.rows import Column
from app.wording import sentence
from app.wording.columns import KINDS

TAKEN = "taken"


def file_columns() -> list[Column[Wish]]:
    """Before the import."""
    return [
        Column(
            name=TAKEN,
            title="",
            hint=N_("Whether the file is imported"),
            text=lambda wish: _("imported") if wish.taken else _("left out"),
            look=_tick,
            align=Align.CENTRE,
            width=28,
        ),
        _name(),
        Column(
            name="kind",
            title=N_("Holds"),
            text=_kind,
            look=_kind_look,
            width=112,
            least=104,
            leaves=1,
        ),
        Column(
            name="rows",
            title=N_("Lines"),
            text=lambda wish: _count(wish, "rows"),
            sort=lambda wish: wish.report.rows if wish.report else None,
            align=Align.RIGHT,
            width=58,
        ),
        Column(
            name="refused",
            title=N_("Rejected"),
            text=_refused,
            look=_refused_look,
            sort=lambda wish: len(wish.report.rejected) if wish.report else None,
            align=Align.RIGHT,
            width=58,
        ),
    ]


def result_columns() -> list[Column[Wish]]:
    """After it."""
    return [
        Column(
            name="sign",
            title="",
            text=lambda wish: _("with refused lines") if _has_refused(wish) else _("whole"),
            look=lambda wish: (
                Mark(Icon.WARNING, "warn") if _has_refused(wish) else Mark(Icon.DONE, "success")
            ),
            align=Align.CENTRE,
            width=28,
        ),
        _name(),
        _counted("accepted", N_("New"), "text1"),
        _counted("updated", N_("Changed"), "text1"),
        _counted("unchanged", N_("Same"), "text3"),
        Column(
            name="refused",
            title=N_("Rejected"),
            text=_refused,
            look=_refused_look,
            align=Align.RIGHT,
            width=56,
        ),
    ]


def summary(wishes: tuple[Wish, ...]) -> str:
    """How many files and lines, and what becomes of them."""
    taken = [wish for wish in wishes if wish.job is not None]
    count = len(taken)
    said = [n_("{count} file", "{count} files", count).format(count=formats.number(count))]
    reports = [wish.report for wish in taken if wish.report is not None]
    if len(reports) == count and reports:
        rows = sum(report.rows for report in reports)
        said.append(n_("{count} line", "{count} lines", rows).format(count=formats.number(rows)))
        said += _becomes(reports)
    return " · ".join(said)


def summary_of(report: FileReport) -> str:
    """What becomes of the lines of one file."""
    return " · ".join(_becomes([report])) or _("no line")


def _becomes(reports: Sequence[FileReport]) -> Iterator[str]:
    """New, changed, the same, refused: what there is none of is left out."""
    accepted = sum(report.accepted for report in reports)
    updated = sum(report.updated for report in reports)
    unchanged = sum(report.unchanged for report in reports)
    refused = sum(len(report.rejected) for report in reports)
    for count, text in (
        (accepted, n_("{count} new line", "{count} new lines", accepted)),
        (updated, n_("{count} line changed", "{count} lines changed", updated)),
        (unchanged, n_("{count} line the same", "{count} lines the same", unchanged)),
        (refused, n_("{count} line refused", "{count} lines refused", refused)),
    ):
        if count:
            yield text.format(count=formats.number(count))


def _name() -> Column[Wish]:
    return Column(
        name="file",
        title=N_("File"),
        text=lambda wish: wish.path.name,
        look=lambda wish: Words(
            (Run(wish.path.name, "text1" if wish.taken else "text3"),), Elide.MIDDLE
        ),
        tooltip=lambda wish: str(wish.path),
        width=130,
        least=80,
        grows=True,
    )


def _counted(name: str, title: str, tone: str) -> Column[Wish]:
    return Column(
        name=name,
        title=title,
        text=lambda wish: _count(wish, name),
        look=lambda wish: figure(_count(wish, name), "text3" if _is_none(wish, name) else tone),
        align=Align.RIGHT,
        width=58,
        leaves=1 if name == "unchanged" else 0,
    )


def _count(wish: Wish, name: str) -> str:
    return "" if wish.report is None else formats.number(getattr(wish.report, name))


def _is_none(wish: Wish, name: str) -> bool:
    return wish.report is None or not getattr(wish.report, name)


def _tick(wish: Wish) -> Look:
    return Mark(Icon.TICKED, "accent") if wish.taken else Mark(Icon.UNTICKED, "text2")


def _kind(wish: Wish) -> str:
    if wish.file.trouble is not None:
        return sentence(wish.file.trouble.reason)
    return _(KINDS[wish.file.kind]) if wish.file.kind else _("not known")


def _kind_look(wish: Wish) -> Look:
    if wish.file.trouble is not None:
        return words(_("unreadable"), "danger")
    return words(_kind(wish), "text2" if wish.file.kind else "warn")


def _has_refused(wish: Wish) -> bool:
    return wish.report is not None and bool(wish.report.rejected)


def _refused(wish: Wish) -> str:
    return "" if wish.report is None else formats.number(len(wish.report.rejected))


def _refused_look(wish: Wish) -> Look:
    if wish.report is None:
        return Blank()
    return figure(_refused(wish), "danger" if wish.report.rejected else "text3")
