"""What is asked of the operations for tours: agree, lock, take out, hand over."""

from collections.abc import Collection

from app import formats
from app.domain.journal import Settled
from app.domain.reasons import Reason
from app.domain.tours import PlanState, Tour
from app.i18n import _, n_
from app.operations.by_hand import ByHand, hand_over, nothing_done
from app.operations.passing import passing_reason, passings
from app.operations.touring import Judged, check, lock, set_state, tours_of, unplan
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.tours.agreeing import Step, done_in_words
from app.ui.widgets.toast import News
from app.wording import sentence
from app.wording.tours import violation_reason


class Deeds:
    """Each deed is one operation in the session's serial lane."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, step: Step) -> None:
        """Agree on tours, or take that back; what is validated is judged at once."""
        workspace, day = self._session.workspace, self._session.day
        codes = tuple(tour.code for tour in step.tours)

        def taken(_settled: Settled) -> None:
            self._tell(News(done_in_words(step), icon=Icon.VALIDATED))
            if step.state is PlanState.VALIDATED and not step.back:
                self._session.reckon(lambda: check(workspace, on=day), self._judged(codes))
                self._session.reckon(lambda: self._passings(codes), self._say_passings)

        self._session.submit(lambda: set_state(workspace, day, step.state, codes), taken)

    def _passings(self, tours: Collection[str]) -> list[Reason]:
        workspace, day = self._session.workspace, self._session.day
        wanted = [tour for tour in tours_of(workspace, day) if tour.code in tours]
        found = passings(workspace, wanted).found
        return [passing_reason(workspace, one) for one in found]

    def _say_passings(self, found: list[Reason]) -> None:
        """Ways through zones that are closed to their vehicle: a person may have a permit."""
        if found:
            title = n_(
                "{count} way through a closed zone", "{count} ways through closed zones", len(found)
            ).format(count=formats.number(len(found)))
            self._tell(News(title, sentence(found[0]), "warn", Icon.WARNING))

    def lock(self, tours: Collection[Tour]) -> None:
        """Lock these tours; where all are locked, free them."""
        workspace = self._session.workspace
        locked = not all(tour.locked for tour in tours)
        wanted = [tour.code for tour in tours if tour.locked is not locked]
        self._session.submit(lambda: [lock(workspace, code, locked=locked) for code in wanted])

    def unplan(self, shipments: Collection[str]) -> None:
        """Take shipments out of their draft tours; the rest is timed again."""
        workspace = self._session.workspace
        self._session.submit(lambda: unplan(workspace, shipments))

    def hand_over(self, shipments: Collection[str]) -> None:
        """Give what was left out to its best carriers."""
        workspace, day = self._session.workspace, self._session.day
        reason = _("left out of the tours")
        self._session.submit(
            lambda: hand_over(workspace, shipments, day, reason), self._handed_over
        )

    def _handed_over(self, acted: ByHand) -> None:
        refusal = nothing_done(acted)
        if refusal is not None:
            self._session.refused.emit(refusal)
            return
        count = len(acted.done)
        title = n_(
            "{count} shipment handed to a carrier", "{count} shipments handed to carriers", count
        )
        line = sentence(acted.refused[0].reason) if acted.refused else ""
        status = "warn" if acted.refused else "success"
        news = News(title.format(count=formats.number(count)), line, status, Icon.CARRIER)
        self._tell(news)

    def _judged(self, tours: Collection[str]) -> "_Verdict":
        return _Verdict(self._session, tours)

    def _tell(self, news: News) -> None:
        self._session.news.emit(news)


class _Verdict:
    """Says what speaks against tours that were just validated; a person may still publish them."""

    def __init__(self, session: Session, tours: Collection[str]) -> None:
        self._session = session
        self._tours = frozenset(tours)

    def __call__(self, judged: Judged) -> None:
        found = [v for v in judged.verdict.violations if v.tour in self._tours]
        if not found:
            return
        title = n_("{count} rule is broken", "{count} rules are broken", len(found))
        line = sentence(violation_reason(found[0]))
        news = News(title.format(count=formats.number(len(found))), line, "warn", Icon.WARNING)
        self._session.news.emit(news)
