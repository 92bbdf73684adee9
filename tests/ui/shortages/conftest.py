"""Each test keeps the window's geometry to itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    scope = QSettings.Scope.UserScope
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, scope, str(tmp_path / "settings"))
