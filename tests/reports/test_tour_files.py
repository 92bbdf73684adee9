"""A tour for other programs: navigation device, spreadsheet, calendar, telephone."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import zxingcpp
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from app.connectors.carriers.formulas import neutral, original
from app.domain.orders import OrderLine
from app.domain.tours import PlanState, Stop, StopKind
from app.domain.values import Address, GeoPoint
from app.reports.agenda import agenda
from app.reports.day_review import DayReview, TourReview
from app.reports.gpx import gpx
from app.reports.stop_codes import MOST_OCTETS, stop_lists
from app.reports.stop_table import COLUMNS, stop_table
from app.reports.tour_sheet import road_sheet
from tests.reports.a_day import DOORS, LIL, VAN, a_review, a_stop, a_tour, a_tour_review, at_minute
from tests.reports.hostile import WORDS
from tests.reports.maps_of_it import maps

GPX = "{http://www.topografix.com/GPX/1/1}"
DPI = 150  # a modest office printer


def the_van(**but: object) -> tuple[DayReview, TourReview]:
    """The day and its first tour, at each of whose doors something else is told."""
    review = a_review()
    one = review.tours[0]
    visits = [replace(visit, **but) for visit in one.visits]  # type: ignore[arg-type]
    one = replace(one, visits=tuple(visits))
    return replace(review, tours=(one, *review.tours[1:])), one


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def unfolded(content: bytes) -> list[tuple[str, str]]:
    """A calendar's properties in their order, as its standard says they are read."""
    text = content.replace(b"\r\n ", b"").decode()
    assert text.endswith("\r\n")
    return [tuple(line.split(":", 1)) for line in text.split("\r\n")[:-1]]  # type: ignore[misc]


