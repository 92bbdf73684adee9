"""Town names and postcodes as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.matching import slips
from app.places.names import (
    department_of,
    key_of,
    postcode_as_written,
    postcode_before_town,
    postcode_inside,
    repaired,
    town_as_written,
)

WORDS = st.text("abcdefghijklmnopqrstuvwxyzéèêàôçï", min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=4)
SHORT = st.text("abc", max_size=7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Étienne", "ST ETIENNE"),
        ("Sainte-Foy-lès-Lyon", "Ste. Foy les Lyon"),
        ("Villeneuve-d'Ascq", "VILLENEUVE D ASCQ"),
        ("Villeneuve-d'Ascq", "Villeneuve d\u2019Ascq"),
        ("Hénin-Beaumont", "henin beaumont"),
        ("Marcq-en-Barœul", "MARCQ EN BAROEUL"),
        ("Chalon-sur-Saône", "Chalon s/Saone"),
        ("L'Haÿ-les-Roses", "L HAY LES ROSES"),
    ],
)
def test_two_spellings_of_a_town_have_one_key(one: str, other: str):
    assert key_of(one) == key_of(other)


@given(NAMES)
def test_case_and_hyphens_never_change_the_key(words: list[str]):
    assert key_of("-".join(words)) == key_of(" ".join(words).upper())


@pytest.mark.parametrize("name", ["Saint-Étienne", "Besançon", "L'Haÿ-les-Roses", "Noël œuvre"])
@pytest.mark.parametrize("misread", ["cp1252", "latin-1"])
def test_text_that_was_misread_once_or_twice_is_repaired(name: str, misread: str):
    once = name.encode().decode(misread, errors="strict") if _readable(name, misread) else name
    twice = once.encode().decode(misread) if _readable(once, misread) else once

    assert repaired(once) == name
    assert repaired(twice) == name


def _readable(text: str, encoding: str) -> bool:
    try:
        text.encode().decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@given(st.text("aàâçéèêëîïôûüÿœÉÀÂ -'", max_size=30))
def test_sound_french_text_is_left_alone(text: str):
    assert repaired(text) == text


def test_an_a_grave_whose_second_byte_became_a_space_is_repaired():
    assert repaired("VillÃ\u00a0 d'eau") == repaired("VillÃ  d'eau") == "Villà d'eau"


@pytest.mark.parametrize(
    ("text", "key", "arrondissement"),
    [
        ("LYON CEDEX 03", "lyon", 3),
        ("PARIS CEDEX 08", "paris", 8),
        ("RENNES CEDEX 7", "rennes", None),
        ("Paris 12e", "paris", 12),
        ("PARIS 1ER ARRONDISSEMENT", "paris", 1),
        ("LYON 3EME", "lyon", 3),
        ("Marseille 8ème", "marseille", 8),
        ("Lyon 12", "lyon", None),
        ("BP 123 LILLE CEDEX", "lille", None),
        ("DOMBLANS ( 39210 )", "domblans", None),
        ("Roubaix, France", "roubaix", None),
    ],
)
def test_what_stands_beside_a_town_is_taken_apart(text: str, key: str, arrondissement: int | None):
    written = town_as_written(text)

    assert (written.key, written.arrondissement) == (key, arrondissement)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("59000", "59000"),
        ("F-59000", "59000"),
        ("59 000", "59000"),
        ("1000", "01000"),
        ("59000.0", "59000"),
        ("SW1A 1AA", ""),
        ("590001", ""),
        ("", ""),
    ],
)
def test_postcodes_are_read_as_people_and_spreadsheets_write_them(text: str, postcode: str):
    assert postcode_as_written(text) == postcode


def test_a_postcode_is_found_before_the_town_or_inside_a_line():
    assert postcode_before_town("59 100 Roubaix") == ("59100", "Roubaix")
    assert postcode_before_town("Roubaix") == ("", "Roubaix")
    assert postcode_inside("12 rue de l'An 2000, 59100 Roubaix") == ("59100", "Roubaix")


@pytest.mark.parametrize(
    ("postcode", "department"),
    [
        ("59000", "59"),
        ("01000", "01"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("20600", "2B"),
        ("97400", "974"),
        ("97822", "974"),
        ("97133", "977"),
        ("98800", "988"),
        ("00100", ""),
        ("99123", ""),
        ("Lille", ""),
    ],
)
def test_a_postcode_says_its_department(postcode: str, department: str):
    assert department_of(postcode) == department


def _slips_by_definition(one: str, other: str) -> int:
    """The whole table of optimal string alignment, without short cuts."""
    rows = [
        [i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)
    ]
    for i, a in enumerate(one, start=1):
        for j, b in enumerate(other, start=1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(SHORT, SHORT, st.integers(0, 6))
def test_slips_are_counted_up_to_the_limit(one: str, other: str, limit: int):
    assert slips(one, other, limit) == min(_slips_by_definition(one, other), limit + 1)
