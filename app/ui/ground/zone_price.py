"""What a zone costs on the day shown: planned with and without it, as a job, in a few words."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app import formats
from app.domain.zones import AccessZone
from app.i18n import _, n_
from app.jobs import Job
from app.operations.scenarios import Comparison, compare
from app.planning.tours.scenarios import Scenario, ZoneSwitched
from app.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

#: How long each of the two plans is searched.
SECONDS = 10.0


class ZonePrice(QObject):
    """`told` carries the answer, after `ended`; `compare` may be another way to compare."""

    told = Signal(str)
    ended = Signal()  # with an answer or without

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self.compare: Callable[..., Comparison] = partial(compare, seconds=SECONDS)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def ask(self, zone: AccessZone) -> None:
        """Plan the day shown on the desk with that phase of a zone switched."""
        if self.busy:
            return
        workspace, day = self._session.workspace, self._session.day
        holds = not zone.in_force(day)
        scenario = Scenario.of(ZoneSwitched(zone.key, active=holds))
        supposed = _("with {zone}") if holds else _("without {zone}")
        about = f"{supposed.format(zone=zone.name)}, {formats.short_date(day)}"

        def work(job: Job) -> Comparison:
            return self.compare(workspace, day, (scenario,), stop=job.stop, progress=job.report)

        self._job = self._session.run(
            _("What {zone} costs").format(zone=zone.name),
            work,
            lambda made: self.told.emit(f"{difference(made)} ({about})"),
            writes=False,
        )
        self._session.job_ended.connect(self._ended)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._session.job_ended.disconnect(self._ended)
            self._job = None
            self.ended.emit()


def difference(made: Comparison) -> str:
    """How the day planned otherwise differs from the day planned anew."""
    if len(made.outcomes) < 2:
        return _("Stopped before both plans were found.")
    anew, found = (each.side for each in made.outcomes[:2])
    cents = formats.change(formats.money, found.total_cents - anew.total_cents)
    said = _("{amount} for tours and carriers").format(amount=cents)
    more = found.left_out - anew.left_out
    if not more:
        return said
    if more > 0:
        told = n_("{count} more left out", "{count} more left out", more)
    else:
        told = n_("{count} more on tours", "{count} more on tours", -more)
    return f"{said}, {told.format(count=formats.number(abs(more)))}"
