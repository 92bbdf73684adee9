"""Which travel times a workspace reckons with: its own roads and measured times, else coordinates.

Roads lie in the folder `roads` beside the workspace's databases: an extract as a graph, measured
times as a table. They are no part of the journal nor of a backup: the file they came from is.
"""

import re
import shutil
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import formats
from app.connectors.feeds.faults import Fault, Unreadable
from app.domain.fleet import Vehicle
from app.domain.reasons import Reason
from app.domain.tours import Tour
from app.domain.travel import profile_of
from app.domain.values import GeoPoint
from app.errors import EnvironmentProblem, UnknownSubject
from app.i18n import _
from app.places import Gazetteer, NoGazetteer
from app.ports import Progress, Stop, TravelTimes, never, unheard
from app.wording import sentence
from app.workspace import Workspace
from db.fleet import load_vehicles

if TYPE_CHECKING:
    from app.connectors.roads.extract_travel import RoadTravel

Ways = Mapping[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]]

_EXTRACTS = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz")


class RoadKind(StrEnum):
    """What a source of travel times is."""

    EXTRACT = "extract"
    PAIRS = "pairs"


_ENDINGS = {RoadKind.EXTRACT: ".roads.npz", RoadKind.PAIRS: ".pairs"}


@dataclass(frozen=True, slots=True)
class RoadSource:
    """Roads or measured times that the workspace has; `stamp` tells one state from another."""

    name: str
    kind: RoadKind
    file: Path
    stamp: int


@dataclass(frozen=True, slots=True)
class AddedRoads:
    """What was made of a file: crossings and arcs, or pairs; `notes` are rows that stayed out."""

    name: str
    kind: RoadKind
    crossings: int = 0
    arcs: int = 0
    pairs: int = 0
    notes: tuple[tuple[int, str, Reason], ...] = ()


def road_sources(workspace: Workspace) -> tuple[RoadSource, ...]:
    """What the workspace has, measured times first, then by name."""
    found = [
        RoadSource(file.name.removesuffix(ending), kind, file, file.stat().st_mtime_ns)
        for kind, ending in _ENDINGS.items()
        for file in _folder(workspace).glob(f"*{ending}")
    ]
    return tuple(sorted(found, key=lambda one: (one.kind is RoadKind.EXTRACT, one.name)))


def add_roads(
    workspace: Workspace, path: Path, *, stop: Stop = never, progress: Progress = unheard
) -> AddedRoads:
    """Take in an OpenStreetMap extract, or a table of measured times, in place of one so named.

    Raises:
        Unreadable: it is no extract, has no roads, or is no table of travel times.
        Stopped: a person pressed Stop; nothing has changed.
    """
    folder = _folder(workspace)
    folder.mkdir(exist_ok=True)
    if path.name.endswith(_EXTRACTS):
        return _add_extract(folder, path, stop, progress)
    return _add_pairs(folder, path, stop, progress)


def remove_roads(workspace: Workspace, name: str) -> None:
    """Do without roads or measured times of that name.

    Raises:
        UnknownSubject: there are none.
    """
    found = [source for source in road_sources(workspace) if source.name == name]
    if not found:
        raise UnknownSubject("roads", name)
    for source in found:
        source.file.unlink()
        shutil.rmtree(_order_of(source), ignore_errors=True)


def travel_times(workspace: Workspace) -> TravelTimes:
    """How long it takes from door to door, by what the workspace has."""
    return _travels(workspace).times


def road_ways(
    workspace: Workspace, tours: Iterable[Tour], vehicles: Iterable[Vehicle]
) -> dict[str, Ways]:
    """For each tour's code the lines of its legs, where a road is known."""
    networks = _travels(workspace).networks
    if not networks:
        return {}
    fleet = {vehicle.code: vehicle for vehicle in vehicles}
    found: dict[str, Ways] = {}
    for tour in tours:
        vehicle = fleet.get(tour.vehicle)
        if vehicle is None:
            continue
        legs = [(a, b) for a, b in pairwise(stop.point for stop in tour.stops) if a != b]
        ways: dict[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]] = {}
        for network in networks:
            missing = [leg for leg in legs if leg not in ways]
            ways.update(network.ways(missing, profile_of(vehicle)))
        found[tour.code] = ways
    return found


def ways_of_tours(workspace: Workspace, tours: Iterable[Tour]) -> dict[str, Ways]:
    """The same with the workspace's own vehicles."""
    if not road_sources(workspace):
        return {}
    return road_ways(workspace, tours, workspace.read(load_vehicles))


def as_document(workspace: Workspace, added: Iterable[AddedRoads] = ()) -> dict[str, Any]:
    """What the workspace has, and what was just taken in."""
    return {
        "roads": [
            {"name": source.name, "kind": source.kind.value} for source in road_sources(workspace)
        ],
        "added": [
            {
                "name": one.name,
                "kind": one.kind.value,
                "crossings": one.crossings,
                "arcs": one.arcs,
                "pairs": one.pairs,
                "rejected": [
                    {"line": line, "column": column, "code": why.code, "text": sentence(why)}
                    for line, column, why in one.notes
                ],
            }
            for one in added
        ],
        "method": travel_times(workspace).note,
    }


