"""The day's review as a page: it says everything, fetches nothing, and takes words for words."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from app.formats import order_number
from app.reports.day_review import DayReview, Fates
from app.reports.markup import escaped, tag
from tests.reports.a_day import ON, PARIS, a_review
from tests.reports.hostile import WORDS, everywhere
from tests.reports.maps_of_it import page


class Reader(HTMLParser):
    """A page as a browser parses it: its elements, their attributes, and its visible words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self._words: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self._words.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())


def words(review: DayReview) -> str:
    return Reader(page(review)).words


def test_every_stop_stands_in_it_with_time_window_customer_and_load(english: None):
    review = a_review()

    text = words(review)

    for one in review.tours:
        for visit in one.visits:
            assert visit.customer in text
            assert visit.address.one_line in text
            assert " ".join(order_number(visit.stop.order).split()) in text
    for mention in ("09:20", "09:00–13:00", "waits 12 min", "late 10 min", "Break, 45 min"):
        assert mention in text


def test_figures_totals_and_method_are_told(english: None):
    text = words(a_review())

    for mention in (
        *("Review of Tue 24 Nov 2026", "2 published tours", "24/11/2026 09:42"),
        *("11 8 leave", "5 on our tours", "3 with carriers", "1 to collect in store"),
        *("Fourgon élec. 04", "M. Carpentier", "Vélo-cargo 07", "Total · 2 tours", "€100.50"),
        *("level 1", "level 2", "15 g CO₂e a kilometre", "French default", "Vol d'oiseau × 1,30"),
        "Source: Arrêté du 10 avril 2012",
    ):
        assert mention in text, mention


def test_carriers_are_told_with_their_bookings(english: None):
    text = words(a_review())

    assert "Deûle Express 2 4 6.9 23.10 0.09 DEX-00001" in text
    assert "1 not sent yet" in text
    assert "2 days late" in text


def test_what_was_left_out_is_told_with_the_reason_in_words(english: None):
    text = words(a_review())

    assert "No stock node found · 1" in text
    assert "LIN-1007: available nowhere (1 missing)." in text
    assert "Nordfret: 40.0 kg exceeds the limit of 30.0 kg." in text
    assert "Fourgon élec. 04 has no time left for it on its tour." in text


def test_it_speaks_french(french: None):
    text = words(a_review())

    for mention in ("Revue du mar. 24 nov. 2026", "Laissées de côté, et pourquoi", "Feuille"):
        assert mention in text or mention in page(a_review())
    assert "Left out" not in text


def test_a_day_without_tours_says_so(english: None):
    text = words(DayReview(ON, PARIS, fates=Fates(to_collect=2)))

    assert "No tour was planned for Tue 24 Nov 2026." in text
    assert "Nothing was left out" in text
    assert "Distance" not in text


def test_it_names_no_address_outside(english: None):
    text = page(a_review())
    markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    read = Reader(text)
    policy = dict(read.attributes).get("content") or ""

    assert not re.search(r"(?:https?:)?//", markup)
    links = [value for name, value in read.attributes if name in ("href", "src")]
    assert links
    assert all(value is not None and value.startswith("#") for value in links)
    assert {link.removeprefix("#") for link in links if link} <= set(read.ids)
    assert "default-src 'none'" in text
    assert "connect-src" not in text
    assert "unsafe" not in policy


def test_styles_and_scripts_are_only_those_its_policy_names(english: None):
    read = Reader(page(a_review()))

    assert not [name for name, _value in read.attributes if name == "style"]
    assert not [name for name, _value in read.attributes if name.startswith("on")]


def test_the_same_day_gives_the_same_page(french: None):
    assert page(a_review()) == page(a_review())
    assert page(a_review()) != page(a_review(handed_over=()))


@pytest.mark.parametrize("hostile", WORDS)
def test_what_customers_wrote_adds_no_element(hostile: str, english: None):
    broken, harmless = Reader(page(everywhere(hostile))), Reader(page(everywhere("x")))

    assert broken.tags == harmless.tags
    names = [name for name, _value in broken.attributes]
    assert names == [name for name, _value in harmless.attributes]


@given(st.text(max_size=80))
def test_any_text_is_read_back_as_it_was_written(text: str):
    read = Reader(tag("p", text, title=text))
    kept = "".join(c for c in text if ord(c) > 31 or c in "\n\t").replace("\x7f", "")

    assert read.tags == ["p"]
    assert " ".join(read.words.split()) == " ".join(kept.split())
    assert dict(read.attributes)["title"] == kept


def test_markup_is_not_escaped_twice_and_everything_else_once():
    assert tag("p", tag("b", "a & b"), "<") == "<p><b>a &amp; b</b>&lt;</p>"
    assert escaped("`${x}`") == "&#96;${x}&#96;"
    assert tag("td", "1", class_=None, hidden=True, data_tour="T1") == (
        '<td hidden data-tour="T1">1</td>'
    )


