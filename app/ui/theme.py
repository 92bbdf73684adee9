"""How the look reaches Qt: tokens become palette, style sheet and fonts, light or dark."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.tokens import ThemeName, Tokens, tokens
from app.ui.steps import Steps
from resources import resource

Choice = Literal["light", "dark", "system"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark")

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup
_PALETTE = {
    _Role.Window: "canvas",
    _Role.WindowText: "text1",
    _Role.Base: "surface0",
    _Role.AlternateBase: "surface1",
    _Role.Text: "text1",
    _Role.Button: "surface0",
    _Role.ButtonText: "text1",
    _Role.BrightText: "danger",
    _Role.PlaceholderText: "text3",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Accent: "accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "provisional",
    _Role.ToolTipBase: "overlay",
    _Role.ToolTipText: "text1",
    _Role.Light: "surface0",
    _Role.Midlight: "surface2",
    _Role.Mid: "border",
    _Role.Dark: "border_strong",
    _Role.Shadow: "border_strong",
}
_WORDS = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText)
_SCHEMES: dict[ThemeName, Qt.ColorScheme] = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The look in force; a child of the application, so that every widget can find it."""

    changed = Signal()

    def __init__(self, application: QApplication, choice: Choice = "system") -> None:
        super().__init__(application)
        self._application = application
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self._metrics: dict[tuple[int, bool], QFontMetrics] = {}
        self._tokens = tokens("light")
        self._choice: Choice = choice
        self.motion = True  # a setting: whether anything may move
        self._dressing = Steps(self)
        self._held: list[QWidget] = []  # windows that show nothing new until a switch is over
        application.setStyle("Fusion")
        application.setFont(_application_font(self._tokens.type.body))
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.choose(choice)

    @property
    def tokens(self) -> Tokens:
        """The values in force."""
        return self._tokens

    @property
    def choice(self) -> Choice:
        """What the person chose; `system` follows the desktop."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Switch palette, style sheet, icons and everything painted to this theme, at once."""
        self.turn_to(choice)
        self._dressing.finish()

    def turn_to(self, choice: Choice) -> None:
        """Switch as `choose` does, over several turns of the loop: dressing a window takes long.

        Windows keep their look until all is done, and show the new one in one go.
        """
        self._choice = choice
        hints = self._application.styleHints()
        if choice == "system":
            hints.unsetColorScheme()
            self._dress_in(_of_system(hints.colorScheme()))
        else:
            hints.setColorScheme(_SCHEMES[choice])
            self._dress_in(choice)

    def colour(self, token: str) -> QColor:
        """The colour of a token, by its name in `tokens.toml`."""
        colour = self._colours.get(token)
        if colour is None:
            colour = self._colours[token] = QColor(getattr(self._tokens.colours, token))
        return colour

    def font(self, pixels: int | None = None, *, strong: bool = False) -> QFont:
        """The application's font at this pixel size (body by default), 400 or 600."""
        kind = (pixels or self._tokens.type.body, strong)
        font = self._fonts.get(kind)
        if font is None:
            font = self._fonts[kind] = QFont(self._application.font())
            font.setPixelSize(kind[0])
            font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def metrics(self, pixels: int | None = None, *, strong: bool = False) -> QFontMetrics:
        """How much room text takes in `font()` of the same size and weight."""
        kind = (pixels or self._tokens.type.body, strong)
        metrics = self._metrics.get(kind)
        if metrics is None:
            metrics = self._metrics[kind] = QFontMetrics(self.font(kind[0], strong=strong))
        return metrics

    def item_view_palette(self) -> QPalette:
        """Rows show their selection as a tint under unchanged words."""
        palette = application_palette(self._tokens)
        colours = self._tokens.colours
        for group, tint in (
            (_Group.Active, colours.selection),
            (_Group.Inactive, colours.selection_inactive),
            (_Group.Disabled, colours.selection_inactive),
        ):
            palette.setColor(group, _Role.Highlight, QColor(tint))
            palette.setColor(group, _Role.HighlightedText, QColor(colours.text1))
        return palette

    def _dress_in(self, theme: ThemeName) -> None:
        self._hold()
        self._tokens = tokens(theme)
        self._colours.clear()
        self._application.setPalette(application_palette(self._tokens))
        # the stub wants bytes, the binding takes str alone
        self._application.setPalette(self.item_view_palette(), "QAbstractItemView")  # type: ignore[arg-type]
        self._dressing.begin(self._dress())

    def _dress(self) -> Iterator[None]:
        # from one sheet to another, Qt would dress each widget once for every one that holds it
        self._application.setStyleSheet("")
        self._application.setStyleSheet(style_sheet(self._tokens))
        yield
        self.changed.emit()
        self._release()

    def _hold(self) -> None:
        windows = [each for each in self._application.topLevelWidgets() if each.isVisible()]
        for window in windows:
            if window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._held.append(window)

    def _release(self) -> None:
        for window in filter(isValid, self._held):
            window.setUpdatesEnabled(True)
        self._held.clear()

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == "system" and _of_system(scheme) != self._tokens.theme:
            self._dress_in(_of_system(scheme))


def current_theme() -> Theme:
    """The application's theme, as `QApplication.style()` is its style.

    Raises:
        LookupError: no `Theme` has been made yet.
    """
    application = QApplication.instance()
    theme = application.findChild(Theme) if application else None
    if theme is None:
        raise LookupError("the application has no theme yet")
    return theme


def application_palette(look: Tokens) -> QPalette:
    """The palette of everything but item views."""
    palette = QPalette()
    for role, token in _PALETTE.items():
        palette.setColor(role, QColor(getattr(look.colours, token)))
    for role in _WORDS:
        palette.setColor(_Group.Disabled, role, QColor(look.colours.disabled))
    return palette


def style_sheet(look: Tokens) -> str:
    """The one sheet of the application, filled from the tokens."""
    sheet = Template(resource("styles", "app.qss").read_text(encoding="utf-8"))
    return sheet.substitute(
        look.colours.by_name(),
        **asdict(look.sizes),
        **asdict(look.type),
        theme=look.theme,
        icons=Path(str(resource("icons"))).as_posix(),
    )


def _application_font(pixels: int) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width: figures stand under each other
    return font


def _of_system(scheme: Qt.ColorScheme) -> ThemeName:
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"
