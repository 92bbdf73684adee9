"""Every page of the gallery can be pictured, in both themes and both languages."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.theme import Theme
from tests.ui.pictures import Page, pages, take

PAGES = list(pages([]))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_comes_to_rest_and_follows_the_theme(page: Page, theme: Theme, qapp: QApplication):
    size = page.sizes[-1]
    light = take(page, size).toImage()
    theme.choose("dark")
    dark = take(page, size).toImage()

    assert (light.width(), light.height()) == size
    corner = light.width() - 3, light.height() - 3
    assert dark.pixelColor(*corner).lightness() < 60 < light.pixelColor(*corner).lightness()


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_can_be_pictured_in_french(page: Page):
    assert not take(page, page.sizes[-1]).isNull()
