"""The browser page of the map: it stays where it is, asks for nothing, and hides no error."""

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEngineFullScreenRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
)

_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanPaste,
    _Attribute.LocalStorageEnabled,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.ErrorPageEnabled,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.FocusOnNavigationEnabled,
)


class MapWebPage(QWebEnginePage):
    """One page for one address; `script_failed` carries every error of its scripts."""

    script_failed = Signal(str)

    def __init__(
        self, profile: QWebEngineProfile, address: QUrl, bridge: QObject, parent: QObject
    ) -> None:
        super().__init__(profile, parent)
        self._address = address
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        channel = QWebChannel(self)
        channel.registerObject("desk", bridge)
        self.setWebChannel(channel)
        self.newWindowRequested.connect(_open_nothing)
        self.fullScreenRequested.connect(QWebEngineFullScreenRequest.reject)
        self.permissionRequested.connect(QWebEnginePermission.deny)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,  # noqa: A002, ARG002 - Qt's own name
        isMainFrame: bool,  # noqa: N803 - Qt's own name
    ) -> bool:
        """The page is opened once, at its own address; no link, form or drop leads elsewhere."""
        return isMainFrame and QUrl(url) == self._address

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,  # noqa: N803 - Qt's own names
        sourceID: str,  # noqa: N803
    ) -> None:
        """Errors of our own are told; a tile server that does not answer is nobody's error."""
        elsewhere = QUrl(sourceID).scheme() not in ("", self._address.scheme())
        error = level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel
        if error and not elsewhere:
            self.script_failed.emit(f"{message} ({sourceID.rpartition('/')[2]}:{lineNumber})")


def _open_nothing(_request: QWebEngineNewWindowRequest) -> None:
    """A request for another window that nobody opens is refused."""
