"""Where an address may lie: places for a person to pick from, with what tells them apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.journal import Settled
from app.domain.nodes import StockNode
from app.domain.places import Located
from app.domain.values import Address
from app.errors import EnvironmentProblem
from app.operations.intake import correct_address
from app.places import Gazetteer, department_of
from app.ports import Geocoder
from app.workspace import Workspace

#: A person's word is not doubted.
_SURE = 1.0
_PICKED = "picked"
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that may be meant; the department and the nearest node tell namesakes apart."""

    place: Located
    department: str
    nearest_node: str = ""
    distance_m: int | None = None


def place_candidates(
    asked: str | Address, nodes: Iterable[StockNode], geocoder: Geocoder | None = None
) -> tuple[PlaceCandidate, ...]:
    """Places that may be meant, likeliest first; a base that is silent is left out.

    Without a postcode namesakes are equally likely: the nearest to any node comes first.
    `geocoder` is given only when the settings allow asking the network.

    Raises:
        NoGazetteer: set-up has not built it.
    """
    known = list(nodes)
    with Gazetteer() as gazetteer:
        found = gazetteer.candidates(asked)
        if geocoder is not None and isinstance(asked, Address):
            found = [*_from_base(geocoder, asked), *found]
        candidates = [_candidate(place, known, gazetteer) for place in found]
    if not _has_postcode(asked):
        candidates.sort(key=lambda each: (each.distance_m is None, each.distance_m or 0))
    return tuple(candidates)


def pick_place(workspace: Workspace, address: Address, place: Located) -> Settled:
    """Remember a picked place for an address: it wins over every geocoder from now on."""
    return correct_address(workspace, address, replace(place, score=_SURE, source=_PICKED))


def _has_postcode(asked: str | Address) -> bool:
    text = asked if isinstance(asked, str) else f"{asked.postcode} {asked.street} {asked.town}"
    return _POSTCODE.search(text) is not None


def _from_base(geocoder: Geocoder, address: Address) -> Sequence[Located]:
    try:
        place = geocoder.locate(address)
    except EnvironmentProblem:  # the gazetteer answers alone
        return ()
    return () if place is None else (place,)


def _candidate(place: Located, nodes: Sequence[StockNode], gazetteer: Gazetteer) -> PlaceCandidate:
    department = gazetteer.department_name(department_of(place.matched[:5]))
    nearest = min(nodes, key=lambda node: node.point.distance_m(place.point), default=None)
    if nearest is None:
        return PlaceCandidate(place, department)
    distance_m = round(nearest.point.distance_m(place.point))
    return PlaceCandidate(place, department, nearest.code, distance_m)
