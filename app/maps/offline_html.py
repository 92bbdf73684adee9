"""How the map leaves the program: in one file that any browser opens, with no network at all.

Everything stands in the page: scripts, styles, land and marks. What customers wrote is data in it,
never markup; the page's policy names its own scripts by their hash, and lets nothing else run.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from string import Template
from typing import Any

from app.maps.features import as_json, page_data
from app.maps.geography import geography_data, load_geography, load_names, names_data
from app.maps.icons import icons
from app.maps.layers import MapLayers
from app.maps.page import SCRIPTS
from app.maps.projection import Area
from app.maps.style import page_look
from app.maps.words import page_words
from app.tokens import Tokens, tokens
from resources import resource

#: So much land is kept around the marks, in shares of their extent.
MARGIN = 0.8
#: Where there is nothing to show, the middle of France is shown.
_FRANCE = Area(42.0, -5.0, 51.2, 8.5)

_POLICY = "default-src 'none'"  # until the page stands and its hashes are known
NOTHING = "'none'"
_PAGE = Template("""<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
$libraries
<style>
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--surface0); color: var(--text1);
  font: var(--type-body) / 16px var(--font); }
header { display: flex; gap: 10px; align-items: baseline; padding: 8px 12px;
  border-bottom: 1px solid var(--border); }
h1 { margin: 0; font-size: 16px; font-weight: 600; line-height: 20px; }
header span { color: var(--text2); }
.regie-alone { flex: 1; }
</style>
</head>
<body>
<header><h1>$title</h1><span>$subtitle</span></header>
$map
</body>
</html>
""")


def offline_map(
    layers: MapLayers, look: Tokens | None = None, *, title: str, subtitle: str = ""
) -> str:
    """One page with one map of everything in the layers."""
    words = page_words()
    page = _PAGE.substitute(
        language=words["language"],
        policy=_POLICY,
        title=html.escape(title),
        subtitle=html.escape(subtitle),
        libraries=map_libraries(look),
        map=map_block(layers),
    )
    return page.replace(_POLICY, content_policy(page), 1)


def map_libraries(look: Tokens | None = None) -> str:
    """What a page with maps needs in its head, once: styles, scripts, look and words."""
    start = {
        "look": page_look(look or tokens("light"), still=True),
        "icons": icons(),
        "words": page_words(),
    }
    styles = [_text("vendor", "leaflet", "leaflet.css"), _text("map.css")]
    scripts = [_text("vendor", "leaflet", "leaflet.js")]
    scripts += [_text("map", f"{name}.js") for name in (*SCRIPTS, "alone")]
    return "\n".join(
        [
            *(f"<style>{_inside(style, 'style')}</style>" for style in styles),
            *(f"<script>{_inside(script, 'script')}</script>" for script in scripts),
            held("regie-start", start),
        ]
    )


def map_block(
    layers: MapLayers, *, name: str = "map", area: Area | None = None, wheel: bool = True
) -> str:
    """One map for a page that has the libraries; its place takes its height from the page.

    `name` tells the maps of one page apart; without `wheel` the wheel scrolls the page instead.
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise ValueError(f"a map's name is one plain word, not {name!r}")
    around = (area or _area_of(layers)).grown(MARGIN)
    names = [place for place in load_names() if around.holds_at(place.latitude, place.longitude)]
    data = {
        "layers": page_data(layers),
        "geography": geography_data(load_geography().clipped(around)),
        "names": names_data(names),
        "wheel": wheel,
    }
    place = f'<div class="regie-alone" id="{name}" data-held="{name}-held"></div>'
    return f"{place}\n{held(f'{name}-held', data)}"


def held(identifier: str, data: Any) -> str:
    """Data that stands in a page and cannot leave its element, whatever customers wrote."""
    text = as_json(data).decode()
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return f'<script type="application/json" id="{identifier}">{text}</script>'


def content_policy(page: str) -> str:
    """The policy under which a page runs its own scripts and styles, and nothing else."""
    scripts = " ".join(_hashes(re.findall(r"<script>(.*?)</script>", page, re.DOTALL)))
    styles = " ".join(_hashes(re.findall(r"<style>(.*?)</style>", page, re.DOTALL)))
    return (
        f"default-src 'none'; script-src {scripts or NOTHING}; style-src {styles or NOTHING}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(blocks: Iterable[str]) -> Iterable[str]:
    for block in blocks:
        digest = hashlib.sha256(block.encode()).digest()
        yield f"'sha256-{base64.b64encode(digest).decode()}'"


def _inside(text: str, tag: str) -> str:
    """A script or style of ours, sure not to end its element before its end."""
    if f"</{tag}" in text.lower():
        raise ValueError(f"a shipped file would end its <{tag}>")
    return re.sub(r"\n?//# sourceMappingURL=\S+", "", text)


def _text(*parts: str) -> str:
    return resource("web", *parts).read_text(encoding="utf-8")


def _area_of(layers: MapLayers) -> Area:
    points = layers.points
    return Area.around(points) if points else _FRANCE
