"""A window beside the desk that stays open while one works, and remembers its place."""

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class SideWindow(QDialog):
    """`name` is what its geometry is kept under; Esc closes it, Enter presses nothing by itself."""

    def __init__(self, name: str, title: str, size: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = f"{name}/geometry"
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        kept = QSettings().value(self._place)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(size)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._keep_place)  # it closes no window beside

    def come_forward(self) -> None:
        """Show it over the desk, with the keyboard in it."""
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_place()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _keep_place(self) -> None:
        QSettings().setValue(self._place, self.saveGeometry())
