"""What the map's page may read, and what never leaves the machine."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from app.maps.kept_page import kept_page
from app.maps.page import SCRIPTS, base_page, render_page
from app.maps.tiles import open_base_map
from app.ui.map.base_maps import tile_host
from app.ui.map.scheme import MapProfile, map_profile
from app.ui.map.site import Site, data_for_url
from resources import resource

NONCE = "a-nonce-nobody-knows"
OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]+\.\w+")


@pytest.fixture
def site() -> Site:
    return Site(start=lambda: b'{"look": 1}')


def answer(site: Site, path: str) -> bytes | None:
    found = data_for_url(f"regie://map1/{path}", site)
    return None if found is None else found.body


def test_the_page_names_no_outside_address():
    assert OUTSIDE.findall(base_page(NONCE)) == []


def test_every_script_and_style_of_the_page_carries_the_nonce():
    page = base_page(NONCE)

    tags = re.findall(r"<(?:script|style|link)\b[^>]*>", page)
    assert len(tags) > len(SCRIPTS)
    assert [tag for tag in tags if f'nonce="{NONCE}"' not in tag] == []


def test_the_page_is_rendered_once_and_kept_for_the_next_start(tmp_path: Path):
    rendered: list[str] = []

    def render() -> str:
        rendered.append("once")
        return "<html></html>\n"

    pages = [kept_page("key", render, tmp_path / "cache") for _start in range(2)]

    assert pages == ["<html></html>\n"] * 2
    assert rendered == ["once"]


def test_a_page_of_another_version_or_cut_short_is_rendered_anew(tmp_path: Path):
    kept_page("old", lambda: "<html>old</html>", tmp_path)

    assert kept_page("new", lambda: "<html>new</html>", tmp_path) == "<html>new</html>"
    [kept] = tmp_path.iterdir()
    kept.write_text("<html>ne")
    assert kept_page("new", lambda: "<html>again</html>", tmp_path) == "<html>again</html>"


def test_a_folder_that_cannot_be_written_only_costs_the_time(tmp_path: Path):
    (tmp_path / "cache").write_text("a file stands where the folder should")

    assert kept_page("key", lambda: "<html></html>", tmp_path / "cache") == "<html></html>"


def test_folium_renders_the_page_that_is_kept():
    assert render_page().count("L.map(") == 1
    assert "regie.openDesk(map_" in render_page()


def test_each_request_of_the_page_gets_another_nonce(site: Site):
    pages = [answer(site, "").decode() for _ in range(2)]

    nonces = [re.search(r"'nonce-([^']+)'", page)[1] for page in pages]
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("nonce", ["short", 'quote"-in-it-----------', "<script>------------"])
def test_a_nonce_that_could_say_more_is_refused(nonce: str):
    with pytest.raises(ValueError, match="nonce"):
        base_page(nonce)


@pytest.mark.parametrize(
    "host", ["http://tiles.test", "https://a.test; script-src *", "javascript:"]
)
def test_only_a_plain_secure_host_can_serve_tiles(host: str):
    with pytest.raises(ValueError, match="tile host"):
        base_page(NONCE, host)


def test_the_page_lets_pictures_in_from_the_chosen_tile_host_and_nothing_else():
    policy = re.search(r'content="(default-src[^"]+)"', base_page(NONCE, "https://tiles.test"))[1]

    assert "img-src 'self' data: https://tiles.test" in policy
    assert policy.count("https:") == 1


def test_everything_that_the_page_loads_is_there(site: Site):
    page = base_page(NONCE)
    asked = re.findall(r'(?:src|href)="(web/[^"]+)"', page)

    missing = [path for path in asked if answer(site, path) is None]
    assert missing == ["web/qwebchannel.js"]  # which Qt itself brings


@pytest.mark.parametrize(
    "path",
    [
        "web/../settings.py",
        "web/%2e%2e/styles/tokens.toml",
        "web//etc/passwd",
        "web/map",
        "web/vendor/leaflet/LICENSE",
        "../resources/styles/tokens.toml",
        "tiles/1/2/3",
        "layers/1.json",
        "etc/passwd",
        "start.json/..",
    ],
)
def test_nothing_else_is_served(site: Site, path: str):
    assert answer(site, path) is None


def test_another_scheme_gets_nothing(site: Site):
    assert data_for_url("https://map1/start.json", site) is None


def test_layers_are_served_until_a_later_version_was_painted(site: Site):
    site.layers.update({1: b"one", 2: b"two"})

    site.forget_layers_before(2)

    assert answer(site, "layers/1.json") is None
    assert answer(site, "layers/2.json") == b"two"


def test_the_land_and_its_names_are_served(site: Site):
    geography = json.loads(answer(site, "geography.json"))
    names = json.loads(answer(site, "labels.json"))["labels"]

    assert len(geography["land"]) > 90
    assert {name for name, *_ in names} >= {"Lille", "Marseille", "Brest"}


def test_a_tile_that_the_map_lacks_is_empty_and_no_error(site: Site, shared_data):
    site.base_map = open_base_map(shared_data / "tiles" / "rouen.pmtiles")

    assert data_for_url("regie://map1/tiles/14/0/0", site).body == b""
    found = data_for_url("regie://map1/tiles/8/128/87", site)
    assert found.media_type == "application/x-protobuf"
    assert found.body.startswith(b"\x1a")  # a layer of a vector tile, unpacked
    site.base_map.close()


@pytest.fixture
def profile(qapp: QApplication) -> MapProfile:
    return map_profile()


def test_there_is_one_profile_and_it_keeps_nothing(profile: MapProfile):
    assert map_profile() is profile
    assert profile.isOffTheRecord()


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("https://example.org/x.png", False),
        ("http://127.0.0.1:8000/", False),
        ("file:///etc/passwd", False),
        ("ws://example.org/", False),
        ("qrc:///qtwebchannel/qwebchannel.js", False),
        ("regie://elsewhere/start.json", False),
        ("data:image/gif;base64,R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=", True),
    ],
)
def test_the_gate_stops_what_is_not_the_maps_own(profile: MapProfile, address: str, passes: bool):
    assert profile._gate.lets_through(QUrl(address)) is passes


def test_the_gate_knows_a_view_only_while_it_lives(profile: MapProfile, site: Site):
    address = profile.open_site(site)
    assert profile._gate.lets_through(address)

    profile.close_site(address)

    assert not profile._gate.lets_through(address)


def test_the_gate_opens_for_the_tile_server_that_was_switched_on(profile: MapProfile, site: Site):
    address = profile.open_site(site)
    tile = QUrl("https://tiles.test/7/1/2.png")
    assert not profile._gate.lets_through(tile)

    site.tile_host = tile_host("https://tiles.test/{z}/{x}/{y}.png")

    assert profile._gate.lets_through(tile)
    assert not profile._gate.lets_through(QUrl("https://tiles.test.evil.test/7/1/2.png"))
    profile.close_site(address)


def test_no_script_or_style_of_ours_writes_a_colour():
    """Colours come from the tokens: `#rgb`, `rgb()` and `hsl()` have no place in the page."""
    literal = re.compile(
        r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE
    )
    files = [resource("web", "map", f"{name}.js") for name in (*SCRIPTS, "desk", "alone")]

    for file in (*files, resource("web", "map.css")):
        assert literal.findall(file.read_text(encoding="utf-8")) == [], file.name


def test_no_script_of_ours_reads_text_as_markup():
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|bindPopup|bindTooltip"
    )

    for name in (*SCRIPTS, "desk", "alone"):
        text = resource("web", "map", f"{name}.js").read_text(encoding="utf-8")
        assert banned.findall(text) == [], name
