"""What the worklist's actions do: they ask the operations, and tell what did not go along."""

from collections.abc import Callable, Sequence

from app import formats
from app.domain.journal import PartRefused, Settled
from app.domain.sourcing import SourcingDecision
from app.i18n import N_, _, n_
from app.jobs import Job
from app.operations.by_hand import (
    ByHand,
    CarrierOffers,
    assign_many,
    carrier_offers,
    choose_many,
    nothing_done,
    release_many,
)
from app.operations.sourcing import accept
from app.operations.sourcing_run import SourcingRun
from app.operations.sourcing_together import proof_in_words
from app.operations.touring import unplan
from app.ui.icons import Icon
from app.ui.orders.destinations import Choice, shipments_of
from app.ui.orders.work_row import WorkRow
from app.ui.session import Session
from app.ui.widgets.toast import News
from app.wording import sentence

#: The job that weighs all open orders, as the status bar names it.
TOGETHER = N_("Least cost for all open orders")


class Deeds:
    """Each deed is one operation in the session's serial lane."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._weighing: Job | None = None
        session.job_ended.connect(self._job_ended)

    def accept(self, rows: Sequence[WorkRow]) -> None:
        """Reserve what is suggested for these orders, as it is shown."""
        decisions = suggested_for(rows)
        if decisions:
            workspace = self._session.workspace
            run = self._session.suggested_by
            self._session.submit(lambda: accept(workspace, decisions, run), self._accepted)

    def suggest_together(self) -> None:
        """Weigh all open orders at once; what is found takes the place of the suggestions."""
        self._weighing = Job("")
        begun = self._session.suggest_together(_(TOGETHER), self._weighed)
        if self._weighing is not None:
            self._weighing = begun

    def nothing_to_weigh(self) -> str:
        """Why the open orders cannot be weighed now; empty when they can."""
        if self._weighing is not None:
            return _("That is being done.")
        return "" if self._session.suggestions else _("No order is open.")

    def assign(self, rows: Sequence[WorkRow], choice: Choice, reason: str) -> None:
        """Send these orders to a node; what is suggested anyway is simply accepted."""
        wanted = [row for row in rows if row.suggestion is None or row.nodes != (choice.code,)]
        if not wanted:
            self.accept(rows)
            return
        codes = [row.code for row in rows]
        said = reason or _("chosen by hand")
        workspace = self._session.workspace
        self._session.submit(
            lambda: assign_many(workspace, codes, choice.code, said), self._done_by_hand
        )

    def send_with(self, rows: Sequence[WorkRow], choice: Choice, reason: str) -> None:
        """Give the shipments of these orders to a carrier."""
        if choice.service is None:
            return
        service, shipments = choice.service, shipments_of(rows)
        said = reason or _("chosen by hand")
        workspace, day = self._session.workspace, self._session.day
        self._session.submit(
            lambda: choose_many(workspace, shipments, service, said, day), self._done_by_hand
        )

    def ask_prices(
        self, rows: Sequence[WorkRow], then: Callable[[tuple[CarrierOffers, ...]], None]
    ) -> None:
        """What every service asks for the shipments of these orders."""
        shipments = shipments_of(rows)
        workspace, day = self._session.workspace, self._session.day
        self._session.reckon(lambda: carrier_offers(workspace, shipments, day), then)

    def unplan(self, rows: Sequence[WorkRow]) -> None:
        """Take these orders out of their draft tours."""
        shipments = [s.code for row in rows for s in row.source.shipments if s.tour]
        workspace = self._session.workspace
        self._session.submit(lambda: unplan(workspace, shipments))

    def release(self, rows: Sequence[WorkRow]) -> None:
        """Give back what these orders hold."""
        codes = [row.code for row in rows]
        workspace = self._session.workspace
        self._session.submit(lambda: release_many(workspace, codes), self._done_by_hand)

    def _job_ended(self, job: Job) -> None:
        if self._weighing is not None and job.title == _(TOGETHER):
            self._weighing = None

    def _weighed(self, run: SourcingRun, shown: bool) -> None:
        if not shown:
            said = _("Orders or stock changed meanwhile: the suggestions stay those of the rules.")
            self._tell(_("Not used any more"), said, status="warn", icon=Icon.WARNING)
        elif run.proof is not None:
            said = proof_in_words(run.proof)
            self._tell(_("All open orders weighed at once"), said, status="success", icon=Icon.SURE)

    def _tell(self, title: str, said: str, *, status: str, icon: Icon) -> None:
        self._session.news.emit(News(title, said, status=status, icon=icon))

    def _accepted(self, settled: Settled) -> None:
        self._tell_refused(settled.refused)

    def _done_by_hand(self, acted: ByHand) -> None:
        refusal = nothing_done(acted)
        if refusal is not None:
            self._session.refused.emit(refusal)
        else:
            self._tell_refused(acted.refused)

    def _tell_refused(self, refused: Sequence[PartRefused]) -> None:
        """Part of it did not go along: a toast with the first reason and their number."""
        if not refused:
            return
        count = len(refused)
        title = n_("{count} order was refused", "{count} orders were refused", count)
        first = _("{order}: {reason}").format(
            order=formats.order_number(refused[0].subject), reason=sentence(refused[0].reason)
        )
        news = News(
            title.format(count=formats.number(count)), first, status="warn", icon=Icon.WARNING
        )
        self._session.news.emit(news)


def suggested_for(rows: Sequence[WorkRow]) -> list[SourcingDecision]:
    """What is suggested for these orders, as far as anything is."""
    return [row.suggestion for row in rows if row.suggestion is not None and is_suggested(row)]


def is_suggested(row: WorkRow) -> bool:
    """Whether any node is suggested for the order."""
    return row.suggestion is not None and bool(row.suggestion.shipments)
