"""The ground beside the desk: what driving times are made of, and where vehicles may not go."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.journal import Changes
from app.i18n import _
from app.ui.ground.roads_part import RoadsPart
from app.ui.ground.zones_part import ZonesPart
from app.ui.intake.dropping import DropTarget
from app.ui.session import Session
from app.ui.widgets.side_window import SideWindow

_LEAST = QSize(940, 460)
#: What moves a zone's figures: the law, our vehicles, the day's stops.
_MOVES = ("access_zone", "vehicle", "order", "shipment", "tour", "address", "policy", "node")
_ZONES = (".geojson", ".json")


class GroundWindow(SideWindow):
    """Two lists; files dropped go where they belong, zones through `take_in`, which shows them."""

    def __init__(
        self,
        session: Session,
        take_in: Callable[[Sequence[Path]], object],
        parent: QWidget,
    ) -> None:
        super().__init__("ground", _("Roads and zones"), QSize(1180, 680), parent)
        self._session, self._take_in = session, take_in
        self.roads = RoadsPart(session, self)
        self.zones = ZonesPart(session, self)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.roads)
        split.addWidget(self.zones)
        split.setStretchFactor(1, 1)
        split.setSizes([200, 460])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.setMinimumSize(_LEAST)
        DropTarget(self).dropped.connect(self.take)
        session.changed.connect(self._look_again)
        session.day_changed.connect(self._read)
        self.roads.changed.connect(session.board_changed)  # the map draws the new roads
        self.zones.import_asked.connect(lambda: take_in(()))

    def come_forward(self) -> None:
        super().come_forward()
        self._read()
        self.zones.table.setFocus()

    def take(self, paths: Sequence[Path]) -> None:
        """Take in files: areas through the import, all others as roads or measured times."""
        areas = [path for path in paths if path.is_dir() or path.suffix.lower() in _ZONES]
        if areas:
            self._take_in(areas)
        self.roads.take([path for path in paths if path not in areas])

    def _read(self) -> None:
        if self.isVisible():
            self.roads.read()
            self.zones.read()

    def _look_again(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(*_MOVES):
            self.zones.read()
