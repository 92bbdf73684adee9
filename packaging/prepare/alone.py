"""How two set-ups of one folder stay out of each other's way: the second waits."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from prepare.layout import ROOT
from prepare.running import say

_LOCK = ROOT / "build" / "regie-setup.lock"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when this process ends, however it ends."""
    _LOCK.parent.mkdir(exist_ok=True)
    with _LOCK.open("a") as file:
        if not _take(file, wait=False):
            say("- Another set-up is at work in this folder: waiting for it to end ...")
            while not _take(file, wait=True):
                pass
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str], *, wait: bool) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:  # Windows gives up after ten seconds
            return False
        return True

else:
    import fcntl

    def _take(file: IO[str], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
