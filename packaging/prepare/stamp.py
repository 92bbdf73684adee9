"""What of the set-up is already done, so that the next start does nothing twice."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from prepare.layout import PYTHON, ROOT, VENV

_FILE = VENV / "regie-setup.json"
_VERSION_FILE = VENV / "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class Step:
    """One long piece of set-up.

    It is due when its inputs changed since it was last done, or when one of its outputs is gone.
    What is not required may fail: the person is told, and it is tried again at the next start.
    """

    name: str
    says: str
    inputs: str
    outputs: tuple[Path, ...]
    work: Callable[[], None]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Stamp:
    """The steps done in this `.venv`, each with the fingerprint of its inputs."""

    done: dict[str, str]

    def is_due(self, step: Step) -> bool:
        """Whether a step has to be done (again)."""
        return self.done.get(step.name) != step.inputs or not all(
            output.exists() for output in step.outputs
        )

    def record(self, step: Step) -> None:
        """Remember that a step is done; written in one go, so a kill leaves the old stamp."""
        self.done[step.name] = step.inputs
        written = json.dumps({"made_for": made_for(), "done": self.done}, indent=1)
        aside = _FILE.with_suffix(".tmp")
        aside.write_text(written, encoding="utf-8")
        aside.replace(_FILE)


def read_stamp() -> Stamp:
    """The stamp in `.venv`; an empty one when it is missing, unreadable or made elsewhere."""
    try:
        written = json.loads(_FILE.read_text(encoding="utf-8"))
        if written["made_for"] == made_for():
            return Stamp({str(name): str(mark) for name, mark in written["done"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return Stamp({})


def made_for() -> str:
    """The folder and the Python that this `.venv` belongs to."""
    version = _VERSION_FILE.read_text(encoding="utf-8") if _VERSION_FILE.exists() else ""
    return fingerprint_of(str(ROOT), str(PYTHON), sys.platform, version)


def moved_here() -> bool:
    """Whether `.venv` was set up for another folder, so that its scripts point nowhere."""
    try:
        return bool(json.loads(_FILE.read_text(encoding="utf-8"))["made_for"] != made_for())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def fingerprint_of(*texts: str) -> str:
    """One short mark for several texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:20]


def fingerprint_of_files(files: Iterable[Path], *texts: str) -> str:
    """One short mark for the names and contents of files, and for some texts."""
    marks = [
        f"{file.name}:{hashlib.sha256(file.read_bytes()).hexdigest()}"
        for file in sorted(files)
        if file.is_file()
    ]
    return fingerprint_of(*marks, *texts)
