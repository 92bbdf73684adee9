"""The carriers' window: before and after the day was shared out, with a price on trial."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QMainWindow

from app.domain.acts.orders import ImportRows
from app.domain.carriers import CarrierService, ServiceKind, Surcharge, SurchargeKind
from app.i18n import language
from app.operations.booking import book
from app.operations.carriage import allocate
from app.operations.sourcing import accept, source
from app.ui.actions import Actions
from app.ui.carriers.door import CarriersDoor
from app.workspace import Workspace
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page
from tests.ui.why.mornings import TODAY, bring_in, plan_tour, promised

_CODES = tuple(f"4802{n:02}" for n in range(13, 17))


class CarriersPicture(QMainWindow):
    """The window fills this one."""

    def __init__(self, arrange: Callable[[Workspace], None]) -> None:
        super().__init__()
        self.setLocale(QLocale(language()))
        self._own = OwnWorkspace(arrange)
        actions = Actions(self)
        self.door = CarriersDoor(self._own.session, actions, self)
        self._own.session.board_changed.connect(actions.refresh)
        self.window_shown = False
        self.page = self.door.open()
        self.page.setWindowFlags(Qt.WindowType.Widget)
        self.setCentralWidget(self.page)
        self.page.shown.connect(self._shown)
        self.page.come_forward()
        self.page.tester.postcode.setText("59130")
        self.page.tester.ask()

    def _shown(self) -> None:
        self.window_shown = True

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt calls it so
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        tested = bool(self.page.tester.lines())
        return self._own.session.settled and self.window_shown and tested


def _a_panel(workspace: Workspace) -> None:
    """A service with a quota and a surcharge, so that bars and lines are seen."""
    bike = CarrierService("DEX", "BIKE", "Vélo du jour", ServiceKind.BIKE, quota_per_day=4)
    energy = Surcharge("DEX", "", "GAZ", "Indice gazole", 1, SurchargeKind.PERCENT, Decimal(8))
    workspace.submit(ImportRows("service", "services.csv", (bike,)))
    workspace.submit(ImportRows("surcharge", "surcharges.csv", (energy,)))


def _sourced(workspace: Workspace) -> None:
    bring_in(workspace, *(promised(code) for code in _CODES), vehicles=True)
    accept(workspace, source(workspace).decisions)
    _a_panel(workspace)


def _shared_out(workspace: Workspace) -> None:
    _sourced(workspace)
    plan_tour(workspace, _CODES[0], slack_s=int(timedelta(minutes=40).total_seconds()))
    allocate(workspace, TODAY, apply=True)
    with TemporaryDirectory() as folder:
        book(workspace, TODAY, Path(folder))


PAGES = (
    Page(
        "carriers-waiting",
        lambda: CarriersPicture(_sourced),
        ((1220, 700),),
        ready=CarriersPicture.ready,
    ),
    Page(
        "carriers-sent",
        lambda: CarriersPicture(_shared_out),
        ((1366, 720), (1220, 700)),
        ready=CarriersPicture.ready,
    ),
)
