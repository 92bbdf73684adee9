"""How neighbouring areas are drawn with fewer points and still share their borders."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import cos, hypot, radians

#: Longitude, latitude in hundred-thousandths of a degree.
Vertex = tuple[int, int]
Ring = list[Vertex]
Degrees = list[list[float]]

SCALE = 100_000
DECIMALS = 3
_SHRINK = cos(
    radians(46.5)
)  # a degree of longitude beside one of latitude, in the middle of France


@dataclass(slots=True)
class Arc:
    """A border between two junctions, and the areas on its sides."""

    vertices: Ring
    owners: set[str] = field(default_factory=set)


class Areas:
    """Areas cut into the borders that they share; a border is thinned once for both sides."""

    def __init__(self, rings: Mapping[str, list[Ring]]) -> None:
        self._arcs: dict[tuple[Vertex, ...], Arc] = {}
        self._made_of: dict[str, list[list[tuple[tuple[Vertex, ...], bool]]]] = {}
        junctions = _junctions(rings.values())
        for code, area in rings.items():
            self._made_of[code] = [self._cut(code, ring, junctions) for ring in area]

    def thin(self, tolerance_of: Mapping[str, float]) -> None:
        """Leave out what lies within a tolerance (degrees); the finer of two neighbours counts."""
        for arc in self._arcs.values():
            tolerance = min(tolerance_of[owner] for owner in arc.owners)
            arc.vertices = thinned(arc.vertices, tolerance * SCALE)

    def rings_of(self, code: str) -> list[Degrees]:
        """The rings of an area, in degrees; those that thinned away to nothing are gone."""
        rings = []
        for parts in self._made_of[code]:
            vertices: Ring = []
            for key, forward in parts:
                arc = self._arcs[key].vertices
                vertices += (arc if forward else arc[::-1])[:-1]
            ring = rounded([*vertices, vertices[0]])
            if len(ring) >= 4:
                rings.append(ring)
        return rings

    def borders(self) -> list[tuple[frozenset[str], Degrees]]:
        """Every border between two areas, with the two."""
        return [
            (frozenset(arc.owners), rounded(arc.vertices))
            for arc in self._arcs.values()
            if len(arc.owners) > 1
        ]

    def _cut(
        self, code: str, ring: Ring, junctions: set[Vertex]
    ) -> list[tuple[tuple[Vertex, ...], bool]]:
        at = [i for i, vertex in enumerate(ring[:-1]) if vertex in junctions]
        start = at[0] if at else min(range(len(ring) - 1), key=lambda i: ring[i])
        turned = [*ring[start:-1], *ring[: start + 1]]
        stops = [i for i, vertex in enumerate(turned) if vertex in junctions]
        stops = stops if at else [0, len(turned) - 1]
        parts = []
        for first, last in itertools.pairwise(stops):
            piece = tuple(turned[first : last + 1])
            key = min(piece, piece[::-1])
            self._arcs.setdefault(key, Arc(list(key))).owners.add(code)
            parts.append((key, piece == key))
        return parts


def ring_in_vertices(ring: Iterable[Iterable[float]]) -> Ring:
    """A closed ring of degrees as vertices, without repetitions."""
    vertices: Ring = []
    for longitude, latitude, *_ in ring:
        vertex = (round(longitude * SCALE), round(latitude * SCALE))
        if not vertices or vertex != vertices[-1]:
            vertices.append(vertex)
    return vertices


def thinned(line: Ring, tolerance: float) -> Ring:
    """The line without the points that lie nearer to it than the tolerance (Douglas-Peucker)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if line[0] == line[-1] and len(line) > 2:
        far = max(range(len(line)), key=lambda i: (_apart(line[0], line[i]), -i))
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        offset, middle = max(
            (_offset(line[i], line[first], line[last]), -i) for i in range(first + 1, last)
        )
        if offset > tolerance:
            keep.add(-middle)
            spans += [(first, -middle), (-middle, last)]
    return [line[i] for i in sorted(keep)]


def rounded(line: Iterable[Vertex]) -> Degrees:
    """Degrees with as many decimals as the map needs, without repetitions."""
    points: Degrees = []
    for x, y in line:
        point = [round(x / SCALE, DECIMALS), round(y / SCALE, DECIMALS)]
        if not points or point != points[-1]:
            points.append(point)
    return points


def area_km2(ring: Degrees) -> float:
    """The size of a ring, near enough to tell an island from a rock."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    return abs(twice) / 2 * 111.2**2 * cos(radians(ring[0][1]))


def _junctions(areas: Iterable[list[Ring]]) -> set[Vertex]:
    """Vertices where borders part: their neighbours differ from one ring to another."""
    seen: dict[Vertex, frozenset[Vertex]] = {}
    junctions: set[Vertex] = set()
    for rings in areas:
        for ring in rings:
            for before, vertex, after in zip([ring[-2], *ring], ring[:-1], ring[1:], strict=False):
                sides = frozenset((before, after))
                if seen.setdefault(vertex, sides) != sides:
                    junctions.add(vertex)
    return junctions


def _apart(here: Vertex, there: Vertex) -> float:
    return hypot((there[0] - here[0]) * _SHRINK, there[1] - here[1])


def _offset(point: Vertex, start: Vertex, end: Vertex) -> float:
    """How far a point lies from the straight piece between two others."""
    x, y = (point[0] - start[0]) * _SHRINK, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * _SHRINK, end[1] - start[1]
    length2 = dx * dx + dy * dy
    along = 0.0 if length2 == 0 else min(1.0, max(0.0, (x * dx + y * dy) / length2))
    return hypot(x - along * dx, y - along * dy)
