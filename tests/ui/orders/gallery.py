"""The orders pane on a small demonstration day: its list, its prompt, its window of addresses."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.operations.carriage import allocate
from app.operations.demonstration import DEFAULT_DAY, Size, opening_of, write_day
from app.operations.intake import import_path
from app.operations.sourcing import accept, source
from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.orders.filters import Filter
from app.ui.orders.page import OrdersPage
from app.ui.widgets.pane import Pane
from app.workspace import Workspace
from tests.ui.pictures import Page
from tests.ui.sessions import a_session

_SIZE = Size(orders=70, skus=120)
_LEFT_TO_SOURCE = 3  # every third order is still to be sourced
Act = Callable[["OrdersPicture"], None]


class OrdersPicture(QWidget):
    """A pane on a workspace of its own, gone with the picture; `act` is done once it is there."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name) / "workspace"
        shutil.copytree(_template(), place)
        self._workspace = _open(place)
        self.session = a_session(self._workspace)
        self.actions = Actions(self)
        self.page = OrdersPage(self.session, self.actions)
        self.pane = Pane("orders", _("Orders"), Icon.ORDERS, self.page, self)
        self.page.subtitle_changed.connect(self.pane.set_subtitle)
        self.session.selection.listen(self.actions.refresh)
        self.session.start()
        self._act: Act | None = act

    def resizeEvent(self, _event) -> None:  # noqa: N802 - Qt calls it so
        self.pane.setGeometry(self.rect())

    def closeEvent(self, event) -> None:  # noqa: N802
        super().closeEvent(event)
        self.session.close()
        self._workspace.close()
        self._folder.cleanup()

    def ready(self) -> bool:
        if not (self.session.settled and self.page.settled):
            return False
        if self._act is not None:
            act, self._act = self._act, None
            self.page.setFocus()
            act(self)
            return False
        return True


class AddressesPicture(OrdersPicture):
    """The window of addresses as a page: it lies over the pane that it belongs to."""

    def ready(self) -> bool:
        if not super().ready():
            return False
        window = self.page.addresses
        if window.isWindow():
            window.setParent(self, Qt.WindowType.Widget)
            window.setGeometry(self.rect())
            window.show()
            window.check()
            window.search.setText("Pont a Marc")
            return False
        return window.found.model().rowCount() > 0


@cache
def _template() -> Path:
    """The day as it is at 09:42, two thirds of it sourced and shared out; made once."""
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    with _open(folder / "workspace") as workspace, tempfile.TemporaryDirectory() as files:
        write_day(Path(files), DEFAULT_DAY, 1, _SIZE)
        import_path(workspace, Path(files))
        found = source(workspace).decisions
        accept(workspace, [made for at, made in enumerate(found) if at % _LEFT_TO_SOURCE])
        allocate(workspace, DEFAULT_DAY, apply=True)
    return folder / "workspace"


def _open(folder: Path) -> Workspace:
    return Workspace.open(folder, user="c.vasseur", clock=lambda: opening_of(DEFAULT_DAY))


def _select(picture: OrdersPicture) -> None:
    rows = picture.page.listing.model.rows()
    picture.session.selection.choose((rows[3].code,))
    picture.session.selection.hover(rows[6].code)


def _to_book(picture: OrdersPicture) -> None:
    picture.page.listing.show_view("to_book")


def _everything(picture: OrdersPicture) -> None:
    picture.page.listing.show_view("orders")
    codes = [row.code for row in picture.page.listing.list.rows[:3]]
    picture.page.listing.narrow(Filter(search="lille"))
    picture.session.selection.choose(codes)


def _ask_node(picture: OrdersPicture) -> None:
    _select(picture)
    picture.actions.action("orders.to_node").trigger()


def _glance(picture: OrdersPicture) -> None:
    _select(picture)
    picture.actions.action("orders.peek").trigger()


def _find_nothing(picture: OrdersPicture) -> None:
    picture.page.listing.narrow(Filter(search="480 2"))


def _page(name: str, act: Act, *sizes: tuple[int, int]) -> Page:
    return Page(name, partial(OrdersPicture, act), sizes, ready=OrdersPicture.ready)


PAGES = (
    _page("orders-to-source", _select, (936, 640), (596, 409)),
    _page("orders-to-book", _to_book, (1248, 853)),
    _page("orders-search", _everything, (936, 640)),
    _page("orders-to-node", _ask_node, (936, 640)),
    _page("orders-glance", _glance, (936, 640)),
    _page("orders-nothing", _find_nothing, (596, 409)),
    Page(
        "orders-addresses",
        partial(AddressesPicture, lambda _picture: None),
        ((880, 460),),
        ready=AddressesPicture.ready,
    ),
)
