"""Reads the roads of an OpenStreetMap extract (.osm.pbf, .osm) into a graph of crossings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.connectors.feeds.faults import Unreadable
from app.connectors.roads.graph import BIT, CLASSES, RoadGraph
from app.domain.travel import VehicleProfile
from app.domain.values import EARTH_RADIUS_M
from app.errors import Stopped
from app.ports import Progress, Stop, never, unheard

_VAN, _HEAVY, _BIKE = (BIT[each] for each in VehicleProfile)
_KIND = {name: number for number, name in enumerate(CLASSES)}
_NO = frozenset({"no", "private", "agricultural", "forestry", "emergency"})
_YES = frozenset({"yes", "designated", "permissive", "destination", "delivery", "customers"})
_FORWARD = frozenset({"yes", "true", "1"})
_BACKWARD = frozenset({"-1", "reverse"})
#: Ways that are for those on foot or on a bicycle unless they say otherwise.
_NO_MOTORS = frozenset({"pedestrian", "footway", "path", "cycleway"})
_NO_BIKES = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "footway"})
#: A lorry of 12 t, 3.8 m high, is stopped by less than this.
_HEAVY_NEEDS = {"maxweight": 12.0, "maxheight": 3.8, "maxwidth": 2.55}
_TOLD_EVERY = 20_000


@dataclass(slots=True)
class _Ways:
    """The ways that matter, as they are read: their nodes one after the other."""

    nodes: list[int] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    forward: list[int] = field(default_factory=list)
    backward: list[int] = field(default_factory=list)


def read_extract(path: Path, *, stop: Stop = never, progress: Progress = unheard) -> RoadGraph:
    """The roads of an extract for vans, lorries and bicycles.

    Raises:
        Unreadable: it is no extract, or has no roads.
        Stopped: a person pressed Stop.
    """
    ways = _read(path, stop, progress)
    if not ways.lengths:
        raise Unreadable("no_roads", file=path.name)
    return _graph(ways)


def _read(path: Path, stop: Stop, progress: Progress) -> _Ways:
    import osmium  # heavy

    ways = _Ways()
    try:
        processor = osmium.FileProcessor(str(path)).with_locations()
        processor.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        processor.with_filter(osmium.filter.KeyFilter("highway"))
        for number, way in enumerate(processor):
            if number % _TOLD_EVERY == 0:
                progress(number, 0)
                if stop():
                    raise Stopped
            if isinstance(way, osmium.osm.Way):
                _take(ways, {tag.k: tag.v for tag in way.tags}, way.nodes)
    except (RuntimeError, OSError) as fault:
        raise Unreadable("no_extract", file=path.name, detail=str(fault)) from fault
    return ways


def _take(ways: _Ways, tags: Mapping[str, str], nodes: Iterable[Any]) -> None:
    kind = tags.get("highway", "")
    if kind not in _KIND or tags.get("area") == "yes":
        return
    forward, backward = _open_to(kind, tags)
    if not forward | backward:
        return
    known = [node for node in nodes if node.location.valid()]  # a clipped extract lacks some
    if len(known) < 2:
        return
    ways.nodes.extend(node.ref for node in known)
    ways.places.extend((node.location.lat, node.location.lon) for node in known)
    ways.lengths.append(len(known))
    ways.kinds.append(_KIND[kind])
    ways.limits.append(_limit_kmh(tags.get("maxspeed", "")))
    ways.forward.append(forward)
    ways.backward.append(backward)


def _open_to(kind: str, tags: Mapping[str, str]) -> tuple[int, int]:
    """Who may use a way along its direction, and against it."""
    motors, bikes = _allows(kind, tags)
    along = (_VAN if motors else 0) | (_BIKE if bikes else 0)
    if motors and _lets_heavy(tags):
        along |= _HEAVY
    one_way = _one_way(kind, tags)
    both = _BIKE if bikes and _bikes_both_ways(tags) else 0
    if one_way > 0:
        return along, along & both
    if one_way < 0:
        return along & both, along
    return along, along


def _allows(kind: str, tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether motor vehicles, and bicycles, may use a way; the most specific tag decides."""
    motors, bikes = kind not in _NO_MOTORS, kind not in _NO_BIKES
    for tag in ("access", "vehicle"):
        motors, bikes = _said(tags.get(tag), motors), _said(tags.get(tag), bikes)
    for tag in ("motor_vehicle", "motorcar", "goods"):
        motors = _said(tags.get(tag), motors)
    return motors, _said(tags.get("bicycle"), bikes)


def _said(value: str | None, otherwise: bool) -> bool:
    if value in _NO:
        return False
    return value in _YES or otherwise


