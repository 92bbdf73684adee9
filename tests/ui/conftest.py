"""What tests of the window share: one application, one theme, light at the start of each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.icons import follow_theme
from app.ui.theme import Theme


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme; a test may choose another."""
    found = qapp.findChild(Theme)
    if found is None:
        found = Theme(qapp, "light")
        follow_theme(found)
    found.choose("light")
    found.motion = False
    yield found
    found.choose("light")
