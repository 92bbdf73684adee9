"""How the lock files are made, and that they name no address."""

import re
from collections.abc import Sequence
from pathlib import Path

from prepare.layout import PACKAGING, SCRIPTS, WEB
from prepare.running import progress, run_quietly, say
from prepare.troubles import SetUpStopped
from prepare.web_assets import find_npm, install_npm

LOCKS = (
    PACKAGING / "requirements.txt",
    PACKAGING / "requirements-dev.txt",
    PACKAGING / "requirements-benchmarks.txt",
    WEB / "package-lock.json",
)

_COMPILE = (
    *("pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
)
_ADDRESS = re.compile(
    r"\w+://\S*|file:\S*|--(?:extra-)?index-url.*|--find-links.*|\s/\S+|\"resolved\".*"
)


def lock(uv_arguments: Sequence[str]) -> int:
    """Write the lock files anew; what they already hold stays unless told `--upgrade`."""
    with progress("Locking the Python packages"):
        _compile("requirements", *uv_arguments)
        # each lock repeats the choices of the one before: tests run on what people run
        _compile("requirements-dev", "--constraint", "requirements.txt", *uv_arguments)
        _compile("requirements-benchmarks", "--constraint", "requirements-dev.txt", *uv_arguments)
    with progress("Locking the web packages"):
        npm = find_npm() or install_npm()
        run_quietly("npm", [npm, "install", "--package-lock-only", "--ignore-scripts"], cwd=WEB)
    for file in LOCKS:
        refuse_addresses(file)
    say("Commit the lock files together with the requirements that they lock.")
    return 0


def refuse_addresses(file: Path) -> None:
    """Refuse a lock file that would send everybody to one machine's registry.

    Raises:
        SetUpStopped: the file names an address or a path.
    """
    if found := addresses_in(file.read_text(encoding="utf-8")):
        raise SetUpStopped(f"{file} names addresses, and must not: {', '.join(found[:5])}")


def addresses_in(lock_text: str) -> list[str]:
    """Every address, absolute path or index option in a lock file's text."""
    return [found.strip() for found in _ADDRESS.findall(lock_text)]


def _compile(name: str, *more: str) -> None:
    files = ("-o", f"{name}.txt", f"{name}.in")
    run_quietly("uv", (SCRIPTS / "uv", *_COMPILE, *more, *files), cwd=PACKAGING)
