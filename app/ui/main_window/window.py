"""The dispatcher's window: four panes on one selection, figures above, status below."""

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from app.errors import EnvironmentProblem, Refused, WhollyRefused
from app.i18n import N_, _
from app.ui.actions import Actions
from app.ui.carriers.door import CarriersDoor
from app.ui.ground.door import GroundDoor
from app.ui.icons import Icon
from app.ui.intake.door import ImportDoor
from app.ui.journal.door import JournalDoor
from app.ui.main_window.desk_actions import register_desk_actions
from app.ui.main_window.kpis import kpis
from app.ui.main_window.search import palette_results
from app.ui.main_window.status import StatusBar
from app.ui.main_window.top_bar import TopBar
from app.ui.making_room.door import RoomDoor
from app.ui.map.page import MapPage
from app.ui.notes.door import NotesDoor
from app.ui.offers.door import OffersDoor
from app.ui.offers.specs import OFFER
from app.ui.orders.page import OrdersPage
from app.ui.promises.door import PromiseDoor
from app.ui.rules.door import RulesDoor
from app.ui.session import Session
from app.ui.shortages.door import ShortagesDoor
from app.ui.stock.door import StockDoor
from app.ui.theme import current_theme
from app.ui.tours.page import ToursPage
from app.ui.why.page import WhyPage
from app.ui.widgets.kpi_bar import Kpi
from app.ui.widgets.palette import CommandPalette
from app.ui.widgets.pane import Pane
from app.ui.widgets.toast import News, Toasts
from app.wording import sentence

_LAYOUT_VERSION = 1
_SMALLEST = (1024, 640)
_KPI_REFRESH_MS = 30_000
#: Shares of the width and height that the panes take on a new desk (of 1920 x 1080).
_ORDERS, _MAP, _TOURS, _WHY = 936, 981, 1272, 645
_ABOVE, _BELOW = 640, 300


