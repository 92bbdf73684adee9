"""Tooltips: what customers typed stays words."""

import pytest
from PySide6.QtGui import Qt

from app.ui.widgets.tooltip import as_words


@pytest.mark.parametrize("text", ["Claire Delattre", "2 < 5 et 5 > 2", "", None])
def test_plain_words_stay_as_they_are(text: str | None):
    assert as_words(text) == text


@pytest.mark.parametrize("text", ["<b>Claire</b>", "<img src='http://x/y.png'>"])
def test_markup_is_shown_and_not_obeyed(text: str):
    assert Qt.mightBeRichText(text)

    shown = as_words(text) or ""

    assert "<b>" not in shown
    assert "<img" not in shown
    assert "<i>" not in shown
