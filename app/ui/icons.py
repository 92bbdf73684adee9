"""Which drawing stands for what: icons by meaning, in the colours of the theme in force."""

import json
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from app.ui.theme import Theme, current_theme


class Icon(StrEnum):
    """Meanings, and their names in Material Design Icons."""

    # objects
    ORDER = "package-variant-closed"
    STORE = "storefront"
    WAREHOUSE = "warehouse"
    SUPPLIER = "factory"
    HUB = "transit-connection-variant"
    TOUR = "routes"
    CARRIER = "truck-outline"
    VAN = "van-utility"
    CARGO_BIKE = "bicycle-cargo"
    PERSON = "account-outline"
    # modes
    HOME = "home-outline"
    PICKUP_POINT = "rhombus-outline"
    COLLECT = "storefront-outline"
    LOCKER = "locker"
    # panes
    ORDERS = "format-list-checks"
    MAP = "map-outline"
    TIMELINE = "chart-gantt"
    WHY = "help-circle-outline"
    PREVIEW = "compare-horizontal"
    OFFERS = "bullhorn-outline"
    FILM = "movie-open-outline"
    REVIEW = "playlist-check"
    # sourcing
    SURE = "lightbulb-on-outline"
    CLOSE_CALL = "scale-balance"
    NO_CANDIDATE = "alert-octagon-outline"
    SPLIT = "call-split"
    FLIP = "directions-fork"
    OVERRIDE = "gavel"
    # offers
    SENT = "send-outline"
    SEEN = "eye-outline"
    TAKEN = "hand-back-right-outline"
    DECLINED = "close"
    DEADLINE = "timer-sand"
    LAPSED = "timer-sand-complete"
    RELEASED = "undo-variant"
    # tours
    OPTIMISE = "auto-fix"
    LOCKED = "lock"
    UNLOCKED = "lock-open-variant-outline"
    DRAFT = "pencil-outline"
    VALIDATED = "check-circle-outline"
    PUBLISHED = "check-decagram-outline"
    CLOSED = "archive-check-outline"
    LATE = "clock-alert-outline"
    TIME = "clock-outline"
    BREAK = "coffee-outline"
    BREAKDOWN = "car-wrench"
    LOAD_CURVE = "chart-areaspline"
    TIME_IN = "magnify-plus-outline"
    TIME_OUT = "magnify-minus-outline"
    # map
    POINTER = "cursor-default-outline"
    BOX = "select-drag"
    LASSO = "lasso"
    ZONE = "vector-polygon"
    LAYERS = "layers-outline"
    FIT = "fit-to-screen-outline"
    ZOOM_IN = "plus"
    ZOOM_OUT = "minus"
    CHECK_ADDRESS = "map-marker-alert-outline"
    # sync
    IN_STEP = "cloud-check-outline"
    SYNCING = "cloud-sync-outline"
    OFFLINE = "cloud-off-outline"
    PROVISIONAL = "progress-clock"
    CONFLICT = "cloud-alert"
    SAVED = "content-save-check-outline"
    # goods, green
    WEIGHT = "weight-kilogram"
    COLD = "snowflake"
    TWO_PEOPLE = "human-dolly"
    GREEN = "leaf"
    ELECTRIC = "lightning-bolt"
    FUEL = "gas-station-outline"
    # papers
    LABEL = "label-outline"
    BARCODE = "barcode"
    DOCUMENT = "file-document-outline"
    EXPORT = "file-export-outline"
    IMPORT = "file-import-outline"
    PDF = "file-pdf-box"
    PRINT = "printer-outline"
    # common
    SEARCH = "magnify"
    FILTER = "filter-outline"
    COLUMNS = "view-column-outline"
    FLOAT = "dock-window"
    MAXIMISE = "arrow-expand"
    RESTORE = "arrow-collapse"
    JOURNAL = "history"
    UNDO = "undo"
    REDO = "redo-variant"
    STOP = "stop-circle-outline"
    SETTINGS = "cog-outline"
    COMMENT = "comment-text-outline"
    TODAY = "calendar-today"
    THEME = "theme-light-dark"
    LAYOUT = "view-dashboard-outline"
    ACCEPT = "check"
    DONE = "check-circle"
    REFUSED = "cancel"
    CHOICE = "circle-outline"
    TICKED = "checkbox-marked"
    UNTICKED = "checkbox-blank-outline"
    WARNING = "alert-outline"
    INFO = "information-outline"
    CLOSE = "window-close"
    MORE = "dots-horizontal"
    NEXT = "chevron-right"
    PREVIOUS = "chevron-left"
    OPEN = "chevron-down"
    UP = "chevron-up"
    ADD = "plus-circle-outline"
    REMOVE = "minus-circle-outline"
    FOLDER = "folder-outline"
    REFRESH = "refresh"
    KEYBOARD = "keyboard-outline"


