"""The map pane: the day's board on the map, one selection with every other pane."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.domain.journal import Changes
from app.domain.places import Located, Precision
from app.domain.values import GeoPoint
from app.domain.zones import AccessZone
from app.errors import BadFile
from app.i18n import N_, _, language, n_
from app.maps.layers import MapLayers
from app.operations.access_zones import zones_in_force
from app.operations.roads import ways_of_tours
from app.ui.actions import Actions, ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.map.board_layers import BoardLayers, order_details
from app.ui.map.stop_hold import StopHold
from app.ui.map.view import MapView
from app.ui.session import Session
from app.ui.theme import current_theme
from app.ui.tours.hand_desk import hand_desk_of
from app.ui.tours.hand_specs import ON_MAP
from db.queries.board import OrderRow

_log = logging.getLogger(__name__)
_Modifier = Qt.KeyboardModifier
_CHOICES = "map/choices"


class MapPage(QWidget):
    """Shows the board, and turns what is picked on the map into the selection."""

    subtitle_changed = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = view = MapView(self, aside=session.reckon)
        self.setFocusProxy(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        view.describe_with(self._describe)
        self.hold = StopHold(view, hand_desk_of(session))
        view.restore_choices(str(QSettings().value(_CHOICES, "")))
        self._actions = actions
        self._drawing = self._again = False
        self._base_map = ""
        self._language = language()
        self._register(actions)
        self._listen()
        self._draw_areas()
        self._apply_look()
        self._apply_settings()

    @property
    def settled(self) -> bool:
        """Whether the map shows the board as it is now."""
        return self.view.settled and not self._drawing

    def tools(self) -> Sequence[QWidget]:
        """Nothing in the title bar: the map's tools float over the map."""
        return ()

    def zoom_to_selection(self) -> None:
        self.view.zoom_to(self._session.selection.selected.codes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for name in (*(spec.id for spec in ON_MAP), "notes.area"):  # others': made after this one
            action = self._actions.find(name)
            if action is not None and action not in self.actions():
                self.addAction(action)

    def _listen(self) -> None:
        session, view, theme = self._session, self.view, current_theme()
        session.board_changed.connect(self._draw)
        session.changed.connect(self._look_for_areas)
        session.day_changed.connect(self._draw_areas)
        session.suggested.connect(self._draw)
        session.settings_changed.connect(self._apply_settings)
        session.selection.listen(self._show_selection)
        session.selection.listen_to_hover(lambda: view.hover(session.selection.hovered))
        session.look_at.connect(self._look_at)
        theme.changed.connect(self._apply_look)
        view.picked.connect(self._pick)
        view.boxed.connect(self._pick)
        view.node_picked.connect(self._pick_node)
        view.tour_picked.connect(self._pick_tour)
        view.hovered.connect(session.selection.hover)
        view.pin_dropped.connect(self._keep_place)
        view.failed.connect(lambda message: _log.error("map: %s", message))
        view.choices_changed.connect(lambda choices: QSettings().setValue(_CHOICES, choices))

    def _register(self, actions: Actions) -> None:
        for spec, run, why_not in (
            (_ZOOM, self.zoom_to_selection, self._nothing_selected),
            (_SHOW_ALL, self.view.zoom_to, _nothing_against),
            (_LASSO, lambda: self.view.set_tool("lasso"), _nothing_against),
            (_PIN, self._start_pin, self._not_one_order),
        ):
            actions.register(spec, run, why_not)
        actions.attach(self, _ZOOM.id, _SHOW_ALL.id, _LASSO.id)

    def _draw(self) -> None:
        """Work out the layers aside; what changes meanwhile is drawn right after."""
        if self._drawing:
            self._again = True
            return
        self._drawing = True
        session = self._session
        board = BoardLayers(
            session.board,
            dict(session.suggestions),
            session.policy.touring.tight_slack_s,
            partial(ways_of_tours, session.workspace),
        )
        session.reckon(board.layers, self._show)

    def _show(self, layers: MapLayers) -> None:
        self._drawing = False
        self.view.show_layers(layers.orders, layers.nodes, layers.tours)
        self.subtitle_changed.emit(_subtitle(layers))
        if self._again:
            self._again = False
            self._draw()

    def _look_for_areas(self, changes: Changes) -> None:
        if changes.touch("access_zone"):
            self._draw_areas()

    def _draw_areas(self) -> None:
        """The zones in force on the day that is shown."""
        workspace, day = self._session.workspace, self._session.day

        def show(zones: tuple[AccessZone, ...]) -> None:
            if day == self._session.day:
                self.view.show_areas(zones)

        self._session.reckon(lambda: zones_in_force(workspace, day), show)

    def _show_selection(self) -> None:
        selected = self._session.selection.selected
        self.view.select(selected.codes, self._nodes_of(selected.codes))

    def _look_at(self, kind: str, code: str) -> None:
        """Show what a line of another pane led to: a node is marked beside the selection's own."""
        if kind == "order":
            self.view.zoom_to((code,))
        if kind == "node":
            codes = self._session.selection.selected.codes
            nodes = dict.fromkeys((*self._nodes_of(codes), code))
            self.view.select(codes, tuple(nodes))

    def _nodes_of(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The nodes of a lone selected order: those that serve it, else the one suggested."""
        row = self._row(codes[0]) if len(codes) == 1 else None
        if row is None or row.nodes:
            return row.nodes if row else ()
        suggested = self._session.suggestions.get(row.code)
        return tuple(s.node for s in suggested.shipments) if suggested else ()

    def _pick(self, codes: tuple[str, ...], held: Qt.KeyboardModifier) -> None:
        selection = self._session.selection
        if held & _Modifier.AltModifier:
            selection.take_out(codes)
        elif held & _Modifier.ControlModifier and len(codes) == 1:
            selection.toggle(codes[0])
        elif held & (_Modifier.ControlModifier | _Modifier.ShiftModifier):
            selection.add(codes)
        else:
            selection.choose(codes)

    def _pick_node(self, node: str, held: Qt.KeyboardModifier) -> None:
        rows = self._session.board.rows
        self._pick(tuple(row.code for row in rows if node in row.nodes), held)

    def _pick_tour(self, code: str, held: Qt.KeyboardModifier) -> None:
        rows = self._session.board.rows
        tours = {(s.tour_code, row.code) for row in rows for s in row.shipments}
        self._pick(tuple(row.code for row in rows if (code, row.code) in tours), held)

    def _start_pin(self) -> None:
        row = self._row(self._session.selection.selected.current)
        if row is not None:
            point = row.place.point if row.place else None
            self.view.start_pin(row.code, point, row.order.address.one_line)

    def _keep_place(self, code: str, point: GeoPoint) -> None:
        from app.operations.intake import correct_address  # brings every way of reading a file

        row = self._row(code)
        if row is not None:
            address = row.order.address
            place = Located(point, 1.0, Precision.PIN, address.one_line, "pin")
            workspace = self._session.workspace
            self._session.submit(lambda: correct_address(workspace, address, place))

    def _describe(self, code: str) -> tuple[str, ...]:
        row = self._row(code)
        return () if row is None else order_details(row, self._session.zone)

    def _row(self, code: str) -> OrderRow | None:
        return next((row for row in self._session.board.rows if row.code == code), None)

    def _apply_look(self) -> None:
        theme = current_theme()
        self.view.set_theme(theme.tokens, still=not theme.motion)

    def _apply_settings(self) -> None:
        settings = self._session.settings
        if self._language != language():
            self._language = language()
            self.view.set_language()
        self.view.use_online_tiles(settings.online_tiles)
        if settings.base_map == self._base_map:
            return
        self._base_map = settings.base_map
        try:
            self.view.use_base_map(Path(settings.base_map) if settings.base_map else None)
        except BadFile as refusal:
            self._session.refused.emit(refusal)

    def _nothing_selected(self) -> str:
        return "" if self._session.selection.selected else _("Nothing is selected.")

    def _not_one_order(self) -> str:
        one = len(self._session.selection.selected) == 1
        return "" if one else _("Select one order first.")


def _nothing_against() -> str:
    return ""


def _subtitle(layers: MapLayers) -> str:
    tours, points = len(layers.tours), len(layers.orders)
    said = n_("%(count)s tour", "%(count)s tours", tours) % {"count": formats.number(tours)}
    shown = n_("%(count)s point", "%(count)s points", points) % {"count": formats.number(points)}
    return f"{said} · {shown}" if tours else shown


_ZOOM = ActionSpec(
    id="map.zoom_to_selection",
    text=N_("Zoom to the selection"),
    icon=Icon.FIT,
    shortcut="Z",
    menu=Menu.VIEW,
    group=3,
    scope=Scope.PANE,
)
_SHOW_ALL = ActionSpec(
    id="map.show_all",
    text=N_("Show everything on the map"),
    shortcut="Shift+Z",
    menu=Menu.VIEW,
    group=3,
    scope=Scope.PANE,
)
_LASSO = ActionSpec(
    id="map.lasso",
    text=N_("Select with a free line"),
    icon=Icon.LASSO,
    shortcut="L",
    menu=Menu.VIEW,
    group=3,
    scope=Scope.PANE,
)
_PIN = ActionSpec(
    id="orders.place_on_map",
    text=N_("Place the address on the map"),
    icon=Icon.CHECK_ADDRESS,
    menu=Menu.ORDERS,
    group=5,
    hint=N_("Drag a pin to where the door is; the next order to that address will know."),
)
