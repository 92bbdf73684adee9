"""How the label of a lane is painted: state, tour, vehicle, driver, lock, Crit'Air, load, risk."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app import formats
from app.domain.fleet import Energy
from app.domain.tours import PlanState
from app.i18n import _
from app.ui.icons import Icon, paint_icon
from app.ui.theme import Theme
from app.ui.tours.label_places import CHIP_X, LOCK, STATE_X, LabelPlaces, badge_of
from app.ui.tours.lanes import Lane
from app.ui.tours.words import figures_of
from app.ui.widgets.looks import Align, Elide, Run, Words
from app.ui.widgets.marks import middle, paint_badge, paint_chip, paint_meter
from app.ui.widgets.text_runs import paint_words

NEARLY_FULL = 0.94
_STATES = {
    PlanState.DRAFT: Icon.DRAFT,
    PlanState.VALIDATED: Icon.VALIDATED,
    PlanState.PUBLISHED: Icon.PUBLISHED,
    PlanState.CLOSED: Icon.CLOSED,
}


class Labels:
    """Labels as pictures, drawn again only when something in them changed."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: dict[str, tuple[Lane, LabelPlaces, int, float, QPixmap]] = {}

    def forget(self) -> None:
        """Draw them all again: the theme or the language changed."""
        self._kept.clear()

    def paint(
        self, painter: QPainter, box: QRect, row: int, places: LabelPlaces, lane: Lane
    ) -> None:
        """Put the label into its box; `row` is the height of the part that holds the signs."""
        ratio = painter.device().devicePixelRatioF()
        kept = self._kept.get(lane.key)
        if kept is None or kept[0] is not lane or kept[1:4] != (places, box.height(), ratio):
            picture = self._drawn(box.size(), row, ratio, places, lane)
            kept = self._kept[lane.key] = (lane, places, box.height(), ratio, picture)
        painter.drawPixmap(box.topLeft(), kept[4])

    def _drawn(
        self, size: QSize, row: int, ratio: float, places: LabelPlaces, lane: Lane
    ) -> QPixmap:
        picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        whole = QRect(0, 0, size.width(), size.height())
        with QPainter(picture) as painter:
            signs = QRect(0, 0, size.width(), row)
            paint_label(painter, whole, signs, self._theme, places, lane)
        return picture


def paint_label(
    painter: QPainter, box: QRect, row: QRect, theme: Theme, places: LabelPlaces, lane: Lane
) -> None:
    """Draw a label into its box; `row` is the part of it that holds the signs."""
    tour = lane.tour
    strong = tour is not None
    if tour is None:
        _paint_kind(painter, row, theme, lane)
    else:
        state = Icon.OPTIMISE if lane.ghost else _STATES[tour.state]
        colour = theme.colour("halo" if lane.ghost else "text2")
        paint_icon(painter, _at(row, STATE_X, 14), state, colour, 14)
        paint_chip(painter, _at(row, CHIP_X, 40), theme, lane.number)
        if tour.locked:
            lock = _at(row, places.lock_x, LOCK)
            sign, tone = (Icon.OVERRIDE, "warn") if tour.forced else (Icon.LOCKED, "text1")
            paint_icon(painter, lock, sign, theme.colour(tone), 13)
    tone = "text1" if strong else "text2"
    name = Words((Run(lane.label, tone, strong=strong),), Elide.MIDDLE)  # its number tells it apart
    paint_words(painter, _at(row, places.name_x, places.name_width), theme, name)
    if places.driver_width:
        driver = Words((Run(lane.vehicle.driver, tone),))
        paint_words(painter, _at(row, places.driver_x, places.driver_width), theme, driver)
    if places.disc_width and lane.vehicle.critair:
        _paint_disc(painter, _at(row, places.disc_x, places.disc_width), theme, lane)
    if tour is not None:
        _paint_load(painter, row, theme, places, lane)
        if badge := badge_of(lane):
            paint_badge(painter, _at(row, places.badge_x, 60), theme, badge)
    if box.height() > row.height() and tour is not None:
        _paint_figures(painter, box, row, theme, places, lane)


def paint_label_header(painter: QPainter, box: QRect, theme: Theme, places: LabelPlaces) -> None:
    """Draw the titles over the labels."""
    titles = [(STATE_X, places.name_x + places.name_width - STATE_X, _("Tour · vehicle"))]
    if places.driver_width:
        titles.append((places.driver_x, places.driver_width, _("Driver")))
    if places.disc_width:
        room = places.width - places.disc_x
        titles.append((places.disc_x, room, _("Crit'Air, load")))
    else:
        titles.append((places.share_x, places.width - places.share_x, _("Load")))
    for left, width, title in titles:
        words = Words((Run(title, "text2", strong=True, small=True),))
        paint_words(painter, _at(box, left, width), theme, words)


def _paint_kind(painter: QPainter, row: QRect, theme: Theme, lane: Lane) -> None:
    bike = lane.vehicle.energy is Energy.CARGO_BIKE
    icon = Icon.CARGO_BIKE if bike else Icon.VAN
    paint_icon(painter, _at(row, CHIP_X, 24), icon, theme.colour("text3"), 16)


def _paint_disc(painter: QPainter, place: QRect, theme: Theme, lane: Lane) -> None:
    electric = lane.vehicle.critair.upper() == "E"
    box = QRectF(middle(place, QSize(place.width(), place.width()))).adjusted(1, 1, -1, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("success" if electric else "border_strong"), 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    painter.setFont(theme.font(theme.tokens.type.mark, strong=True))
    painter.setPen(theme.colour("success" if electric else "text2"))
    centred = int(Qt.AlignmentFlag.AlignCenter)
    painter.drawText(box.translated(QPointF(0, 0.5)), centred, lane.vehicle.critair.upper())
    painter.restore()


def _paint_load(
    painter: QPainter, row: QRect, theme: Theme, places: LabelPlaces, lane: Lane
) -> None:
    share = lane.filling.largest
    if places.bar_width:
        bar = middle(_at(row, places.bar_x, places.bar_width), QSize(places.bar_width, 6))
        fill = "danger" if share > 1 else "warn_solid" if share > NEARLY_FULL else "text3"
        paint_meter(painter, bar, theme, share, fill)
    tone = "danger" if share > 1 else "text2"
    figure = Words((Run(formats.whole_share(share), tone, small=True),), Elide.NEVER)
    room = _at(row, places.share_x, places.share_width)
    paint_words(painter, room, theme, figure, Align.RIGHT)


def _paint_figures(
    painter: QPainter, box: QRect, row: QRect, theme: Theme, places: LabelPlaces, lane: Lane
) -> None:
    if lane.tour is None:
        return
    under = QRect(
        places.name_x,
        row.bottom() - 3,
        places.width - places.name_x - 4,
        box.bottom() - row.bottom(),
    )
    words = Words((Run(figures_of(lane.tour), "text2", small=True),))
    paint_words(painter, under, theme, words)


def _at(row: QRect, left: int, width: int) -> QRect:
    return QRect(row.x() + left, row.y(), width, row.height())
