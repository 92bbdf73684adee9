"""What is done about carriers: share out the day, export bookings, write files again."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app import formats
from app.domain.fleet import Vehicle
from app.domain.orders import Mode, Queue
from app.i18n import _, n_
from app.operations.booking import BookingRun, WrittenFile, book, write_again
from app.operations.carriage import AllocationRun, allocate
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.toast import News
from db.fleet import load_vehicles
from db.queries.board import OrderRow

_FOLDER = "carriers/folder"
_OPEN = frozenset({Queue.TO_PLAN, Queue.NO_CARRIER, Queue.WITH_CARRIER})
ChooseFolder = Callable[[QWidget, str], str]


def ask_folder(parent: QWidget, start: str) -> str:
    """The folder a person picks; empty when none."""
    return QFileDialog.getExistingDirectory(parent, _("Where to write the bookings"), start)


class Deeds(QObject):
    """Each deed is a job with its news at the end."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        show_blocked: Callable[[BookingRun], object],
        choose_folder: ChooseFolder = ask_folder,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._show_blocked = show_blocked
        self._choose_folder = choose_folder

    def allocate(self) -> None:
        """Choose carriers for the day, after a word where tours could still take some."""
        self._session.read(load_vehicles, self._allocate_beside)

    def book(self) -> None:
        """Export what has a carrier into a folder of choice."""
        folder = self._folder()
        if folder is None:
            return
        workspace, day = self._session.workspace, self._session.day
        self._session.run(
            _("Exporting the bookings"),
            lambda job: book(workspace, day, folder, stop=job.stop, progress=job.report),
            lambda run: self._tell_booked(run, folder),
            writes=True,
        )

    def write_again(self, references: Sequence[str]) -> None:
        """Write the files of these batches once more, as they were kept."""
        folder = self._folder() if references else None
        if folder is None:
            return
        workspace, day = self._session.workspace, self._session.day
        self._session.submit(
            lambda: write_again(workspace, day, references, folder),
            lambda files: self._tell_written(files, folder),
        )

    # What speaks against it

    def why_not_allocate(self) -> str:
        open_rows = [row for row in self._session.board.rows if row.queue in _OPEN]
        if any(not s.tour and not s.reference for row in open_rows for s in row.shipments):
            return ""
        return _("No shipment waits for a carrier.")

    def why_not_book(self) -> str:
        waits = any(row.unbooked for row in self._session.board.rows)
        return "" if waits else _("Nothing waits to be booked.")

    # How it works

    def _allocate_beside(self, vehicles: Sequence[Vehicle]) -> None:
        """Ask first where own vehicles stand idle and no tour was planned."""
        depots = {vehicle.depot for vehicle in vehicles if vehicle.active}
        board = self._session.board
        waiting = [] if board.plan.tours else [r for r in board.rows if _could_ride(r, depots)]
        if waiting:
            self._ask_first(len(waiting))
        else:
            self._allocate()

    def _ask_first(self, waiting: int) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("carriers.first")
        box.setIcon(QMessageBox.Icon.Question)
        said = n_(
            "{count} order could still ride on our own tours: none was planned yet.",
            "{count} orders could still ride on our own tours: none was planned yet.",
            waiting,
        )
        box.setText(said.format(count=formats.number(waiting)))
        box.setInformativeText(_("Give them to carriers all the same?"))
        go = box.addButton(_("Choose the carriers"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(self._allocate)
        box.finished.connect(box.deleteLater)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        go.setAutoDefault(False)
        box.open()

    def _allocate(self) -> None:
        workspace, day = self._session.workspace, self._session.day
        self._session.run(
            _("Choosing the carriers"),
            lambda job: allocate(workspace, day, apply=True, stop=job.stop, progress=job.report),
            self._tell_allocated,
            writes=True,
        )

    def _tell_allocated(self, run: AllocationRun) -> None:
        served = len(run.served)
        title = n_(
            "{count} shipment has its carrier", "{count} shipments have their carrier", served
        )
        line = formats.money(sum(quote.total_cents for quote in run.served))
        left = len(run.choices) - served
        if not left:
            self._say(News(title.format(count=formats.number(served)), line))
            return
        without = n_("{count} without carrier", "{count} without carrier", left)
        self._say(
            News(
                title.format(count=formats.number(served)),
                f"{line} · {without.format(count=formats.number(left))}",
                status="warn",
                icon=Icon.WARNING,
                link=_("Show"),
                follow=lambda: self._session.filter_changed.emit("anomalies"),
            )
        )

    def _tell_booked(self, run: BookingRun, folder: Path) -> None:
        new = len(run.new)
        title = n_("{count} booking exported", "{count} bookings exported", new)
        files = n_("{count} file in {folder}", "{count} files in {folder}", len(run.files))
        line = files.format(count=formats.number(len(run.files)), folder=folder.name)
        self._say(
            News(
                title.format(count=formats.number(new)),
                line,
                icon=Icon.EXPORT,
                link=_("Open the folder"),
                follow=lambda: _open(folder),
            )
        )
        if run.blocked:
            self._show_blocked(run)

    def _tell_written(self, files: Sequence[WrittenFile], folder: Path) -> None:
        count = len(files)
        title = n_("{count} file written again", "{count} files written again", count)
        self._say(
            News(
                title.format(count=formats.number(count)),
                _("byte for byte as they were sent"),
                icon=Icon.EXPORT,
                link=_("Open the folder"),
                follow=lambda: _open(folder),
            )
        )

    def _say(self, news: News) -> None:
        self._session.news.emit(news)

    def _folder(self) -> Path | None:
        """Ask for a folder, starting where the last bookings went."""
        chosen = self._choose_folder(self._window, str(QSettings().value(_FOLDER, "")))
        if not chosen:
            return None
        QSettings().setValue(_FOLDER, chosen)
        return Path(chosen)


def _could_ride(row: OrderRow, depots: Collection[str]) -> bool:
    """A home delivery that no plan has looked at yet, from a node that has vehicles."""
    waits = row.queue is Queue.TO_PLAN and row.mode is Mode.HOME_DELIVERY
    return waits and row.unplanned is None and any(node in depots for node in row.nodes)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