def _lets_heavy(tags: Mapping[str, str]) -> bool:
    if tags.get("hgv") in _NO:
        return False
    for tag, needed in _HEAVY_NEEDS.items():
        most = _number(tags.get(tag, ""))
        if most is not None and most < needed:
            return False
    return True


def _one_way(kind: str, tags: Mapping[str, str]) -> int:
    """1 = along its direction only, -1 = against it only, 0 = both."""
    said = tags.get("oneway", "")
    if said in _BACKWARD:
        return -1
    if said in _FORWARD:
        return 1
    ring = tags.get("junction") in ("roundabout", "circular")
    return int(said != "no" and (ring or kind in ("motorway", "motorway_link")))


def _bikes_both_ways(tags: Mapping[str, str]) -> bool:
    lanes = (tags.get(tag, "") for tag in ("cycleway", "cycleway:left", "cycleway:both"))
    return tags.get("oneway:bicycle") == "no" or any(lane.startswith("opposite") for lane in lanes)


def _limit_kmh(said: str) -> int:
    """The signposted limit; 0 = none that we can read."""
    limit = _number(said)
    if limit is None:
        return {"FR:urban": 50, "FR:rural": 80, "FR:zone30": 30, "walk": 6}.get(said, 0)
    return min(250, round(limit * 1.609 if said.endswith("mph") else limit))


def _number(said: str) -> float | None:
    try:
        return float(said.split()[0].replace(",", ".")) if said else None
    except ValueError:
        return None


def _graph(ways: _Ways) -> RoadGraph:
    """Cut the ways at their ends and wherever two of them meet."""
    ids, number = np.unique(np.array(ways.nodes, dtype=np.int64), return_inverse=True)
    places = np.array(ways.places)
    lengths = np.array(ways.lengths)
    first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    last = first + lengths - 1
    ends = np.zeros(len(ids), dtype=np.bool_)
    ends[number[first]] = ends[number[last]] = True
    met = np.bincount(number, minlength=len(ids)) > 1
    cut = (ends | met)[number]
    crossing = np.full(len(ids), -1, dtype=np.int64)
    kept = np.unique(number[cut])
    crossing[kept] = np.arange(len(kept))
    where = np.zeros((len(ids), 2))
    where[number] = places
    way_of = np.repeat(np.arange(len(lengths)), lengths)
    at = np.flatnonzero(cut)
    same = way_of[at[:-1]] == way_of[at[1:]]
    start, end = at[:-1][same], at[1:][same]
    along = np.concatenate(([0.0], np.cumsum(_steps_m(places))))
    return _with_arcs(
        ways,
        where[kept],
        crossing[number[start]],
        crossing[number[end]],
        np.maximum(1, np.rint(along[end] - along[start])),
        way_of[start],
        [places[a + 1 : b] for a, b in zip(start, end, strict=True)],
    )


def _steps_m(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle metres from each place to the next."""
    radians = np.radians(places)
    half = np.sin(np.diff(radians, axis=0) / 2) ** 2
    cosines = np.cos(radians[:-1, 0]) * np.cos(radians[1:, 0])
    chord = np.minimum(1.0, half[:, 0] + cosines * half[:, 1])
    steps: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(chord))
    return steps


def _with_arcs(
    ways: _Ways,
    where: NDArray[np.float64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    metres: NDArray[np.float64],
    way: NDArray[np.int64],
    shapes: list[NDArray[np.float64]],
) -> RoadGraph:
    """One arc for each direction in which anybody may go."""
    forward, backward = np.array(ways.forward)[way], np.array(ways.backward)[way]
    there, back = np.flatnonzero(forward), np.flatnonzero(backward)
    pieces = np.concatenate((there, back))
    drawn = [shapes[piece] for piece in there] + [shapes[piece][::-1] for piece in back]
    points = np.concatenate([*drawn, np.zeros((0, 2))])
    return RoadGraph(
        latitude=where[:, 0],
        longitude=where[:, 1],
        tail=np.concatenate((start[there], end[back])).astype(np.uint32),
        head=np.concatenate((end[there], start[back])).astype(np.uint32),
        metres=metres[pieces].astype(np.uint32),
        kind=np.array(ways.kinds)[way[pieces]].astype(np.uint8),
        limit_kmh=np.array(ways.limits)[way[pieces]].astype(np.uint8),
        open_to=np.concatenate((forward[there], backward[back])).astype(np.uint8),
        shape_from=np.concatenate(([0], np.cumsum([len(one) for one in drawn]))).astype(np.int64),
        shape=np.rint(points * 1e7).astype(np.int32),
    )
