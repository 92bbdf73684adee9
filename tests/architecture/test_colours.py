"""No colour but from the tokens: literals elsewhere would not follow the theme."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LITERAL = re.compile(
    r"""(?<![\w&])\#(?:[0-9A-F]{6}|[0-9A-F]{8})\b|["':]\s*\#[0-9A-F]{3}\b"""
    r"""|\brgba?\(|\bhsla?\("""
    r"""|QColor\(\s*(?:["']|\d)"""
    r"""|GlobalColor\.(?!transparent\b)\w+"""
    r"""|(?:color|colour|fill|stroke|background)\s*[:=]\s*["']?(?:white|black|red|green|blue|grey|gray)\b""",
    re.IGNORECASE,
)


def painted_files() -> list[Path]:
    """Everything that draws for people."""
    python = [
        file
        for part in ("ui", "maps", "reports")
        for file in (PROJECT / "app" / part).rglob("*.py")
    ]
    web = PROJECT / "resources" / "web"
    scripts = [
        file
        for ending in ("*.js", "*.css", "*.html")
        for file in web.rglob(ending)
        if "vendor" not in file.parts
    ]
    return [*python, *scripts, *(PROJECT / "resources" / "styles").glob("*.qss")]


def test_no_colour_is_written_outside_the_tokens():
    found = [
        f"{file.relative_to(PROJECT)}:{number}: {line.strip()}"
        for file in painted_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if LITERAL.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'pen = QPen(QColor("red"))',
        "painter.fillRect(box, QColor(255, 0, 0))",
        'stroke: "#1D5FCC",',
        "  color: #fff;",
        "background: rgba(0, 0, 0, 0.2)",
        "painter.setPen(Qt.GlobalColor.black)",
        "fill: white;",
    ],
)
def test_a_colour_literal_is_noticed(line: str):
    assert LITERAL.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "picture.fill(Qt.GlobalColor.transparent)",
        'QColor(getattr(look.colours, "text1"))',
        "background: $surface1;",
        "color: var(--text1)",
        "# see #770 for why",
        'element = document.querySelector("#map")',
    ],
)
def test_what_is_no_colour_passes(line: str):
    assert not LITERAL.search(line)
