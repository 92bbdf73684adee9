"""Reading the gazetteer's file: towns by postcode, by name, by words and by place."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from app.domain.places import Precision
from app.domain.values import GeoPoint

#: The layout that the build script writes and this module reads.
SCHEMA_VERSION = 1

_COLUMNS = (
    "t.insee, t.name, t.key, t.kind, t.department, t.postcodes, t.latitude, t.longitude,"
    " t.population, t.precision, t.source"
)


class NoGazetteer(Exception):
    """The gazetteer's file is absent or of another version: set-up has to build it."""


@dataclass(frozen=True, slots=True)
class Town:
    """A commune, a former one, an arrondissement or a village of the gazetteer.

    `precision` says what its point is: its own place, or only the middle of its postcode.
    """

    insee: str
    name: str
    key: str
    kind: str
    department: str
    postcodes: tuple[str, ...]
    point: GeoPoint
    population: int
    precision: Precision
    source: str


@dataclass(frozen=True, slots=True)
class PopulatedPlace:
    """A point where people live, how many, and the department."""

    point: GeoPoint
    population: int
    department: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department, its region, and where its people live on average."""

    code: str
    name: str
    region: str
    point: GeoPoint | None


class TownFile:
    """The read-only file; one connection behind a lock, so that any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._connection = sqlite.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            version = self._rows("PRAGMA user_version")[0][0]
        except sqlite.DatabaseError as problem:
            raise NoGazetteer(str(path)) from problem
        if version != SCHEMA_VERSION:
            self.close()
            raise NoGazetteer(str(path))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def at_postcode(self, postcode: str) -> tuple[Town, ...]:
        """Every town of the postcode, present communes and big ones first."""
        return self._towns(
            "FROM at_postcode p JOIN town t ON t.id = p.town WHERE p.postcode = ?"
            " ORDER BY t.kind = 'former', t.kind = 'place', t.population DESC, t.id",
            postcode,
        )

    def named(self, key: str) -> tuple[Town, ...]:
        """Every town of that name, present communes and big ones first."""
        return self._towns(
            "FROM town t WHERE t.key = ?"
            " ORDER BY t.kind = 'former', t.kind = 'place', t.population DESC, t.id",
            key,
        )

    def in_department(self, code: str) -> tuple[Town, ...]:
        """Every town of the department, present communes and big ones first."""
        return self._towns(
            "FROM town t WHERE t.department = ?"
            " ORDER BY t.kind = 'former', t.kind = 'place', t.population DESC, t.id",
            code,
        )

    def with_code(self, insee: str) -> Town | None:
        """The commune or arrondissement of that INSEE code."""
        for town in self._towns(
            "FROM town t WHERE t.insee = ? AND t.kind IN ('commune', 'arrondissement')"
            " AND t.department = ?",
            insee,
            insee[:3] if insee[:2] in ("97", "98") else insee[:2],
        ):
            return town
        return None

    def with_words(self, words: Sequence[str], limit: int) -> tuple[Town, ...]:
        """Towns whose name or postcode has all these words, or words that begin so."""
        if not words:
            return ()
        asked = " ".join(f'"{word}"*' for word in words)
        return self._towns(
            "FROM town_words w JOIN town t ON t.id = w.rowid WHERE town_words MATCH ?"
            " ORDER BY t.kind = 'former', t.kind = 'place', t.population DESC, t.id LIMIT ?",
            asked,
            limit,
        )

    def around(self, point: GeoPoint, degrees: float) -> tuple[Town, ...]:
        """Towns with a place of their own in the square of so many degrees round the point."""
        return self._towns(
            "FROM town t WHERE t.latitude BETWEEN ? AND ? AND t.longitude BETWEEN ? AND ?"
            " AND t.precision = 'town' AND t.kind IN ('commune', 'arrondissement') ORDER BY t.id",
            point.latitude - degrees,
            point.latitude + degrees,
            point.longitude - degrees,
            point.longitude + degrees,
        )

    def postcode_point(self, postcode: str) -> tuple[GeoPoint, Precision] | None:
        """Where the people of the postcode live on average."""
        rows = self._rows(
            "SELECT latitude, longitude, precision FROM postcode WHERE postcode = ?", postcode
        )
        return (GeoPoint(rows[0][0], rows[0][1]), Precision(rows[0][2])) if rows else None

    def department(self, code: str) -> Department | None:
        """The department of that code; its point is None where no town is placed."""
        rows = self._rows(
            "SELECT name, region, latitude, longitude FROM department WHERE code = ?", code
        )
        if not rows:
            return None
        name, region, latitude, longitude = rows[0]
        point = None if latitude is None else GeoPoint(latitude, longitude)
        return Department(code, name, region, point)

    def populated_places(self) -> tuple[PopulatedPlace, ...]:
        """Communes and arrondissements with a place of their own."""
        return tuple(
            PopulatedPlace(GeoPoint(latitude, longitude), population, department)
            for latitude, longitude, population, department in self._rows(
                "SELECT latitude, longitude, population, department FROM town"
                " WHERE precision = 'town' AND (kind = 'arrondissement'"
                " OR (kind = 'commune' AND insee NOT IN ('75056', '69123', '13055')))"
                " ORDER BY latitude, longitude, id"
            )
        )

    def _towns(self, clause: str, *values: object) -> tuple[Town, ...]:
        return tuple(_town(row) for row in self._rows(f"SELECT {_COLUMNS} {clause}", *values))

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()  # type: ignore[no-any-return]


def _town(row: Sequence[Any]) -> Town:
    return Town(
        insee=row[0],
        name=row[1],
        key=row[2],
        kind=row[3],
        department=row[4],
        postcodes=tuple(row[5].split()),
        point=GeoPoint(row[6], row[7]),
        population=row[8],
        precision=Precision(row[9]),
        source=row[10],
    )
