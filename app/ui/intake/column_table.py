"""How the columns of a file are listed: what each holds, what it becomes, how it is read."""

from app import formats
from app.i18n import N_, _
from app.ui.icons import Icon
from app.ui.intake.column_rows import ColumnRow, Standing
from app.ui.widgets.looks import Align, Blank, Elide, Look, Mark, Run, Words, figure, words
from app.ui.widgets.rows import Column

_SIGNS = {
    Standing.READ: (Icon.ACCEPT, "success", N_("read")),
    Standing.REFUSED: (Icon.REFUSED, "danger", N_("some cells are refused")),
    Standing.UNUSED: (Icon.CHOICE, "text3", N_("nothing reads it")),
    Standing.MISSING: (Icon.WARNING, "danger", N_("needed, and nothing fills it")),
    Standing.ABSENT: (None, "text3", N_("left empty")),
}


def mapping_columns() -> list[Column[ColumnRow]]:
    """One line for each column of the file, then for ours that it does not fill."""
    return [
        Column(
            name="sign",
            title="",
            text=lambda row: _(_SIGNS[row.standing][2]),
            look=_sign,
            align=Align.CENTRE,
            width=28,
        ),
        Column(
            name="title",
            title=N_("Column of the file"),
            text=lambda row: row.title or _("not in the file"),
            look=_title,
            width=160,
            least=90,
            grows=True,
        ),
        Column(
            name="becomes",
            title=N_("Becomes"),
            text=lambda row: row.becomes or _("not used"),
            look=_becomes,
            width=170,
            least=96,
        ),
        Column(
            name="text",
            title=N_("As written"),
            text=lambda row: row.text,
            look=lambda row: words(row.text, "text2"),
            width=140,
            least=80,
            grows=True,
            leaves=2,
        ),
        Column(
            name="value",
            title=N_("As read"),
            text=_read,
            look=_value,
            width=150,
            least=80,
            grows=True,
        ),
        Column(
            name="how",
            title=N_("Conversion"),
            text=lambda row: row.how,
            look=lambda row: words(row.how, "text2", small=True),
            width=120,
            least=60,
            leaves=1,
        ),
        Column(
            name="refused",
            title=N_("Rejected"),
            text=_refused,
            look=lambda row: figure(_refused(row), "danger"),
            sort=lambda row: row.refused or None,
            align=Align.RIGHT,
            width=58,
        ),
    ]


def _sign(row: ColumnRow) -> Look:
    icon, tone, _word = _SIGNS[row.standing]
    return Blank() if icon is None else Mark(icon, tone)


def _title(row: ColumnRow) -> Look:
    if not row.title:
        return words(_("not in the file"), "text3")
    tone = "text2" if row.standing is Standing.UNUSED else "text1"
    return Words((Run(row.title, tone),), Elide.MIDDLE)


def _becomes(row: ColumnRow) -> Look:
    match row.standing:
        case Standing.UNUSED:
            return words(_("not used"), "text3")
        case Standing.MISSING:
            return words(row.becomes, "danger", strong=True)
        case Standing.ABSENT:
            return words(row.becomes, "text3")
        case _:
            return words(row.becomes, strong=True)


def _read(row: ColumnRow) -> str:
    if row.standing is Standing.MISSING:
        return _("needed")
    return row.fault or row.value


def _value(row: ColumnRow) -> Look:
    bad = row.fault or row.standing is Standing.MISSING
    return words(_read(row), "danger" if bad else "text1")


def _refused(row: ColumnRow) -> str:
    return formats.number(row.refused) if row.refused else ""
