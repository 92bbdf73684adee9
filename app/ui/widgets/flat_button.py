"""Buttons without a frame: an icon with a tooltip, or a word in accent."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.icons import Icon, icon
from app.ui.theme import current_theme
from app.ui.widgets.key_cap import key_text


class IconButton(QToolButton):
    """An icon alone; its name and key are tooltip and accessible name."""

    def __init__(
        self,
        meaning: Icon,
        name: str,
        *,
        key: QKeySequence | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        size = current_theme().tokens.sizes.icon_row
        self.setIconSize(QSize(size, size))
        self.setMinimumSize(24, 22)
        self.setMaximumHeight(22)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_as(meaning, name, key=key)

    def show_as(self, meaning: Icon, name: str, *, key: QKeySequence | str = "") -> None:
        """Stand for this from now on."""
        keys = key_text(key)
        self.setIcon(icon(meaning))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)


class LinkButton(QToolButton):
    """A word in accent that acts like a link."""

    def __init__(
        self, text: str, *, meaning: Icon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        self.setProperty("link", "true")
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if meaning is not None:
            size = current_theme().tokens.sizes.icon_row
            self.setIconSize(QSize(size, size))
            self.setIcon(icon(meaning, "accent"))
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def follow(self, action: QAction) -> None:
        """Trigger this action, and be pressable only while it is."""
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._take_over)
        self._take_over()

    def _take_over(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            self.setToolTip(self._action.toolTip())
