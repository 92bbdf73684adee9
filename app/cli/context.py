"""What a command is given: options, the open workspace, progress on standard error."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: one JSON document, the same in words, and the exit status."""

    document: dict[str, Any]
    text: str
    status: int = 0


@dataclass(slots=True)
class Call:
    """One run of a command; the workspace opens when it is first asked for.

    Offers past their deadline are brought to their end before anything is read.
    """

    data: Path
    at: datetime | None
    json: bool
    options: argparse.Namespace
    _workspace: "Workspace | None" = field(default=None)

    @property
    def workspace(self) -> "Workspace":
        if self._workspace is None:
            from app.workspace import Workspace  # heavy, and not every command opens one

            self._workspace = Workspace.open(self.data)
            if self.at is not None:
                fixed = self.at if self.at.tzinfo else self.at.replace(tzinfo=self._workspace.zone)
                self._workspace.use_clock(lambda: fixed)
            from app.operations.offer_settling import settle_offers  # as heavy

            settle_offers(self._workspace)
        return self._workspace

    def close(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, and its options."""

    run: Callable[[Call], Answer]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _parser: None


class Bar:
    """Progress of long work as a line on standard error, at most ten times a second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = -1
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int, best: str = "") -> None:
        percent = 100 * done // total if total else 0
        if percent == self._shown or (not self._is_terminal and percent % 25):
            return
        self._shown = percent
        line = f"{self._what} {percent} %" + (f" ({best})" if best else "")
        end = "\r" if self._is_terminal and percent < 100 else "\n"
        print(line.ljust(70), end=end, file=sys.stderr, flush=True)  # noqa: T201