class MainWindow(QMainWindow):
    """Built once; everything in it is told by the session."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, remembers: bool = True
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._remembers = remembers  # whether its layout outlives it
        self.setWindowTitle("Régie")
        self.setMinimumSize(*_SMALLEST)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        self.actions_registry = Actions(self)
        self.palette_card = CommandPalette(self)
        self.toasts = Toasts(self, above=30)
        self._top = TopBar(self)
        self.setMenuWidget(self._top)
        self._maximised: Pane | None = None
        self._panes = self._make_panes()
        taking_in = ImportDoor(session, self.actions_registry, self)
        StockDoor(session, self.actions_registry, self)
        RulesDoor(session, self.actions_registry, self)
        self.offers = OffersDoor(session, self.actions_registry, self)
        RoomDoor(session, self.actions_registry, self)
        ShortagesDoor(session, self.actions_registry, self)
        self.actions_registry.attach(self._panes["orders"].content, OFFER.id)
        self.actions_registry.attach(self._panes["why"].content, OFFER.id)
        CarriersDoor(session, self.actions_registry, self)
        PromiseDoor(session, self.actions_registry, self)
        GroundDoor(session, self.actions_registry, taking_in.open, self)
        NotesDoor(session, self.actions_registry, self)
        JournalDoor(session, self.actions_registry, self)
        register_desk_actions(self)
        self._status = StatusBar(session, self._undo, self)
        self._place_status()
        self.actions_registry.fill(self._top.menus)
        self.actions_registry.use_single_keys(session.settings.single_keys)
        self._clock = QTimer(self)
        self._clock.setInterval(_KPI_REFRESH_MS)
        self._connect()
        self._show_day()
        self._restore_layout()
        self._panes["orders"].content.setFocus()

    @property
    def panes(self) -> dict[str, Pane]:
        return self._panes

    @property
    def settled(self) -> bool:
        """Whether everything shown is what the workspace holds now."""
        panes = self._map.settled and self._why.settled
        return self.session.settled and panes and self.actions_registry.settled

    def as_widget(self) -> QWidget:
        return self

    def tell(self, news: News) -> None:
        """Say something in the corner."""
        self.toasts.tell(news)

    def open_palette(self) -> None:
        """Open the palette over everything that can be done or found."""
        self.actions_registry.refresh()
        self.palette_card.open(self.actions_registry.entries())

    def maximise(self, pane: Pane | None) -> None:
        """Let one pane fill the window, or bring all back."""
        self._maximised = None if pane is self._maximised else pane
        for each in self._panes.values():
            each.setVisible(self._maximised in (None, each))
            each.show_maximised(each is self._maximised)

    def focused_pane(self) -> Pane | None:
        return next((pane for pane in self._panes.values() if pane.focused), None)

    def lay_out_anew(self) -> None:
        """Bring every pane back to its first place."""
        for pane in self._panes.values():
            pane.setFloating(False)
            pane.show()
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._remembers:
            self._keep_layout()
        super().closeEvent(event)

    def _make_panes(self) -> dict[str, Pane]:
        session, actions = self.session, self.actions_registry
        self._map, self._why = MapPage(session, actions), WhyPage(session, actions)
        made: dict[str, tuple[str, Icon, OrdersPage | MapPage | ToursPage | WhyPage]] = {
            "orders": (N_("Orders"), Icon.ORDERS, OrdersPage(session, actions)),
            "map": (N_("Map"), Icon.MAP, self._map),
            "tours": (N_("Tours"), Icon.TIMELINE, ToursPage(session, actions)),
            "why": (N_("Why?"), Icon.WHY, self._why),
        }
        panes = {}
        for name, (title, meaning, page) in made.items():
            pane = Pane(name, _(title), meaning, page, self)
            pane.maximise_asked.connect(lambda pane=pane: self.maximise(pane))
            for tool in page.tools():
                pane.add_tool(tool)
            page.subtitle_changed.connect(pane.set_subtitle)
            panes[name] = pane
        top, bottom = Qt.DockWidgetArea.TopDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self.addDockWidget(top, panes["orders"])
        self.splitDockWidget(panes["orders"], panes["map"], Qt.Orientation.Horizontal)
        self.addDockWidget(bottom, panes["tours"])
        self.splitDockWidget(panes["tours"], panes["why"], Qt.Orientation.Horizontal)
        return panes

    def _place_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setFixedHeight(self._status.height())
        bar.addWidget(self._status, 1)

    def _connect(self) -> None:
        session = self.session
        session.board_changed.connect(self._show_kpis)
        session.board_changed.connect(self.actions_registry.refresh_soon)
        session.suggested.connect(self.actions_registry.refresh_soon)
        session.selection.listen(self.actions_registry.refresh_soon)
        session.day_changed.connect(self._show_day)
        session.settings_changed.connect(self._apply_settings)
        session.refused.connect(self._show_refusal)
        session.troubled.connect(self._show_trouble)
        session.news.connect(self.tell)
        self._top.kpis.filter_changed.connect(session.filter_changed)
        self._top.day.chosen.connect(session.show_day)
        self._top.search.clicked.connect(self.open_palette)
        self._clock.timeout.connect(self._show_kpis)
        self._clock.timeout.connect(session.look_at_clock)
        self._clock.start()
        self.palette_card.searched.connect(self._search)

    def _show_kpis(self) -> None:
        """Count aside; figures of a board that was read again meanwhile are dropped."""
        board, moment = self.session.board, self.session.moment()

        def show(figures: tuple[Kpi, ...]) -> None:
            if board is self.session.board:
                self._top.kpis.show_kpis(figures)

        self.session.reckon(lambda: kpis(board, moment), show)

    def _show_day(self) -> None:
        self._top.day.show_day(self.session.day)
        role = _("demonstration") if self.session.workspace.is_demonstration else _("dispatcher")
        self._top.show_who(self.session.workspace.user, f"· {role}")

    def _search(self, query: str) -> None:
        rows, selection = self.session.board.rows, self.session.selection
        self.palette_card.show_results(query, palette_results(query, rows, selection.choose))

    def _apply_settings(self) -> None:
        settings, theme = self.session.settings, current_theme()
        self.actions_registry.use_single_keys(settings.single_keys)
        theme.motion = settings.animations
        if theme.choice != settings.theme:
            theme.turn_to(settings.theme)  # type: ignore[arg-type]  # one of the three, as kept

    def _undo(self) -> None:
        self.actions_registry.action("edit.undo").trigger()

    def _show_refusal(self, refusal: Refused) -> None:
        """Refusals are calm: a toast, with how many more there are."""
        parts = refusal.parts if isinstance(refusal, WhollyRefused) else ()
        more = len(parts) - 1
        line = _("and {count} more").format(count=more) if more > 0 else ""
        self.tell(News(sentence(refusal.reason), line, status="danger", icon=Icon.REFUSED))

    def _show_trouble(self, problem: EnvironmentProblem) -> None:
        QMessageBox.warning(self, "Régie", sentence(problem.reason))

    def _arrange(self) -> None:
        panes = self._panes
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.resizeDocks([panes["orders"], panes["map"]], [_ORDERS, _MAP], across)
        self.resizeDocks([panes["tours"], panes["why"]], [_TOURS, _WHY], across)
        self.resizeDocks([panes["orders"], panes["tours"]], [_ABOVE, _BELOW], down)

    def _keep_layout(self) -> None:
        kept = QSettings()
        kept.setValue("window/geometry", self.saveGeometry())
        kept.setValue("window/state", self.saveState(_LAYOUT_VERSION))

    def _restore_layout(self) -> None:
        kept = QSettings()
        names = ("window/geometry", "window/state")
        geometry, state = (kept.value(name) if self._remembers else None for name in names)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        else:
            self.resize(1920, 1080)
        if not (isinstance(state, QByteArray) and self.restoreState(state, _LAYOUT_VERSION)):
            QTimer.singleShot(0, self, self._arrange)
