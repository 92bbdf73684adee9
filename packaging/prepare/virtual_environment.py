"""How `.venv` comes to be, sound and with exactly the locked packages."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from prepare.layout import PACKAGING, PYTHON, ROOT, SCRIPTS, VENV, clean_environment
from prepare.machine import is_debian_like, is_root
from prepare.running import progress, run_quietly, say
from prepare.stamp import moved_here
from prepare.system_libraries import apt_line, install_with_apt
from prepare.troubles import SetUpStopped, ToolFailed

RUNTIME_LOCK = PACKAGING / "requirements.txt"
DEVELOPMENT_LOCK = PACKAGING / "requirements-dev.txt"

_UNFINISHED = VENV / "regie-unfinished"
_ACCEPTED = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
_NO_CHATTER = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def is_ready() -> bool:
    """Whether `.venv` can be used: finished, made for this folder, its Python still answering."""
    if not PYTHON.exists() or _UNFINISHED.exists() or moved_here():
        return False
    answer = subprocess.run(
        [PYTHON, "-I", "-c", _ACCEPTED],
        check=False,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return answer.returncode == 0


def make() -> None:
    """Make `.venv`, in place of one that is broken, half made, or of another folder."""
    if VENV.exists():
        _leave_it_first()
        say("- The earlier .venv is broken, unfinished or from elsewhere: it is made anew")
        shutil.rmtree(VENV)
    if importlib.util.find_spec("ensurepip") is None:
        _bring_ensurepip()
    with progress("Making the project's own Python in .venv"):
        run_quietly("Python's venv", [_outer_python(), "-m", "venv", VENV])


def install(lock: Path) -> None:
    """Install what a lock file names, each package checked against its hash.

    A kill in the middle leaves half a package; the mark makes the next start begin afresh.
    """
    _UNFINISHED.touch()
    try:
        pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    except ToolFailed as failure:
        if failure.while_fetching:  # pip downloads everything before it changes anything
            _UNFINISHED.unlink()
        raise
    _UNFINISHED.unlink()


def install_project() -> None:
    """Install Régie itself, so that its command and its plug-ins' entry points exist."""
    pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))


def pip(*words: str) -> None:
    """Run the pip of `.venv`."""
    run_quietly("pip", [PYTHON, "-m", "pip", *words], extra=_NO_CHATTER)


def _outer_python() -> str:
    """The Python outside `.venv`, even when this very process runs inside it."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _leave_it_first() -> None:
    if Path(sys.prefix) == VENV and SCRIPTS.name == "Scripts":  # Windows keeps files in use
        raise SetUpStopped(
            "This Python is the one in .venv, which has to be made anew. "
            "Start again with the Python outside: py packaging\\bootstrap.py run"
        )


def _bring_ensurepip() -> None:
    package = f"python3.{sys.version_info[1]}-venv"
    if is_root() and is_debian_like():
        with progress(f"Installing {package}"):
            install_with_apt(lambda: [package])
            importlib.invalidate_caches()
    elif is_debian_like():
        raise SetUpStopped(
            "This Python cannot make virtual environments. Type this line, then start again:\n\n"
            f"  {apt_line([package])}\n"
        )
    else:
        raise SetUpStopped(
            "This Python cannot make virtual environments: its module ensurepip is missing. "
            "Install the package of your system that has it, or a Python from python.org."
        )
