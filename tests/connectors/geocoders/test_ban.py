"""The national address base over the network, imitated by a real server on this machine."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.connectors.geocoders import GeocoderUnavailable
from app.connectors.geocoders.ban import BanGeocoder
from app.domain.places import Precision
from app.domain.values import Address, GeoPoint
from app.ports import Geocoder

ADDRESS = Address("12 rue de la Carnoy", "59130", "Lambersart")


class AddressBase(ThreadingHTTPServer):
    """Answers every search with `answer`, or holds it back; remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Search)
        self.asked: list[str] = []
        self.status = 200
        self.answer: Any = {"type": "FeatureCollection", "features": []}
        self.holds_back = False
        self.released = threading.Event()


class _Search(BaseHTTPRequestHandler):
    server: AddressBase

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        assert asked.path == "/geocodage/search"
        self.server.asked.append(parse_qs(asked.query)["q"][0])
        if self.server.holds_back:
            self.server.released.wait(10)
            return
        body = self.server.answer
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests need no log of requests."""


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[AddressBase]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with AddressBase() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def geocoder(base: AddressBase) -> BanGeocoder:
    return BanGeocoder(f"127.0.0.1:{base.server_port}/geocodage", scheme="http", timeout_s=0.5)


def an_answer(**but: Any) -> dict[str, Any]:
    properties = {
        "label": "12 Rue de la Carnoy 59130 Lambersart",
        "score": 0.9712,
        "type": "housenumber",
        "postcode": "59130",
        "city": "Lambersart",
    } | but
    geometry = {"type": "Point", "coordinates": [3.0251, 50.6489]}
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return {"type": "FeatureCollection", "features": [feature]}


def test_a_house_is_found_with_the_bases_own_score(base: AddressBase, geocoder: Geocoder):
    base.answer = an_answer()

    found = geocoder.locate(ADDRESS)

    assert found is not None
    assert found.point == GeoPoint(50.6489, 3.0251)
    assert (found.score, found.precision, found.source) == (0.971, Precision.HOUSE, "BAN")
    assert found.matched == "12 Rue de la Carnoy 59130 Lambersart"
    assert base.asked == ["12 rue de la Carnoy, 59130 Lambersart"]


@pytest.mark.parametrize(
    ("kind", "precision"),
    [
        ("street", Precision.STREET),
        ("locality", Precision.STREET),
        ("municipality", Precision.TOWN),
        ("something new", Precision.TOWN),
    ],
)
def test_what_kind_of_match_it_is_becomes_the_precision(
    base: AddressBase, geocoder: Geocoder, kind: str, precision: Precision
):
    base.answer = an_answer(type=kind)

    found = geocoder.locate(ADDRESS)

    assert found is not None
    assert found.precision is precision


def test_a_namesake_in_another_department_is_no_answer(base: AddressBase, geocoder: Geocoder):
    base.answer = an_answer(postcode="33000")

    assert geocoder.locate(ADDRESS) is None


def test_an_unknown_address_is_no_answer(base: AddressBase, geocoder: Geocoder):
    assert geocoder.locate(ADDRESS) is None


def test_an_address_the_base_will_not_read_is_no_answer(base: AddressBase, geocoder: Geocoder):
    base.status = 400

    assert geocoder.locate(Address(town="X")) is None


def test_foreign_and_empty_addresses_are_never_sent(base: AddressBase, geocoder: Geocoder):
    assert geocoder.locate(Address("Unter den Linden 1", "10117", "Berlin", "DE")) is None
    assert geocoder.locate(Address()) is None
    assert base.asked == []


def _busy(base: AddressBase) -> None:
    base.status = 429


def _broken(base: AddressBase) -> None:
    base.status = 500


def _slow(base: AddressBase) -> None:
    base.holds_back = True


def _no_json(base: AddressBase) -> None:
    base.answer = b"<html>Welcome to the hotel's wireless network</html>"


def _strange(base: AddressBase) -> None:
    base.answer = {"features": [{"geometry": None, "properties": {}}]}


def _no_score(base: AddressBase) -> None:
    base.answer = an_answer(score=None)


@pytest.mark.parametrize("trouble", [_busy, _broken, _slow, _no_json, _strange, _no_score])
def test_trouble_with_the_base_is_said_and_does_not_last(
    base: AddressBase, geocoder: Geocoder, trouble: Callable[[AddressBase], None]
):
    trouble(base)
    began = time.monotonic()

    with pytest.raises(GeocoderUnavailable) as said:
        geocoder.locate(ADDRESS)

    assert said.value.code == "no_network"
    assert time.monotonic() - began < 5


def test_a_base_that_is_not_there_is_said():
    with AddressBase() as gone:
        port = gone.server_port

    with pytest.raises(GeocoderUnavailable):
        BanGeocoder(f"127.0.0.1:{port}/geocodage", scheme="http", timeout_s=1).locate(ADDRESS)
