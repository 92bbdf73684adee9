"""The stress test beside the timeline: the tour that breaks first stands at the head."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import formats
from app.i18n import N_, _
from app.operations.stress_test import in_words
from app.planning.tours.stress import Stressed, StressTest
from app.ui.icons import Icon
from app.ui.theme import current_theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.footer import Footer
from app.ui.widgets.looks import Align, Look, Meter, TourChip, figure
from app.ui.widgets.rows import Column, RowsModel
from app.ui.widgets.rows_table import rows_table

#: A tour that breaks on more days than this is told in red, on more than the other in amber.
OFTEN_SHARE, SOMETIMES_SHARE = 0.25, 0.05


class StressView(QWidget):
    """Shows one test; Enter goes to where a tour breaks, Esc leaves."""

    went_to = Signal(object)  # Stressed
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tested: StressTest | None = None
        self._model: RowsModel[Stressed] = RowsModel(
            _columns(), key=lambda one: one.tour, parent=self
        )
        self.table = rows_table(self._model, self)
        self.table.setAccessibleName(_("Tours, the one that breaks first at the head"))
        self.table.set_empty_state(EmptyState(Icon.TOUR, _("No tours on this day.")))
        self.footer = Footer(self)
        self.said = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)  # a line parts it from the timeline
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.footer)
        self.setFocusProxy(self.table)
        self.table.installEventFilter(self)
        self.table.opened.connect(self._go_to)
        self.hide()

    def show_test(self, tested: StressTest) -> None:
        """Show this one."""
        self.tested = tested
        self._model.show_rows(tested.tours)
        text = _("Nothing breaks on {share} of {days} simulated days.")
        share = formats.whole_share(tested.whole_share)
        self.said = text.format(share=share, days=formats.number(tested.days))
        self.footer.set_summary(self.said)
        self.footer.setToolTip(_terms(tested))
        self.show()

    def leave(self) -> None:
        """Go, and change nothing."""
        if self.tested is not None:
            self.tested = None
            self._model.show_rows(())
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 1, self.height(), current_theme().colour("border"))

    def _go_to(self, key: object) -> None:
        found = next((one for one in self._model.rows() if one.tour == key), None)
        if found is not None:
            self.went_to.emit(found)


def _columns() -> list[Column[Stressed]]:
    return [
        Column(
            name="tour",
            title=N_("Tour"),
            text=_number,
            look=lambda one: TourChip(int(_number(one)[1:]), one.vehicle),
            tooltip=in_words,
            width=92,
            least=76,
        ),
        Column(
            name="breaks",
            title=N_("Breaks"),
            hint=N_("Of so many days a stop is late or the shift is not kept"),
            text=lambda one: formats.whole_share(one.breaks_share),
            look=_often,
            sort=lambda one: one.breaks_share,
            align=Align.RIGHT,
            width=96,
            least=70,
        ),
        Column(
            name="first",
            title=N_("Breaks first at"),
            hint=N_("The stop that is the first late one on most days"),
            text=_first,
            tooltip=in_words,
            width=130,
            least=90,
            grows=True,
        ),
        Column(
            name="late",
            title=N_("Late"),
            hint=N_("All its stops together, on an average day"),
            text=lambda one: formats.duration(one.late_s) if one.late_s else "",
            sort=lambda one: one.late_s,
            align=Align.RIGHT,
            width=72,
            leaves=2,
        ),
        Column(
            name="over",
            title=N_("Past shift"),
            hint=N_("How long after the end of the shift it comes home, on an average day"),
            text=lambda one: formats.duration(one.over_s) if one.over_s else "",
            look=lambda one: figure(formats.duration(one.over_s) if one.over_s else ""),
            sort=lambda one: one.over_s,
            align=Align.RIGHT,
            width=84,
            leaves=1,
        ),
    ]


def _number(one: Stressed) -> str:
    return one.tour.rpartition("-")[2]


def _often(one: Stressed) -> Look:
    tone = "success"
    if one.breaks_share > SOMETIMES_SHARE:
        tone = "danger" if one.breaks_share > OFTEN_SHARE else "warn"
    return Meter(one.breaks_share, formats.whole_share(one.breaks_share), tone, tone)


def _first(one: Stressed) -> str:
    if one.first is None:
        return _("its return") if one.over_s else ""
    stop = _("stop {position} · {order}")
    order = formats.order_number(one.first.order)
    return stop.format(position=one.first.position, order=order)


def _terms(tested: StressTest) -> str:
    """With what chances the days were drawn."""
    drawn = tested.chances
    text = _(
        "Each day: {absent} of the clients are out, streets vary by {day} from day to day and by"
        " {way} from way to way, stops by {stop}, {goods} of the tours wait for goods,"
        " {late} on average."
    )
    return text.format(
        absent=formats.whole_share(drawn.absent_share),
        day=formats.whole_share(drawn.day_cv),
        way=formats.whole_share(drawn.way_cv),
        stop=formats.whole_share(drawn.stop_cv),
        goods=formats.whole_share(drawn.goods_late_share),
        late=formats.duration(drawn.goods_late_s),
    )
