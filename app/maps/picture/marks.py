"""What the marks of orders and stock nodes look like as flat shapes."""

from collections.abc import Iterator
from math import cos, pi, sin

from app.domain.orders import Mode, Queue
from app.domain.tours import Colour
from app.drawing import Arc, Disc, Fill, Line, Shape, Stroke, Words
from app.maps.layers import NodeMark, OrderMark, Slack
from app.maps.picture.icons import icon
from app.maps.picture.pen import Pen

NUMBERED_R, STOP_R, HOLLOW_R, SETTLED_R = 8.5, 4.6, 6.6, 4.0
NODE_R, NODE_ICON = 14.5, 19.0
_RING_GAP = 3.4
#: From here on a node's ring of preparation load is amber.
_FULL_LOAD = 0.8
_SETTLED = frozenset({Queue.WITH_CARRIER, Queue.TO_COLLECT, Queue.CLOSED})


def reach(mark: OrderMark, *, numbered: bool) -> float:
    """How far from its middle a mark goes, in pixels."""
    if mark.tour:
        ring = _RING_GAP if mark.slack is not Slack.EASY else 0
        return (NUMBERED_R if numbered else STOP_R) + ring + 1.5
    return (SETTLED_R if mark.queue in _SETTLED and not mark.left_out else HOLLOW_R) + 1.5


def order(x: float, y: float, mark: OrderMark, pen: Pen, *, numbered: bool) -> Iterator[Shape]:
    """A stop in its tour's colour, or an order by the list it waits in."""
    if mark.tour:
        yield from _stop(x, y, mark, pen, numbered=numbered)
    elif mark.left_out is not None or mark.queue in (Queue.TO_PLAN, Queue.NO_CARRIER):
        yield from _left_out(x, y, mark, pen)
    elif mark.queue in _SETTLED:
        yield from _filled(x, y, mark.mode, SETTLED_R, pen.look.colours.text2, pen)
    else:
        yield from _hollow(x, y, mark, pen)


def node(x: float, y: float, mark: NodeMark, pen: Pen) -> Iterator[Shape]:
    """A stock node: disc, icon, the ring of its preparation load, its code below."""
    colours = pen.look.colours
    ink = colours.text1 if mark.active else colours.disabled
    yield Disc(x, y, pen.px(NODE_R + 1), fill=pen.casing)
    yield Disc(
        x, y, pen.px(NODE_R), fill=colours.surface0, stroke=colours.border_strong, width=pen.px(0.8)
    )
    if mark.load_share is not None:
        ring = colours.warn_solid if mark.load_share > _FULL_LOAD else colours.text3
        yield Disc(x, y, pen.px(NODE_R - 1.3), stroke=colours.surface2, width=pen.px(2.6))
        share = max(0.0, min(1.0, mark.load_share))
        yield Arc(x, y, pen.px(NODE_R - 1.3), share, ring, pen.px(2.6))
    yield icon(mark.kind.value, x, y - pen.px(0.3), pen.px(NODE_ICON), ink)


def node_code(x: float, y: float, mark: NodeMark, pen: Pen) -> Words:
    """The code below a node, readable over whatever stands there."""
    ink = pen.look.colours.text1 if mark.active else pen.look.colours.disabled
    below = y + pen.px(NODE_R + 8.5)
    return Words(
        x,
        below,
        mark.code,
        pen.px(10.5),
        ink,
        strong=True,
        halo=pen.look.map.land,
        halo_width=pen.px(3),
    )


def _stop(x: float, y: float, mark: OrderMark, pen: Pen, *, numbered: bool) -> Iterator[Shape]:
    style, r = pen.tour(mark.tour), NUMBERED_R if numbered else STOP_R
    yield from _filled(x, y, mark.mode, r, style.colour, pen)
    if numbered and mark.sequence:
        text = str(mark.sequence)
        yield Words(
            x, y, text, pen.px(8.5 if len(text) > 2 else 10), style.label_colour, strong=True
        )
    if mark.slack is Slack.LATE:
        colours = pen.look.colours
        yield Disc(x, y, pen.px(r + _RING_GAP), stroke=colours.danger, width=pen.px(2.2))
        yield from _bang(x + pen.px(r * 0.95), y - pen.px(r * 0.95), pen)
    elif mark.slack is Slack.TIGHT:
        around = pen.px(r + _RING_GAP)
        dash = (around * 0.42, around * 0.245)
        yield Disc(x, y, around, stroke=pen.look.colours.warn_solid, width=pen.px(2.2), dash=dash)


