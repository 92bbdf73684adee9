"""Which bytes answer a request of the map page: a pure answer to a path, without a browser."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.maps.features import as_json
from app.maps.geography import NAMES_FILE, geography_data, load_geography
from app.maps.page import base_page, prepare_base_page
from app.maps.tiles import BaseMap
from resources import resource

SCHEME = "regie"
JSON_TYPE = "application/json"
_TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "png": "image/png",
    "json": JSON_TYPE,
    "html": "text/html",
}
_NAME = re.compile(r"[\w-][\w.-]*")
_TILE = re.compile(r"tiles/(\d{1,2})/(\d{1,7})/(\d{1,7})")
_LAYERS = re.compile(r"layers/(\d{1,9})\.json")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets."""

    media_type: str
    body: bytes


@dataclass(slots=True)
class Site:
    """What the page of one view may read.

    `start` is asked each time, since the look and the language change; `layers` are kept by their
    version until the page has painted a later one.
    """

    start: Callable[[], bytes]
    areas: bytes = b"[]"
    base_map: BaseMap | None = None
    tile_host: str = ""
    layers: dict[int, bytes] = field(default_factory=dict)

    def forget_layers_before(self, version: int) -> None:
        for old in [kept for kept in self.layers if kept < version]:
            del self.layers[old]


def prepare() -> None:
    """Make ready what takes long, away from the window's thread, before the page asks for it."""
    prepare_base_page()
    load_geography()


def data_for_url(url: str, site: Site) -> Answer | None:
    """The answer to a request of the page, or None when there is nothing at that address."""
    asked = urlsplit(url)
    path = asked.path.lstrip("/")
    if asked.scheme != SCHEME:
        return None
    if path == "":
        page = base_page(secrets.token_urlsafe(24), site.tile_host)
        return Answer(_TYPES["html"], page.encode())
    if path.startswith("web/"):
        return _shipped(path)
    if known := _DATA.get(path):
        return Answer(JSON_TYPE, known(site))
    return _layers(path, site) or _tile(path, site)


def _shipped(path: str) -> Answer | None:
    """A script, style or picture that ships with the program; no way leads out of its folder."""
    parts = path.split("/")
    media_type = _TYPES.get(parts[-1].rpartition(".")[2])
    if media_type is None or not all(_NAME.fullmatch(part) for part in parts):
        return None
    file = resource(*parts)
    return Answer(media_type, file.read_bytes()) if file.is_file() else None


def _layers(path: str, site: Site) -> Answer | None:
    match = _LAYERS.fullmatch(path)
    body = site.layers.get(int(match[1])) if match else None
    return Answer(JSON_TYPE, body) if body is not None else None


def _tile(path: str, site: Site) -> Answer | None:
    """A tile of the imported map; one that it lacks is empty, which is no error."""
    match = _TILE.fullmatch(path)
    if match is None or site.base_map is None:
        return None
    zoom, column, row = (int(number) for number in match.groups())
    return Answer(site.base_map.info.media_type, site.base_map.tile(zoom, column, row))


def _geography(_site: Site) -> bytes:
    return as_json(geography_data(load_geography()))


def _names(_site: Site) -> bytes:
    return resource(*NAMES_FILE).read_bytes()


_DATA: dict[str, Callable[[Site], bytes]] = {
    "start.json": lambda site: site.start(),
    "geography.json": _geography,
    "areas.json": lambda site: site.areas,
    "labels.json": _names,
}
