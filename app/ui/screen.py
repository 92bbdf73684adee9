"""Whether this machine can show the window at all, asked before Qt is, which would only abort."""

import os
import sys

from app.errors import EnvironmentProblem


def has_display() -> bool:
    """Whether there is a screen, or a stand-in was chosen."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_display() -> None:
    """Refuse to open a window where none can be seen.

    Raises:
        EnvironmentProblem: `no_display`, or `root_sandbox` (the map's browser refuses root).
    """
    if not has_display():
        raise EnvironmentProblem("no_display")
    require_sandbox()


def draw_off_screen() -> None:
    """Let Qt draw into memory where there is no screen."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def require_sandbox() -> None:
    """Refuse to start the map's browser as root unless its sandbox was switched off by hand.

    Raises:
        EnvironmentProblem: `root_sandbox`.
    """
    is_root = sys.platform == "linux" and os.geteuid() == 0
    if is_root and os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") != "1":
        raise EnvironmentProblem("root_sandbox")
