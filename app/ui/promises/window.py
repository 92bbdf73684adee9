"""The promise tester's window: a basket, a place, and every date with what stands behind it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app import formats
from app.domain.journal import Changes
from app.domain.orders import Order
from app.domain.reasons import Reason
from app.errors import UnknownSubject
from app.i18n import _, n_
from app.operations.promise_ground import promise_ground
from app.operations.promising import PromiseTold, promise_dates
from app.planning.promise.ground import PromiseGround
from app.ui.icons import Icon
from app.ui.promises.basket import basket_of
from app.ui.promises.head import PromiseHead
from app.ui.promises.option_lines import OPTIONS, option_key, option_lines, refused_line
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.heading import Heading
from app.ui.widgets.lines import Line, Target
from app.ui.widgets.lines_table import LinesTable
from app.ui.widgets.side_window import SideWindow
from app.wording import sentence
from db.orders import load_orders
from db.queries.names import Names, load_names

_PAUSE_MS = 250
_LEAST = QSize(620, 380)
_LEAST_POSTCODE = 2


@dataclass(slots=True)
class _Ready:
    """The indices that questions share, until something changes or the day ends."""

    ground: PromiseGround | None = None


class PromiseWindow(SideWindow):
    """Asks again a moment after each change; a click on a date shows its chain."""

    shown = Signal()  # the answer to the last question is on screen

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("promises", _("Promise tester"), QSize(940, 640), parent)
        self._session = session
        self._names = Names()
        self._ready = _Ready()
        self._told: PromiseTold | None = None
        self._asked = 0
        self._unfolded: frozenset[str] = frozenset()
        self.head = PromiseHead(session.day, self)
        self.table = LinesTable(OPTIONS, self)
        self._title = Heading(self)
        self._empty = EmptyState(Icon.TODAY, "", parent=self)
        self._foot = Footer(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._pause.timeout.connect(self.ask)
        self.head.changed.connect(self._pause.start)
        self.table.followed.connect(self._unfold)
        session.changed.connect(self._forget)
        self._show_nothing(_("Type a basket and a postcode to see what could be promised."))

    def come_forward(self) -> None:
        super().come_forward()
        self._session.read(load_names, self._show_names)
        chosen = self._session.selection.selected.codes
        if len(chosen) == 1:
            self._session.read(load_orders, self._take_over, chosen)
        self.head.basket.setFocus()

    def ask(self) -> None:
        """Ask for the dates now."""
        self._pause.stop()
        lines, postcode = basket_of(self.head.basket.text()), self.head.postcode.text().strip()
        self._asked += 1
        if not lines or len(postcode) < _LEAST_POSTCODE:
            self._show_nothing(_("Type a basket and a postcode to see what could be promised."))
            return
        asked, workspace, ready = self._asked, self._session.workspace, self._ready
        town, wanted_on = self.head.town.text().strip(), self.head.wanted_on

        def work() -> PromiseTold | Reason:
            today = workspace.now().astimezone(workspace.zone).date()
            if ready.ground is None or ready.ground.on != today:
                ready.ground = promise_ground(workspace)
            try:
                return promise_dates(
                    workspace,
                    lines,
                    postcode,
                    town=town,
                    wanted_on=wanted_on,
                    ground=ready.ground,
                )
            except UnknownSubject as unknown:
                return unknown.reason

        self._session.reckon(work, lambda told: self._show(told) if asked == self._asked else None)

    def lines(self) -> tuple[Line, ...]:
        """What is shown, for whoever looks on."""
        return self.table.lines()

    def _forget(self, _changes: Changes) -> None:
        """What was made ready may be wrong now; who looks at dates sees those of now."""
        self._ready = _Ready()
        if self.isVisible() and self._told is not None:
            self._pause.start()

    def _take_over(self, orders: list[Order]) -> None:
        for order in orders:
            self.head.take_over(order)

    def _show_names(self, names: Names) -> None:
        self._names = names
        self._show_lines()

    def _show(self, told: PromiseTold | Reason) -> None:
        if isinstance(told, Reason):
            self._show_nothing(sentence(told))
            return
        self._told = told
        first = told.promise.options[:1]
        self._unfolded = frozenset(option_key(option) for option in first)
        self._empty.hide()
        self.table.show()
        self._say()
        self._show_lines()
        self.shown.emit()

    def _show_nothing(self, said: str) -> None:
        self._told = None
        self._empty.set_sentence(said)
        self.table.hide()
        self._empty.show()
        self._say()
        self.shown.emit()

    def _say(self) -> None:
        told = self._told
        if told is None:
            self._title.say(_("Dates"))
            self._foot.set_summary("")
            return
        count = len(told.promise.options)
        dates = n_("{count} date", "{count} dates", count).format(count=formats.number(count))
        town = " ".join(
            part for part in (told.asked.address.postcode, told.asked.address.town) if part
        )
        self._title.say(_("Dates"), f"{dates} · {town}")
        at = formats.short_moment(told.promise.at, told.zone)
        said = _("As things stood on {moment}; nothing is reserved.").format(moment=at)
        if told.degraded:
            said = f"{said} {_('Old stock figures put days on top.')}"
        self._foot.set_summary(said)

    def _unfold(self, target: Target) -> None:
        self._unfolded ^= frozenset(target.codes)
        self._show_lines()

    def _show_lines(self) -> None:
        told = self._told
        if told is None:
            return
        places = self._places()
        lines: list[Line] = []
        for option in told.promise.options:
            lines += option_lines(
                option,
                self._names,
                places,
                told.zone,
                unfolded=option_key(option) in self._unfolded,
            )
        for place, one in enumerate(told.promise.refused):
            lines.append(refused_line(place, one, self._names, places))
        self.table.show_lines(tuple(lines))

    def _places(self) -> dict[str, str]:
        """The names of nodes and pickup points by their codes."""
        nodes = {code: node.name or code for code, node in self._names.nodes.items()}
        return nodes | {code: point.name for code, point in self._names.pickup_points.items()}

    def _lay_out(self) -> None:
        self.setMinimumSize(_LEAST)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._title)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._foot)
