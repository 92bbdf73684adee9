"""How the base page outlives one run: rendering it anew would cost each start seconds."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

_END = "</html>"


def kept_page(key: str, render: Callable[[], str], folder: Path | None = None) -> str:
    """The page kept under this key, or one rendered now and kept for the next start.

    The key must change with everything that the page depends on. A folder that cannot be written
    only costs the time.
    """
    file = (folder or user_cache_path("regie", appauthor=False)) / f"map-page-{key}.html"
    try:
        page = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        page = ""
    if page.rstrip().endswith(_END):
        return page
    page = render()
    with contextlib.suppress(OSError):
        _keep(file, page)
    return page


def _keep(file: Path, page: str) -> None:
    """Write beside and rename: whoever reads meanwhile sees all of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for old in file.parent.glob("map-page-*.html"):
        old.unlink(missing_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.tmp")
    unfinished.write_text(page, encoding="utf-8")
    unfinished.replace(file)
