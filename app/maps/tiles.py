"""Which tiles an imported base map holds: PMTiles and MBTiles, vector or raster, one way to ask."""

import json
import mmap
import sqlite3
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pmtiles.reader import Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from app.errors import BadFile
from app.maps.projection import Area

Kind = Literal["vector", "raster"]
#: A tile that unpacks to more than this is a trap, not a map.
LARGEST_TILE_BYTES = 16_000_000
_TROUBLES = (
    OSError,
    sqlite3.Error,
    ValueError,
    LookupError,
    EOFError,
    zlib.error,
    struct.error,
    MagicNumberNotFound,
    SpecVersionUnsupported,
)
_MEDIA = {
    "pbf": "application/x-protobuf",
    "mvt": "application/x-protobuf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}


@dataclass(frozen=True, slots=True)
class BaseMapInfo:
    """What a base map says of itself; `as_of` is the file's date."""

    name: str
    format: str
    min_zoom: int
    max_zoom: int
    area: Area | None
    as_of: date
    attribution: str = ""
    layers: frozenset[str] = frozenset()

    @property
    def kind(self) -> Kind:
        return "vector" if self.format in ("pbf", "mvt") else "raster"

    @property
    def media_type(self) -> str:
        return _MEDIA[self.format]


class BaseMap(Protocol):
    """An open base map."""

    @property
    def info(self) -> BaseMapInfo: ...

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        """The tile, unpacked; empty where the map has none."""
        ...

    def close(self) -> None: ...


def open_base_map(file: Path) -> BaseMap:
    """Open a base map by what it is, whatever its name.

    Raises:
        BadFile: it is neither PMTiles nor MBTiles, or says too little of itself.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(16)
        if start.startswith(b"PMTiles"):
            return PmTiles(file)
        if start.startswith(b"SQLite format 3"):
            return MbTiles(file)
    except _TROUBLES as error:
        raise BadFile(file.name, str(error) or type(error).__name__) from error
    raise BadFile(file.name, "neither PMTiles nor MBTiles")


class PmTiles:
    """A base map in one file of PMTiles."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:  # the mapping outlives the stream
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._reader: Any = Reader(self._part)  # type: ignore[no-untyped-call]
        try:
            self._info = _pmtiles_info(file, self._reader)
        except BaseException:
            self._map.close()
            raise

    @property
    def info(self) -> BaseMapInfo:
        return self._info

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        if not _within(self._info, zoom, column, row):
            return b""
        return _unpacked(self._reader.get(zoom, column, row) or b"")

    def close(self) -> None:
        self._map.close()

    def _part(self, offset: int, length: int) -> bytes:
        return self._map[offset : offset + length]


class MbTiles:
    """A base map in one SQLite file of MBTiles, whose rows count from the south."""

    def __init__(self, file: Path) -> None:
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            rows = dict(self._database.execute("SELECT name, value FROM metadata").fetchall())
            self._info = _mbtiles_info(file, rows)
        except BaseException:
            self._database.close()
            raise

    @property
    def info(self) -> BaseMapInfo:
        return self._info

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        if not _within(self._info, zoom, column, row):
            return b""
        found = self._database.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (zoom, column, 2**zoom - 1 - row),
        ).fetchone()
        return _unpacked(bytes(found[0])) if found else b""

    def close(self) -> None:
        self._database.close()


def _pmtiles_info(file: Path, reader: Any) -> BaseMapInfo:
    header, said = reader.header(), reader.metadata()
    kinds = {
        TileType.MVT: "pbf",
        TileType.PNG: "png",
        TileType.JPEG: "jpg",
        TileType.WEBP: "webp",
        TileType.AVIF: "avif",
    }
    corners = (header[f"{edge}_e7"] / 1e7 for edge in ("min_lat", "min_lon", "max_lat", "max_lon"))
    return BaseMapInfo(
        name=str(said.get("name") or file.stem),
        format=kinds[header["tile_type"]],
        min_zoom=header["min_zoom"],
        max_zoom=header["max_zoom"],
        area=_area(*corners),
        as_of=_file_date(file),
        attribution=_plain(said.get("attribution", "")),
        layers=_layers(said),
    )


def _mbtiles_info(file: Path, said: Mapping[str, str]) -> BaseMapInfo:
    bounds = [float(edge) for edge in said.get("bounds", "").split(",") if edge]
    west, south, east, north = bounds if len(bounds) == 4 else (-180.0, -85.0, 180.0, 85.0)
    tile_format = said.get("format", "pbf").lower()
    if tile_format not in _MEDIA:
        raise ValueError(f"unknown kind of tiles: {tile_format}")
    return BaseMapInfo(
        name=said.get("name") or file.stem,
        format=tile_format,
        min_zoom=int(said.get("minzoom", 0)),
        max_zoom=int(said.get("maxzoom", 14)),
        area=_area(south, west, north, east),
        as_of=_file_date(file),
        attribution=_plain(said.get("attribution", "")),
        layers=_layers(said),
    )


def _layers(said: Mapping[str, Any]) -> frozenset[str]:
    """The names of the vector layers: said outright, or in a text of JSON."""
    described = said.get("vector_layers")
    if described is None:
        described = json.loads(said.get("json") or "{}").get("vector_layers", ())
    return frozenset(str(layer["id"]) for layer in described)


def _plain(attribution: str) -> str:
    """Attributions come as HTML: only their words are kept."""
    words, inside = "", False
    for letter in attribution:
        if letter in "<>":
            inside = letter == "<"
        elif not inside:
            words += letter
    return words.strip()[:120]


def _area(south: float, west: float, north: float, east: float) -> Area | None:
    sane = -90 <= south < north <= 90 and -180 <= west < east <= 180
    return Area(south, west, north, east) if sane else None


def _file_date(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date()


def _within(info: BaseMapInfo, zoom: int, column: int, row: int) -> bool:
    side = 2 ** max(zoom, 0)
    inside = 0 <= column < side and 0 <= row < side
    return inside and info.min_zoom <= zoom <= info.max_zoom


def _unpacked(tile: bytes) -> bytes:
    """The tile without its gzip wrapping; a tile that never ends is taken for an empty one."""
    if not tile.startswith(b"\x1f\x8b"):
        return tile
    unpacking = zlib.decompressobj(wbits=31)
    try:
        content = unpacking.decompress(tile, LARGEST_TILE_BYTES)
    except zlib.error:
        return b""
    return b"" if unpacking.unconsumed_tail else content
