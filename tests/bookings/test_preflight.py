"""Before sending: what a carrier would not understand is listed with what would put it right."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors.carriers.file_names import file_names, file_stem
from app.connectors.carriers.preflight import faults_of
from app.connectors.carriers.profiles import generic_profile, profile_for
from app.connectors.carriers.street_lines import shortened, split_street
from app.domain.bookings import Booking, CarrierProfile, Party
from app.domain.carriers import ServiceKind
from app.domain.reasons import because
from app.domain.values import Address
from app.errors import BadFile
from app.wording import sentence
from tests.bookings.a_day import a_booking, addressed_to
from tests.builders import NOW

PROFILE = generic_profile()


def codes(booking: Booking, profile: CarrierProfile = PROFILE) -> list[tuple[str, str]]:
    """Each fault's code and what is proposed."""
    found = faults_of([booking], profile)
    assert all(fault.shipment == booking.shipment for fault in found)
    return [(fault.reason.code, sentence(fault.advice)) for fault in found]


def test_a_complete_booking_can_go():
    assert codes(a_booking()) == []


@pytest.mark.parametrize(
    ("booking", "code"),
    [
        (addressed_to(""), "name_missing"),
        (addressed_to("   "), "name_missing"),
        (addressed_to(street=""), "street_missing"),
        (addressed_to(postcode=""), "postcode_missing"),
        (addressed_to(town=""), "town_missing"),
        (addressed_to(phone=""), "phone_missing"),
        (addressed_to(phone="voir note"), "phone_misshaped"),
        (addressed_to(phone="12345"), "phone_misshaped"),
        (addressed_to(postcode="591300"), "postcode_misshaped"),
        (addressed_to("x" * 71), "name_too_long"),
        (addressed_to(street="x" * 39), "street_too_long"),
        (addressed_to(town="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"), "town_too_long"),
        (a_booking(note="x" * 351), "note_too_long"),
    ],
)
def test_each_fault_blocks_with_its_code_and_an_advice(booking: Booking, code: str):
    found = codes(booking)

    assert [fault for fault, _ in found] == [code]
    assert found[0][1] not in ("", code)


def test_a_parcel_needs_no_phone_and_no_number_is_made_up():
    parcel = replace(addressed_to(phone=""), service_kind=ServiceKind.PARCEL)

    assert codes(parcel) == []
    assert "none is made up" in codes(addressed_to(phone=""))[0][1]


def test_a_postcode_that_lost_its_zero_is_proposed_with_it():
    assert codes(addressed_to(postcode="1000")) == [("postcode_misshaped", "01000")]


def test_postcodes_of_other_countries_are_left_as_they_are():
    assert codes(addressed_to(postcode="L-2450", country="LU")) == []


def test_a_street_too_long_is_proposed_in_the_short_forms_of_the_post():
    street = (
        "Résidence du Général de Gaulle, bâtiment Maréchal Leclerc, appartement 1204, "
        "1247 boulevard de la République prolongé"
    )

    (code, proposal) = codes(addressed_to(street=street))[0]

    assert code == "street_too_long"
    assert proposal == " / ".join(
        [
            "RES DU GAL DE GAULLE BAT MAL LECLERC",
            "APT 1204 1247 BD DE LA REPUBLIQUE",
            "PROLONGE",
        ]
    )


def test_a_street_that_fits_on_its_lines_is_no_fault():
    assert (
        codes(addressed_to(street="Résidence du Parc, bâtiment C, 1247 avenue du Général Leclerc"))
        == []
    )


def test_what_the_charset_cannot_hold_is_proposed_folded():
    latin = replace(PROFILE, charset="iso-8859-1")

    assert codes(addressed_to("Œuvre d’Łódź – 5 €"), latin) == [
        ("not_in_charset", "OEuvre d'Lódz - 5 EUR")
    ]
    assert codes(addressed_to("Élodie Noël"), latin) == []
    assert codes(addressed_to("李明"), latin)[0] == ("not_in_charset", "Write it in Latin letters.")


