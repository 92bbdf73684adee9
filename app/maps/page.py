"""What the map page is made of: folium's empty base page with local scripts, under a strict policy.

Folium runs texts in pop-ups and tooltips as code, so that none is ever given to it: it makes the
page and the Leaflet map, and our own scripts show what customers wrote, as text.
"""

import hashlib
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from app import __version__
from app.maps.kept_page import kept_page

#: In the order in which they lean on each other.
SCRIPTS = (
    "geometry",
    "look",
    "sheet",
    "ground",
    "areas",
    "names",
    "marks",
    "glyphs",
    "tours",
    "arrange",
    "store",
    "scene",
    "tools",
    "hold",
    "elements",
    "legend",
    "panels",
    "card",
    "pin",
    "tiles",
    "start",
)
#: The middle of France, all of it in view.
FIRST_CENTRE, FIRST_ZOOM = (46.6, 2.5), 6
MIN_ZOOM, MAX_ZOOM = 4, 18
_SCRIPT_FILES = [
    ("leaflet", "web/vendor/leaflet/leaflet.js"),
    ("protomaps", "web/vendor/protomaps-leaflet/protomaps-leaflet.js"),
    ("channel", "web/qwebchannel.js"),
    *((f"regie-{name}", f"web/map/{name}.js") for name in (*SCRIPTS, "desk")),
]
_STYLE_FILES = [("leaflet_css", "web/vendor/leaflet/leaflet.css"), ("regie_css", "web/map.css")]
#: Attribution and box selection are our own; the zoom follows the wheel in quarters.
_LEAFLET_OPTIONS = {
    "attributionControl": False,
    "boxZoom": False,
    "zoomSnap": 0.25,
    "wheelPxPerZoomLevel": 110,
    "minZoom": MIN_ZOOM,
    "maxZoom": MAX_ZOOM,
}
_NONCE = "0" * 32
_FORM = 1  # raise it when `render_page` itself changes


def base_page(nonce: str, tile_host: str = "") -> str:
    """The page in which the map opens; `tile_host` is the one place that tiles may come from.

    Every request must bring a nonce of its own, which nobody can foresee.

    Raises:
        ValueError: the nonce or the host is not a plain word.
    """
    if not re.fullmatch(r"[\w-]{16,}", nonce):
        raise ValueError("a nonce is a long plain word")
    if tile_host and not re.fullmatch(r"https://[\w.-]+(:\d+)?", tile_host):
        raise ValueError(f"not a tile host: {tile_host}")
    policy = content_policy(nonce, tile_host)
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = _page().replace(_NONCE, nonce)
    return page.replace("<head>", f"<head>\n    {head}", 1)


def content_policy(nonce: str, tile_host: str = "") -> str:
    """What the page may load and run: itself, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'nonce-{nonce}'",
            "connect-src 'self'",
            f"img-src 'self' data: {tile_host}".strip(),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def prepare_base_page() -> None:
    """Have the page ready ahead of the first request, away from the window's thread."""
    _page()


@cache
def _page() -> str:
    return kept_page(_key(), render_page)


def _key() -> str:
    """Changes with everything that the rendered page depends on."""
    made_of = (_SCRIPT_FILES, _STYLE_FILES, _LEAFLET_OPTIONS, FIRST_CENTRE, FIRST_ZOOM, _FORM)
    said = repr((made_of, __version__, _version("folium"), _version("branca")))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a frozen program carries no package metadata
        return ""


def render_page() -> str:
    """Folium's page; importing folium takes a second or more, so only when there is none yet."""
    import folium
    from folium.template import Template

    class BaseMap(folium.Map):
        """A Leaflet map whose page names no outside address."""

        default_js = _SCRIPT_FILES
        default_css = _STYLE_FILES

    class OpenDesk(folium.MacroElement):
        """Hands the Leaflet map to our scripts, once it stands."""

        _template = Template(
            "{% macro script(this, kwargs) %}"
            "regie.openDesk({{ this._parent.get_name() }});"
            "{% endmacro %}"
        )

    base = BaseMap(FIRST_CENTRE, zoom_start=FIRST_ZOOM, tiles=None, zoom_control=False)
    base.options.update(_LEAFLET_OPTIONS)
    base.add_child(OpenDesk())  # type: ignore[no-untyped-call]  # folium types its maps only
    return _with_nonce(str(base.get_root().render()))


def _with_nonce(page: str) -> str:
    """Nothing of a person's is in this page yet, so that every script and style in it is ours."""
    page = re.sub(r"<(script|style)\b", rf'<\1 nonce="{_NONCE}"', page)
    return re.sub(r'<link rel="stylesheet"', f'<link nonce="{_NONCE}" rel="stylesheet"', page)
