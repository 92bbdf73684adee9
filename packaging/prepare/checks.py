"""What a change has to pass: style, layers, types, translations, tests; all of them each time."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prepare.application import environment
from prepare.layout import PACKAGING, PYTHON, ROOT
from prepare.running import say

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"


@dataclass(frozen=True, slots=True)
class Check:
    """One check, and the words that run it."""

    name: str
    command: tuple[str | Path, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended."""

    name: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'passed' if self.passed else 'FAILED'}  {self.name} ({self.seconds:.0f} s)"


def all_checks(pytest_arguments: Sequence[str]) -> tuple[Check, ...]:
    """Every check, the quick ones first."""
    return (
        Check("ruff check", (PYTHON, "-m", "ruff", "check", ".")),
        Check("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
        Check("lint-imports", (PYTHON, "-c", _LINT_IMPORTS)),
        Check("mypy", (PYTHON, "-m", "mypy")),
        Check("messages", (PYTHON, PACKAGING / "messages.py", "check")),
        Check("pytest", (PYTHON, "-m", "pytest", *pytest_arguments)),
    )


def check_everything(pytest_arguments: Sequence[str]) -> int:
    """Run every check, whatever the earlier ones said; 1 when any failed."""
    offscreen = environment(with_window=False)
    outcomes = [run(check, offscreen) for check in all_checks(pytest_arguments)]
    say("\n" + "\n".join(map(str, outcomes)))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def run(check: Check, with_environment: Mapping[str, str]) -> Outcome:
    """Run one check before the person's eyes."""
    say(f"\n== {check.name}")
    start = time.monotonic()
    done = subprocess.run(check.command, cwd=ROOT, check=False, env=dict(with_environment))
    return Outcome(check.name, done.returncode == 0, time.monotonic() - start)
