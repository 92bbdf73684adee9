"""The window of roads and zones: a day with zones, another day of the law, and before any zone."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.zones import Ban
from app.operations.access_zones import switch_zone
from app.operations.roads import add_roads
from app.operations.scenarios import compare
from app.planning.tours.solver import solve
from app.ui.ground.window import GroundWindow
from app.workspace import Workspace
from tests.builders import NOW, a_node
from tests.tours.test_roads import pairs_file, row
from tests.tours.test_touring import fill, today
from tests.tours.test_zone_switching import CLEAN, OLD, take_in, zone
from tests.ui.pictures import Page
from tests.ui.sessions import a_session


class GroundPicture(QWidget):
    """The window on a workspace of its own, gone with the picture."""

    def __init__(
        self, arrange: Callable[[Workspace], None], act: Callable[[GroundWindow], None]
    ) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name) / "workspace"
        shutil.copytree(_template(), place)
        self._workspace = Workspace.open(place, user="c.vasseur", clock=lambda: NOW)
        arrange(self._workspace)
        self.session = a_session(self._workspace)
        self.page = GroundWindow(self.session, lambda _paths: None, self)
        self._act: Callable[[GroundWindow], None] | None = act
        self._shown = False
        self.page.zones.shown.connect(self._zones_shown)
        self.session.start()
        self.page.come_forward()

    def _zones_shown(self) -> None:
        act, self._act = self._act, None
        if act is None:
            self._shown = True
        else:
            act(self.page)
            self.page.zones.read()

    def resizeEvent(self, _event) -> None:  # noqa: N802 - Qt calls it so
        self.page.resize(self.size())

    def grab(self, *_area):
        return self.page.grab()

    def closeEvent(self, event) -> None:  # noqa: N802
        super().closeEvent(event)
        self.session.close()
        self._workspace.close()
        self._folder.cleanup()

    def ready(self) -> bool:
        return self.session.settled and self._shown


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    Workspace.open(folder, user="template").close()
    return folder


def _zones(workspace: Workspace) -> None:
    orders = [today(f"48021{n}", 0.01 * n) for n in range(1, 10)]
    fill(workspace, *orders, vehicles=(OLD, CLEAN), nodes=(a_node(),))
    take_in(
        workspace,
        zone("217500016-ZFE-001", Ban("24/7", heavy=False, critair_from="3"), label="ZFE de Lille"),
        zone("LILLE-PIETON", Ban("Mo-Sa 11:00-19:00"), label="Vieux-Lille, rues piétonnes"),
        zone("LILLE-35T", Ban(above_kg=3_500), label="Ponts de la Deûle", east=0.09),
        zone("ROUBAIX", label="ZFE de Roubaix", valid_from=date(2027, 1, 1), east=0.1),
        zone("PLAINE", Ban(), label="Plaine du port", valid_to=date(2026, 6, 30)),
    )
    switch_zone(workspace, "LILLE-35T", active=False, reason="pont rouvert")
    with tempfile.TemporaryDirectory() as folder:
        times = pairs_file(
            Path(folder), row((0, 0), (2, 0), metres=5000, seconds=900), name="mesures-2026.csv"
        )
        add_roads(workspace, times)


def _stand(page: GroundWindow) -> None:
    page.zones.table.selectRow(0)


def _price(page: GroundWindow) -> None:
    page.zones.table.selectRow(1)
    page.zones.price.compare = partial(compare, seconds=None, iterations=5, solver=solve)
    page.zones.weigh.trigger()


def _next_year(page: GroundWindow) -> None:
    page.zones.law.slider.setValue(page.zones.law.slider.maximum())


SIZES = ((1180, 680), (940, 560))
PAGES = tuple(
    Page(name, partial(GroundPicture, arrange, act), SIZES, ready=GroundPicture.ready)
    for name, arrange, act in (
        ("ground-zones", _zones, _stand),
        ("ground-law", _zones, _next_year),
        ("ground-price", _zones, _price),
        ("ground-nothing", lambda _workspace: None, lambda _page: None),
    )
)
