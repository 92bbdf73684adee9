"""The Why pane as it looks for an order to source, on a tour, refused, and for several."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.operations.sourcing import accept, source
from app.operations.why_chain import Link
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.why.page import WhyPage
from app.ui.widgets.pane import Pane
from app.workspace import Workspace
from tests.ui.own_workspace import OwnWorkspace
from tests.ui.pictures import Page
from tests.ui.why.mornings import bring_in, lost, plan_tour, promised, unfillable

_ORDERS = ("480213", "480214", "480215")


class WhyPicture(QWidget):
    """A pane on a workspace of its own."""

    def __init__(self, arrange: Callable[[Workspace], None], link: Link, *codes: str) -> None:
        super().__init__()
        self._own = OwnWorkspace(arrange)
        self.session = self._own.session
        self.page = WhyPage(self.session, Actions(self))
        self.pane = Pane("why", _("Why?"), Icon.WHY, self.page, self)
        self.page.subtitle_changed.connect(self.pane.set_subtitle)
        self.session.selection.choose(codes)
        self.page._open = link
        self.page.setFocus()

    def resizeEvent(self, _event) -> None:  # noqa: N802 - Qt calls it so
        self.pane.setGeometry(self.rect())

    def closeEvent(self, event) -> None:  # noqa: N802
        super().closeEvent(event)
        self._own.close()

    def ready(self) -> bool:
        return self.session.settled and self.page.settled


def _to_source(workspace: Workspace) -> None:
    bring_in(workspace, *(promised(code) for code in _ORDERS), unfillable(), lost())


def _on_tour(workspace: Workspace) -> None:
    bring_in(workspace, *(promised(code) for code in _ORDERS), vehicles=True)
    accept(workspace, source(workspace).decisions)
    plan_tour(workspace, *_ORDERS, slack_s=480)


def _page(name: str, arrange: Callable[[Workspace], None], link: Link, *codes: str) -> Page:
    return Page(
        name,
        partial(WhyPicture, arrange, link, *codes),
        ((645, 345), (410, 258)),
        ready=WhyPicture.ready,
    )


PAGES = (
    _page("why-node", _to_source, Link.NODE, "480213"),
    _page("why-carrier", _to_source, Link.CARRIER, "480213"),
    _page("why-nobody", _to_source, Link.NODE, "480249"),
    _page("why-tour", _on_tour, Link.TOUR, "480214"),
    _page("why-several", _to_source, Link.NODE, *_ORDERS, "480249", "480112"),
    _page("why-nothing", _to_source, Link.NODE),
)
