"""What this machine offers: room on its disk, the right to write, a display, an administrator."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from prepare.layout import ROOT, VENV
from prepare.troubles import SetUpStopped

SPACE_FOR_EVERYTHING_MB = 3_000
SPACE_FOR_DOWNLOADS_MB = 700

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where it is, not a file of ours


def check_writable() -> None:
    """Refuse, in words, a folder that set-up cannot write to.

    Raises:
        SetUpStopped: the folder, or its `.venv`, is read-only.
    """
    for folder in (ROOT, VENV):
        if folder.exists():
            _try_writing(folder)


def check_space() -> None:
    """Refuse, before the long downloads, a disk that is too full for them.

    Raises:
        SetUpStopped: there is too little room where Régie or temporary files lie.
    """
    for folder, needed_mb in (
        (ROOT, SPACE_FOR_EVERYTHING_MB),
        (Path(tempfile.gettempdir()), SPACE_FOR_DOWNLOADS_MB),
    ):
        free_mb = shutil.disk_usage(folder).free // 1_000_000
        if free_mb < needed_mb:
            raise SetUpStopped(
                f"The disk of {folder} has {free_mb} MB left; set-up needs {needed_mb} MB there. "
                "Free some room, then start again."
            )


def check_shared_memory() -> None:
    """Refuse, in words, a Linux without the shared memory that the map's web view needs.

    Raises:
        SetUpStopped: `/dev/shm` may not be written to.
    """
    if sys.platform == "linux" and not os.access(_SHARED_MEMORY, os.W_OK):
        raise SetUpStopped(
            f"{_SHARED_MEMORY} may not be written to, and the map needs it. In a container, "
            "mount it (Docker and Podman do unless told otherwise), then start again."
        )


def _try_writing(folder: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise
        raise SetUpStopped(
            f"{folder} may not be written to. Copy Régie into a folder of your own, "
            "and start it from there."
        ) from error


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window could appear here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def is_root() -> bool:
    """Whether this is the administrator of a Unix machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_debian_like() -> bool:
    """Whether packages come through apt here."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg") is not None


def release() -> dict[str, str]:
    """What /etc/os-release says, empty elsewhere than on Linux."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {name: text.strip("\"'") for name, text in pairs}
