"""How the gazetteer is laid out as a SQLite file; `app.places` reads it."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from geo.communes import TownRow, search_key
from geo.placing import Point
from geo.sources import Division

from app.places.towns import SCHEMA_VERSION

_SCHEMA = f"""
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE town (
    id INTEGER PRIMARY KEY,
    insee TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    department TEXT NOT NULL,
    postcodes TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    population INTEGER NOT NULL,
    precision TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE TABLE at_postcode (
    postcode TEXT NOT NULL,
    town INTEGER NOT NULL REFERENCES town (id),
    PRIMARY KEY (postcode, town)
) STRICT, WITHOUT ROWID;
CREATE TABLE postcode (
    postcode TEXT NOT NULL PRIMARY KEY,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    precision TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE department (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    latitude REAL,
    longitude REAL
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE town_words USING fts5 (
    name, postcodes, content = '', detail = none, columnsize = 0, prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""

_INDEXES = """
CREATE INDEX town_by_key ON town (key);
CREATE INDEX town_by_department ON town (department);
CREATE INDEX town_by_latitude ON town (latitude);
INSERT INTO town_words (town_words) VALUES ('optimize');
VACUUM;
"""


def write_gazetteer(
    path: Path,
    rows: Sequence[TownRow],
    departments: Sequence[Division],
    regions: Sequence[Division],
) -> None:
    """Write the whole file anew; the same rows give the same bytes."""
    path.unlink(missing_ok=True)
    connection = sqlite.connect(str(path), isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_cells(number, row) for number, row in enumerate(rows, start=1)],
        )
        connection.executemany(
            "INSERT INTO at_postcode VALUES (?, ?)",
            sorted({(p, n) for n, row in enumerate(rows, start=1) for p in row.postcodes}),
        )
        connection.executemany(
            "INSERT INTO town_words (rowid, name, postcodes) VALUES (?, ?, ?)",
            [(n, row.name, " ".join(row.postcodes)) for n, row in enumerate(rows, start=1)],
        )
        connection.executemany("INSERT INTO postcode VALUES (?, ?, ?, ?)", _postcodes(rows))
        connection.executemany(
            "INSERT INTO department VALUES (?, ?, ?, ?, ?)",
            _departments(rows, departments, {region.code: region.name for region in regions}),
        )
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
    finally:
        connection.close()


def _cells(number: int, row: TownRow) -> tuple[str | int | float, ...]:
    return (
        number, row.insee, row.name, search_key(row), row.kind, row.department,
        " ".join(row.postcodes), *row.point, row.population, row.precision, row.source,
    )  # fmt: skip


def _postcodes(rows: Sequence[TownRow]) -> list[tuple[str, float, float, str]]:
    """Where the people of each postcode live: the mean of its towns, weighted by population."""
    towns: dict[str, list[TownRow]] = defaultdict(list)
    for row in rows:
        if row.kind in ("commune", "arrondissement"):
            for postcode in row.postcodes:
                towns[postcode].append(row)
    found = []
    for postcode, all_here in sorted(towns.items()):
        here = [row for row in all_here if row.precision == "town"] or all_here
        best = "postcode" if here[0].precision != "department" else "department"
        found.append((postcode, *_weighted(here), best))
    return found


def _departments(
    rows: Sequence[TownRow], departments: Sequence[Division], regions: dict[str, str]
) -> list[tuple[str, str, str, float | None, float | None]]:
    towns: dict[str, list[TownRow]] = defaultdict(list)
    for row in rows:
        if row.kind == "commune" and row.precision == "town":
            towns[row.department].append(row)
    found: list[tuple[str, str, str, float | None, float | None]] = []
    for department in departments:
        here = towns.get(department.code)
        where = _weighted(here) if here else (None, None)
        found.append((department.code, department.name, regions[department.region], *where))
    return found


def _weighted(rows: Sequence[TownRow]) -> Point:
    people = [row.population + 1 for row in rows]
    latitude = sum(row.point[0] * n for row, n in zip(rows, people, strict=True)) / sum(people)
    longitude = sum(row.point[1] * n for row, n in zip(rows, people, strict=True)) / sum(people)
    return (round(latitude, 5), round(longitude, 5))
