"""How the page is kept in step: layers by version, messages that wait until it can hear them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from PySide6.QtCore import QObject, Signal

from app.maps.features import as_json, difference, difference_data, page_data
from app.maps.layers import MapLayers
from app.ui.map.bridge import Bridge
from app.ui.map.site import Site

#: A change of more rows than this is sent as a whole.
SMALL_CHANGE = 400


class Aside(Protocol):
    """Runs work off the window's thread and hands its result back on it."""

    def __call__(self, work: Callable[[], Any], then: Callable[[Any], None], /) -> None: ...


def at_once(work: Callable[[], Any], then: Callable[[Any], None], /) -> None:
    """Run the work here and now."""
    then(work())


@dataclass(frozen=True, slots=True)
class Parcel:
    """One version of the layers, packed: whole, or as changes to the version before."""

    version: int
    kind: Literal["layers", "changes"]
    body: bytes
    layers: MapLayers


def pack(before: MapLayers | None, after: MapLayers, version: int) -> Parcel:
    """Pack the next version; small changes go by themselves."""
    if before is not None:
        change = difference(before, after)
        if len(change) <= SMALL_CHANGE:
            return Parcel(version, "changes", as_json(difference_data(change)), after)
    return Parcel(version, "layers", as_json(page_data(after)), after)


class Feed(QObject):
    """Tells the page what is new, in order, as soon as it listens.

    `opened` follows the page's first word; `drawn` the painting of the newest layers.
    """

    opened = Signal()
    drawn = Signal()

    def __init__(self, site: Site, bridge: Bridge, aside: Aside, parent: QObject) -> None:
        super().__init__(parent)
        self._site = site
        self._bridge = bridge
        self._aside = aside
        self._wanted = MapLayers()
        self._known: MapLayers | None = None
        self._version = 0
        self._painted = 0
        self._packing = self._listening = False
        self._unsaid: dict[str, Callable[[], None]] = {}
        bridge.heard_open.connect(self._page_opened)
        bridge.heard_painted.connect(self._page_painted)

    def show(self, layers: MapLayers) -> None:
        """The page is to show these layers."""
        self._wanted = layers
        self._send()

    def say(self, subject: str, message: Callable[[], None]) -> None:
        """Say something once the page listens; until then the last word on a subject counts."""
        if self._listening and not self._behind:
            message()
        else:
            self._unsaid.pop(subject, None)
            self._unsaid[subject] = message

    def tell(self, what: str) -> None:
        """Tell an open page to look again; one that opens later reads everything anyway."""
        if self._listening:
            self._bridge.news.emit(what, 0)

    def lose_page(self) -> None:
        """The page is gone; the next one starts from nothing."""
        self._listening, self._known = False, None

    @property
    def settled(self) -> bool:
        """Whether the page shows the newest layers."""
        return self._listening and not self._behind and self._painted == self._version

    @property
    def _behind(self) -> bool:
        return self._packing or self._known is not self._wanted

    def _page_opened(self) -> None:
        self._listening, self._known = True, None
        self._send()
        self.opened.emit()

    def _send(self) -> None:
        if self._packing or not self._listening:
            return
        if not self._behind:
            self._say_all()
            return
        self._packing = True
        self._version += 1
        before, after, version = self._known, self._wanted, self._version
        self._aside(lambda: pack(before, after, version), self._packed)

    def _packed(self, parcel: Parcel) -> None:
        self._packing = False
        self._known = parcel.layers
        self._site.layers[parcel.version] = parcel.body
        self._bridge.news.emit(parcel.kind, parcel.version)
        self._send()

    def _say_all(self) -> None:
        unsaid, self._unsaid = self._unsaid, {}
        for message in unsaid.values():
            message()

    def _page_painted(self, version: int) -> None:
        self._painted = version
        self._site.forget_layers_before(version)
        if self.settled:
            self.drawn.emit()
