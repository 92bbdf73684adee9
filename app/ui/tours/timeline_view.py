"""The day on a timeline: a lane for each tour, drawn only where it is seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app import formats
from app.ui.icons import Icon
from app.ui.selection import Selection
from app.ui.theme import current_theme
from app.ui.tours.header_painter import (
    now_flag,
    paint_grid,
    paint_header_ground,
    paint_hours,
    paint_now,
)
from app.ui.tours.label_painter import Labels, paint_label_header
from app.ui.tours.label_places import label_places
from app.ui.tours.lane_layout import LaneLayout, layout_of
from app.ui.tours.lane_painter import LanePainter, LaneView
from app.ui.tours.lanes import Bar, Day, Lane
from app.ui.tours.picking import Picker
from app.ui.tours.scale import TimeScale, span_of
from app.ui.tours.stamps import Stamps
from app.ui.tours.trial import LanePrice, Trial
from app.ui.widgets.hairline import paint_edges
from app.ui.widgets.looks import Badge
from app.ui.widgets.marks import badge_width, paint_badge
from db.queries.board import OrderRow

_LOOK_AT_CLOCK_MS = 10_000
_ZOOM_STEP = 1.5
_HIT_PX = 3  # how far beside a short stop the pointer still finds it
_AROUND_PX = 60  # what stays to see beside a stop that was scrolled to
_DIMMED = 0.42  # what is left of a lane that refuses what a hand holds


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies under a point: a lane, whether its label, and its stop there."""

    place: int
    lane: Lane
    on_label: bool
    bar: Bar | None


