"""Whatever customers write stays text: on the map, on its cards, and in the file that leaves."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.domain.values import GeoPoint
from app.maps.layers import Leg, MapLayers, NodeMark, OrderMark, TourLine
from app.maps.offline_html import offline_map
from tests.map.conftest import Glass

HOSTILE = (
    "<img src=x onerror=\"document.title='broken'\">",
    "</script><script>document.title='broken'</script>",
    "`${document.title='broken'}`",
    "'; document.title='broken'; //",
    '"}];document.title="broken";//',
    "\u2028document.title='broken'\u2029",
    "<!--<script>document.title='broken'",
    "{{ document }} %s {} \\u003cimg src=x onerror=1\\u003e",
)
LILLE = GeoPoint(50.6366, 3.0635)


def hostile_layers(words: str) -> MapLayers:
    """Every text of every layer says the same."""
    mark = OrderMark(
        words, LILLE, shipment=words, node=words, customer=words, town=words, details=(words,)
    )
    node = NodeMark(words, GeoPoint(50.65, 3.1), name=words, details=(words,))
    leg = Leg((node.point, LILLE))
    line = TourLine(1, (leg,), LILLE, code=words, vehicle=words, details=(words,))
    return MapLayers((mark,), (node,), (line,))


@pytest.mark.parametrize("words", HOSTILE)
def test_on_the_map_customers_words_are_only_words(glass: Glass, words: str):
    glass.view.describe_with(lambda _order: [words])
    bare = replace(hostile_layers(words).orders[0], details=())
    glass.show(replace(hostile_layers(words), orders=(bare,)))
    glass.ask("document.querySelectorAll('.regie-opener')[1].click()")

    for place in glass.ask(
        "(() => { const scene = regie.desk.scene; const [ox, oy] = scene._onSheet(L.point(0, 0));"
        "const {marks, nodes, tags} = scene._placed;"
        "return [...marks, ...nodes, ...tags].map(({x, y}) => [x - ox, y - oy]) })()"
    ):
        glass.ask(
            f"regie.desk.tools._hoverOver(regie.desk.scene.at(L.point({place})), L.point({place}))"
        )
        glass.wait_for("document.querySelector('.regie-card').childElementCount > 1")
        assert words.strip() in glass.ask("document.querySelector('.regie-card').textContent")
    said = json.dumps({"title": words, "address": words, "latitude": 50, "longitude": 3})
    glass.ask(f"regie.desk.startPin({said})")

    assert glass.ask("document.querySelectorAll('.leaflet-container img').length") == 0
    assert glass.ask("document.title") != "broken"


class Scripts(HTMLParser):
    """The elements of a page, as a browser parses it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("words", HOSTILE)
def test_in_the_file_customers_words_add_no_element(words: str):
    hostile = offline_map(hostile_layers(words), title=words, subtitle=words)
    harmless = offline_map(hostile_layers("x"), title="x", subtitle="x")

    assert Scripts(hostile).tags == Scripts(harmless).tags
    for data in re.findall(r"<script type=[^>]*>(.*?)</script>", hostile, re.DOTALL):
        assert not set(data) & set("<>\u2028\u2029")


def test_the_file_names_no_outside_address_that_a_browser_would_load():
    page = offline_map(hostile_layers("x"), title="x")
    markup = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)

    assert re.findall(r"(?:src|href)\s*=", markup) == []
    assert "default-src 'none'" in markup
    assert "connect-src" not in markup


@pytest.fixture(scope="session")
def browser() -> str:
    """A Chromium of the system; set-up brings one for the tests."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium here: the file is opened by none")
    return found


def opened_from_disk(browser: str, file: Path) -> tuple[str, str]:
    """The page as it stands after its scripts, and what the browser said meanwhile."""
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
        "--virtual-time-budget=4000", "--window-size=1200,800", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, done.stderr


def test_a_browser_opens_the_file_from_disk_without_complaint(
    browser: str, tmp_path: Path, day: MapLayers
):
    file = tmp_path / "tours.html"
    file.write_text(offline_map(day, title="Tours"), encoding="utf-8")

    page, said = opened_from_disk(browser, file)

    assert "regie-legend" in page
    assert page.count("regie-row") >= 10
    assert "CONSOLE" not in said


def test_a_browser_takes_hostile_words_in_the_file_for_words(browser: str, tmp_path: Path):
    marks = []
    for i, words in enumerate(HOSTILE):
        [mark] = hostile_layers(words).orders
        marks.append(replace(mark, shipment=f"{i}", point=GeoPoint(50.6 + i * 0.01, 3.0)))
    file = tmp_path / "hostile.html"
    layers = replace(hostile_layers(HOSTILE[1]), orders=tuple(marks))
    file.write_text(offline_map(layers, title=HOSTILE[0]), encoding="utf-8")

    page, said = opened_from_disk(browser, file)

    assert "<title>broken" not in page
    assert "regie-legend" in page
    assert "CONSOLE" not in said
