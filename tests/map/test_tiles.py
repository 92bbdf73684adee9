"""Imported base maps: real files of both kinds, and files that only pretend."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from app.domain.values import GeoPoint
from app.errors import BadFile
from app.maps.projection import flat
from app.maps.tiles import LARGEST_TILE_BYTES, open_base_map
from app.ui.map.base_maps import imported_map, online_map, tile_host


@pytest.fixture
def tiles(shared_data: Path) -> Path:
    return shared_data / "tiles"


def an_mbtiles(file: Path, tile: bytes, **said: str) -> Path:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        database.execute(
            "CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
        )
        database.executemany(
            "INSERT INTO metadata VALUES (?, ?)",
            {"format": "pbf", "minzoom": "0", "maxzoom": "3", **said}.items(),
        )
        database.execute("INSERT INTO tiles VALUES (1, 0, 1, ?)", (tile,))
    database.close()
    return file


def test_both_forms_of_one_map_hold_the_same_tiles(tiles: Path):
    packed, database = (open_base_map(tiles / name) for name in ("rouen.pmtiles", "rouen.mbtiles"))

    x, y = flat(GeoPoint(49.4374, 1.0950))
    for zoom in (8, 11, 14):
        column, row = int(x * 2**zoom), int(y * 2**zoom)
        assert packed.tile(zoom, column, row) == database.tile(zoom, column, row) != b""
    packed.close()
    database.close()


def test_a_vector_map_says_what_it_is(tiles: Path):
    opened = open_base_map(tiles / "rouen.pmtiles")

    info = opened.info
    assert (info.kind, info.media_type) == ("vector", "application/x-protobuf")
    assert (info.min_zoom, info.max_zoom) == (0, 14)
    assert info.area.holds_at(49.4374, 1.0950)
    assert info.layers >= {"water", "transportation"}
    opened.close()


def test_a_raster_map_gives_pictures(tiles: Path):
    opened = open_base_map(tiles / "stamen_toner_raster_z3.pmtiles")

    assert opened.info.kind == "raster"
    assert opened.tile(2, 2, 1).startswith(b"\x89PNG")
    opened.close()


@pytest.mark.parametrize("place", [(3, 400, 400), (3, -1, 0), (-1, 0, 0), (30, 1, 1)])
def test_a_tile_beyond_the_world_is_empty(tiles: Path, place: tuple[int, int, int]):
    for name in ("monaco.pmtiles", "monaco.mbtiles"):
        opened = open_base_map(tiles / name)
        assert opened.tile(*place) == b""
        opened.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"no map at all", b"PMTiles\x03", b"PMTiles\x09" + bytes(200), b"SQLite format 3\x00"],
)
def test_a_file_that_only_pretends_is_refused_by_name(tmp_path: Path, content: bytes):
    file = tmp_path / "map.pmtiles"
    file.write_bytes(content)

    with pytest.raises(BadFile) as refused:
        open_base_map(file)

    assert refused.value.file == "map.pmtiles"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(BadFile):
        open_base_map(tmp_path / "gone.mbtiles")


def test_a_kind_of_tiles_that_nobody_can_draw_is_refused(tmp_path: Path):
    with pytest.raises(BadFile):
        open_base_map(an_mbtiles(tmp_path / "odd.mbtiles", b"", format="exe"))


def test_a_tile_that_unpacks_without_end_is_left_out(tmp_path: Path):
    bomb = gzip.compress(bytes(LARGEST_TILE_BYTES + 1))
    opened = open_base_map(an_mbtiles(tmp_path / "bomb.mbtiles", bomb))

    assert opened.tile(1, 0, 0) == b""
    opened.close()


def test_rows_of_mbtiles_count_from_the_south(tmp_path: Path):
    opened = open_base_map(an_mbtiles(tmp_path / "one.mbtiles", b"north-west"))

    assert opened.tile(1, 0, 0) == b"north-west"
    opened.close()


def test_attributions_lose_their_markup(tmp_path: Path):
    said = '<a href="https://x.test">© OpenStreetMap</a> <script>bad()</script>'
    opened = open_base_map(an_mbtiles(tmp_path / "one.mbtiles", b"", attribution=said))

    assert "<" not in opened.info.attribution
    assert opened.info.attribution.startswith("© OpenStreetMap")
    opened.close()


def test_only_a_map_that_knows_the_ground_replaces_it(tiles: Path):
    for name, replaces in (("rouen.pmtiles", True), ("france-light.pmtiles", False)):
        opened = open_base_map(tiles / name)
        assert imported_map(opened.info)["replaces_ground"] is replaces
        opened.close()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://tiles.test/{z}/{x}/{y}.png", "https://tiles.test"),
        ("http://tiles.test/{z}/{x}/{y}.png", ""),
        ("file:///tiles/{z}/{x}/{y}.png", ""),
        ("", ""),
    ],
)
def test_only_a_secure_address_is_ever_asked_for_tiles(address: str, host: str):
    assert tile_host(address) == host


def test_pictures_from_a_server_name_it_as_their_origin():
    assert online_map("https://tiles.test/{z}/{x}/{y}.png")["origin"] == "tiles.test"
