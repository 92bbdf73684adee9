"""How a picture is put on a printed page, with the faces that the page is set in."""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from app.drawing import Arc, Box, Disc, Fill, Line, Picture, Shape, Stroke, Words
from app.reports.arcs import arc_line
from app.reports.fonts import REGULAR, SEMIBOLD, width_of

#: From the middle of a line of text down to where its letters stand, in shares of its size.
_TO_BASELINE = 0.33


def draw_picture(canvas: Canvas, picture: Picture, x: float, top: float) -> None:
    """The picture with its upper left corner at (x, top), in points from the page's foot."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, top - picture.height, picture.width, picture.height)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.translate(x, top)
    canvas.setLineJoin(1)
    for shape in picture.shapes:
        _draw(canvas, shape)
    canvas.restoreState()


def _draw(canvas: Canvas, shape: Shape) -> None:
    match shape:
        case Fill():
            _fill(canvas, shape)
        case Stroke():
            _stroke(canvas, shape)
        case Disc():
            _outline(canvas, shape.stroke, shape.width, shape.dash)
            _paint(canvas, shape.fill)
            canvas.circle(
                shape.x, -shape.y, shape.r, stroke=bool(shape.stroke), fill=bool(shape.fill)
            )
        case Arc():
            _stroke(canvas, Stroke((arc_line(shape),), shape.stroke, shape.width))
        case Box():
            _box(canvas, shape)
        case Words():
            _write(canvas, shape)


def _fill(canvas: Canvas, shape: Fill) -> None:
    path = canvas.beginPath()
    for ring in shape.rings:
        _trace(path, ring)
        path.close()
    _paint(canvas, shape.colour)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)


def _stroke(canvas: Canvas, shape: Stroke) -> None:
    path = canvas.beginPath()
    for line in shape.lines:
        _trace(path, line)
    canvas.setLineCap(1 if shape.round_ends else 0)
    _outline(canvas, shape.colour, shape.width, shape.dash)
    canvas.drawPath(path, stroke=1, fill=0)


def _box(canvas: Canvas, box: Box) -> None:
    _outline(canvas, box.stroke, box.line)
    _paint(canvas, box.fill)
    bottom, drawn = -box.y - box.height, {"stroke": bool(box.stroke), "fill": bool(box.fill)}
    if box.radius:
        radius = min(box.radius, box.width / 2, box.height / 2)
        canvas.roundRect(box.x, bottom, box.width, box.height, radius, **drawn)
    else:
        canvas.rect(box.x, bottom, box.width, box.height, **drawn)


def _write(canvas: Canvas, words: Words) -> None:
    """The halo first; what changes how text is set must not outlive it."""
    long = width_of(words.text, words.size, words.strong) + words.spacing * len(words.text)
    left = words.x - {"start": 0.0, "middle": long / 2, "end": long}[words.anchor]
    canvas.saveState()
    if words.halo:
        canvas.saveState()
        _outline(canvas, words.halo, words.halo_width)
        _text(canvas, words, left, hollow=True)
        canvas.restoreState()
    _paint(canvas, words.colour)
    _text(canvas, words, left)
    canvas.restoreState()


def _text(canvas: Canvas, words: Words, left: float, *, hollow: bool = False) -> None:
    text = canvas.beginText(left, -(words.y + _TO_BASELINE * words.size))
    text.setFont(SEMIBOLD if words.strong else REGULAR, words.size)
    if hollow:
        text.setTextRenderMode(1)
    if words.spacing:
        text.setCharSpace(words.spacing)
    text.textOut(words.text)
    canvas.drawText(text)


def _trace(path: object, line: Line) -> None:
    first, *rest = line
    path.moveTo(first[0], -first[1])  # type: ignore[attr-defined]
    for x, y in rest:
        path.lineTo(x, -y)  # type: ignore[attr-defined]


def _outline(canvas: Canvas, colour: str, width: float, dash: tuple[float, ...] = ()) -> None:
    if colour:
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(width)
        canvas.setDash(list(dash))


def _paint(canvas: Canvas, colour: str) -> None:
    if colour:
        canvas.setFillColor(HexColor(colour))
