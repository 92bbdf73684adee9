"""Where an address lies, as far as postcode and town can say, without a network."""

from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from app.domain.places import Located, Precision
from app.domain.values import Address, GeoPoint
from app.places.matching import meant_town, slips
from app.places.names import (
    ARRONDISSEMENTS,
    TownAsWritten,
    department_of,
    postcode_as_written,
    postcode_before_town,
    postcode_inside,
    repaired,
    town_as_written,
    words_of,
)
from app.places.towns import PopulatedPlace, Town, TownFile
from resources import resource

SCORES = {Precision.TOWN: 0.7, Precision.POSTCODE: 0.5, Precision.DEPARTMENT: 0.2}

#: Countries whose addresses the gazetteer holds: France, its overseas parts, and Monaco.
COUNTRIES = frozenset(
    {"", "FR", "FRA", "FRANCE", "MC", "MCO", "MONACO"}
    | {"GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF", "WF", "PF", "NC"}
)

#: What stands behind the middle of a whole department.
DEPARTMENT_MEAN = "mean of the department"

#: A name without a postcode counts when its town is so many times bigger than every namesake.
_DOMINANT = 20
_FIRST_CODES = {"paris": 75100, "lyon": 69380, "marseille": 13200}


class Gazetteer:
    """The towns of France; safe to ask from any thread.

    Raises:
        NoGazetteer: the file is absent or of another version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = TownFile(path or Path(str(resource("geo", "built", "gazetteer.sqlite"))))
        self._towns_at = lru_cache(maxsize=8_192)(self._file.at_postcode)
        self._towns_in = lru_cache(maxsize=128)(self._file.in_department)
        self._located = lru_cache(maxsize=65_536)(self._locate)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def locate(self, address: Address) -> Located | None:
        """The best point for the address; `score` says how far to trust it."""
        if address.country.strip().upper() not in COUNTRIES:
            return None
        return self._located(*_postcode_and_town(address))

    def candidates(self, asked: str | Address, limit: int = 8) -> list[Located]:
        """Places that may be meant, likeliest first, for a person to pick from."""
        if isinstance(asked, str):
            postcode, town = postcode_before_town(repaired(asked).strip())
            if not postcode and (inside := postcode_inside(town))[0]:
                postcode, after = inside
                town = after or town.replace(postcode, " ")
        elif asked.country.strip().upper() not in COUNTRIES:
            return []
        else:
            postcode, town, _ = _postcode_and_town(asked)
        return [_as_candidate(town) for town in self._likely_towns(postcode, town, limit)]

    def nearest_town(self, point: GeoPoint) -> Town | None:
        """The town whose place is nearest, within some 50 km."""
        for degrees in (0.05, 0.15, 0.5):
            if self._file.around(point, degrees):
                near = self._file.around(point, 2 * degrees)  # a square's corner is further off
                return min(near, key=lambda town: point.distance_m(town.point))
        return None

    def towns_at(self, postcode: str) -> tuple[Town, ...]:
        """The towns of a postcode, as the post writes it or as people do."""
        return self._towns_at(postcode_as_written(postcode))

    def department_name(self, code: str) -> str:
        """`59` is Nord; nothing for an unknown code."""
        found = self._file.department(code)
        return found.name if found else ""

    def region_name(self, code: str) -> str:
        """The region of a department: `59` lies in Hauts-de-France."""
        found = self._file.department(code)
        return found.region if found else ""

    def populated_places(self) -> tuple[PopulatedPlace, ...]:
        """Where people live, for whoever needs density: some 15,000 points."""
        return self._file.populated_places()

    def _locate(self, postcode: str, town_text: str, zero_was_lost: bool = False) -> Located | None:
        written = town_as_written(town_text)
        if not postcode:
            return self._by_name_alone(written)
        here = self._towns_at(postcode)
        if town := meant_town(written, here):
            if town.kind == "commune":  # `75000 Paris 12e` says more than its postcode
                town = self._arrondissement(written) or town
            return _located(town, SCORES[town.precision], postcode)
        disputed = SCORES[Precision.POSTCODE]
        if town := self._in_department(written, postcode):
            if not here:  # a CEDEX number or a mistyped postcode: the name decides
                return _located(town, SCORES[town.precision], postcode)
            if town.kind != "place":  # name and postcode disagree
                return _located(town, min(SCORES[town.precision], disputed), postcode)
        if not here and (town := self._like_in_department(written, postcode)):
            return _located(town, min(SCORES[town.precision], disputed), postcode)
        return None if zero_was_lost else self._by_postcode_alone(postcode)

    def _by_name_alone(self, written: TownAsWritten) -> Located | None:
        if town := self._arrondissement(written):
            return _located(town, SCORES[Precision.POSTCODE])
        namesakes = [t for t in self._file.named(written.key) if t.kind == "commune"]
        if not namesakes:
            return None
        first, *others = namesakes
        if any(first.population < _DOMINANT * other.population for other in others):
            return None
        return _located(first, min(SCORES[first.precision], SCORES[Precision.POSTCODE]))

    def _in_department(self, written: TownAsWritten, postcode: str) -> Town | None:
        """The town of that very name in the postcode's department."""
        department = department_of(postcode)
        if not department or not written.key:
            return None
        if (town := self._arrondissement(written)) and town.department == department:
            return town
        return next((t for t in self._file.named(written.key) if t.department == department), None)

    def _like_in_department(self, written: TownAsWritten, postcode: str) -> Town | None:
        department = department_of(postcode)
        return meant_town(written, self._towns_in(department)) if department else None

    def _arrondissement(self, written: TownAsWritten) -> Town | None:
        if written.arrondissement is None or written.key not in ARRONDISSEMENTS:
            return None
        return self._file.with_code(str(_FIRST_CODES[written.key] + written.arrondissement))

    def _by_postcode_alone(self, postcode: str) -> Located | None:
        if found := self._file.postcode_point(postcode):
            point, precision = found
            here = self._towns_at(postcode)
            return Located(point, SCORES[precision], precision, postcode, here[0].source)
        department = self._file.department(department_of(postcode))
        if department is None or department.point is None:
            return None
        precision = Precision.DEPARTMENT
        matched = f"{department.code} {department.name}"
        return Located(department.point, SCORES[precision], precision, matched, DEPARTMENT_MEAN)

    def _likely_towns(self, postcode: str, town_text: str, limit: int) -> list[Town]:
        written = town_as_written(town_text)
        here = self._towns_at(postcode) if postcode else ()
        first = (self._arrondissement(written), meant_town(written, here))
        named = self._file.named(written.key)
        worded = self._file.with_words(words_of(repaired(town_text)), limit)
        department = department_of(postcode)
        likely = [town for town in first if town is not None]
        likely += [town for town in named if town.department == department]
        likely += [*_by_likeness(written, here), *named, *worded]
        return list({(town.insee, town.key): town for town in likely}.values())[:limit]


def _by_likeness(written: TownAsWritten, towns: tuple[Town, ...]) -> list[Town]:
    return sorted(towns, key=lambda town: slips(written.key, town.key, 4))


def _postcode_and_town(address: Address) -> tuple[str, str, bool]:
    """What the address says, wherever it stands: the postcode may be in the town or the street."""
    postcode = postcode_as_written(address.postcode)
    before, town = postcode_before_town(address.town)
    if not postcode and not before:
        before, after = postcode_inside(address.street)
        town = town or after
    lost = len(address.postcode.strip()) < len(postcode)
    return postcode or before, town, lost


def _located(town: Town, score: float, postcode: str = "") -> Located:
    shown = postcode if postcode in town.postcodes else "/".join(town.postcodes[:1])
    return Located(town.point, score, town.precision, f"{shown} {town.name}".strip(), town.source)


def _as_candidate(town: Town) -> Located:
    return _located(town, SCORES[town.precision])
