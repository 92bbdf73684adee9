"""The lower part: areas closed to vehicles, the law by date, and the switch of each zone."""

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app import formats
from app.i18n import _, n_
from app.operations.access_zones import switch_zone, zones_of_day
from app.planning.tours.zone_effects import ZoneEffect, ZonesDay
from app.ui.ground.law_slider import LawSlider, turning_days
from app.ui.ground.zone_columns import zone_columns
from app.ui.ground.zone_detail import DETAIL, zone_lines
from app.ui.ground.zone_price import ZonePrice
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.beside import Beside
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.heading import Heading
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.lines import Target
from app.ui.widgets.lines_table import LinesTable
from app.ui.widgets.looks import Run
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table

_DETAIL_WIDTH = 300
_REASON_WIDTH = 240


class ZonesPart(QWidget):
    """Follows the slider's day and every commit; a switch may say why, and can be undone."""

    import_asked = Signal()
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._day: ZonesDay | None = None
        self._heading = Heading(self)
        self.law = LawSlider(session.day, self)
        self._model = RowsModel(
            zone_columns(lambda: session.zone, lambda: self.law.day),
            key=lambda effect: effect.zone.key,
            parent=self,
        )
        self.table = rows_table(self._model, self)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self._beside = Beside(_DETAIL_WIDTH, self)
        self._beside.hide()
        self.detail = LinesTable(DETAIL, self._beside)
        self.reason = QLineEdit(self)
        self.switch = self._action(_("Switch off"), Icon.ZONE, "Ctrl+T")
        self.weigh = self._action(_("What it costs"), Icon.CLOSE_CALL, "Ctrl+E")
        self.take_in = self._action(_("Import zones…"), Icon.IMPORT, "")
        self.price = ZonePrice(session, self)
        self.answer = Caption(parent=self)
        self._foot = Footer(self)
        self._lay_out()
        self._connect()

    @property
    def day(self) -> ZonesDay | None:
        """What is shown."""
        return self._day

    def read(self) -> None:
        """Reckon the zones of the slider's day."""
        workspace, on = self._session.workspace, self.law.day
        self._session.reckon(lambda: zones_of_day(workspace, on), self._show)

    # What is shown

    def _show(self, day: ZonesDay) -> None:
        zones = [effect.zone for effect in day.effects]
        self.law.show_days(turning_days(zones, self._session.day), self._session.day)
        if day.on != self.law.day:
            self.read()
            return
        self._day = day
        self._model.show_rows(sorted(day.effects, key=_rank))
        self._model.say_again()  # whether a zone is ended or to come depends on the day
        held = sum(effect.in_force for effect in day.effects)
        said = n_("{count} in force", "{count} in force", held)
        self._heading.say(_("Access zones"), said.format(count=formats.number(held)))
        self._foot.set_summary(_sums(day))
        self._offer()
        self.shown.emit()

    def _chosen(self) -> ZoneEffect | None:
        keys = self.table.chosen
        return next((e for e in self._model.rows() if e.zone.key in keys), None)

    def _offer(self, _keys: frozenset[Hashable] = frozenset()) -> None:
        """The detail and the switch of the chosen zone."""
        effect = self._chosen()
        orders = {s.code: row.code for row in self._session.board.rows for s in row.shipments}
        self._beside.setVisible(effect is not None)
        self.detail.show_lines(zone_lines(effect, orders, self._session.zone))
        off = effect is None or effect.zone.active
        self.switch.setText(_("Switch off") if off else _("Switch on"))
        self.switch.setEnabled(effect is not None)
        self.switch.setToolTip("" if effect else _("Choose a zone first."))
        self.reason.setEnabled(effect is not None)
        self.weigh.setEnabled(effect is not None and not self.price.busy)
        self.weigh.setToolTip(_("Plans the day shown on the desk with and without the zone."))

    # What a person does

    def _switch(self) -> None:
        effect, workspace, why = self._chosen(), self._session.workspace, self.reason.text()
        if effect is None:
            return
        key, active = effect.zone.key, not effect.zone.active
        self._session.submit(
            lambda: switch_zone(workspace, key, active=active, reason=why),
            lambda _settled: self.reason.clear(),
        )

    def _weigh(self) -> None:
        effect = self._chosen()
        if effect is not None:
            self.answer.set_runs(Run(_("Planning with and without it …"), "text2"))
            self.price.ask(effect.zone)
            self._offer()

    def _priced(self, said: str) -> None:
        self.answer.set_runs(Run(said))
        self._offer()

    def _follow(self, target: object) -> None:
        if isinstance(target, Target):
            here = {row.code for row in self._session.board.rows}
            wanted = [code for code in target.codes if code in here]
            if wanted:
                self._session.selection.choose(wanted)

    # How it is made

    def _action(self, text: str, icon: Icon, key: str) -> QAction:
        action = QAction(text, self)
        action.setProperty(ICON_PROPERTY, icon.value)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self.reason.setPlaceholderText(_("why, for the journal"))
        self.reason.setAccessibleName(_("Why the zone is switched"))
        self.reason.setFixedWidth(_REASON_WIDTH)
        nothing = _("No access zone is known. Import a file of them (GeoJSON).")
        self.table.set_empty_state(EmptyState(Icon.ZONE, nothing, self.take_in, self))
        self.detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._beside.hold(self.detail)
        self._foot.add_button(KeyButton(self.weigh, parent=self._foot))
        self._foot.add_button(self.reason)
        self._foot.add_button(KeyButton(self.switch, primary=True, parent=self._foot))
        self._heading.add_tool(self.answer)
        self._heading.add_tool(KeyButton(self.take_in, parent=self._heading))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.law)
        column.addLayout(row, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self.law.turned.connect(lambda _day: self.read())
        self.table.selection_changed.connect(self._offer)
        self.detail.followed.connect(self._follow)
        self.switch.triggered.connect(lambda _on=False: self._switch())
        self.weigh.triggered.connect(lambda _on=False: self._weigh())
        self.price.ended.connect(lambda: self._priced(""))
        self.price.told.connect(self._priced)
        self.take_in.triggered.connect(lambda _on=False: self.import_asked.emit())
        self.reason.returnPressed.connect(self.switch.trigger)


def _rank(effect: ZoneEffect) -> tuple[bool, bool, int, str, str]:
    """What holds comes first, what was switched off last; of them those with most of our stops."""
    zone = effect.zone
    return not effect.in_force, not zone.active, -effect.stops, zone.name, zone.key


def _sums(day: ZonesDay) -> str:
    """What the zones in force come to together."""
    vehicles, left = len(day.vehicles), len(day.unreachable)
    said = [
        n_("{count} vehicle kept out", "{count} vehicles kept out", vehicles).format(
            count=formats.number(vehicles)
        ),
        n_("{count} stop inside", "{count} stops inside", day.stops).format(
            count=formats.number(day.stops)
        ),
        n_("{count} shipment out of reach", "{count} shipments out of reach", left).format(
            count=formats.number(left)
        ),
    ]
    return " · ".join(said)
