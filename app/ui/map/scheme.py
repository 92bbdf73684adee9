"""How the map page reaches its data: our own URL scheme, and nothing of the world but that.

Importing this module registers the scheme, which must happen before the application is made.
"""

from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWidgets import QApplication

from app.ui.map.site import SCHEME, Answer, Site, data_for_url

_NAME = SCHEME.encode()
_CHANNEL_SCRIPT = "web/qwebchannel.js"


def register_scheme() -> None:
    """Make the scheme known; a second call changes nothing."""
    if QWebEngineUrlScheme.schemeByName(_NAME).name() == _NAME:
        return
    scheme = QWebEngineUrlScheme(_NAME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flag = QWebEngineUrlScheme.Flag
    scheme.setFlags(
        flag.SecureScheme | flag.LocalAccessAllowed | flag.CorsEnabled | flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


register_scheme()


class MapProfile(QWebEngineProfile):
    """The one profile of the application: nothing is kept, nothing is fetched from outside.

    It is a child of the application, because it must outlive every page (QTBUG-133963 and kin).
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.sites = Sites(self)
        self.installUrlSchemeHandler(_NAME, self.sites)
        self._gate = Gate(self)
        self.setUrlRequestInterceptor(self._gate)
        self.downloadRequested.connect(_refuse_download)
        self.setPersistentPermissionsPolicy(
            QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime
        )

    def open_site(self, site: Site) -> QUrl:
        """Serve a site at an address of its own."""
        return self.sites.open(site)

    def close_site(self, address: QUrl) -> None:
        self.sites.close(address)


class Sites(QWebEngineUrlSchemeHandler):
    """Answers the requests of each view's page from that view's site."""

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self._sites: dict[str, Site] = {}
        self._opened = 0

    def open(self, site: Site) -> QUrl:
        self._opened += 1
        host = f"map{self._opened}"
        self._sites[host] = site
        return QUrl(f"{SCHEME}://{host}/")

    def close(self, address: QUrl) -> None:
        site = self._sites.pop(address.host(), None)
        if site is not None and site.base_map is not None:
            site.base_map.close()

    def serves(self, address: QUrl) -> bool:
        return address.host() in self._sites

    def tile_hosts(self) -> set[str]:
        return {site.tile_host for site in self._sites.values() if site.tile_host}

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        answer = self._answer(job)
        if answer is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        buffer = QBuffer(job)
        buffer.setData(QByteArray(answer.body))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(answer.media_type.encode()), buffer)

    def _answer(self, job: QWebEngineUrlRequestJob) -> Answer | None:
        address = job.requestUrl()
        site = self._sites.get(address.host())
        if site is None or bytes(job.requestMethod().data()) != b"GET":
            return None
        if address.path().lstrip("/") == _CHANNEL_SCRIPT:
            return Answer("text/javascript", _channel_script())
        return data_for_url(address.toString(), site)


class Gate(QWebEngineUrlRequestInterceptor):
    """Lets through what the map is made of; everything else is stopped before it leaves."""

    def __init__(self, profile: MapProfile) -> None:
        super().__init__(profile)
        self._sites = profile.sites

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        info.block(not self.lets_through(info.requestUrl()))

    def lets_through(self, address: QUrl) -> bool:
        """Our own sites, pictures that stand in the page itself, and the chosen tile server."""
        if address.scheme() == SCHEME:
            return self._sites.serves(address)
        if address.scheme() == "data":
            return True
        origin = f"{address.scheme()}://{address.authority()}"
        return origin in self._sites.tile_hosts()


def map_profile() -> MapProfile:
    """The application's profile for maps, made when it is first asked for."""
    application = cast("QApplication", QApplication.instance())
    found = application.findChild(MapProfile)
    return found if found is not None else MapProfile(application)


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


def _channel_script() -> bytes:
    file = QFile(":/qtwebchannel/qwebchannel.js")
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(file.readAll().data())
