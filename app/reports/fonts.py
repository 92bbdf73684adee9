"""Which typeface printed documents are set in: Source Sans, embedded in every file."""

from functools import cache
from importlib.resources import as_file, files

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSansPro"
SEMIBOLD = "SourceSansPro-Semibold"
BOLD = "SourceSansPro-Bold"
_FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
}


@cache
def register_fonts() -> None:
    """Make the faces known to reportlab, once a process."""
    folder = files("font_source_sans_pro") / "files"
    for name, file_name in _FILES.items():
        with as_file(folder / file_name) as path:
            registerFont(TTFont(name, str(path)))