_pictures: dict[tuple[str, str, int, float], QPixmap] = {}


def icon(meaning: Icon, tone: str = "text2") -> QIcon:
    """An icon that takes the tone's colour afresh whenever the theme changes."""
    return QIcon(_LiveEngine(meaning, tone))


def icon_pixmap(meaning: Icon, colour: QColor, pixels: int, ratio: float = 1.0) -> QPixmap:
    """The icon's picture in one colour, kept for the next row that needs it."""
    key = (meaning.value, colour.name(QColor.NameFormat.HexArgb), pixels, ratio)
    picture = _pictures.get(key)
    if picture is None:
        picture = _pictures[key] = _drawn(meaning, colour, pixels, ratio)
    return picture


def paint_icon(
    painter: QPainter, rect: QRect, meaning: Icon, colour: QColor, pixels: int = 14
) -> None:
    """Draw the icon in the middle of a rectangle."""
    picture = icon_pixmap(meaning, colour, pixels, painter.device().devicePixelRatioF())
    left = rect.x() + (rect.width() - pixels) // 2
    painter.drawPixmap(left, rect.y() + (rect.height() - pixels) // 2, picture)


def follow_theme(theme: Theme) -> None:
    """Drop the pictures of the old colours whenever the theme changes."""
    theme.changed.connect(_forget_pictures)


class _LiveEngine(QIconEngine):
    """Asks the theme for its colour at each painting, so no icon ever needs to be set again."""

    def __init__(self, meaning: Icon, tone: str) -> None:
        super().__init__()
        self._meaning = meaning
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002 - Qt's signature
        size = min(rect.width(), rect.height())
        paint_icon(painter, rect, self._meaning, self._colour(mode, current_theme()), size)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self,
        size: QSize,
        mode: QIcon.Mode,
        state: QIcon.State,  # noqa: ARG002 - Qt's signature
        scale: float,
    ) -> QPixmap:
        pixels = min(size.width(), size.height())  # logical, unlike what its name says
        return icon_pixmap(self._meaning, self._colour(mode, current_theme()), pixels, scale)

    def clone(self) -> QIconEngine:
        return _LiveEngine(self._meaning, self._tone)

    def _colour(self, mode: QIcon.Mode, theme: Theme) -> QColor:
        if mode == QIcon.Mode.Disabled:
            return theme.colour("disabled")
        if mode == QIcon.Mode.Selected and self._tone == "text2":
            return theme.colour("text1")
        return theme.colour(self._tone)


def _forget_pictures() -> None:
    _pictures.clear()


@cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """The family of Material Design Icons, and the code point of each by name.

    They come with qtawesome, which is not imported: with all that it brings and its twelve fonts
    the first window would wait for a third of a second.
    """
    found = find_spec("qtawesome")
    folder = Path(found.origin if found and found.origin else "").parent / "fonts"
    font = next(folder.glob("materialdesignicons6-webfont-*.ttf"))
    names = next(folder.glob("materialdesignicons6-webfont-charmap-*.json"))
    number = QFontDatabase.addApplicationFont(str(font))
    (family,) = QFontDatabase.applicationFontFamilies(number)
    return family, json.loads(names.read_text(encoding="utf-8"))


def _drawn(meaning: Icon, colour: QColor, pixels: int, ratio: float) -> QPixmap:
    family, points = _glyphs()
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    font = QFont(family)
    font.setPixelSize(picture.height())
    painter = QPainter(picture)
    painter.setPen(colour)
    painter.setFont(font)
    glyph = chr(int(points[meaning.value], 16))
    painter.drawText(QRect(QPoint(0, 0), picture.size()), Qt.AlignmentFlag.AlignCenter, glyph)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