def as_text(workspace: Workspace, added: Iterable[AddedRoads] = ()) -> str:
    """The same in words."""
    lines = []
    for one in added:
        lines.append(said_of(one))
        lines += [
            _("line {line}: {why}").format(line=line, why=sentence(why))
            for line, _column, why in one.notes
        ]
    return "\n".join((*lines, travel_times(workspace).note))


def said_of(added: AddedRoads) -> str:
    """What was made of a file, in words."""
    if added.kind is RoadKind.PAIRS:
        return _("{name}: {pairs} ways with measured times.").format(
            name=added.name, pairs=formats.number(added.pairs)
        )
    return _("{name}: {crossings} crossings, {arcs} stretches of road.").format(
        name=added.name,
        crossings=formats.number(added.crossings),
        arcs=formats.number(added.arcs),
    )


def _folder(workspace: Workspace) -> Path:
    return workspace.folder / "roads"


def _name_of(path: Path, endings: Iterable[str]) -> str:
    """What a file's roads are called: its name without ending, safe as a file's name."""
    name = path.name
    for ending in endings:
        name = name.removesuffix(ending)
    return re.sub(r"[^\w.-]+", "_", name).strip("._") or "roads"


def _order_of(source: RoadSource) -> Path:
    """Where the contraction order of an extract is kept; another extract has another."""
    return source.file.with_name(f"{source.name}.order")


def _add_extract(folder: Path, path: Path, stop: Stop, progress: Progress) -> AddedRoads:
    from app.connectors.roads.osm import read_extract  # heavy

    graph = read_extract(path, stop=stop, progress=progress)
    name = _name_of(path, _EXTRACTS)
    shutil.rmtree(folder / f"{name}.order", ignore_errors=True)
    graph.save(folder / f"{name}{_ENDINGS[RoadKind.EXTRACT]}")
    return AddedRoads(name, RoadKind.EXTRACT, crossings=graph.crossings, arcs=graph.arcs)


def _add_pairs(folder: Path, path: Path, stop: Stop, progress: Progress) -> AddedRoads:
    from app.connectors.feeds.ground import Ground
    from app.connectors.feeds.pipeline import read_feed
    from app.connectors.roads.known_pairs import PAIRS, save_pairs

    harvest = read_feed(path, PAIRS, Ground(), stop=stop, progress=progress)
    faults = tuple((one.fault.line, one.fault.column, one.fault.reason) for one in harvest.rejected)
    if not harvest.made:
        raise _refusal(path, [one.fault for one in harvest.rejected])
    name = _name_of(path, (path.suffix,))
    pairs = [made.value for made in harvest.made]
    save_pairs(folder / f"{name}{_ENDINGS[RoadKind.PAIRS]}", pairs)
    return AddedRoads(name, RoadKind.PAIRS, pairs=len(pairs), notes=faults)


def _refusal(path: Path, faults: list[Fault]) -> Unreadable:
    """A file of which nothing could be used, with what is wrong in its first row."""
    if not faults:
        return Unreadable("no_rows", file=path.name)
    first = faults[0]
    return Unreadable(
        first.reason.code, line=first.line, column=first.column, **dict(first.reason.facts)
    )


@dataclass(frozen=True, slots=True)
class _Travels:
    """Travel times with all sources in turn, and the road networks among them."""

    times: TravelTimes
    networks: "tuple[RoadTravel, ...]"


_LOADING = threading.Lock()


def _travels(workspace: Workspace) -> _Travels:
    with _LOADING:
        return _loaded(road_sources(workspace))


@lru_cache(maxsize=2)
def _loaded(sources: tuple[RoadSource, ...]) -> _Travels:
    """The sources one before the other, coordinates last; made once for each state of them."""
    times = _by_coordinates()
    networks: list[RoadTravel] = []
    for source in reversed(sources):
        times = _before(times, source, networks)
    return _Travels(times, tuple(networks))


def _before(beyond: TravelTimes, source: RoadSource, networks: "list[RoadTravel]") -> TravelTimes:
    """A source in front of the others; a road network is noted too.

    Raises:
        EnvironmentProblem: its file is damaged.
    """
    try:
        if source.kind is RoadKind.PAIRS:
            from app.connectors.roads.known_pairs import KnownPairs, load_pairs  # heavy

            return KnownPairs(load_pairs(source.file), source.name, beyond)
        from app.connectors.roads import extract_travel  # heavy
        from app.connectors.roads.graph import RoadGraph

        graph = RoadGraph.load(source.file)
    except ValueError as fault:
        raise EnvironmentProblem("damaged_roads", name=source.name, detail=str(fault)) from fault
    network = extract_travel.RoadTravel(graph, source.name, beyond, _order_of(source))
    networks.insert(0, network)
    return network


@cache
def _by_coordinates() -> TravelTimes:
    """The great circle, slower where people live densely when the gazetteer is built."""
    from app.connectors.roads.great_circle import GreatCircleTravel  # heavy

    try:
        with Gazetteer() as gazetteer:
            return GreatCircleTravel.of(gazetteer)
    except NoGazetteer:
        return GreatCircleTravel()