class TimelineView(QAbstractScrollArea):
    """Shows lanes, what is picked and the time; `Timeline` adds the hands."""

    changed = Signal()  # another tour is in hand, or the zoom is another

    def __init__(
        self,
        selection: Selection,
        day: Day,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._selection = selection
        self._now = now
        self.day = day
        self.rows: Mapping[str, OrderRow] = {}
        self.picker = Picker(selection, self._picked)
        self._span = span_of(())
        self._scale = TimeScale(*self._span, 1)
        self._layout = LaneLayout(0, self._theme.tokens.sizes.lane)
        self._places = label_places(self._theme, (), 1)
        self._stamps = Stamps(self._theme, self.devicePixelRatioF())
        self._labels = Labels(self._theme)
        self._carriers: dict[str, list[int]] = {}  # the places of the lanes that carry an order
        self._hovered = ""
        self._curve = False
        self._hovered_place: int | None = None
        self._trial: Trial | None = None
        self._now_s = day.second(now())
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_AT_CLOCK_MS)
        self._set_up()

    def show_lanes(self, lanes: tuple[Lane, ...], day: Day, rows: Mapping[str, OrderRow]) -> None:
        """Show these lanes instead; what is in hand, scroll and zoom stay."""
        another_day = day != self.day
        self.day, self.rows = day, rows
        self._now_s = day.second(self._now())
        self.picker.show(lanes)
        self._carriers = {}
        for place, lane in enumerate(lanes):
            for order in lane.orders:
                self._carriers.setdefault(order, []).append(place)
        self._span = span_of(lanes, self._now_s)
        if another_day:
            self._scale = TimeScale(*self._span, self._body().width())
        self._measure()
        self.changed.emit()

    def show_trial(self, trial: Trial | None) -> None:
        """Show the lanes as they would be with what a hand holds, or as they are again."""
        if trial != self._trial:
            self._trial = trial
            self.viewport().update()

    def show_curve(self, shown: bool) -> None:
        """Draw how full each vehicle is through the day, or leave it."""
        self._curve = shown
        self.viewport().update()

    # Zoom

    @property
    def zoom(self) -> float:
        """1 when the whole day fits."""
        return self._scale.zoom

    @property
    def can_zoom_in(self) -> bool:
        return self._scale.zoom < self._scale.closest

    def zoom_in(self) -> None:
        self.zoom_at(_ZOOM_STEP, self._body().center().x())

    def zoom_out(self) -> None:
        self.zoom_at(1 / _ZOOM_STEP, self._body().center().x())

    def zoom_all(self) -> None:
        """Let the whole day fit."""
        self.zoom_at(0, self._body().center().x())

    def zoom_to_selection(self) -> None:
        """Let what is selected fill the width: stops, else the tour in hand."""
        bars = [
            bar
            for lane in self.picker.lanes
            for bar in lane.stops
            if bar.order in self._selection.selected
        ]
        if not bars:
            return
        first, last = min(bar.arrives_s for bar in bars), max(bar.to_s for bar in bars)
        wide_s = max(1800.0, (last - first) * 1.15)
        self._rescale(self._body().width() / wide_s / self._scale.px_per_s)
        middle = self._scale.x((first + last) / 2)
        self.horizontalScrollBar().setValue(round(middle - self._body().width() / 2))

    def zoom_at(self, factor: float, x: int) -> None:
        """Go nearer by this factor, or farther; the time at this place stays there."""
        second = self._scale.second(x - self._left())
        self._rescale(factor)
        kept = self._scale.x(second) - (x - self._body().left())
        self.horizontalScrollBar().setValue(round(kept))

    # Geometry

    def spot_at(self, point: QPoint) -> Spot | None:
        """What lies under a point of the viewport."""
        body = self._lanes_box()
        if not body.contains(point):
            return None
        place = self._layout.at(point.y() - body.y() + self.verticalScrollBar().value())
        if place is None:
            return None
        lane = self.picker.lanes[place]
        on_label = point.x() < self._places.width
        bar = (
            None if on_label or not self._row(place).contains(point) else self._bar_at(lane, point)
        )
        return Spot(place, lane, on_label, bar)

    def shown_lanes(self) -> tuple[Lane, ...]:
        """The lanes as they are."""
        return self.picker.lanes

    def second_at(self, x: int) -> float:
        """The time of the day at this place of the viewport."""
        return self._scale.second(x - self._left())

    def lane_box(self, place: int) -> QRect:
        """Where a lane lies in the viewport, its label included."""
        top = self._lanes_box().y() + self._layout.top(place) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._layout.height(place))

    def bar_box(self, place: int, bar: Bar) -> QRect:
        """Where a stop lies in the viewport."""
        return self._painter().bar_box(bar, self._row(place))

    def reveal(self) -> None:
        """Scroll until the lane in hand and its current stop can be seen."""
        place = self.picker.place
        if place is None:
            return
        bar, room = self.verticalScrollBar(), self._lanes_box().height()
        top, height = self._layout.top(place), self._layout.height(place)
        bar.setValue(max(min(bar.value(), top), top + height - room))
        if (current := self.picker.bar) is not None:
            across, width = self.horizontalScrollBar(), self._body().width()
            left, right = self._scale.x(current.from_s), self._scale.x(current.to_s)
            least = min(across.value(), round(left) - _AROUND_PX)
            across.setValue(max(least, round(right) + _AROUND_PX - width))

    # Qt's side

    def paintEvent(self, event: QPaintEvent) -> None:
        exposed = event.rect()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(exposed, self._theme.colour("surface0"))
            self._paint_lanes(painter, exposed)
            if exposed.intersects(self._header()):
                self._paint_header(painter)
            self._paint_now(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if dx and dy:
            self.viewport().update()
        elif dx:  # what stays in sight only moves
            self.viewport().scroll(dx, 0, self._body())
            self.viewport().update(self._header())
        else:
            self.viewport().scroll(0, dy, self._lanes_box())

    # How it is done

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme.changed.connect(self._dress_anew)
        self._selection.listen_to_hover(self._show_hovered)
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()

    def _picked(self) -> None:
        self._lay_out()
        self.reveal()
        self.changed.emit()

    def _show_hovered(self) -> None:
        """Paint the lanes again that lost or got the halo, no others."""
        before, self._hovered = self._hovered, self._selection.hovered
        for order in (before, self._hovered):
            for place in self._carriers.get(order, ()):
                self.viewport().update(self.lane_box(place))

    def _dress_anew(self) -> None:
        self._stamps = Stamps(self._theme, self.devicePixelRatioF())
        self._labels.forget()
        self._measure()

    def _look_at_clock(self) -> None:
        now_s = self.day.second(self._now())
        if now_s // 60 != self._now_s // 60:
            self._now_s = now_s
            self.viewport().update()

    def _measure(self) -> None:
        """Find the places of labels again, after lanes, width or theme changed; then all else."""
        self._places = label_places(self._theme, self.picker.lanes, self.viewport().width())
        self._lay_out()

    def _lay_out(self) -> None:
        """Find everyone's place again, after the tour in hand changed or another was measured."""
        lanes, sizes = self.picker.lanes, self._theme.tokens.sizes
        place = self.picker.place
        opens = place is not None and lanes[place].tour is not None
        self._layout = layout_of(
            len(lanes),
            place if opens else None,
            self._lanes_box().height(),
            lane=sizes.lane,
            low=sizes.lane_low,
            opened_height=sizes.lane_selected,
        )
        self._scale = self._scale.over(self._span, self._body().width())
        self._set_ranges()
        self.viewport().update()

    def _rescale(self, factor: float) -> None:
        self._scale = self._scale.zoomed(factor)
        self._set_ranges()
        self.viewport().update()
        self.changed.emit()

    def _set_ranges(self) -> None:
        body = self._body()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._layout.total - body.height()))
        down.setPageStep(body.height())
        down.setSingleStep(self._layout.lane)
        across.setRange(0, max(0, self._scale.content_width - body.width()))
        across.setPageStep(body.width())
        across.setSingleStep(40)

    def _header(self) -> QRect:
        return QRect(0, 0, self.viewport().width(), self._theme.tokens.sizes.header)

    def _hours(self) -> QRect:
        return self._header().adjusted(self._places.width, 0, 0, 0)

    def _lanes_box(self) -> QRect:
        """All lanes, labels and bodies, below the header."""
        return self.viewport().rect().adjusted(0, self._theme.tokens.sizes.header, 0, 0)

    def _body(self) -> QRect:
        """The part of the lanes that time runs through."""
        return self._lanes_box().adjusted(self._places.width, 0, 0, 0)

    def _left(self) -> int:
        """Where the scale begins, in the viewport."""
        return self._places.width - self.horizontalScrollBar().value()

    def _row(self, place: int) -> QRect:
        """The part of a lane that holds its stops."""
        box = self.lane_box(place)
        box.setHeight(self._layout.lane)
        return box

    def _painter(self) -> LanePainter:
        ratio = self.devicePixelRatioF()
        if self._stamps.ratio != ratio:
            self._stamps = Stamps(self._theme, ratio)
        return LanePainter(self._stamps, self._theme, self._scale, self._left())

    def _bar_at(self, lane: Lane, point: QPoint) -> Bar | None:
        second = self._scale.second(point.x() - self._left())
        reach_s = _HIT_PX / self._scale.px_per_s
        near = [bar for bar in lane.bars if bar.from_s - reach_s <= second <= bar.to_s + reach_s]
        return min(near, key=lambda bar: abs(2 * second - bar.from_s - bar.to_s), default=None)

    def _paint_lanes(self, painter: QPainter, exposed: QRect) -> None:
        box, scrolled = self._lanes_box(), self.verticalScrollBar().value()
        top, bottom = max(exposed.top(), box.top()), exposed.bottom()
        seen = self._layout.between(top - box.y() + scrolled, bottom - box.y() + scrolled)
        body = self._body()
        painter.save()
        painter.setClipRect(box)
        for place in seen:
            self._paint_ground(painter, place)
        if len(seen):
            lanes = QRect(body.x(), self.lane_box(seen[0]).y(), body.width(), 0)
            lanes.setBottom(self.lane_box(seen[-1]).bottom())
            paint_grid(painter, lanes, self._theme, self._scale, self._left())
        for place in seen:
            box = self.lane_box(place)
            paint_edges(painter, box, self._theme.colour("border_subtle"), "bottom")
        painter.setClipRect(body)
        lane_painter = self._painter()
        plain, opened = self._view(brackets=False), self._view(brackets=True)
        for place in seen:
            box = self.lane_box(place)
            box.setLeft(max(body.left(), exposed.left()))
            box.setRight(min(body.right(), exposed.right()))
            row = QRect(body.x(), box.y(), body.width(), self._layout.lane)
            view = opened if place == self._layout.opened else plain
            self._paint_lane(painter, lane_painter, box, row, place, view)
        painter.restore()
        self._paint_labels(painter, seen)

    def _paint_lane(
        self,
        painter: QPainter,
        lane_painter: LanePainter,
        box: QRect,
        row: QRect,
        place: int,
        view: LaneView,
    ) -> None:
        """One lane as it is, or as it would be with what a hand holds."""
        lane, trial = self.picker.lanes[place], self._trial
        if trial is None:
            lane_painter.paint(painter, box, row, lane, view)
            return
        held = replace(view, held=trial.moved, left=trial.left.get(lane.key, ()))
        price = trial.prices.get(lane.key)
        if price is not None and price.refused and lane.key not in trial.lanes:
            painter.setOpacity(_DIMMED)
        lane_painter.paint(painter, box, row, trial.lane(lane), held)
        painter.setOpacity(1)

    def _paint_price(self, painter: QPainter, label: QRect, price: LanePrice) -> None:
        """What the lane's tour asks for what a hand holds, in the place of its badge."""
        theme = self._theme
        if price.refused:
            veil = QColor(theme.colour("surface0"))
            veil.setAlphaF(1 - _DIMMED)
            painter.fillRect(label, veil)
        room = QRect(label)
        room.setHeight(self._layout.lane)
        room.setLeft(self._places.disc_x)
        status = {"success": "success", "danger": "danger"}.get(price.tone, "offline")
        badge = Badge(price.text, status, Icon.REFUSED if price.refused else None)
        width = min(badge_width(theme, badge), room.width() - 4)
        box = QRect(room.right() - width - 4, room.y(), width, room.height())
        free = QRect(box)
        free.setLeft(min(self._places.share_x, box.x() - 4))
        painter.fillRect(free.adjusted(0, 1, 6, -1), self._ground_of(label))
        paint_badge(painter, box, theme, badge)

    def _ground_of(self, label: QRect) -> QColor:
        place = self.picker.place
        in_hand = place is not None and self.lane_box(place).y() == label.y()
        return self._theme.colour("accent_tint" if in_hand else "surface0")

    def _paint_ground(self, painter: QPainter, place: int) -> None:
        box = self.lane_box(place)
        if place == self.picker.place:
            painter.fillRect(box, self._theme.colour("accent_tint"))
        elif place == self._hovered_place:
            painter.fillRect(box, self._theme.colour("hover"))

    def _paint_labels(self, painter: QPainter, seen: range) -> None:
        box = self._lanes_box()
        box.setWidth(self._places.width)
        painter.save()
        painter.setClipRect(box)
        for place in seen:
            label = self.lane_box(place)
            label.setWidth(self._places.width)
            lane = self.picker.lanes[place]
            self._labels.paint(painter, label, self._layout.lane, self._places, lane)
            price = self._trial.prices.get(lane.key) if self._trial is not None else None
            if price is not None:
                self._paint_price(painter, label, price)
            if place == self.picker.place:
                label.setWidth(self._theme.tokens.sizes.selection_bar)
                painter.fillRect(label, self._theme.colour("accent"))
        painter.restore()
        whole = QRect(0, box.y(), self._places.width, box.height())
        paint_edges(painter, whole, self._theme.colour("border"), "right")

    def _paint_header(self, painter: QPainter) -> None:
        header, hours = self._header(), self._hours()
        paint_header_ground(painter, header, self._theme)
        painter.save()
        painter.setClipRect(hours)
        flag = self._flag()
        paint_hours(painter, hours, self._theme, self._scale, self._left(), self.day, flag)
        painter.restore()
        labels = QRect(0, 0, self._places.width, header.height())
        paint_label_header(painter, labels, self._theme, self._places)
        paint_edges(painter, labels, self._theme.colour("border"), "right")

    def _paint_now(self, painter: QPainter) -> None:
        flag = self._flag()
        if flag is None:
            return
        body = self._body()
        painter.save()
        painter.setClipRect(body.united(self._hours()))
        bottom = min(body.bottom(), body.y() + self._layout.total - 1)
        x = self._left() + self._scale.px(self._now_s)
        paint_now(painter, flag, bottom, self._theme, x, self._now_text())
        painter.restore()

    def _flag(self) -> QRectF | None:
        """Where the time's flag stands, when now is in sight."""
        x, hours = self._left() + self._scale.px(self._now_s), self._hours()
        if not hours.left() <= x <= hours.right():
            return None
        return now_flag(hours, self._theme, x, self._now_text())

    def _now_text(self) -> str:
        return formats.clock(self.day.moment(self._now_s), self.day.zone)

    def _view(self, *, brackets: bool) -> LaneView:
        return LaneView(
            self._now_s,
            frozenset(self._selection.selected.codes),
            self._selection.hovered,
            self._curve,
            lateness=self._layout.lane >= self._theme.tokens.sizes.lane,
            brackets=brackets,
        )
