"""The map as a widget: it is given rows, ids and a look, and tells what the person picks."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QShowEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.domain.values import GeoPoint
from app.domain.zones import AccessZone
from app.i18n import _
from app.maps.areas import areas_data
from app.maps.features import as_json
from app.maps.icons import icons
from app.maps.layers import MapLayers, NodeMark, OrderMark, TourLine
from app.maps.style import page_look
from app.maps.tiles import open_base_map
from app.maps.words import page_words
from app.tokens import Tokens, tokens
from app.ui.map.base_maps import imported_map, online_map, tile_host
from app.ui.map.bridge import Bridge, Describe
from app.ui.map.feed import Aside, Feed, at_once
from app.ui.map.scheme import map_profile
from app.ui.map.site import Site, prepare
from app.ui.map.web_page import MapWebPage

_Modifier = Qt.KeyboardModifier
_MODIFIERS = {
    "ctrl": _Modifier.ControlModifier,
    "shift": _Modifier.ShiftModifier,
    "alt": _Modifier.AltModifier,
}
#: The window paints first; the browser, which costs more than all of it, comes after.
AFTER_THE_WINDOW_MS = 50


class MapView(QWidget):
    """A map of orders, nodes and tours.

    It may be told everything before its page stands; the page then opens with it. `picked` and
    `boxed` carry order codes and the keys held; `drawn` follows the painting of new layers;
    `failed` carries what went wrong in the page. `held` carries the orders that a hand took,
    `held_over` the tour and the stop they are held over and where, `let_go` the keys held and
    whether the place is to be chosen.
    """

    picked = Signal(tuple, Qt.KeyboardModifier)
    boxed = Signal(tuple, Qt.KeyboardModifier)
    hovered = Signal(str)
    node_picked = Signal(str, Qt.KeyboardModifier)
    tour_picked = Signal(str, Qt.KeyboardModifier)
    pin_dropped = Signal(str, GeoPoint)
    held = Signal(tuple)
    held_over = Signal(str, str, QPoint)
    let_go = Signal(Qt.KeyboardModifier, bool)
    held_no_more = Signal()
    choices_changed = Signal(str)
    ready = Signal()
    drawn = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, aside: Aside = at_once) -> None:
        super().__init__(parent)
        self._aside = aside
        self._look: Tokens = tokens("light")
        self._still = False
        self._choices = self._online_tiles = ""
        self._areas: tuple[AccessZone, ...] = ()
        self._web: QWebEngineView | None = None
        profile = map_profile()
        self._site = site = Site(start=self._start_document)
        self._address = address = profile.open_site(site)
        self.destroyed.connect(lambda: profile.close_site(address))
        self._bridge = Bridge(self)
        self._feed = Feed(site, self._bridge, aside, self)
        self._listen()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Map"))
        self._show_land()

    def show_base(self, look: Tokens | None = None) -> None:
        """Open the page now, in this look, without waiting for the window."""
        if look is not None:
            self.set_theme(look)
        self._open()

    def show_layers(
        self,
        orders: Iterable[OrderMark],
        nodes: Iterable[NodeMark],
        tours: Iterable[TourLine],
    ) -> None:
        """Draw these rows; only what differs from those drawn now goes to the page."""
        self._feed.show(MapLayers(tuple(orders), tuple(nodes), tuple(tours)))

    def show_areas(self, zones: Iterable[AccessZone]) -> None:
        """Tint these areas, closed to some vehicles, and no others."""
        shown = tuple(zones)
        self._areas = shown

        def packed(body: bytes) -> None:
            if self._areas is shown:  # else others were asked for meanwhile
                self._site.areas = body
                self._feed.tell("areas")

        self._aside(lambda: as_json(areas_data(shown)), packed)

    def select(
        self, orders: Iterable[str], nodes: Iterable[str] = (), tours: Iterable[str] = ()
    ) -> None:
        """Highlight these; the tours of selected orders stand out by themselves."""
        wanted = json.dumps({"orders": [*orders], "nodes": [*nodes], "tours": [*tours]})
        self._feed.say("selection", lambda: self._bridge.selected.emit(wanted))

    def hover(self, order: str) -> None:
        """Mark the order that is under the pointer in another pane; empty = none."""
        self._feed.say("hover", lambda: self._bridge.hovered_elsewhere.emit(order))

    def zoom_to(self, ids: Iterable[str] = ()) -> None:
        """Move to these orders, nodes and tours; to everything when none is named."""
        wanted = json.dumps([*ids])
        self._feed.say("zoom", lambda: self._bridge.zoomed.emit(wanted))

    def set_tool(self, tool: str) -> None:
        """Take up `select`, `box` or `lasso`."""
        self._feed.say("tool", lambda: self._bridge.tool_chosen.emit(tool))

    def start_pin(self, order: str, at: GeoPoint | None = None, address: str = "") -> None:
        """Let the person drag a pin to where the order's address is; `pin_dropped` says where."""
        wanted = json.dumps(
            {
                "order": order,
                "title": formats.order_number(order),
                "address": address,
                "latitude": at.latitude if at else None,
                "longitude": at.longitude if at else None,
            }
        )
        self._feed.say("pin", lambda: self._bridge.pin_started.emit(wanted))

    def show_ghost(self, ghost: dict[str, Any] | None) -> None:
        """Draw what a move would change over everything, or nothing of it any more."""
        wanted = json.dumps(ghost)
        self._feed.say("ghost", lambda: self._bridge.ghost_shown.emit(wanted))

    def carry(self, orders: Iterable[str], at: QPoint) -> None:
        """Another pane holds these orders over this point; `held_over` answers. None = no more."""
        wanted = json.dumps([*orders])
        x, y = float(at.x()), float(at.y())
        self._feed.say("carry", lambda: self._bridge.carried.emit(wanted, x, y))

    def set_theme(self, look: Tokens, *, still: bool | None = None) -> None:
        """Change colours at once, without loading anything anew; `still` lets nothing glide."""
        self._look = look
        self._still = self._still if still is None else still
        self._show_land()
        self._feed.tell("look")

    def set_language(self) -> None:
        """Speak the language that the program speaks now."""
        self.setAccessibleName(_("Map"))
        self._feed.tell("words")

    def use_base_map(self, file: Path | None) -> None:
        """Lay an imported map under everything, or take it away.

        Raises:
            BadFile: the file is no base map; the present one stays.
        """
        opened = open_base_map(file) if file else None
        if self._site.base_map is not None:
            self._site.base_map.close()
        self._site.base_map = opened
        self._feed.tell("base_map")

    def use_online_tiles(self, address: str) -> None:
        """Fetch tiles from a server while no base map is imported; empty fetches nothing."""
        host = tile_host(address)
        self._online_tiles = address if host else ""
        if host == self._site.tile_host:
            self._feed.tell("base_map")
        else:  # the page's policy names its tile server: only a new page may reach another
            self._site.tile_host = host
            self._load_again()

    def describe_with(self, describe: Describe) -> None:
        """Ask for the lines of the order under the pointer: making all ahead takes too long."""
        self._bridge.describe = describe

    @property
    def settled(self) -> bool:
        """Whether the newest layers have been painted."""
        return self._feed.settled

    @property
    def choices(self) -> str:
        """What the person chose to see: to be kept, and given back with `restore_choices`."""
        return self._choices

    def restore_choices(self, choices: str) -> None:
        """Show what was chosen last time; to be called before the page opens."""
        self._choices = choices

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(AFTER_THE_WINDOW_MS, self, self._open)

    def _open(self) -> None:
        """Start the browser, and have its page rendered aside meanwhile; once."""
        if self._web is not None:
            return
        self._web = web = QWebEngineView(self)
        page = MapWebPage(map_profile(), self._address, self._bridge, web)
        page.script_failed.connect(self.failed)
        page.renderProcessTerminated.connect(self._page_died)
        web.setPage(page)
        web.setAcceptDrops(False)  # files dropped on the map are the window's to take
        web.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusProxy(web)
        self.layout().addWidget(web)  # type: ignore[union-attr]  # set in the constructor
        self._show_land()
        self._aside(prepare, lambda _prepared: web.load(self._address))

    def _load_again(self) -> None:
        if self._web is not None:
            self._feed.lose_page()
            self._web.load(self._address)

    def _page_died(self) -> None:
        self.failed.emit(_("The map stopped, and is opened again."))
        self._load_again()

    def _listen(self) -> None:
        bridge, feed = self._bridge, self._feed
        feed.opened.connect(self.ready)
        feed.drawn.connect(self.drawn)
        bridge.heard_hover.connect(self.hovered)
        bridge.heard_pick.connect(lambda ids, keys: self.picked.emit(_ids(ids), _held(keys)))
        bridge.heard_box.connect(lambda ids, keys: self.boxed.emit(_ids(ids), _held(keys)))
        bridge.heard_node.connect(lambda node, keys: self.node_picked.emit(node, _held(keys)))
        bridge.heard_tour.connect(lambda tour, keys: self.tour_picked.emit(tour, _held(keys)))
        bridge.heard_pin.connect(
            lambda order, lat, lon: self.pin_dropped.emit(order, GeoPoint(lat, lon))
        )
        bridge.heard_choices.connect(self._keep_choices)
        bridge.heard_held.connect(lambda orders: self.held.emit(_ids(orders)))
        bridge.heard_over.connect(
            lambda tour, stop, x, y: self.held_over.emit(tour, stop, QPoint(round(x), round(y)))
        )
        bridge.heard_drop.connect(lambda keys, choose: self.let_go.emit(_held(keys), choose))
        bridge.heard_no_more.connect(self.held_no_more)

    def _keep_choices(self, choices: str) -> None:
        self._choices = choices
        self.choices_changed.emit(choices)

    def _show_land(self) -> None:
        """The colour of the land stands in for the map until there is one."""
        land = QColor(self._look.map.land)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, land)
        self.setPalette(palette)
        if self._web is not None:
            self._web.page().setBackgroundColor(land)

    def _start_document(self) -> bytes:
        """All that the page needs before the first order."""
        look = page_look(self._look, font_family=self.font().family(), still=self._still)
        return as_json(
            {
                "look": look,
                "icons": icons(),
                "words": page_words(),
                "choices": self._choices,
                "base_map": self._base_map(),
            }
        )

    def _base_map(self) -> dict[str, Any] | None:
        if self._site.base_map is not None:
            return imported_map(self._site.base_map.info)
        return online_map(self._online_tiles) if self._online_tiles else None


def _ids(said: str) -> tuple[str, ...]:
    return tuple(json.loads(said))


def _held(said: str) -> Qt.KeyboardModifier:
    held = _Modifier.NoModifier
    for key in said.split():
        held |= _MODIFIERS[key]
    return held
