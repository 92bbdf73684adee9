"""Where things lie in the project folder, and where its own Python is."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
WEB = PACKAGING / "web"
NODE_MODULES = WEB / "node_modules"
VENDOR = ROOT / "resources" / "web" / "vendor"
GEO = ROOT / "resources" / "geo"
TRANSLATIONS = ROOT / "resources" / "translations"
VENV = ROOT / ".venv"
LOG = VENV / "regie-setup.log"

_WINDOWS = sys.platform == "win32"
SCRIPTS = VENV / ("Scripts" if _WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if _WINDOWS else "python")
ENTRY_POINT = SCRIPTS / ("regie.exe" if _WINDOWS else "regie")

_MISLEADING = (  # each would send an installation elsewhere, or other modules into our Python
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_TARGET",
    "PIP_USER",
)


def clean_environment() -> dict[str, str]:
    """This process's environment without what would mislead the project's own Python."""
    environment = {name: text for name, text in os.environ.items() if name not in _MISLEADING}
    environment["PATH"] = os.pathsep.join([str(SCRIPTS), environment.get("PATH", os.defpath)])
    if not any(environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")):
        environment["LANG"] = "C.UTF-8"
    return environment
