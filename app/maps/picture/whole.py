"""The whole map as one picture: ground, names, ways, marks; of a day, or of one tour alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot, log2

from app.domain.values import GeoPoint
from app.drawing import Disc, Picture, Shape, Stroke
from app.i18n import _
from app.maps.geography import Geography, PlaceName, load_geography, load_names
from app.maps.layers import MapLayers, NodeMark, OrderMark
from app.maps.picture import marks
from app.maps.picture.apart import Fixed, apart
from app.maps.picture.foot import foot
from app.maps.picture.ground import ground
from app.maps.picture.names import countries, names
from app.maps.picture.pen import Pen
from app.maps.picture.room import Room, around
from app.maps.picture.ways import tags, ways
from app.maps.projection import Area, Frame

#: With more stops than this in one picture none is numbered: the figures would not be read.
MOST_NUMBERS = 160
_FRANCE = (GeoPoint(42.0, -5.0), GeoPoint(51.2, 8.5))
_MARGIN = 32.0
#: A mark that had to move further than this from its place is tied to it by a line.
_TIED_FROM = 3.0
#: Nodes give room where all tours are drawn.
_NODES_AMONG_MANY = 0.78


@dataclass(frozen=True, slots=True)
class _Pin:
    """An order's mark where it is drawn, and where its place is."""

    x: float
    y: float
    home: tuple[float, float]
    mark: OrderMark


class DayMap:
    """A day's marks over the land round them, ready to be drawn in any size."""

    def __init__(self, layers: MapLayers) -> None:
        self._layers = layers
        area = Area.around(layers.points or _FRANCE).grown(1.0)
        self._geography: Geography = load_geography().clipped(area)
        self._names: tuple[PlaceName, ...] = tuple(
            place for place in load_names() if area.holds_at(place.latitude, place.longitude)
        )

    def picture(self, width: float, height: float, pen: Pen, tour: int | None = None) -> Picture:
        """Everything, or one tour alone with its depot."""
        layers = self._layers if tour is None else only(self._layers, tour)
        frame = Frame.fitting(layers.points or _FRANCE, width, height, margin=pen.px(_MARGIN))
        title = _("Map of all tours") if tour is None else _("Map of tour T{number}")
        sheet = _Sheet(frame, layers, pen, alone=tour is not None)
        shapes = sheet.shapes(self._geography.clipped(frame.area().grown(0.02)), self._names)
        return Picture(width, height, tuple(shapes), title.format(number=tour))


class _Sheet:
    """One picture while it is composed."""

    def __init__(self, frame: Frame, layers: MapLayers, pen: Pen, *, alone: bool) -> None:
        self._frame, self._layers, self._pen, self._alone = frame, layers, pen, alone
        self._node_pen = pen if alone else replace(pen, scale=pen.scale * _NODES_AMONG_MANY)
        stops = sum(1 for mark in layers.orders if mark.tour)
        self._numbered = stops <= MOST_NUMBERS
        self._nodes = [(*frame.place(node.point), node) for node in layers.nodes]
        self._pins = list(self._placed())

    def shapes(self, geography: Geography, labels: tuple[PlaceName, ...]) -> Iterator[Shape]:
        """From the ground up; names and tags keep clear of marks."""
        frame, pen = self._frame, self._pen
        zoom = log2(frame.scale / pen.scale / 256)
        room = self._taken()
        tours = self._layers.tours
        tagged = [] if self._alone else list(tags(frame, tours, pen, room))
        below = list(foot(frame, pen, room))
        yield from ground(frame, geography, pen, zoom)
        yield from countries(frame, geography, room, pen)
        yield from names(frame, labels, room, pen, zoom)
        yield from ways(frame, tours, pen, alone=self._alone)
        yield from self._ties()
        yield from self._orders(stops=False)
        for x, y, node in self._nodes:
            yield from marks.node(x, y, node, self._node_pen)
        yield from self._orders(stops=True)
        yield from (marks.node_code(x, y, node, self._node_pen) for x, y, node in self._nodes)
        yield from tagged
        yield from below

    def _placed(self) -> Iterator[_Pin]:
        """Stops part from each other so that each can be read; all else stays on its place."""
        frame, pen = self._frame, self._pen
        stops = [mark for mark in self._layers.orders if mark.tour]
        homes = [frame.place(mark.point) for mark in stops]
        fixed = [one for x, y, _node in self._nodes for one in self._fixed(x, y)]
        reach = pen.px(marks.NUMBERED_R + 0.8)
        sheet = frame.width, frame.height
        spots = apart(homes, reach, sheet, fixed) if self._numbered else homes
        for mark, home, (x, y) in zip(stops, homes, spots, strict=True):
            yield _Pin(round(x, 2), round(y, 2), home, mark)
        for mark in self._layers.orders:
            if not mark.tour:
                home = frame.place(mark.point)
                yield _Pin(round(home[0], 2), round(home[1], 2), home, mark)

    def _fixed(self, x: float, y: float) -> Iterator[Fixed]:
        """A node's disc and the code below it."""
        pen = self._node_pen
        yield x, y, pen.px(marks.NODE_R - 1)
        yield x, y + pen.px(marks.NODE_R + 7), pen.px(8)

    def _taken(self) -> Room:
        pen, room = self._pen, Room(self._pen.px(48))
        for pin in self._pins:
            reach = pen.px(marks.reach(pin.mark, numbered=self._numbered))
            room.take(around(pin.x, pin.y, reach, reach))
        for x, y, _node in self._nodes:
            disc = self._node_pen.px(marks.NODE_R)
            room.take(around(x, y, disc, disc))
            room.take(around(x, y + disc + pen.px(7), pen.px(14), pen.px(6)))
        return room

    def _ties(self) -> Iterator[Shape]:
        """A fine line from a mark that had to give way to the place it stands for."""
        colours, pen = self._pen.look.colours, self._pen
        for pin in self._pins:
            if hypot(pin.x - pin.home[0], pin.y - pin.home[1]) > pen.px(_TIED_FROM):
                yield Stroke(((pin.home, (pin.x, pin.y)),), colours.text3, pen.px(0.8))
                yield Disc(*pin.home, pen.px(1.6), fill=colours.text3)

    def _orders(self, *, stops: bool) -> Iterator[Shape]:
        for pin in self._pins:
            if bool(pin.mark.tour) is stops:
                yield from marks.order(pin.x, pin.y, pin.mark, self._pen, numbered=self._numbered)


def only(layers: MapLayers, tour: int) -> MapLayers:
    """One tour's way, its stops, and the depot it leaves from."""
    orders = tuple(mark for mark in layers.orders if mark.tour == tour)
    depots = {mark.node for mark in orders}
    lines = tuple(t for t in layers.tours if t.number == tour)
    called_at = {leg.points[-1] for line in lines for leg in line.legs}  # where goods are fetched
    nodes: tuple[NodeMark, ...] = tuple(
        n for n in layers.nodes if n.code in depots or n.point in called_at
    )
    return MapLayers(orders, nodes, lines)
