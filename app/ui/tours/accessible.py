"""What a screen reader hears of the timeline: the lane or stop where the keyboard stands.

The timeline's own tree of lanes would need `QAccessible.installFactory` in Python; PySide 6.11 asks
such a factory about Chromium's inner objects too, and crashes when the map takes the focus.
"""

from app.i18n import _
from app.ui.tours import words
from app.ui.tours.timeline import Timeline


def let_read(timeline: Timeline) -> None:
    """Let screen readers hear where the keyboard stands, each time it moves."""
    timeline.setAccessibleName(_("Tours of the day"))
    timeline.changed.connect(lambda: _say_where(timeline))
    _say_where(timeline)


def _say_where(timeline: Timeline) -> None:
    place, bar = timeline.picker.place, timeline.picker.bar
    if place is None:
        said = ""
    elif bar is None:
        lane = timeline.picker.lanes[place]
        said = f"{words.lane_name(lane)}. {words.lane_tip(lane, timeline.day)}"
    else:
        lane = timeline.picker.lanes[place]
        name = words.bar_name(bar, lane, timeline.day, timeline.rows.get(bar.order))
        said = f"{name}. {timeline.tip_of(lane, bar)}"
    timeline.setAccessibleDescription(said)
