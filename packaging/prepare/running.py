"""How a tool is run on a person's behalf: quietly, its words logged, its failure explained."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from prepare.layout import LOG, ROOT, clean_environment
from prepare.troubles import SetUpStopped, ToolFailed


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Tell the person what is wrong."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Announce a long step, and say how long it took."""
    say(f"- {doing} ...")
    start = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - start:.0f} s")


def run_quietly(
    tool: str,
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    extra: Mapping[str, str] | None = None,
) -> str:
    """Run a tool and give back what it said.

    Raises:
        ToolFailed: it ended with an error, explained in words.
        SetUpStopped: it could not be started at all.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=clean_environment() | dict(extra or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise SetUpStopped(f"{tool} could not be started: {words[0]} is not there.") from error
    _log(words, done.stdout)
    if done.returncode != 0:
        raise ToolFailed(tool, done.stdout)
    return done.stdout


def _log(words: Sequence[str], output: str) -> None:
    if LOG.parent.is_dir():
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(words)}\n{output}\n")
