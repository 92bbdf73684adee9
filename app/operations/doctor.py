"""What this machine lacks: Python, SQLite, made files, system libraries, room, display."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from app import formats
from app.domain.reasons import Reason, because
from app.errors import EnvironmentProblem
from db.engine import refuse_old_sqlite
from resources import resource

#: Below it, a day's work may not fit.
LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and whether it is as it should be."""

    ok: bool
    reason: Reason


def examine(folder: Path) -> list[Finding]:
    """Look at the machine and at a workspace folder; opens and changes nothing."""
    return [*_program(), *_files(), *_folder(folder), *_libraries(), *_display()]


def _program() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield Finding(sys.version_info >= (3, 11), because("doctor_python", found=found))
    try:
        refuse_old_sqlite()
        yield Finding(True, because("doctor_sqlite"))
    except EnvironmentProblem as problem:
        yield Finding(False, problem.reason)


def _files() -> Iterator[Finding]:
    made_at_setup = {
        "doctor_french": ("translations", "fr", "LC_MESSAGES", "regie.mo"),
        "doctor_gazetteer": ("geo", "built", "gazetteer.sqlite"),
        "doctor_map": ("web", "vendor", "leaflet", "leaflet.js"),
    }
    for code, parts in made_at_setup.items():
        there = resource(*parts).is_file()
        yield Finding(there, because(code if there else f"{code}_missing"))


def _folder(folder: Path) -> Iterator[Finding]:
    near = next((p for p in (folder, *folder.parents) if p.exists()), Path.cwd())
    writable = near.is_dir() and os.access(near, os.W_OK)
    code = "doctor_folder" if writable else "doctor_folder_read_only"
    yield Finding(writable, because(code, folder=str(folder)))
    free = shutil.disk_usage(near).free
    code = "doctor_room" if free >= LEAST_FREE_BYTES else "doctor_room_short"
    yield Finding(free >= LEAST_FREE_BYTES, because(code, free=formats.number(free / 1e9, 1)))


def _libraries() -> Iterator[Finding]:
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        yield Finding(False, because("doctor_qt_missing"))
        return
    if sys.platform != "linux":
        return
    missing = _missing_libraries(Path(spec.submodule_search_locations[0]))
    if missing:
        yield Finding(False, because("doctor_libraries_missing", names=", ".join(missing)))
    else:
        yield Finding(True, because("doctor_libraries"))


def _missing_libraries(qt: Path) -> list[str]:
    asked = [
        *qt.glob("Qt/plugins/platforms/libqoffscreen.so"),
        *qt.glob("Qt/plugins/platforms/libqxcb.so"),
        *qt.glob("Qt/plugins/xcbglintegrations/*.so"),
        *qt.glob("Qt/lib/libQt6WebEngineCore.so.6"),
        *qt.glob("Qt/libexec/QtWebEngineProcess"),
    ]
    ldd = shutil.which("ldd")
    if ldd is None:
        return []
    own = f"{qt / 'Qt' / 'lib'}:{qt.parent / 'shiboken6'}"
    said = subprocess.run(  # noqa: S603 - fixed program, our own files
        [ldd, *map(str, asked)],
        env={**os.environ, "LD_LIBRARY_PATH": own},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return sorted(set(re.findall(r"(\S+) => not found", said)))


def _display() -> Iterator[Finding]:
    if sys.platform != "linux":
        return
    there = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    yield Finding(True, because("doctor_display" if there else "doctor_no_display"))
