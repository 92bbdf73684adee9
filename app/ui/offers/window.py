"""The offers board beside the desk, or on a second screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.ui.actions import Actions
from app.ui.offers.page import OffersPage
from app.ui.session import Session
from app.ui.widgets.side_window import SideWindow


class OffersWindow(SideWindow):
    """The page fills it; its title says how many offers are open."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget) -> None:
        super().__init__("offers", _("Offers"), QSize(640, 860), parent)
        self.page = OffersPage(session, actions, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.subtitle_changed.connect(self._say)

    def come_forward(self) -> None:
        super().come_forward()
        self.page.setFocus()

    def _say(self, subtitle: str) -> None:
        title = f"{_('Offers')} – {subtitle}"
        if title != self.windowTitle():
            self.setWindowTitle(title)
