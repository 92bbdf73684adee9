"""Which typeface printed documents are set in: Source Sans, embedded in every file."""

from functools import cache
from importlib.resources import as_file, files

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSansPro"
SEMIBOLD = "SourceSansPro-Semibold"
BOLD = "SourceSansPro-Bold"
_FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
}
#: The faces of screens run up to so much wider than the one we measure with.
_WIDER = 1.2


@cache
def register_fonts() -> None:
    """Make the faces known to reportlab, once a process."""
    folder = files("font_source_sans_pro") / "files"
    for name, file_name in _FILES.items():
        with as_file(folder / file_name) as path:
            registerFont(TTFont(name, str(path)))


def width_of(text: str, size: float, strong: bool) -> float:
    """How wide a text comes out, in points."""
    register_fonts()
    width: float = stringWidth(text, SEMIBOLD if strong else REGULAR, size)
    return width


def screen_width(text: str, size: float, strong: bool) -> float:
    """How wide a text may come out in whatever face the reader's system has, in its pixels."""
    return _WIDER * width_of(text, size, strong)