def events(content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name, value in unfolded(content):
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found:
            plain = value.replace(r"\n", "\n") if name == "DESCRIPTION" else value
            found[-1][name] = re.sub(r"\\([\\;,])", r"\1", plain)
    return found


# Navigation


def test_a_device_finds_every_stop_in_order_with_what_is_needed_at_the_door(english: None):
    review, one = the_van(floor=3, lift=False, goods=(OrderLine("LIN-1007", 2),))

    root = ElementTree.fromstring(gpx(review, one, {}))

    assert root.tag == f"{GPX}gpx"
    assert root.get("version") == "1.1"
    points = root.findall(f"{GPX}wpt")
    names = [point.findtext(f"{GPX}name") for point in points]
    assert names == [
        "Leaves Store LIL",
        *("1 · Client 480001", "2 · Client 480002", "3 · Client 480003"),
        "Back at Store LIL",
    ]
    first = points[1]
    assert (first.get("lat"), first.get("lon")) == ("50.650000", "3.025000")
    told = first.findtext(f"{GPX}desc") or ""
    for mention in (
        *("1 rue du Moulin, 59130 Lambersart", "09:20, promised 09:00–13:00"),
        *("06\u00a012\u00a034\u00a056\u00a078", "floor 3 without a lift · Sonner deux fois"),
        *("480\u202f001", "1 parcel", "2\u00a0×\u00a0LIN-1007"),
    ):
        assert mention in told, mention


def test_parts_of_the_file_stand_in_the_order_that_its_schema_asks(english: None):
    review, one = the_van()
    root = ElementTree.fromstring(gpx(review, one, {}))

    order = [child.tag.removeprefix(GPX) for child in root]
    assert order == ["metadata", *["wpt"] * 5, "trk"]
    for point in root.findall(f"{GPX}wpt"):
        assert [child.tag.removeprefix(GPX) for child in point] == ["name", "desc", "sym", "type"]


def test_the_track_follows_known_roads_and_says_where_there_are_none(english: None):
    review, one = the_van()
    bend = GeoPoint(50.64, 3.04)
    track = one.tour.stops

    def line(ways: dict[tuple[GeoPoint, GeoPoint], tuple[GeoPoint, ...]]) -> tuple[list[str], str]:
        root = ElementTree.fromstring(gpx(review, one, ways))
        points = [f"{p.get('lat')} {p.get('lon')}" for p in root.iter(f"{GPX}trkpt")]
        return points, root.findtext(f"{GPX}trk/{GPX}desc") or ""

    first = (track[0].point, track[1].point)
    along, said = line({first: (first[0], bend, first[1])})
    straight, _said = line({})
    assert along == [straight[0], "50.640000 3.040000", *straight[1:]]
    assert said == "Straight lines where no road is known."
    legs = {(a.point, b.point): (a.point, b.point) for a, b in pairwise(track)}
    assert line(legs) == (straight, "")
    assert len(straight) == len(track)


# Spreadsheet


def test_a_spreadsheet_gets_a_line_a_place_whose_figures_are_the_tours(english: None):
    review, one = the_van(floor=2, goods=(OrderLine("LIN-1007", 2), OrderLine("MEU-1", 1)))

    content = stop_table(review, one, cell=neutral)
    lines = rows(content)

    assert tuple(lines[0]) == COLUMNS
    assert [line["stop"] for line in lines] == ["", "1", "2", "", "3", ""]
    assert [line["kind"] for line in lines][3] == "break"
    assert sum(int(line["distance_m"]) for line in lines) == one.tour.distance_m
    assert sum(int(line["weight_g"] or 0) for line in lines) == one.tour.load.weight_g
    third = lines[4]
    assert third["arrival"] == "2026-11-24 10:50:00"
    assert (third["window_from"], third["window_to"]) == (
        "2026-11-24 10:00:00",
        "2026-11-24 10:40:00",
    )
    assert (third["late_s"], third["pieces"], third["goods"]) == (
        "600",
        "3",
        "2 x LIN-1007 | 1 x MEU-1",
    )
    assert (third["floor"], third["lift"], third["phone"]) == ("2", "yes", "+33612345678")


def test_a_name_that_begins_like_a_formula_stays_a_name(english: None):
    evil = "=HYPERLINK(1)"
    review, one = the_van(customer=evil, note=evil)

    for line in rows(stop_table(review, one, cell=neutral))[1:3]:
        assert line["customer"] == line["note"] == f"'{evil}"
        assert original(line["note"]) == evil


# Calendar


def test_a_calendar_gets_an_event_a_place_at_its_time(english: None):
    review, one = the_van()

    found = events(agenda(review, one))

    assert [event["SUMMARY"] for event in found] == [
        "T1 · Leaves Store LIL",
        *("T1 · 1 · Client 480001", "T1 · 2 · Client 480002", "T1 · Break, 45\u00a0min"),
        *("T1 · 3 · Client 480003", "T1 · Back at Store LIL"),
    ]
    first = found[1]
    assert (first["DTSTART"], first["DTEND"]) == ("20261124T082000Z", "20261124T082500Z")
    assert first["LOCATION"] == "1 rue du Moulin, 59130 Lambersart"
    assert first["GEO"] == "50.650000;3.025000"
    assert "Sonner deux fois" in first["DESCRIPTION"].split("\n")
    assert "DTEND" not in found[-1]  # coming home takes no time
    assert len({event["UID"] for event in found}) == len(found)


def test_another_export_replaces_the_events_of_the_one_before(english: None):
    review, one = the_van()
    later = replace(one, tour=replace(one.tour, revision=one.tour.revision + 1))

    before, after = events(agenda(review, one)), events(agenda(review, later))

    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert int(after[0]["SEQUENCE"]) == int(before[0]["SEQUENCE"]) + 1


def test_only_a_draft_is_tentative(english: None):
    review, one = the_van()
    draft = replace(one, tour=replace(one.tour, state=PlanState.DRAFT))

    assert {event["STATUS"] for event in events(agenda(review, draft))} == {"TENTATIVE"}
    assert {event["STATUS"] for event in events(agenda(review, one))} == {"CONFIRMED"}


@given(st.text(max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_leaves_the_files_whole(text: str):
    review, one = the_van(customer=text, note=text, phone=text, address=Address(text, text, text))

    content = agenda(review, one)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert len(events(content)) == len(one.tour.stops)
    assert len(ElementTree.fromstring(gpx(review, one, {})).findall(f"{GPX}wpt")) == 5
    assert len(rows(stop_table(review, one, cell=neutral))) == len(one.tour.stops)
    assert sum(told.last - told.first + 1 for told in stop_lists(review, one)) == 3


# Telephone


def photographed(content: bytes, tmp_path: Path) -> list[str]:
    """What a camera reads off the printed pages."""
    (tmp_path / "sheet.pdf").write_bytes(content)
    document = QPdfDocument()
    document.load(str(tmp_path / "sheet.pdf"))
    found = []
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        size = QSize(round(points.width() / 72 * DPI), round(points.height() / 72 * DPI))
        document.render(page, size).save(str(tmp_path / "page.png"))
        with Image.open(tmp_path / "page.png") as picture:
            paper = Image.new("RGB", picture.size, "white")
            drawn = picture.convert("RGBA")
            paper.paste(drawn, mask=drawn.getchannel("A"))
        found += zxingcpp.read_barcodes(paper, formats=zxingcpp.BarcodeFormat.QRCode)
    document.close()
    return [code.text for code in found]


def test_a_telephone_reads_every_stop_off_the_paper(qtbot: QtBot, tmp_path: Path, french: None):
    made = [a_stop(n, n * 8.0) for n in range(1, 23)]
    one = a_tour_review(a_tour(1, VAN, LIL, *made), VAN, LIL)
    review = a_review(tours=(one,))

    read = photographed(road_sheet(review, one, maps(review)), tmp_path)

    told = [part.text for part in stop_lists(review, one)]
    assert sorted(read) == sorted(told)
    assert len(read) > 1
    text = "\n".join(sorted(read, key=told.index))
    assert [int(n) for n in re.findall(r"^(\d+) · Client", text, re.MULTILINE)] == list(
        range(1, 23)
    )
    door = DOORS[0]
    assert f"geo:{door.latitude:.5f},{door.longitude:.5f}" in text.split("\n")
    assert "06 12 34 56 78" in text.replace("\u00a0", " ")
    assert "T1 · 24/11/2026 · Fourgon élec. 04" in text


def test_no_code_is_larger_than_a_camera_reads(english: None):
    for hostile in (*WORDS, "é" * 500):
        review, one = the_van(customer=hostile, address=Address(hostile), phone=hostile)
        for told in stop_lists(review, one):
            assert len(told.text.encode()) <= 2 * MOST_OCTETS


# Drivers who start and end elsewhere


def test_a_driver_who_starts_at_home_loads_at_the_depot(english: None):
    home = GeoPoint(50.70, 3.10)
    tour = a_tour(1, VAN, LIL, a_stop(1, 20))
    start, door, back = tour.stops
    away = replace(start, point=home)
    load = Stop(StopKind.LOAD, LIL.point, at_minute(5), at_minute(5), at_minute(15))
    moved = replace(tour, stops=(away, load, door, replace(back, point=door.point)))
    one = a_tour_review(moved, VAN, LIL)
    review = a_review(tours=(one,))

    names = [event["SUMMARY"] for event in events(agenda(review, one))]

    assert names == [
        *("T1 · Sets out", "T1 · Loads at Store LIL"),
        *("T1 · 1 · Client 480001", "T1 · Ends the tour"),
    ]
    assert road_sheet(review, one, maps(review))


def test_the_same_day_gives_the_same_bytes(english: None):
    review, one = the_van()
    again, other = the_van()

    assert gpx(review, one, {}) == gpx(again, other, {})
    assert stop_table(review, one, cell=neutral) == stop_table(again, other, cell=neutral)
    assert agenda(review, one) == agenda(again, other)
    assert b"DTSTAMP:20261124T084200Z" in agenda(review, one)
    assert review.as_of == datetime(2026, 11, 24, 8, 42, tzinfo=UTC)
