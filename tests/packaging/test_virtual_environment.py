"""The project's own Python: when it can be used, and what an interrupted installation leaves."""

import sys
import venv
from pathlib import Path

import pytest

from prepare import virtual_environment
from prepare.troubles import ToolFailed
from prepare.virtual_environment import install, is_ready


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    python = tmp_path / "bin" / "python"
    monkeypatch.setattr(virtual_environment, "PYTHON", python)
    monkeypatch.setattr(virtual_environment, "_UNFINISHED", tmp_path / "unfinished")
    monkeypatch.setattr(virtual_environment, "moved_here", lambda: False)
    return tmp_path


def link(python: Path, target: str) -> None:
    python.parent.mkdir(exist_ok=True)
    python.symlink_to(target)


def test_a_python_that_answers_is_ready(monkeypatch: pytest.MonkeyPatch, folder: Path):
    monkeypatch.setattr(virtual_environment, "PYTHON", Path(sys.executable))

    assert is_ready()


def test_no_python_or_one_that_moved_away_is_not(folder: Path):
    assert not is_ready()
    link(folder / "bin" / "python", "/nowhere/python3")
    assert not is_ready()


def test_a_python_without_its_pip_is_not(folder: Path, monkeypatch: pytest.MonkeyPatch):
    venv.create(folder, with_pip=False, symlinks=True)

    assert virtual_environment.PYTHON.exists()
    assert not is_ready()


def test_one_made_for_another_folder_is_not(monkeypatch: pytest.MonkeyPatch, folder: Path):
    monkeypatch.setattr(virtual_environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(virtual_environment, "moved_here", lambda: True)

    assert not is_ready()


@pytest.mark.parametrize(
    ("last_words", "ready"),
    [
        ("Max retries exceeded", True),  # nothing was changed yet
        ("No space left on device", False),
        ("Killed", False),
    ],
)
def test_an_installation_that_broke_off_makes_a_fresh_start_necessary(
    last_words: str, ready: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: str) -> None:
        raise ToolFailed("pip", last_words)

    monkeypatch.setattr(virtual_environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(virtual_environment, "pip", fail)

    with pytest.raises(ToolFailed):
        install(Path("requirements.txt"))

    assert is_ready() is ready


def test_packages_are_installed_by_their_hashes_and_never_compiled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    monkeypatch.setattr(virtual_environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(virtual_environment, "pip", lambda *words: asked.extend(words))

    install(Path("requirements.txt"))

    assert "--require-hashes" in asked
    assert asked[asked.index("--only-binary") + 1] == ":all:"
    assert is_ready()