def test_the_relays_address_is_checked_in_place_of_the_customers():
    relay = Party("Tabac", Address("3 place de la Gare", "59800", "Lille"), code="DEX-1")

    assert codes(replace(addressed_to(street="", town=""), pickup_point=relay)) == []


words = st.text("abcdefghij'-éÀ1", min_size=1, max_size=12)


@given(st.lists(words, max_size=20), st.integers(1, 4), st.integers(1, 40))
def test_a_split_loses_no_word_and_passes_no_limit(parts: list[str], lines: int, length: int):
    laid = split_street(" ".join(parts), lines, length)

    if laid is not None:
        assert " ".join(laid) == " ".join(parts)
        assert len(laid) <= lines
        assert all(len(line) <= length for line in laid)
    else:
        assert len(" ".join(parts)) > length or any(len(word) > length for word in parts)


@given(st.lists(words, max_size=8))
def test_the_short_form_is_plain_capitals_and_final(parts: list[str]):
    short = shortened(" ".join(parts))

    assert short.isascii()
    assert all(c.isalnum() or c in " _" for c in short)
    assert short == short.upper() == shortened(short)


def profile_with(tmp_path: Path, text: str) -> CarrierProfile:
    (tmp_path / "DEX.toml").write_text(text, encoding="utf-8")
    return profile_for("DEX", tmp_path)


def test_a_carriers_own_profile_changes_only_what_it_names(tmp_path: Path):
    profile = profile_with(
        tmp_path,
        'name = "deule"\nseparator = ","\n[lengths]\nname = 35\n[required]\nparcel = ["email"]\n',
    )

    assert (profile.name, profile.separator, profile.charset) == ("deule", ",", PROFILE.charset)
    assert (profile.lengths.name, profile.lengths.street) == (35, PROFILE.lengths.street)
    assert profile.required[ServiceKind.PARCEL] == ("email",)
    assert profile.required[ServiceKind.BIKE] == PROFILE.required[ServiceKind.BIKE]


def test_a_carrier_without_a_profile_gets_the_generic_one(tmp_path: Path):
    assert profile_for("NFT", tmp_path) == PROFILE
    assert profile_for("../NFT", tmp_path) == PROFILE


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('separater = ","', "separater"),
        ('separator = ";;"', "separator"),
        ('charset = "klingon"', "charset"),
        ('charset = "base64"', "charset"),
        ('file_name = "../{reference}"', "file_name"),
        ('file_name = "{carrier}"', "file_name"),
        ('file_name = "{reference.__class__}"', "file_name"),
        ("street_lines = 0", "street_lines"),
        ("[lengths]\nname = -1", "lengths"),
        ("[required]\nrocket = []", "required"),
        ('[required]\nparcel = ["shoe_size"]', "required"),
        ("name = ", "Invalid value"),
    ],
)
def test_a_profile_that_cannot_be_used_names_what_is_wrong(tmp_path: Path, text: str, named: str):
    with pytest.raises(BadFile) as refusal:
        profile_with(tmp_path, text)

    assert refusal.value.file == "DEX.toml"
    assert named in refusal.value.detail


def test_file_names_hold_nothing_a_folder_could_misunderstand():
    stem = file_stem(
        replace(PROFILE, file_name="{carrier}_{site}_{reference}"),
        carrier="../..",
        site="a/b\\c:d",
        created_at=NOW,
        reference="NFT-00012",
    )

    assert stem == "-_a-b-c-d_NFT-00012"
    assert file_names("x", {"a": "csv", "b": "csv", "c": "pdf"}) == {
        "a": "x_a.csv",
        "b": "x_b.csv",
        "c": "x.pdf",
    }


def test_what_a_store_lacks_is_asked_of_nobody_but_its_node():
    store = Party("Store RBX", Address(), code="RBX")

    faults = faults_of([a_booking(consignee=store)], PROFILE)

    assert {fault.advice for fault in faults} == {because("advice_node", node="RBX")}
