"""The window of conflicts: a line a product, its orders chosen on the desk, its ways out below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app import formats
from app.domain.journal import Changes
from app.i18n import N_, _, n_
from app.operations.conflicts import conflicts_of
from app.operations.sourcing import source
from app.planning.sourcing.ways_out import Shortage
from app.ports import Stop, never
from app.ui.icons import Icon
from app.ui.session import Session
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.looks import Align, figure
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table
from app.ui.widgets.side_window import SideWindow
from app.wording import sentence
from app.workspace import Workspace

_SIZE = QSize(620, 420)
_MARGIN = 12
Search = Callable[[Workspace, Stop], Sequence[Shortage]]


def looked_for(workspace: Workspace, stop: Stop = never) -> Sequence[Shortage]:
    """The conflicts among the open orders as the rules would source them now."""
    return conflicts_of(source(workspace, stop=stop))


class ShortagesWindow(SideWindow):
    """Shows the conflicts of the open orders; nothing is written here."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        title = _("Orders that share too few pieces")
        super().__init__("shortages", title, _SIZE, parent)
        self._session = session
        self.search: Search = looked_for
        self._model: RowsModel[Shortage] = RowsModel(_columns(), key=_key, parent=self)
        self.table = rows_table(self._model, self)
        self.table.setAccessibleName(title)
        self.table.set_empty_state(EmptyState(Icon.DONE, _("No orders share too few pieces.")))
        self.table.selection_changed.connect(self._chosen)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.footer = Footer(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addWidget(self.footer)
        session.changed.connect(self._moved_on)

    def look(self) -> None:
        """Look for conflicts among the open orders as they are now."""
        workspace, search = self._session.workspace, self.search
        self._session.run(
            _("Looking for orders that share too few pieces"),
            lambda job: search(workspace, job.stop),
            self._show,
            writes=False,
        )

    @property
    def rows(self) -> Sequence[Shortage]:
        return tuple(self._model.row_at(row) for row in range(self._model.rowCount()))

    def _show(self, found: Sequence[Shortage]) -> None:
        self._model.show_rows(tuple(found))
        count = sum(one.conflict.short for one in found)
        said = n_("{count} piece too few", "{count} pieces too few", count)
        self.footer.set_summary(said.format(count=formats.number(count)) if found else "")
        if found:
            self.table.setCurrentIndex(self._model.index(0, 0))
        self._chosen(None)

    def _chosen(self, _keys: object) -> None:
        """Its orders are chosen on the desk, its ways out told below."""
        row = self.table.currentIndex().row()
        shown = self._model.row_at(row) if row >= 0 else None
        self.told.setVisible(shown is not None)
        if shown is None:
            return
        lines = [sentence(shown.reason)]
        lines += [f"• {sentence(way.reason)}" for way in shown.ways_out]
        if not shown.ways_out:
            lines.append(_("Nothing is on its way, kept back or to be had elsewhere."))
        self.told.setText("\n".join(lines))
        if self.isVisible():
            self._session.selection.choose(list(shown.conflict.orders))

    def _moved_on(self, changes: Changes) -> None:
        """What was found may not be so any more: look anew while the window is open."""
        if self.isVisible() and changes.touch("order", "stock", "shipment"):
            self.look()


def _key(one: Shortage) -> str:
    return f"{one.sku} {one.conflict.orders[0]}"


def _columns() -> list[Column[Shortage]]:
    return [
        Column(
            name="product",
            title=N_("Product"),
            text=lambda one: one.sku,
            width=130,
            least=90,
            grows=True,
        ),
        _figure("orders", N_("Orders"), lambda one: len(one.conflict.orders)),
        _figure("asked", N_("Asked for"), lambda one: one.conflict.asked),
        _figure("available", N_("Available"), lambda one: one.conflict.available),
        _figure("short", N_("Too few"), lambda one: one.conflict.short, "danger"),
        Column(
            name="remedy",
            title=N_("Cheapest way out"),
            text=_cheapest,
            width=130,
            align=Align.RIGHT,
            leaves=1,
        ),
    ]


def _figure(
    name: str, title: str, of: Callable[[Shortage], int], tone: str = ""
) -> Column[Shortage]:
    return Column(
        name=name,
        title=title,
        text=lambda one: formats.number(of(one)),
        look=(lambda one: figure(formats.number(of(one)), tone)) if tone else None,
        sort=of,
        align=Align.RIGHT,
        width=76,
    )


def _cheapest(one: Shortage) -> str:
    if not one.ways_out:
        return ""
    way = one.ways_out[0]
    names = {"transfer": _("transfer"), "inbound": _("arrival"), "buffer": _("kept back")}
    return f"{names[way.code]} · {formats.money(way.cost_cents)}"
