"""The what-ifs of a day: one line each beside the present plan, compared, one to be adopted."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, n_
from app.operations.scenarios import ANEW, Comparison, Outcome
from app.planning.tours.scenarios import Change, Scenario
from app.ui.icons import Icon
from app.ui.tours.whatif_head import WhatIfHead
from app.ui.tours.whatif_rows import PRESENT, WhatIfRow, columns, rows_of
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import rows_table


class WhatIfView(QWidget):
    """Keeps the list of what-ifs and what came of them; Esc leaves, the list stays."""

    looked_at = Signal(object)  # Outcome | None: what the chosen line came to
    changed = Signal()  # the list, or what is chosen of it
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.scenarios: tuple[Scenario, ...] = ()
        self.made: Comparison | None = None
        self.opened = False
        self.head = WhatIfHead(self)
        self._model: RowsModel[WhatIfRow] = RowsModel(
            columns(), key=lambda row: row.name, parent=self
        )
        self.table = rows_table(self._model, self)
        self.table.setAccessibleName(_("What-ifs beside the present plan"))
        self.table.set_empty_state(EmptyState(Icon.FLIP, _("Say what is to be otherwise.")))
        self.footer = Footer(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        column.addWidget(self.footer)
        self.setFocusProxy(self.table)
        self.table.installEventFilter(self)
        self.head.installEventFilter(self)
        self.head.wanted.connect(self._want)
        self.table.selection_changed.connect(lambda _keys: self._choose())
        self._show()

    @property
    def chosen(self) -> str:
        """The name of the line that is chosen, that of the present plan where none is."""
        keys = [str(key) for key in self.table.chosen_in_view()]
        return keys[-1] if keys else PRESENT

    @property
    def outcome(self) -> Outcome | None:
        """What the chosen line came to."""
        outcomes = () if self.made is None else self.made.outcomes
        return next((each for each in outcomes if each.scenario.name == self.chosen), None)

    def open(self) -> None:
        """Be what the pane shows."""
        self.opened = True

    def leave(self) -> None:
        """Give the pane back to the timeline; the list stays for the next time."""
        if self.opened:
            self.opened = False
            self.looked_at.emit(None)
            self.left.emit()

    def forget(self) -> None:
        """What was compared is not so any more; what is to be compared stays."""
        if self.made is not None:
            self.made = None
            self._show()
            self.looked_at.emit(None)

    def show_comparison(self, made: Comparison) -> None:
        """Show what is known so far."""
        self.made = made
        self._show()
        self._choose()

    def drop(self) -> None:
        """Take the chosen what-if off the list."""
        self.scenarios = tuple(s for s in self.scenarios if s.name != self.chosen)
        self._show()
        self._choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _want(self, change: Change, joins: bool) -> None:
        """Put a change on the list, on a line of its own or with the chosen one."""
        chosen = next((s for s in self.scenarios if s.name == self.chosen), None)
        if joins and chosen is not None and change not in chosen.changes:
            made = Scenario.of(*chosen.changes, change)
            self.scenarios = tuple(made if s is chosen else s for s in self.scenarios)
        else:
            made = Scenario.of(change)
            if made.name not in {scenario.name for scenario in self.scenarios}:
                self.scenarios = (*self.scenarios, made)
        self._show()
        self.table.show_chosen([made.name], reveal=True)
        self._choose()

    def _show(self) -> None:
        self._model.show_rows(rows_of(self.made, self.scenarios) if self._anything else ())
        self._sum_up()

    @property
    def _anything(self) -> bool:
        return bool(self.scenarios) or self.made is not None

    def _choose(self) -> None:
        self.head.show_chosen(chosen=self.chosen not in (PRESENT, ANEW.name))
        self._sum_up()
        self.looked_at.emit(self.outcome)

    def _sum_up(self) -> None:
        count = len(self.scenarios)
        said = n_("{count} what-if", "{count} what-ifs", count).format(count=count)
        self.footer.set_summary(said if count else "", self._about_chosen())
        self.changed.emit()

    def _about_chosen(self) -> str:
        """What the chosen line would move."""
        outcome = self.outcome
        if outcome is None:
            return ""
        moved = outcome.side.moved
        said = n_("{count} stop moves", "{count} stops move", moved)
        return said.format(count=moved)
