"""How Régie is started once everything is there: with a window, or playing the day without one."""

import signal
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prepare.layout import PYTHON, clean_environment
from prepare.machine import has_display, is_root
from prepare.running import complain, run_quietly, say

_MOST_NAMED = 60
_WHERE_DATA_LIES = "import platformdirs; print(platformdirs.user_data_dir('regie', False))"


def start(arguments: Sequence[str]) -> int:
    """Start Régie: with arguments as its command line, without any on the demonstration day."""
    if arguments:
        return regie(*arguments)
    data = Path(run_quietly("Python", [PYTHON, "-c", _WHERE_DATA_LIES]).splitlines()[-1])
    return _show(data / "demonstration") if has_display() else _play(data / "demonstration-played")


def regie(*words: str | Path) -> int:
    """Run Régie with these words as its command line; the exit status is its own."""
    done = subprocess.run([PYTHON, "-P", "-m", "app", *words], check=False, env=environment())
    if done.returncode < 0:
        complain(f"Régie was ended by signal {-done.returncode}; its last words are above.")
        if done.returncode == -signal.SIGABRT and has_display():  # how Qt ends without a screen
            complain("If the display cannot be reached, unset DISPLAY: the day is then played.")
        return 128 - done.returncode
    return done.returncode


def environment(*, with_window: bool | None = None) -> dict[str, str]:
    """The environment for Qt on this machine; by default with a window where there is a display."""
    ours = clean_environment()
    if not (has_display() if with_window is None else with_window):
        ours["QT_QPA_PLATFORM"] = "offscreen"
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):  # offscreen would use their graphics
            ours.pop(name, None)
    if is_root():  # Chromium refuses to run as root inside its sandbox
        ours["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    return ours


def warn_about_root() -> None:
    """Say what being the administrator costs."""
    if is_root():
        say("- You are root: the map's web view runs without its sandbox")


def _show(workspace: Path) -> int:
    """Open the window on the demonstration day, filled at the first start."""
    filled = workspace.with_name("demonstration.filled")
    if not (filled.exists() and workspace.exists()):
        if workspace.exists():  # an earlier start was stopped while filling it
            aside = workspace.with_name(f"demonstration-unfinished-{_now()}")
            workspace.rename(aside)
            say(f"- The demonstration day was only half there; it now lies in {aside}")
        workspace.parent.mkdir(parents=True, exist_ok=True)
        say(f"- Filling the demonstration day in {workspace} ...")
        if status := regie("--data", workspace, "demo"):
            return status
        filled.touch()
    return regie("--data", workspace)


def _play(folder: Path) -> int:
    """Play the demonstration day to its end in a fresh workspace, and tell what it wrote."""
    here = folder / _now()
    written = here / "day"
    here.mkdir(parents=True, exist_ok=True)
    say(f"- No display here: playing the demonstration day into {written} ...")
    if status := regie("--data", here / "workspace", "demo", "--play", written):
        return status
    _tell_files(written)
    return 0


def _tell_files(folder: Path) -> None:
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    say(f"\nThe day's {len(files)} files are in {folder}:")
    for file in files[:_MOST_NAMED]:
        say(f"  {file}")
    if len(files) > _MOST_NAMED:
        say(f"  and {len(files) - _MOST_NAMED} more")


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
