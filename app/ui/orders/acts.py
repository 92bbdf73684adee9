"""What the person can do with orders, registered once: each asks whether it can be done now."""

from collections.abc import Callable, Sequence

from app import formats
from app.domain.orders import Queue
from app.i18n import _, n_
from app.ui.actions import Actions, ActionSpec
from app.ui.orders import specs
from app.ui.orders.deeds import Deeds, is_suggested
from app.ui.orders.listing import Listing
from app.ui.orders.sending import Sending, can_change_carrier, can_change_node
from app.ui.orders.standing import Standing
from app.ui.orders.work_row import WorkRow

#: What the Why pane does, once it has registered it.
SHOW_WHY = "why.show"
_HELD = frozenset({Queue.TO_PLAN, Queue.NO_CARRIER, Queue.TO_COLLECT, Queue.WITH_CARRIER})


class Acts:
    """The actions on the orders themselves: accept, send, take back, look, go to the next."""

    def __init__(self, actions: Actions, listing: Listing, sending: Sending, deeds: Deeds) -> None:
        self._actions = actions
        self._listing = listing
        self._sending = sending
        self._deeds = deeds
        self._sure = 0

    def register(self) -> None:
        """Put them all into the registry."""
        for spec, run, why_not in self._acts():
            self._actions.register(spec, run, why_not)

    def _acts(self) -> Sequence[tuple[ActionSpec, Callable[[], object], Callable[[], str]]]:
        sending = self._sending
        return (
            (specs.ACCEPT_SURE, self._accept_sure, self._none_sure),
            (specs.ACCEPT_CHOSEN, self._accept_chosen, self._none_suggested),
            (specs.SUGGEST_TOGETHER, self._deeds.suggest_together, self._deeds.nothing_to_weigh),
            (specs.TO_NODE, sending.ask_node, lambda: self._none(can_change_node)),
            (specs.TO_CARRIER, sending.ask_carrier, lambda: self._none(can_change_carrier)),
            (specs.TAKE_BACK, self._take_back, self._nothing_to_take_back),
            (specs.WHY, self.why, self._not_one),
            (specs.PREVIOUS_ANOMALY, lambda: self._to_anomaly(-1), self._no_anomaly),
            (specs.NEXT_ANOMALY, lambda: self._to_anomaly(1), self._no_anomaly),
        )

    def sure_rows(self) -> list[WorkRow]:
        """The rows shown whose suggestion is sure."""
        return [row for row in self._listing.model.rows() if row.standing is Standing.SURE]

    def count_sure(self) -> int:
        """Count them anew, and name the action by what it would do."""
        self._sure = count = len(self.sure_rows())
        action = self._actions.action(specs.ACCEPT_SURE.id)
        said = n_("Accept the sure one", "Accept the {count} sure ones", count)
        text = said.format(count=formats.number(count)) if count else _(specs.ACCEPT_SURE.text)
        if action.text() != text:
            action.setText(text)
        return count

    def why(self) -> None:
        """Show the chain of the order where the keyboard stands."""
        row = self._listing.current()
        chosen = self._listing.chosen_rows()
        if row is not None and row not in chosen:
            self._listing.go_to(row.code)
        shown = self._actions.find(SHOW_WHY)
        if shown is not None:
            shown.trigger()

    def take_back(self) -> None:
        """What Del does, as U."""
        self._actions.action(specs.TAKE_BACK.id).trigger()

    def _accept_sure(self) -> None:
        self._deeds.accept(self.sure_rows())

    def _accept_chosen(self) -> None:
        self._deeds.accept(self._listing.chosen_rows())

    def _take_back(self) -> None:
        """Planned orders leave their tours first; what is in no tour gives back its stock."""
        if planned := self._planned():
            self._deeds.unplan(planned)
        else:
            self._deeds.release(self._held())

    def _to_anomaly(self, step: int) -> None:
        codes = [row.code for row in self._listing.list.rows if "anomalies" in row.views]
        current = self._listing.current()
        here = codes.index(current.code) if current and current.code in codes else None
        start = -1 if step > 0 else 0
        self._listing.go_to(codes[((start if here is None else here) + step) % len(codes)])

    # What speaks against it

    def _none_sure(self) -> str:
        return "" if self._sure else _("No sure suggestion is shown here.")

    def _none_suggested(self) -> str:
        chosen = self._listing.chosen_rows()
        if not chosen:
            return _("Nothing is selected.")
        return (
            "" if any(map(is_suggested, chosen)) else _("Nothing is suggested for the selection.")
        )

    def _none(self, fits: Callable[[WorkRow], bool]) -> str:
        chosen = self._listing.chosen_rows()
        if not chosen:
            return _("Nothing is selected.")
        if any(fits(row) for row in chosen):
            return ""
        return _("The selected orders are planned, booked or wait for their address.")

    def _nothing_to_take_back(self) -> str:
        chosen = self._listing.chosen_rows()
        if not chosen:
            return _("Nothing is selected.")
        if any(row.tours or row.source.queue in _HELD for row in chosen):
            return ""
        return _("The selected orders have no node yet.")

    def _not_one(self) -> str:
        return "" if self._listing.current() is not None else _("Select one order first.")

    def _no_anomaly(self) -> str:
        return "" if self._listing.list.counts.get("anomalies") else _("There is no anomaly.")

    def _planned(self) -> list[WorkRow]:
        return [row for row in self._listing.chosen_rows() if row.tours]

    def _held(self) -> list[WorkRow]:
        chosen = self._listing.chosen_rows()
        return [row for row in chosen if row.source.queue in _HELD and not row.tours]
