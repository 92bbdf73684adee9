"""The day's review on paper, and the drivers' road sheets: all is there, and always the same."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.reports.day_review import DayReview, Fates, TourReview
from app.reports.fonts import REGULAR
from app.reports.paper import Style, fitted, text_width, wrapped
from app.reports.sheet import phone_words
from app.reports.tour_sheet import road_sheet
from tests.reports.a_day import (
    LIL,
    ON,
    PARIS,
    VAN,
    a_carried,
    a_review,
    a_stop,
    a_tour,
    a_tour_review,
)
from tests.reports.hostile import WORDS, everywhere
from tests.reports.maps_of_it import document, maps

A4 = (595.27, 841.89)


def pages(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def road(review: DayReview, one: TourReview) -> bytes:
    return road_sheet(review, one, maps(review))


def long_tour(stops: int) -> TourReview:
    made = [a_stop(n, n * 8.0, window=None) for n in range(1, stops + 1)]
    return a_tour_review(a_tour(1, VAN, LIL, *made), VAN, LIL)


def test_the_first_page_has_the_figures_the_map_and_every_tour(english: None):
    cover = pages(document(a_review()))[0]

    for mention in (
        *("Review of Tue 24 Nov 2026", "2 published tours", "as recorded on 24/11/2026 09:42"),
        *("Orders", "11", "8 leave", "Left out", "80.0%", "1 late, 1 tight"),
        *("5 on our tours", "3 with carriers", "1 to collect in store", "2 left out"),
        *("T1", "Fourgon élec. 04 · M. Carpentier", "T2", "Vélo-cargo 07", "Total · 2 tours"),
        *("Natural Earth", "2 km", "LIL", "RBX"),
        "page 1 of",
    ):
        assert mention in cover, mention


def test_every_stop_is_printed_on_its_tours_page_and_numbered_on_its_map(english: None):
    review = a_review()
    printed = pages(document(review))

    for one in review.tours:
        [sheet] = [page for page in printed if page.startswith(f"T{one.number} {one.title}")]
        for visit in one.visits:
            assert visit.customer in sheet
            assert visit.address.one_line in sheet
            assert f"480 00{visit.stop.order[-1]}" in sheet
        for number in range(1, len(one.visits) + 1):
            assert len(re.findall(rf"\b{number}\b", sheet)) >= 2  # on the map and in the table


def test_what_was_left_out_carriers_and_method_are_printed(english: None):
    text = " ".join(pages(document(a_review())))

    for mention in (
        *("Left out, and why", "LIN-1007: available nowhere (1 missing).", "Luc Vandamme"),
        "Nordfret: 40.0 kg exceeds the limit of 30.0 kg.",
        *("Left out of the tours, taken by a carrier", "has no time left for it on its tour."),
        *("Deûle Express", "DEX-00001", "1 not sent yet", "24/11 (+2 d)"),
        *("Vol d'oiseau × 1,30", "Source: Arrêté du 10 avril 2012", "Level 1"),
    ):
        assert mention in text, mention


def test_it_speaks_french(french: None):
    text = " ".join(pages(document(a_review())))

    for mention in (
        "Revue du mar. 24 nov. 2026",
        "Laissées de côté",
        "retard 10 min",
        "page 1 sur",
    ):
        assert mention in text, mention


def test_a_day_without_tours_is_one_page_that_says_so(english: None):
    [only] = pages(document(DayReview(ON, PARIS, fates=Fates(to_collect=2))))

    assert "No tour was planned for Tue 24 Nov 2026." in only
    assert "Nothing was left out" in only


@pytest.mark.parametrize("stops", [1, 8, 20, 21, 22, 23, 45, 120])
def test_however_long_a_tour_each_stop_is_printed_once_and_its_sum_at_the_end(
    stops: int, english: None
):
    one = long_tour(stops)
    printed = pages(document(a_review(tours=(one,), carriers=(), left_out=(), handed_over=())))
    sheets = printed[next(n for n, page in enumerate(printed) if page.startswith("T1 ")) :]
    text = " ".join(sheets)

    customers = re.findall(r"Client 48000(\d+)", text)
    assert [int(number) for number in customers] == list(range(1, stops + 1))
    assert "Total" in sheets[-1]


def test_a_tour_of_twenty_stops_keeps_to_one_page(english: None):
    one = long_tour(20)
    printed = pages(document(a_review(tours=(one,), carriers=())))

    assert sum("Client 48000" in page for page in printed) == 1


def test_hundreds_of_orders_left_out_break_between_rows(english: None):
    left = a_review().left_out[0]
    many = tuple(replace(left, order=f"47{n:04d}", customer=f"Reste {n:04d}") for n in range(300))

    text = " ".join(pages(document(a_review(left_out=many))))

    assert [int(n) for n in re.findall(r"Reste (\d+)", text)] == list(range(300))


def test_its_faces_travel_with_it_and_its_pages_are_a4(english: None):
    reader = pypdf.PdfReader(io.BytesIO(document(a_review())))

    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            A4, abs=0.1
        )
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        used = [font.get_object() for font in fonts.values()]
        ours = [font for font in used if "SourceSansPro" in font["/BaseFont"]]
        assert ours
        assert all("/FontFile2" in font["/FontDescriptor"] for font in ours)


def test_it_holds_no_link_script_or_picture_from_outside(english: None):
    content = document(a_review())

    for word in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
        assert word not in content


def test_the_same_day_gives_the_same_bytes(french: None):
    review = a_review()
    one = review.tours[0]

    assert document(review) == document(a_review())
    assert document(review) != document(a_review(left_out=()))
    assert road(review, one) == road(a_review(), one)


def test_the_road_sheet_has_what_is_needed_at_the_door_and_no_money(english: None):
    review = a_review()
    one = review.tours[0]

    text = " ".join(pages(road(review, one)))

    for mention in (
        *("Road sheet", "Fourgon élec. 04 · M. Carpentier", "Tue 24 Nov 2026"),
        *("Leaves Store LIL · Rue Neuve, 59000 Lille", "Break, 45 min", "Back at Store LIL"),
        *("Client 480001 · 06 12 34 56 78", "1 rue du Moulin, 59130 Lambersart"),
        *("Sonner deux fois", "09:20", "09:00–13:00", "Time, signature"),
    ):
        assert mention in text, mention
    assert "€" not in text
    assert "CO₂e" not in text


def test_goods_are_loaded_in_the_reverse_of_their_delivery(english: None):
    review = a_review()

    text = " ".join(pages(road(review, review.tours[0])))
    loading = text[text.index("Loading, from the back to the door") :]

    assert re.findall(r"Client (\d+)", loading) == ["480003", "480002", "480001"]


@pytest.mark.parametrize("hostile", WORDS)
def test_hostile_words_are_printed_as_words(hostile: str, english: None):
    review = everywhere(hostile)

    assert pypdf.PdfReader(io.BytesIO(document(review))).pages
    assert pypdf.PdfReader(io.BytesIO(road(review, review.tours[0]))).pages


@given(st.text(max_size=90))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_can_be_printed(text: str):
    review = everywhere(text)

    assert len(pypdf.PdfReader(io.BytesIO(document(review))).pages) >= 3


def test_an_approximate_address_is_marked_and_the_mark_explained(english: None):
    one = a_review().tours[0]
    first, *others = one.visits
    vague = replace(one, visits=(replace(first, approximate=True), *others))

    text = " ".join(pages(document(a_review(tours=(vague,)))))

    assert "≈ 1 rue du Moulin" in text
    assert "≈ approximate address" in text


def test_a_french_number_is_printed_as_it_is_dialled():
    assert phone_words("+33612345678") == "06\u00a012\u00a034\u00a056\u00a078"
    assert phone_words("0033 3 20 12 34 56") == "03\u00a020\u00a012\u00a034\u00a056"
    assert phone_words("+32 2 555 12 12") == "+32 2 555 12 12"
    assert phone_words("") == ""


@given(st.text(alphabet="aé \u00a0\u202fWi1", max_size=60), st.floats(20, 200))
def test_a_text_made_to_fit_fits(text: str, width: float):
    style = Style(REGULAR, 9)

    assert text_width(fitted(text, style, width), style) <= width + 1e-6
    for line in wrapped(text, style, width):
        assert text_width(line, style) <= width + 1e-6


def test_a_figure_stays_with_its_unit_at_the_end_of_a_line():
    style = Style(REGULAR, 9)
    room = text_width("distance 1\u202f234,5", style)

    assert wrapped("distance 1\u202f234,5\u00a0km", style, room) == (
        "distance",
        "1\u202f234,5\u00a0km",
    )


def test_a_late_carrier_is_told_in_words_not_by_colour_alone(english: None):
    late = replace(a_review().carriers[0], carried=(a_carried(late_days=3),))

    assert "24/11 (+3 d)" in " ".join(pages(document(a_review(carriers=(late,)))))