@pytest.fixture(scope="session")
def browser() -> str:
    """A Chromium of the system; set-up brings one for the tests."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium here: the page is opened by none")
    return found


def opened_from_disk(browser: str, file: Path) -> tuple[str, str]:
    """The page as it stands after its scripts, and what the browser said meanwhile."""
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
        "--virtual-time-budget=4000", "--window-size=1400,900", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, done.stderr


def test_a_browser_opens_it_from_disk_without_complaint(
    browser: str, tmp_path: Path, english: None
):
    file = tmp_path / "review.html"
    file.write_text(page(a_review()), encoding="utf-8")

    dom, said = opened_from_disk(browser, file)

    assert "CONSOLE" not in said
    assert '<html lang="en" class="live"' in dom
    assert "regie-legend" in dom  # the map stands


@pytest.mark.parametrize("hostile", WORDS[:3])
def test_a_browser_takes_hostile_words_for_words(browser: str, tmp_path: Path, hostile: str):
    file = tmp_path / "hostile.html"
    file.write_text(page(everywhere(hostile)), encoding="utf-8")

    dom, said = opened_from_disk(browser, file)

    assert "CONSOLE" not in said
    assert "<title>broken" not in dom
    assert "regie-legend" in dom


class Watched(QWebEnginePage):
    """A page that remembers what its scripts complained of."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []

    def javaScriptConsoleMessage(  # noqa: N802 - Qt's own name
        self, level: object, message: str, line: int, source: str
    ) -> None:
        self.complaints.append(message)


class Window:
    """The page in a window: what a person does in it, and what it then looks like."""

    def __init__(self, qtbot: QtBot, file: Path) -> None:
        self._qtbot = qtbot
        self.page = Watched()
        self.view = QWebEngineView()
        self.view.setPage(self.page)
        self.view.resize(1400, 900)
        self.view.show()
        with qtbot.waitSignal(self.view.loadFinished, timeout=20_000):
            self.view.load(QUrl.fromLocalFile(str(file)))
        self.wait_for("document.documentElement.classList.contains('live') && !!regie.desks")

    def ask(self, script: str) -> Any:
        answers: list[Any] = []
        self.page.runJavaScript(f"JSON.stringify({script})", 0, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=15_000)
        return json.loads(answers[0]) if answers[0] else None

    def wait_for(self, expression: str) -> None:
        self._qtbot.waitUntil(lambda: bool(self.ask(expression)), timeout=15_000)

    def event(self, where: str, kind: str) -> None:
        self.ask(f"document.querySelector({json.dumps(where)}).dispatchEvent({kind}) || 1")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, english: None) -> Iterator[Window]:
    file = tmp_path / "review.html"
    file.write_text(page(a_review()), encoding="utf-8")
    opened = Window(qtbot, file)
    yield opened
    assert opened.page.complaints == []
    shiboken6.delete(opened.view)
    shiboken6.delete(opened.page)


ROW = "tr[data-tour='2026-11-24-T2']"
PICKED = "[...document.querySelectorAll('.picked')].map((place) => place.dataset.tour)"
ON_MAP = "[...regie.desks[0].store.pickedTours]"


def test_a_tour_picked_in_the_table_stands_out_everywhere(window: Window):
    window.event(ROW, "new MouseEvent('click', {bubbles: true})")

    assert set(window.ask(PICKED)) == {"2026-11-24-T2"}
    assert len(window.ask(PICKED)) == 3  # table, lane and card
    assert window.ask(ON_MAP) == [2]
    assert window.ask(f"document.querySelector({json.dumps(ROW)}).ariaPressed") == "true"

    window.event(ROW, "new MouseEvent('click', {bubbles: true})")
    assert window.ask(PICKED) == []
    assert window.ask(ON_MAP) == []


def test_the_keyboard_picks_as_the_pointer_does(window: Window):
    window.event(ROW, "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})")

    assert window.ask(ON_MAP) == [2]


def test_pointing_at_a_tour_shows_it_for_as_long_as_the_pointer_stays(window: Window):
    window.event(ROW, "new MouseEvent('mouseenter')")
    assert window.ask(ON_MAP) == [2]

    window.event(ROW, "new MouseEvent('mouseleave')")
    assert window.ask(ON_MAP) == []
    assert window.ask("document.querySelectorAll('.hot').length") == 0


def test_a_tour_picked_on_the_map_is_picked_in_the_table(window: Window):
    window.ask("regie.desks[0].tools._report.tourPicked('2026-11-24-T1') || 1")

    assert set(window.ask(PICKED)) == {"2026-11-24-T1"}


def test_printing_opens_what_is_folded(window: Window):
    assert window.ask("document.querySelectorAll('details:not([open])').length") == 2

    window.ask("window.dispatchEvent(new Event('beforeprint')) || 1")

    assert window.ask("document.querySelectorAll('details:not([open])').length") == 0


def test_a_second_dozen_of_tours_is_told_apart_by_a_ring(english: None):
    van = a_review().tours[0]
    again = replace(van, tour=replace(van.tour, number=13, code="2026-11-24-T13"))

    text = page(a_review(tours=(van, again)))

    assert 'class="chip t13 ringed"' in text
    assert 'class="chip t1"' in text
