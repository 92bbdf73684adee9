"""The catalogues: every message has its French, with the same things to fill in."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import messages


def code(tmp_path: Path, *lines: str) -> Catalog:
    folder = tmp_path / "app"
    folder.mkdir(exist_ok=True)
    (folder / "page.py").write_text("\n".join(lines), encoding="utf-8")
    return messages.extract([folder])


def french(**texts: str) -> Catalog:
    catalogue = Catalog(locale="fr")
    for english, translation in texts.items():
        catalogue.add(english, translation)
    return catalogue


def test_every_message_of_the_program_has_its_french():
    extracted = messages.extract(messages.SOURCES)

    assert len(extracted) > 100
    for file in messages.translations():
        assert messages.faults(extracted, messages.read(file)) == []


def test_the_three_marks_are_found_with_where_they_stand(tmp_path: Path):
    found = code(tmp_path, 'a = _("Order")', 'b = N_("Tour")', 'c = n_("{n} day", "{n} days", 3)')

    assert [message.id for message in found if message.id] == [
        *("Order", "Tour", ("{n} day", "{n} days"))
    ]
    assert found["Tour"].locations == [("app/page.py", 2)]


def test_a_message_without_french_is_listed_with_its_place(tmp_path: Path):
    extracted = code(tmp_path, 'a = _("Order")', 'b = _("Tour")')

    assert messages.faults(extracted, french(Order="Commande")) == [
        "app/page.py:2: no French: 'Tour'"
    ]


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_translation_is_none(tmp_path: Path, empty: str | None):
    catalogue = Catalog(locale="fr")
    catalogue.add("Order", empty)

    assert "no French" in messages.faults(code(tmp_path, '_("Order")'), catalogue)[0]


@pytest.mark.parametrize(
    ("english", "translation", "is_sound"),
    [
        ("{node} is closed", "{node} est fermé", True),
        ("{node} is closed", "{noeud} est fermé", False),
        ("{node} is closed", "C'est fermé", False),
        ("{cost:.2f} for {km} km", "{km} km pour {cost}", True),
        ("%s of %d", "%d sur %s", True),
        ("%s left", "%d restants", False),
        ("85 % done", "85 % de fait", True),
        ("{{braces}}", "{{accolades}}", True),
    ],
)
def test_the_french_fills_in_what_the_english_fills_in(
    tmp_path: Path, english: str, translation: str, is_sound: bool
):
    faults = messages.faults(code(tmp_path, f"_({english!r})"), french(**{english: translation}))

    assert (faults == []) is is_sound


@pytest.mark.parametrize(
    ("forms", "is_sound"),
    [
        (("une commande", "{n} commandes"), True),
        (("{n} commande", "{n} commandes"), True),
        (("{n} commande", "des commandes"), False),
        (("{x} commande", "{n} commandes"), False),
        (("une commande", ""), False),
    ],
)
def test_a_plural_may_leave_out_the_figure_only_in_its_singular(
    tmp_path: Path, forms: tuple[str, str], is_sound: bool
):
    catalogue = Catalog(locale="fr")
    catalogue.add(("one order", "{n} orders"), forms)

    faults = messages.faults(code(tmp_path, 'n_("one order", "{n} orders", 2)'), catalogue)

    assert (faults == []) is is_sound


def test_an_update_guesses_nothing_and_keeps_what_it_has(tmp_path: Path):
    before = french(Order="Commande", Orders="Commandes")

    after = messages.updated(code(tmp_path, '_("Order")', '_("Ordered")'), before)

    assert after["Order"].string == "Commande"
    assert not after["Ordered"].string  # though "Orders" looks like it
    assert not after["Ordered"].fuzzy
    assert "Orders" not in [message.id for message in after]


def test_a_message_that_comes_back_finds_its_french_again(tmp_path: Path):
    gone = messages.updated(code(tmp_path, '_("Order")'), french(Order="Commande", Tour="Tournée"))

    back = messages.updated(code(tmp_path, '_("Order")', '_("Tour")'), gone)

    assert back["Tour"].string == "Tournée"


def test_translations_that_no_message_asks_for_are_named(tmp_path: Path):
    catalogue = french(Order="Commande", Tour="Tournée")

    assert messages.unused(code(tmp_path, '_("Order")'), catalogue) == ["Tour"]


def test_the_program_reads_what_compiling_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import gettext

    file = tmp_path / "fr" / "LC_MESSAGES" / "regie.po"
    file.parent.mkdir(parents=True)
    messages._write(file, french(Order="Commande"))
    monkeypatch.setattr(messages, "TRANSLATIONS", tmp_path)

    assert messages.main(["compile"]) == 0

    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Order") == "Commande"
