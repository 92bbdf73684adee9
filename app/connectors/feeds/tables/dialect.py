"""How a text table is written: which separator, which decimal mark."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_LINES = 100

_DECIMAL = re.compile(r"[+-]?\d+([.,])\d+")


def declared_separator(line: str) -> str:
    """The separator of a first line such as `sep=;`, which spreadsheets write and hide."""
    line = line.strip().strip('"')
    return line[4:] if line.lower().startswith("sep=") and line[4:] in SEPARATORS else ""


def likely_separator(lines: Sequence[str]) -> str:
    """The separator that cuts the header into most cells and the other lines into as many."""
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def decimal_mark(rows: Sequence[Sequence[str]]) -> str:
    """The mark that most decimal numbers of a sample use; none when there are none."""
    marks = Counter(
        found[1] for row in rows for cell in row if (found := _DECIMAL.fullmatch(cell.strip()))
    )
    return marks.most_common(1)[0][0] if marks else ""


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of one line by itself; none when it cannot be cut."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _evenness(lines: Sequence[str], separator: str) -> float:
    widths = [len(cells_of(line, separator)) for line in islice(lines, SAMPLE_LINES)]
    if not widths or widths[0] < 2:
        return 0.0
    return widths[0] * sum(width == widths[0] for width in widths) / len(widths)
