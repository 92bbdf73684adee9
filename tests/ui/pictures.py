"""Picture every page in both themes and languages: `python -m tests.ui.pictures FOLDER [NAME…]`.

A page is a function that returns a widget, with the sizes it is looked at in. To add one, list it
in a module's `PAGES` and name the module in `GALLERIES`.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import LANGUAGES, use_language
from app.ui.icons import follow_theme
from app.ui.theme import Choice, Theme

GALLERIES = (
    "tests.ui.widget_gallery",
    "tests.ui.orders.gallery",
    "tests.ui.tours.gallery",
    "tests.ui.why.gallery",
    "tests.ui.intake.gallery",
    "tests.ui.stock.gallery",
    "tests.ui.rules.gallery",
    "tests.ui.carriers.gallery",
    "tests.ui.journal.gallery",
    "tests.ui.offers.gallery",
    "tests.ui.ground.gallery",
    "tests.ui.notes.gallery",
    "tests.ui.promises.gallery",
    "tests.ui.making_room.gallery",
    "tests.ui.shortages.gallery",
)
THEMES: tuple[Choice, ...] = ("light", "dark")
PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class Page:
    """Something to look at; `ready` says when what it loads by itself is there."""

    name: str
    make: Callable[[], QWidget]
    sizes: tuple[tuple[int, int], ...]
    ready: Callable[[QWidget], bool] = lambda _widget: True


def pages(wanted: list[str]) -> Iterator[Page]:
    """The pages of all galleries, or those with one of these words in their name."""
    for gallery in GALLERIES:
        for page in import_module(gallery).PAGES:
            if not wanted or any(word in page.name for word in wanted):
                yield page


def take(page: Page, size: tuple[int, int]) -> QPixmap:
    """Build the page, let it come to rest, and picture it."""
    widget = page.make()
    widget.resize(*size)
    widget.show()
    widget.activateWindow()
    picture = _at_rest(page, widget)
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return picture


def _at_rest(page: Page, widget: QWidget) -> QPixmap:
    """The picture once the page is ready and two in a row are equal."""
    until = monotonic() + PATIENCE_S
    before = None
    while monotonic() < until:
        _pass_ms(60)
        picture = widget.grab()
        if page.ready(widget) and before is not None and picture.toImage() == before:
            return picture
        before = picture.toImage()
    raise TimeoutError(f"{page.name} did not come to rest in {PATIENCE_S} s")


def _pass_ms(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def speak(application: QApplication, translator: QTranslator, language: str) -> None:
    """Use this language in our texts and in Qt's own, key names among them."""
    use_language(language)
    application.removeTranslator(translator)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)


def use_font(application: QApplication, folder: Path) -> None:
    """Look at it in another family, as another system would show it."""
    ids = [QFontDatabase.addApplicationFont(str(file)) for file in sorted(folder.glob("*.ttf"))]
    families = QFontDatabase.applicationFontFamilies(ids[0])
    font = application.font()
    font.setFamily(families[0])
    application.setFont(font)


def main() -> int:
    """Take the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--font", type=Path, help="a folder with another family")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    translator = QTranslator()
    theme = Theme(application, "light")
    follow_theme(theme)
    if wanted.font:
        use_font(application, wanted.font)
    for language in wanted.language or LANGUAGES:
        speak(application, translator, language)
        for choice in wanted.theme or THEMES:
            theme.choose(choice)
            for page in pages(wanted.names):
                for width, height in page.sizes:
                    name = f"{page.name}-{language}-{choice}-{width}x{height}.png"
                    take(page, (width, height)).save(str(wanted.folder / name))
                    sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
