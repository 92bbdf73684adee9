"""How a document runs down its pages: what does not fit begins the next one, tables with heads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.drawing import Picture
from app.i18n import _
from app.reports.fonts import BOLD, REGULAR, SEMIBOLD
from app.reports.paper import MM, Page, Style, fitted, text_width, wrapped
from app.reports.picture_pdf import draw_picture
from app.tokens import Tokens

WIDTH, HEIGHT = A4
LEFT, RIGHT = 13 * MM, WIDTH - 13 * MM
TOP, BOTTOM = 13 * MM, HEIGHT - 15 * MM
ROOM = RIGHT - LEFT
#: What a page holds from its head to its foot, and what a heading takes of it.
WHOLE_PAGE, HEADING_ROOM = BOTTOM - TOP, 28.0
_CELL = 4.0
_HEAD = 16.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, how wide it is, and whether figures stand at its right."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of text, each in a style, and a small picture before or instead of them."""

    lines: tuple[tuple[str, Style], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's cells; `fill` colours its ground, `step` is from line to line."""

    cells: tuple[Cell, ...]
    fill: str = ""
    step: float = 10.4


@dataclass(slots=True)
class Flow:
    """A document while it is drawn: where on which page the next thing goes.

    `pages` is how many there will be, 0 while that is not known yet; `running` is the line that
    stands at every page's foot.
    """

    canvas: Canvas
    look: Tokens
    running: str
    pages: int = 0
    page_number: int = 1
    y: float = TOP
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = Page(self.canvas, HEIGHT, self.look.colours)

    def style(self, size: float = 9, colour: str = "text1", face: str = REGULAR) -> Style:
        """A face in a size and one of the look's colours."""
        return Style(face, size, getattr(self.look.colours, colour))

    @property
    def left_over(self) -> float:
        """How much room the page still has."""
        room: float = BOTTOM - self.y
        return room

    def need(self, height: float) -> None:
        """Begin a page unless so much room is left on this one."""
        if self.y + height > BOTTOM and self.y > TOP:
            self.next_page()

    def next_page(self) -> None:
        self._foot()
        self.canvas.showPage()
        self.page_number += 1
        self.y = TOP

    def end(self) -> int:
        """Close the last page; how many there were."""
        self._foot()
        self.canvas.showPage()
        return self.page_number

    def heading(self, title: str, beside: str = "", *, room: float = 60) -> None:
        """The title of a part, which never stands last on its page."""
        self.need(room)
        self.y += 22 if self.y > TOP else 12
        strong = self.style(11.5, face=BOLD)
        self.page.text(LEFT, self.y, title, strong)
        at = LEFT + text_width(title, strong) + 7
        self.page.text(
            at, self.y, fitted(beside, self.style(8.5), RIGHT - at), self.style(8.5, "text3")
        )
        self.y += 6

    def subheading(self, title: str, *, room: float = 44) -> None:
        """The title of a group inside a part."""
        self.need(room)
        self.y += 15
        self.page.text(LEFT, self.y, title, self.style(9, "text2", SEMIBOLD))
        self.y += 3

    def paragraph(self, text: str, style: Style, *, indent: float = 0, step: float = 0) -> None:
        """Text from edge to edge."""
        high = step or style.size * 1.28
        for line in wrapped(text, style, ROOM - indent):
            self.need(high)
            self.y += high
            self.page.text(LEFT + indent, self.y, line, style)

    def picture(self, picture: Picture, x: float = LEFT, *, framed: bool = False) -> None:
        """A picture that never breaks over two pages."""
        self.need(picture.height)
        draw_picture(self.canvas, picture, x, HEIGHT - self.y)
        if framed:
            self.page.frame(x, self.y, picture.width, picture.height)
        self.y += picture.height

    def table(
        self, columns: Sequence[Column], rows: Sequence[TableRow], foot: TableRow | None = None
    ) -> None:
        """Rows under a head that is repeated on every page; the sum stays with the last row."""
        heights = [height_of(row) for row in rows]
        tail = height_of(foot) if foot else 0
        self.need(_HEAD + (heights[0] if heights else 0) + (tail if len(rows) == 1 else 0))
        self._table_head(columns)
        for n, (row, height) in enumerate(zip(rows, heights, strict=True)):
            if self.y + height + (tail if n == len(rows) - 1 else 0) > BOTTOM:
                self.next_page()
                self._table_head(columns)
            self._row(columns, row, height)
        if foot is not None:
            self.page.rule(LEFT, self.y, RIGHT, self.look.colours.border_strong, 0.8)
            self._row(columns, foot, tail, ruled=False)

    def _table_head(self, columns: Sequence[Column]) -> None:
        style = self.style(7.6, "text2", SEMIBOLD)
        x = LEFT
        for column in columns:
            text = fitted(column.title, style, column.width - 2)
            if column.right:
                self.page.text_right(x + column.width - _CELL, self.y + 11, text, style)
            else:
                self.page.text(x + _CELL, self.y + 11, text, style)
            x += column.width
        self.y += _HEAD
        self.page.rule(LEFT, self.y, RIGHT, self.look.colours.border_strong, 0.8)

    def _row(
        self, columns: Sequence[Column], row: TableRow, height: float, *, ruled: bool = True
    ) -> None:
        if row.fill:
            self.page.box(LEFT, self.y, ROOM, height, fill=row.fill)
        x = LEFT
        for column, cell in zip(columns, row.cells, strict=True):
            self._cell(x, column, cell, row.step, height)
            x += column.width
        self.y += height
        if ruled:
            self.page.rule(LEFT, self.y, RIGHT, self.look.colours.border_subtle, 0.5)

    def _cell(self, x: float, column: Column, cell: Cell, step: float, height: float) -> None:
        left = x + _CELL
        if cell.picture is not None:
            top = self.y + min((height - cell.picture.height) / 2, 2.2)
            draw_picture(self.canvas, cell.picture, left, HEIGHT - top)
            left += cell.picture.width + 4
        base = self.y + step - 0.8
        for text, style in cell.lines:
            if column.right:
                self.page.text_right(x + column.width - _CELL, base, text, style)
            else:
                self.page.text(left, base, text, style)
            base += step

    def _foot(self) -> None:
        style = self.style(7.6, "text3")
        y = HEIGHT - 8 * MM
        self.page.text(LEFT, y, self.running, style)
        pages = self.pages or self.page_number
        text = _("page {page} of {pages}").format(page=self.page_number, pages=pages)
        self.page.text_right(RIGHT, y, text, style)


def height_of(row: TableRow) -> float:
    """How high a row is drawn."""
    lines = max((len(cell.lines) for cell in row.cells), default=1)
    pictures = max((c.picture.height for c in row.cells if c.picture is not None), default=0)
    return max(lines * row.step + 3.6, pictures + 2.6)


def paged(draw: Callable[[int], tuple[int, bytes]]) -> bytes:
    """A document that says on each page how many there are: drawn once to count, once to keep."""
    pages, _counted = draw(0)
    return draw(pages)[1]