def _left_out(x: float, y: float, mark: OrderMark, pen: Pen) -> Iterator[Shape]:
    colours = pen.look.colours
    outline = _outline(mark.mode, x, y, pen.px(HOLLOW_R - 1))
    yield Fill((outline,), colours.surface0)
    yield Stroke(((*outline, outline[0]),), colours.text1, pen.px(2), (pen.px(2.9), pen.px(2.1)))
    right, up = x + pen.px(HOLLOW_R * 0.95), y - pen.px(HOLLOW_R * 0.95)
    if mark.left_out is Colour.RED or mark.queue is Queue.NO_CARRIER:
        yield from _octagon(right, up, pen)
    elif mark.left_out is not None:
        yield from _triangle(right, up, pen)


def _hollow(x: float, y: float, mark: OrderMark, pen: Pen) -> Iterator[Shape]:
    colours = pen.look.colours
    outline = _outline(mark.mode, x, y, pen.px(HOLLOW_R - 1))
    yield Fill((outline,), colours.surface0)
    yield Stroke(((*outline, outline[0]),), colours.text1, pen.px(2))
    if mark.no_candidate:
        yield Words(x, y, "?", pen.px(9), colours.text1, strong=True)


def _filled(x: float, y: float, mode: Mode, r: float, colour: str, pen: Pen) -> Iterator[Shape]:
    if mode is Mode.HOME_DELIVERY:
        yield Disc(x, y, pen.px(r + 1.2), fill=pen.casing)
        yield Disc(x, y, pen.px(r), fill=colour)
        return
    yield Fill((_outline(mode, x, y, pen.px(r + 1.2)),), pen.casing)
    yield Fill((_outline(mode, x, y, pen.px(r)),), colour)


def _outline(mode: Mode, x: float, y: float, r: float) -> Line:
    """A circle, a diamond for pickup points, a house for collection: each about as large."""
    if mode is Mode.PICKUP_POINT:
        d = r * 1.22
        return ((x, y - d), (x + d, y), (x, y + d), (x - d, y))
    if mode is Mode.CLICK_AND_COLLECT:
        wide = r * 1.04
        return (
            (x, y - r * 1.16),
            (x + wide, y - r * 0.16),
            (x + wide, y + r * 0.98),
            (x - wide, y + r * 0.98),
            (x - wide, y - r * 0.16),
        )
    corners = (2 * pi * n / 28 for n in range(28))
    return tuple((x + r * cos(a), y + r * sin(a)) for a in corners)


def _bang(x: float, y: float, pen: Pen) -> Iterator[Shape]:
    colours = pen.look.colours
    yield Disc(x, y, pen.px(5.5), fill=colours.surface0)
    yield Disc(x, y, pen.px(4.6), fill=colours.danger)
    yield Words(x, y, "!", pen.px(8), colours.surface0, strong=True)


def _triangle(x: float, y: float, pen: Pen) -> Iterator[Shape]:
    colours = pen.look.colours
    for grown, colour in ((1.3, colours.surface0), (1.0, colours.warn_solid)):
        tall, wide = pen.px(5.4 * grown), pen.px(5.6 * grown)
        yield Fill(
            (((x, y - tall), (x + wide, y + tall * 0.82), (x - wide, y + tall * 0.82)),), colour
        )
    yield Words(x, y + pen.px(0.8), "!", pen.px(8), colours.text1, strong=True)


def _octagon(x: float, y: float, pen: Pen) -> Iterator[Shape]:
    colours = pen.look.colours
    for r, colour in ((6.4, colours.surface0), (5.2, colours.danger)):
        corners = ((n + 0.5) * pi / 4 for n in range(8))
        yield Fill(
            (tuple((x + pen.px(r) * cos(a), y + pen.px(r) * sin(a)) for a in corners),), colour
        )
    arm = pen.px(2)
    cross = (((x - arm, y - arm), (x + arm, y + arm)), ((x - arm, y + arm), (x + arm, y - arm)))
    yield Stroke(cross, colours.surface0, pen.px(1.5))
