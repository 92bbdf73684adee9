"""What the import window says before any file is chosen."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton


class Welcome(QWidget):
    """Drop files here, or choose them."""

    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        centred = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        pixels = current_theme().tokens.sizes.icon_empty
        column.addWidget(IconLabel(Icon.IMPORT, "text3", pixels=pixels, parent=self), 0, centred)
        for text in (
            _("Drop CSV or Excel files here, or a folder of them."),
            _(
                "Nodes, products, stock, orders, vehicles, carriers and rules: nothing is changed"
                " before you have seen what becomes of each column."
            ),
        ):
            said = QLabel(text, self)
            said.setProperty("role", "label")
            column.addWidget(said, 0, centred)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._button(_("Choose files…"), Icon.DOCUMENT, "Ctrl+O", self.files_asked))
        row.addWidget(self._button(_("Choose a folder…"), Icon.FOLDER, "", self.folder_asked))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def _button(self, text: str, icon: Icon, key: str, asked: SignalInstance) -> KeyButton:
        action = QAction(text, self)
        action.setProperty(ICON_PROPERTY, icon.value)
        action.triggered.connect(lambda _on=False: asked.emit())
        return KeyButton(action, primary=bool(key), parent=self)
