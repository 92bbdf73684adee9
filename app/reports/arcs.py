"""A part of a circle as a line of short straight pieces."""

from math import ceil, cos, pi, sin

from app.drawing import Arc, Line


def arc_line(arc: Arc) -> Line:
    """From the top, clockwise, as far as the arc's share goes."""
    pieces = max(2, ceil(48 * arc.share))
    angles = (-pi / 2 + 2 * pi * arc.share * n / pieces for n in range(pieces + 1))
    return tuple((arc.x + arc.r * cos(a), arc.y + arc.r * sin(a)) for a in angles)
