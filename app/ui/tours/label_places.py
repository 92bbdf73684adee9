"""Where each sign of a lane's label stands, and what gives way when the pane is narrow."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.ui.icons import Icon
from app.ui.theme import Theme
from app.ui.tours.lanes import Lane
from app.ui.widgets.looks import Badge
from app.ui.widgets.marks import badge_width, chip_width

#: Below this width the drivers' names go, below the other one the load bar and the Crit'Air disc.
NARROW_PX, SLIM_PX = 1100, 620
STATE_X, CHIP_X = 8, 28
DISC, LOCK = 17, 14
_BAR, _SHORT_BAR = 34, 26
_NAME = (72, 150)
_SHORT_NAME = (64, 124)
_DRIVER = (48, 92)


@dataclass(frozen=True, slots=True)
class LabelPlaces:
    """Left edges and widths in pixels; a width of 0 = not shown."""

    name_x: int
    name_width: int
    driver_x: int
    driver_width: int
    lock_x: int
    disc_x: int
    disc_width: int
    bar_x: int
    bar_width: int
    share_x: int
    share_width: int
    badge_x: int
    width: int


def label_places(theme: Theme, lanes: Iterable[Lane], pane_width: int) -> LabelPlaces:
    """Places for these lanes in a pane of this width: the same for every lane."""
    shown = list(lanes)
    narrow, slim = pane_width < NARROW_PX, pane_width < SLIM_PX
    chip = max((chip_width(theme, lane.number) for lane in shown if lane.number), default=24)
    name_x = CHIP_X + chip + 6
    name = _widest(
        theme, (lane.label for lane in shown), _SHORT_NAME if narrow else _NAME, strong=True
    )
    driver_x = name_x + name + 10
    drivers = (lane.vehicle.driver for lane in shown)
    driver = 0 if narrow else _widest(theme, drivers, _DRIVER)
    lock_x = driver_x + driver + (6 if driver else 0)
    locked = any(lane.tour is not None and lane.tour.locked for lane in shown)
    disc_x = lock_x + (LOCK + 3 if locked or not narrow else 2)
    disc = 0 if slim else DISC
    bar_x = disc_x + disc + (5 if disc else 0)
    bar = 0 if slim else _SHORT_BAR if narrow else _BAR
    share_x = bar_x + bar + (4 if bar else 0)
    share = theme.metrics(theme.tokens.type.small).horizontalAdvance("100\u00a0%") + 2
    badge_x = share_x + share + 8
    badges = [badge_width(theme, badge) for lane in shown if (badge := badge_of(lane))]
    width = badge_x + max(badges, default=28) + 6
    return LabelPlaces(
        name_x,
        name,
        driver_x,
        driver,
        lock_x,
        disc_x,
        disc,
        bar_x,
        bar,
        share_x,
        share,
        badge_x,
        width,
    )


def badge_of(lane: Lane) -> Badge | None:
    """How many stops come late, else how many have little time to spare."""
    if lane.late:
        return Badge(str(lane.late), "danger", Icon.LATE)
    return Badge(str(lane.tight), "warn", Icon.LATE) if lane.tight else None


def _widest(
    theme: Theme, texts: Iterable[str], limits: tuple[int, int], *, strong: bool = False
) -> int:
    metrics = theme.metrics(strong=strong)
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 2
    return min(max(widest, limits[0]), limits[1])
