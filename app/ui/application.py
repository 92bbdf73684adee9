"""How the window comes up: one per folder, in the person's language and theme, errors caught."""

import getpass
import hashlib
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox

from app import __version__
from app.errors import EnvironmentProblem
from app.i18n import _, language
from app.jobs import collect_everything
from app.logs import log_to
from app.settings import Settings, load_settings
from app.ui import icons
from app.ui.doors import load_the_rest
from app.ui.main_window.window import MainWindow
from app.ui.map.scheme import register_scheme
from app.ui.session import Session
from app.ui.theme import Theme
from app.wording import sentence
from app.workspace import Workspace
from resources import resource

_log = logging.getLogger(__name__)
_RAISE_MS = 500


def open_window(folder: Path) -> int:
    """Open the window on a workspace and stay until it is closed; the exit status."""
    application = make_application(load_settings())
    if raise_the_other(folder):
        return 0
    try:
        workspace = Workspace.open(folder)
    except EnvironmentProblem as problem:
        QMessageBox.critical(None, "Régie", sentence(problem.reason))
        return 4
    log_to(folder)
    server = _listen(folder)
    session = Session(workspace, load_settings())
    hook = Hook(application)
    session.broke.connect(hook.show)
    window = MainWindow(session)
    server.newConnection.connect(lambda: _come_forward(window, server))
    window.show()
    session.start()
    window.offers.clock.start()
    once = Qt.ConnectionType.SingleShotConnection
    session.suggested.connect(lambda: session.reckon(load_the_rest, _nothing_to_do), once)
    application.applicationStateChanged.connect(_tidy)
    try:
        return application.exec()
    finally:
        session.close()
        workspace.close()


def make_application(settings: Settings) -> QApplication:
    """The application with its look, its icon and Qt's own words in the person's language."""
    register_scheme()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("regie")
    application.setApplicationDisplayName("Régie")
    application.setApplicationVersion(__version__)
    application.setOrganizationName("regie")
    application.setWindowIcon(QIcon(str(resource("icons", "regie.svg"))))
    QLocale.setDefault(QLocale(language()))
    translator = QTranslator(application)
    if translator.load(
        f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    theme = Theme(application, settings.theme)  # type: ignore[arg-type]  # checked when loaded
    theme.motion = settings.animations
    icons.follow_theme(theme)
    return application


def raise_the_other(folder: Path) -> bool:
    """Ask a window that has this folder open to come forward; whether there was one."""
    socket = QLocalSocket()
    socket.connectToServer(_server_name(folder))
    if not socket.waitForConnected(_RAISE_MS):
        return False
    socket.disconnectFromServer()
    return True


class Hook(QObject):
    """The last net: what nobody expected goes to the log, and to one dialog with a report."""

    caught = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._open = False
        self.caught.connect(self.show, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._hook

    def show(self, error: BaseException) -> None:
        """Log an error and say it once, however often it comes."""
        _log.error("unexpected", exc_info=error)
        if self._open:
            return
        self._open = True
        box = QMessageBox()
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(_("Something went wrong that should not have. Your work is saved."))
        box.setInformativeText(_("Copy the report and send it to whoever looks after Régie."))
        report = "".join(traceback.format_exception(error))
        box.setDetailedText(report)
        copy = box.addButton(_("Copy the report"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(f"Régie {__version__}\n{report}")
        self._open = False

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            QApplication.quit()
        else:
            self.caught.emit(error)


def _listen(folder: Path) -> QLocalServer:
    name = _server_name(folder)
    QLocalServer.removeServer(name)
    server = QLocalServer(QApplication.instance())
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.listen(name)
    return server


def _tidy(state: Qt.ApplicationState) -> None:
    """Tidy up while the person looks at something else: it takes a moment."""
    if state is not Qt.ApplicationState.ApplicationActive:
        collect_everything()


def _nothing_to_do(_result: None) -> None:
    """What was loaded is there when it is wanted."""


def _come_forward(window: MainWindow, server: QLocalServer) -> None:
    connection = server.nextPendingConnection()
    if connection is not None:
        connection.close()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _server_name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
    return f"regie-{getpass.getuser()}-{digest}"
