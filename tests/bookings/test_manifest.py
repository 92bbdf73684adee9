"""The manifest: its mentions can be read, its barcodes scanned, its bytes repeated."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from app.connectors.carriers.profiles import generic_profile
from app.domain.bookings import Booking, Party
from app.domain.carriers import Carrier
from app.domain.values import Address, Load
from app.reports.manifest import export
from tests.bookings.a_day import a_booking, addressed_to

DPI = 203  # what a label printer and an office fax have


def manifest(*bookings: Booking) -> bytes:
    return export(bookings, generic_profile())


def pages(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def scanned(content: bytes, tmp_path: Path) -> list[str]:
    """Every Code 128 that a scanner finds on the printed pages."""
    file = tmp_path / "manifest.pdf"
    file.write_bytes(content)
    document = QPdfDocument()
    document.load(str(file))
    found = []
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        size = QSize(round(points.width() / 72 * DPI), round(points.height() / 72 * DPI))
        drawn = document.render(page, size)
        drawn.save(str(tmp_path / "page.png"))
        with Image.open(tmp_path / "page.png") as picture:
            paper = Image.new("RGB", picture.size, "white")
            paper.paste(picture.convert("RGBA"), mask=picture.convert("RGBA").getchannel("A"))
        found += zxingcpp.read_barcodes(paper, formats=zxingcpp.BarcodeFormat.Code128)
    document.close()
    return [code.text for code in found]


def many(count: int) -> list[Booking]:
    return [
        replace(a_booking(f"{480_000 + n}-1"), load=Load(1_000 * n, 1_000, 1 + n % 3))
        for n in range(1, count + 1)
    ]


def test_it_names_carrier_sender_reference_day_and_every_shipment(english: None):
    text = pages(manifest(a_booking(), addressed_to("Inès Bouchet", town="Roubaix")))[0]

    for mention in (
        *("Manifest", "DEX-00001", "Tue 24 Nov 2026"),
        *("Deûle Express", "SIREN 000000026", "Account C48-2207"),
        *("Magasin Lille", "Rue Neuve", "59000 Lille"),
        *("480001-1", "Claire Delattre", "59130 Lambersart", "Inès Bouchet", "59130 Roubaix"),
        *("Express du jour", "2 shipments", "6 parcels", "16.8 kg"),
        *("Handed over by the sender", "Received by the carrier", "Signature", "Reservations"),
        "page 1 of 1",
    ):
        assert mention in text


def test_it_speaks_french(french: None):
    text = pages(manifest(a_booking()))[0]

    for mention in (
        *("Bordereau de remise", "mar. 24 nov. 2026", "Transporteur", "Expéditeur"),
        *("Destinataire", "Remis par l'expéditeur", "Reçu par le transporteur", "Réserves"),
        *("1 expédition", "3 colis", "8,4\u00a0kg".replace("\u00a0", " "), "page 1 sur 1"),
    ):
        assert mention in text


def test_every_barcode_is_read_from_the_printed_pages(qtbot: QtBot, tmp_path: Path):
    bookings = many(40)

    read = scanned(manifest(*bookings), tmp_path)

    assert set(read) == {"DEX-00001", *(booking.shipment for booking in bookings)}
    assert len(read) == 41


def test_a_long_code_gets_a_line_of_its_own_and_is_still_read(qtbot: QtBot, tmp_path: Path):
    code = "e481f51cbdc54678b7cc49136f2d6af7-1"

    assert set(scanned(manifest(a_booking(code)), tmp_path)) == {"DEX-00001", code}


def test_a_code_that_no_barcode_can_hold_is_printed_in_words(qtbot: QtBot, tmp_path: Path):
    content = manifest(a_booking("commande-é-1"))

    assert scanned(content, tmp_path) == ["DEX-00001"]
    assert "commande-é-1" in pages(content)[0]


def test_totals_and_signatures_stand_once_at_the_end_of_many_pages(english: None):
    read = pages(manifest(*many(60)))

    assert len(read) > 2
    assert all("page " in page and "DEX-00001" in page for page in read)
    assert ["Signature" in page for page in read] == [False] * (len(read) - 1) + [True]
    assert "480060-1" in read[-1]
    assert "1,830" in read[-1]  # kilograms
    for number in range(1, 61):
        assert sum(f"{480_000 + number}-1" in page for page in read) == 1


@pytest.mark.parametrize("count", range(1, 24))
def test_wherever_the_page_ends_no_row_is_lost_and_signatures_have_company(
    count: int, english: None
):
    read = pages(manifest(*many(count)))

    assert sum(len(re.findall(r"48\d{4}-1", page)) for page in read) == count
    assert "Received by the carrier" in read[-1]
    assert re.search(r"48\d{4}-1", read[-1])


def test_relays_and_foreign_towns_are_told(english: None):
    relay = Party("Tabac de la Gare", Address("3 place", "59800", "Lille"), code="DEX-1")
    abroad = addressed_to(postcode="7500", town="Tournai", country="BE")

    text = pages(manifest(a_booking(pickup_point=relay), abroad))[0]

    assert "Express du jour · Tabac de la Gare" in text
    assert "59800 Lille" in text
    assert "7500 Tournai (BE)" in text


def test_its_fonts_travel_with_it():
    reader = pypdf.PdfReader(io.BytesIO(manifest(addressed_to("Łukasz Őry, Œuvre & Cie, 5 €"))))

    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    used = [font.get_object() for font in fonts.values()]
    embedded = [font for font in used if "SourceSansPro" in font["/BaseFont"]]
    assert embedded
    assert all("/FontFile2" in font["/FontDescriptor"] for font in embedded)
    assert (
        "Łukasz Őry, Œuvre & Cie, 5 €"
        in pages(manifest(addressed_to("Łukasz Őry, Œuvre & Cie, 5 €")))[0]
    )


def test_the_same_bookings_give_the_same_bytes():
    bookings = many(30)

    assert manifest(*bookings) == manifest(*bookings)
    assert manifest(*bookings) != manifest(*bookings[:-1])


def test_a_carrier_without_particulars_is_named_by_its_code(english: None):
    bare = a_booking(carrier=Carrier("NFT", ""), on=date(2026, 12, 1))

    assert "NFT" in pages(manifest(bare))[0]


@given(name=st.text(max_size=120), town=st.text(max_size=60), code=st.text(max_size=60))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_can_be_printed(name: str, town: str, code: str):
    content = manifest(replace(addressed_to(name, town=town), shipment=code))

    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 1
