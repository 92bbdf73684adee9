"""What a screen reader finds on the timeline: lanes by name, and in them stops with their hours."""

from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from app.i18n import _
from app.ui.tours import words
from app.ui.tours.lanes import Bar, Lane
from app.ui.tours.timeline import Timeline

_Text, _Role = QAccessible.Text, QAccessible.Role
#: Qt takes and gives null where its stubs do not know it.
_NOTHING = cast("QAccessibleInterface", None)
#: Qt keeps plain pointers to what it was told of, so nothing here may go before it.
_kept: dict[int, "_TimelineFace"] = {}
_installed: list[object] = []


def let_read(timeline: Timeline) -> None:
    """Let screen readers read this timeline, and hear where the keyboard stands on it."""
    if not _installed:
        _installed.append(_face_of)
        QAccessible.installFactory(_face_of)
    timeline.changed.connect(lambda: _tell_focus(timeline))


def _face_of(_class: str, thing: QObject | None) -> "_TimelineFace | None":
    if not isinstance(thing, Timeline):
        return None
    face = _kept.get(id(thing))
    if face is None or face.timeline is not thing:
        face = _kept[id(thing)] = _TimelineFace(thing)
    return face


def _tell_focus(timeline: Timeline) -> None:
    if QAccessible.isActive() and timeline.hasFocus():
        face = _face_of("", timeline)
        if face is not None and (current := face.focusChild()) is not None:
            event = QAccessibleEvent(current, QAccessible.Event.Focus)
            QAccessible.updateAccessibility(event)


class _TimelineFace(QAccessibleWidget):
    """The timeline itself: a tree of lanes."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline, _Role.Tree, _("Tours of the day"))
        self.timeline = timeline
        self._lanes: list[_LaneFace] = []

    def childCount(self) -> int:
        return len(self.timeline.picker.lanes)

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return _NOTHING
        while len(self._lanes) <= index:
            self._lanes.append(_LaneFace(self, len(self._lanes)))
        return self._lanes[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((n for n, face in enumerate(self._lanes) if face is child), -1)

    def focusChild(self) -> QAccessibleInterface:
        place, bar = self.timeline.picker.place, self.timeline.picker.bar
        if place is None:
            return _NOTHING
        lane, bars = self.child(place), self.timeline.picker.lanes[place].bars
        return lane if bar is None else lane.child(bars.index(bar))

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        spot = self.timeline.spot_at(self.timeline.viewport().mapFromGlobal(QPoint(x, y)))
        if spot is None:
            return _NOTHING
        lane = self.child(spot.place)
        return lane if spot.bar is None else lane.child(spot.lane.bars.index(spot.bar))


class _Part(QAccessibleInterface):
    """What lanes and stops have in common: they are no widgets, but parts of one."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()
        self._timeline = timeline

    def object(self) -> QObject:
        return cast("QObject", None)

    def window(self) -> QWindow:
        return cast("QWindow", None)

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing here is written by readers."""

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        for index in range(self.childCount()):
            child = self.child(index)
            if child.rect().contains(x, y):
                return child
        return _NOTHING

    def _on_screen(self, box: QRect) -> QRect:
        corner = self._timeline.viewport().mapToGlobal(box.topLeft())
        return QRect(corner, box.size())


class _LaneFace(_Part):
    """The lane at a place; what lies there may change."""

    def __init__(self, above: _TimelineFace, place: int) -> None:
        super().__init__(above.timeline)
        self._above = above
        self._place = place
        self._bars: list[_BarFace] = []

    @property
    def lane(self) -> Lane | None:
        lanes = self._timeline.picker.lanes
        return lanes[self._place] if self._place < len(lanes) else None

    def isValid(self) -> bool:
        return self.lane is not None

    def parent(self) -> QAccessibleInterface:
        return self._above

    def childCount(self) -> int:
        return len(self.lane.bars) if self.lane is not None else 0

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return _NOTHING
        while len(self._bars) <= index:
            self._bars.append(_BarFace(self, self._timeline, len(self._bars)))
        return self._bars[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((n for n, face in enumerate(self._bars) if face is child), -1)

    def text(self, t: QAccessible.Text) -> str:
        if self.lane is None:
            return ""
        if t is _Text.Name:
            return words.lane_name(self.lane)
        told = words.lane_tip(self.lane, self._timeline.day)
        return told if t is _Text.Description else ""

    def rect(self) -> QRect:
        return self._on_screen(self._timeline.lane_box(self._place))

    def bar_rect(self, bar: Bar) -> QRect:
        return self._on_screen(self._timeline.bar_box(self._place, bar))

    def role(self) -> QAccessible.Role:
        return _Role.TreeItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = state.focusable = 1
        state.selected = state.focused = int(self._timeline.picker.place == self._place)
        return state


class _BarFace(_Part):
    """The stop or break at a place of its lane."""

    def __init__(self, above: _LaneFace, timeline: Timeline, place: int) -> None:
        super().__init__(timeline)
        self._above = above
        self._place = place

    @property
    def _bar(self) -> Bar | None:
        lane = self._above.lane
        return lane.bars[self._place] if lane and self._place < len(lane.bars) else None

    def isValid(self) -> bool:
        return self._bar is not None

    def parent(self) -> QAccessibleInterface:
        return self._above

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:  # noqa: ARG002 - Qt's signature
        return _NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002 - Qt's signature
        return -1

    def text(self, t: QAccessible.Text) -> str:
        bar, lane = self._bar, self._above.lane
        if bar is None or lane is None:
            return ""
        if t is _Text.Name:
            return words.bar_name(bar, lane, self._timeline.day, self._timeline.rows.get(bar.order))
        told = self._timeline.tip_of(lane, bar)
        return told if t is _Text.Description else ""

    def rect(self) -> QRect:
        return self._above.bar_rect(self._bar) if self._bar is not None else QRect()

    def role(self) -> QAccessible.Role:
        return _Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        bar = self._bar
        state.selectable = state.focusable = 1
        if bar is not None and bar.order:
            state.selected = int(self._timeline.is_selected(bar.order))
            state.focused = int(self._timeline.picker.bar == bar)
        return state
