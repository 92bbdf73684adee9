"""What the book says of each note: about whom, what it asks, how often it was kept to, whose."""

from app import formats
from app.domain.knowledge import About
from app.i18n import N_, _
from app.operations.notes import NoteLine, used
from app.ui.icons import Icon
from app.ui.widgets.looks import Align, Look, Mark, Run, Words, figure
from app.ui.widgets.rows import Column
from app.wording.notes import ABOUT, asks, subject

_SIGNS = {
    About.CLIENT: Icon.PERSON,
    About.STREET: Icon.TOUR,
    About.PLACE: Icon.HOME,
    About.POSTCODE: Icon.ZONE,
    About.VEHICLE: Icon.VAN,
}
_DAYS_SHOWN = 20


def note_columns() -> list[Column[NoteLine]]:
    """One line a note."""
    return [
        Column(
            name="about",
            title="",
            text=lambda line: _(ABOUT[line.note.about]),
            look=lambda line: Mark(_SIGNS[line.note.about]),
            tooltip=lambda line: _(ABOUT[line.note.about]),
            align=Align.CENTRE,
            width=28,
        ),
        Column(
            name="code",
            title=N_("Note"),
            text=lambda line: line.note.code,
            look=lambda line: Words((Run(line.note.code, "text2"),)),
            width=48,
        ),
        Column(
            name="subject",
            title=N_("Whom, what"),
            text=lambda line: subject(line.note),
            look=_subject_look,
            width=190,
            least=110,
        ),
        Column(
            name="asks",
            title=N_("What it asks"),
            text=lambda line: asks(line.note),
            tooltip=lambda line: "\n".join(filter(None, (asks(line.note), line.note.reason))),
            width=240,
            least=120,
            grows=True,
        ),
        Column(
            name="used",
            title=N_("Used"),
            hint=N_("Stops of kept tours that it was for, since the day it was written"),
            text=lambda line: formats.number(line.use.stops),
            look=_used_look,
            sort=lambda line: line.use.stops,
            tooltip=_days,
            align=Align.RIGHT,
            width=56,
        ),
        Column(
            name="author",
            title=N_("Author"),
            text=lambda line: line.note.author,
            look=lambda line: Words((Run(line.note.author, "text2"),)),
            width=92,
            leaves=2,
        ),
        Column(
            name="written",
            title=N_("Written on"),
            text=_written,
            sort=lambda line: line.note.written_on,
            align=Align.RIGHT,
            width=86,
            leaves=1,
        ),
    ]


def _subject_look(line: NoteLine) -> Look:
    note = line.note
    return Words((Run(note.subject, strong=True), Run(note.postcode, "text2", drops=True)))


def _used_look(line: NoteLine) -> Look:
    return figure(formats.number(line.use.stops), "text1" if line.use.stops else "text3")


def _days(line: NoteLine) -> str:
    """How often, and on which days the latest."""
    days = [formats.short_date(on) for on in reversed(line.use.days[-_DAYS_SHOWN:])]
    return "\n".join((used(line.use), *days))


def _written(line: NoteLine) -> str:
    return "" if line.note.written_on is None else formats.short_date(line.note.written_on)
