"""A sentence across a page: what keeps a file from being read, or what became of it."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip


class Banner(Strip):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        height = current_theme().tokens.sizes.footer
        super().__init__(height, surface="danger_bg", parent=parent)
        self._icon = IconLabel(Icon.WARNING, "danger", parent=self)
        self._words = Caption(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 1)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addStretch(1)
        self.hide()

    @property
    def said(self) -> str:
        """What it says at present."""
        return "" if self.isHidden() else self._words.accessibleName()

    def say(self, sentence: str, status: str) -> None:
        """Say this, or nothing; `status` is one of the status tokens."""
        self.setVisible(bool(sentence))
        self._surface = f"{status}_bg"
        self._icon.show_icon(Icon.DONE if status == "success" else Icon.WARNING, status)
        self._words.set_runs(Run(sentence, status))
        self.update()
