"""What is loaded before anybody sees anything: windows and commands wait for nothing heavy."""

import subprocess
import sys

import pytest

#: Each takes a tenth of a second and more; who needs one loads it then.
HEAVY = {
    "alembic",
    "folium",
    "geopy",
    "holidays",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "PIL",
    "pyvrp",
    "reportlab",
    "requests",
}


@pytest.mark.parametrize(
    ("start", "too_heavy"),
    [
        ("app.cli", HEAVY | {"sqlalchemy", "PySide6"}),
        ("app.cli.keeping", HEAVY | {"PySide6"}),
        ("app.workspace", HEAVY | {"PySide6"}),
        ("app.ui.application", HEAVY),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(start: str, too_heavy: set[str]):
    script = f"import sys, {start}; print(*(name.partition('.')[0] for name in sys.modules))"

    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)

    assert too_heavy.intersection(ran.stdout.split()) == set()
