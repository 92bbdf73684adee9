"""The foot of the import window: what would go in, how far reading is, and the one blue button."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app import formats
from app.i18n import _, n_
from app.ui.icons import Icon
from app.ui.widgets.footer import Footer
from app.ui.widgets.job_strip import JobNews, JobStrip
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton


class Foot(Footer):
    """Hidden while nothing is chosen; after the import it exports what was refused, and closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add_files = self._action(_("Add files…"), Icon.DOCUMENT)
        self.add_folder = self._action(_("Add a folder…"), Icon.FOLDER)
        self.take_in = self._action(_("Import"), Icon.IMPORT, "Ctrl+I")
        self.export = self._action(_("Export the refused lines…"), Icon.EXPORT)
        self.more = self._action(_("Import other files"), Icon.IMPORT)
        self.close_window = self._action(_("Close"), None, "Ctrl+W")
        self.progress = JobStrip(self)
        self.add_leading_button(self.progress)
        self._before = (
            self._button(self.add_files),
            self._button(self.add_folder),
            self._button(self.take_in, primary=True),
        )
        self._after = (
            self._button(self.export),
            self._button(self.more),
            self._button(self.close_window, primary=True),
        )

    def show_stage(self, *, done: bool, busy: bool) -> None:
        """Show the buttons that lead on from here; none while files are imported."""
        for buttons, shown in (
            (self._before, not done and not busy),
            (self._after, done and not busy),
        ):
            for button in buttons:
                button.setVisible(shown)

    def say_import(self, rows: int | None, against: str) -> None:
        """How many lines would go in, if that is known, and what speaks against it."""
        text = _("Import")
        if rows:
            text = n_("Import {count} line", "Import {count} lines", rows)
        self.take_in.setText(text.format(count=formats.number(rows or 0)))
        self.take_in.setEnabled(not against)
        self.take_in.setToolTip(against or self.take_in.text())

    def show_progress(self, what: str, done: int, total: int, file: str, stop: str) -> None:
        """How far reading is; `stop` is what stopping is called, "" where it is too late."""
        fraction = done / total if total else None
        self.progress.show_job(JobNews(what, fraction, file, stop, Icon.IMPORT))

    def when(self, action: QAction, run: Callable[[], object]) -> None:
        """What an action of the foot does."""
        action.triggered.connect(lambda _on=False: run())

    def _action(self, text: str, icon: Icon | None, key: str = "") -> QAction:
        action = QAction(text, self)
        if icon is not None:
            action.setProperty(ICON_PROPERTY, icon.value)
        action.setShortcut(key)
        window = self.parentWidget()
        if window is not None:
            window.addAction(action)
        return action

    def _button(self, action: QAction, *, primary: bool = False) -> KeyButton:
        button = KeyButton(action, primary=primary, parent=self)
        self.add_button(button)
        return button
