"""Which steps make this machine ready for what was asked, and which of them are still due."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from prepare import machine, system_libraries, virtual_environment, web_assets
from prepare.alone import alone
from prepare.layout import (
    ENTRY_POINT,
    GEO,
    NODE_MODULES,
    PACKAGING,
    PYTHON,
    ROOT,
    TRANSLATIONS,
    WEB,
)
from prepare.running import complain, progress, run_quietly
from prepare.stamp import Stamp, Step, fingerprint_of, fingerprint_of_files, read_stamp
from prepare.troubles import SetUpStopped

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_BUILD_GEO = PACKAGING / "build_geo.py"
_MESSAGES = PACKAGING / "messages.py"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the set-up is for: how much it has to bring, and what may be missing."""

    with_screen: bool
    starts_qt: bool
    for_tests: bool = False


def make_ready(purpose: Purpose) -> None:
    """Do what is still due for this purpose; nothing when nothing is.

    Raises:
        SetUpStopped: this machine is not good enough, and why.
    """
    if purpose.starts_qt:
        machine.check_shared_memory()
    if not _is_all_done(purpose):
        machine.check_writable()
        with alone():
            _do_what_is_due(purpose)


def steps_for(purpose: Purpose) -> Iterator[Step]:
    """The steps in their order, each with the fingerprint of what it depends on."""
    yield _packages("packages", "Installing the locked packages (two minutes, 500 MB)")
    if purpose.for_tests:
        yield _packages("tools", "Installing the tools that check and test")
    if sys.platform == "linux":
        yield from _system_steps(purpose)
    yield Step(
        "project",
        "Installing Régie itself",
        fingerprint_of_files([ROOT / "pyproject.toml", PACKAGING / "requirements.in"]),
        (ENTRY_POINT,),
        virtual_environment.install_project,
    )
    yield from _resource_steps()


def _is_all_done(purpose: Purpose) -> bool:
    if not virtual_environment.is_ready():
        return False
    stamp = read_stamp()
    return not any(stamp.is_due(step) for step in steps_for(purpose))


def _do_what_is_due(purpose: Purpose) -> None:
    if sys.platform == "linux" and purpose.starts_qt:
        _bring_libraries_early(purpose)
    if not virtual_environment.is_ready():
        machine.check_space()
        virtual_environment.make()
    stamp = read_stamp()
    for step in steps_for(purpose):
        if stamp.is_due(step):
            _do(step, stamp)


def _do(step: Step, stamp: Stamp) -> None:
    try:
        with progress(step.says):
            step.work()
    except SetUpStopped as trouble:
        if step.required:
            raise
        complain(f"  {trouble}")
    else:
        stamp.record(step)


def _bring_libraries_early(purpose: Purpose) -> None:
    """Ask for missing libraries before the long downloads, not after them."""
    find_missing = partial(system_libraries.missing_before_qt, with_screen=purpose.with_screen)
    if find_missing():
        with progress("Bringing the system libraries that Qt needs"):
            system_libraries.bring(find_missing)


def _packages(name: str, says: str) -> Step:
    lock = {
        "packages": virtual_environment.RUNTIME_LOCK,
        "tools": virtual_environment.DEVELOPMENT_LOCK,
    }[name]
    return Step(
        name, says, fingerprint_of_files([lock]), (), partial(virtual_environment.install, lock)
    )


def _system_steps(purpose: Purpose) -> Iterator[Step]:
    system = fingerprint_of_files(
        [virtual_environment.RUNTIME_LOCK], *sorted(map(str, machine.release().items()))
    )
    find_missing = partial(system_libraries.missing_for_qt, with_screen=purpose.with_screen)
    yield Step(
        "screen libraries" if purpose.with_screen else "libraries",
        "Checking the system libraries that Qt needs",
        system,
        (),
        partial(system_libraries.bring, find_missing),
        required=purpose.starts_qt,
    )
    opens_pages = purpose.for_tests and purpose.starts_qt
    if opens_pages and not any(map(shutil.which, BROWSERS)):
        yield Step(
            "browser",
            "Installing a browser, in which tests open what Régie writes",
            fingerprint_of("chromium"),
            (Path("/usr/bin/chromium"),),
            _bring_browser,
            required=False,
        )


def _bring_browser() -> None:
    is_debian = machine.release().get("ID") == "debian"
    if not (is_debian and machine.is_root()):
        line = system_libraries.apt_line(["chromium"]) if is_debian else "install Chromium"
        raise SetUpStopped(f"No browser is here for the tests that need one. To have it: {line}")
    system_libraries.install_with_apt(lambda: ["chromium"])


def _resource_steps() -> Iterator[Step]:
    web_lock = [WEB / "package.json", WEB / "package-lock.json"]
    yield Step(
        "web",
        "Fetching the map's scripts and the sources of the gazetteer",
        fingerprint_of_files(web_lock),
        (NODE_MODULES,),
        web_assets.fetch,
    )
    yield Step(
        "vendor",
        "Laying out the map's scripts",
        fingerprint_of_files(web_lock, repr(web_assets.NEEDED_FILES)),
        web_assets.vendor_files(),
        web_assets.copy_vendor,
    )
    if _BUILD_GEO.exists():
        yield Step(
            "geo",
            "Building the gazetteer and the base map",
            fingerprint_of_files([*web_lock, *_geo_sources()]),
            (GEO / "built",),
            _build_geo,
        )
    catalogues = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    yield Step(
        "catalogues",
        "Compiling the translations",
        fingerprint_of_files(catalogues),
        tuple(catalogue.with_suffix(".mo") for catalogue in catalogues),
        _compile_catalogues,
    )


def _geo_sources() -> Iterator[Path]:
    yield from PACKAGING.glob("build_geo*.py")
    yield from PACKAGING.glob("geo/*.*")
    yield from ROOT.glob("app/places/*.py")  # how a name becomes a key, and the file's layout
    for file in GEO.rglob("*"):
        if GEO / "built" not in file.parents and "__pycache__" not in file.parts:
            yield file


def _build_geo() -> None:
    words = (PYTHON, _BUILD_GEO, "--node-modules", NODE_MODULES, "--out", GEO / "built")
    run_quietly("The gazetteer's builder", words)


def _compile_catalogues() -> None:
    run_quietly("Babel", [PYTHON, _MESSAGES, "compile"])
