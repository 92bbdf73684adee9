"""Keeping a mapping under a name, reading one from a file, writing one to a file."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from app.connectors.durable_files import write_durably
from app.connectors.feeds.mappings.mapping import Mapping
from app.connectors.feeds.mappings.written import write_mapping
from app.i18n import _
from app.operations.intake import mapping_from, save_mapping
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.toast import News

_PATTERN = "(*.toml)"


class Keeping(QObject):
    """What can be done with the mapping of the file that is looked at."""

    saved = Signal(str, object)  # name, Mapping
    loaded = Signal(object)  # Mapping

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def ask_name(self, mapping: Mapping, suggested: str) -> None:
        """Ask under which name the mapping is kept."""
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(_("Save this mapping"))
        dialog.setLabelText(_("It is offered for the next file with the same titles."))
        dialog.setTextValue(suggested)
        dialog.textValueSelected.connect(lambda name: self.save(name.strip(), mapping))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str, mapping: Mapping) -> None:
        """Keep the mapping under the name, in place of an earlier one of that name."""
        if name:
            workspace = self._session.workspace
            self._session.submit(
                lambda: save_mapping(workspace, name, mapping),
                lambda _settled: self.saved.emit(name, mapping),
            )

    def open_menu(self, at: QPoint, mapping: Mapping | None, folder: str) -> None:
        """Mapping files: to read, to write."""
        menu = QMenu(self._window)
        menu.addAction(_("Read a mapping file…"), lambda: self._ask_file(folder))
        write = menu.addAction(_("Write this mapping to a file…"))
        write.setEnabled(mapping is not None)
        if mapping is not None:
            write.triggered.connect(lambda _on=False: self._ask_where(mapping, folder))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def load(self, path: Path) -> None:
        """Read the mapping of a file."""
        self._session.reckon(lambda: mapping_from(path), self.loaded.emit)

    def write(self, mapping: Mapping, path: Path) -> None:
        """Write the mapping to a file, as the command line takes it."""

        def told(_nothing: None) -> None:
            news = News(_("Mapping written"), str(path), icon=Icon.SAVED)
            self._session.news.emit(news)

        content = write_mapping(mapping).encode()
        self._session.reckon(lambda: write_durably(path, content), told)

    def _ask_file(self, folder: str) -> None:
        title, pattern = _("Read a mapping file"), f"{_('Mappings')} {_PATTERN}"
        chosen, _kind = QFileDialog.getOpenFileName(self._window, title, folder, pattern)
        if chosen:
            self.load(Path(chosen))

    def _ask_where(self, mapping: Mapping, folder: str) -> None:
        place = str(Path(folder) / f"{mapping.kind}.toml")
        title, pattern = _("Write this mapping to a file"), f"{_('Mappings')} {_PATTERN}"
        chosen, _kind = QFileDialog.getSaveFileName(self._window, title, place, pattern)
        if chosen:
            self.write(mapping, Path(chosen))
