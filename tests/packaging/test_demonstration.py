"""What `run` starts: the demonstration day in a window, or played to its end without one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from prepare import application

Words = tuple[str, ...]


class Regie:
    """Stands in for the program: notes its command lines, writes what a played day writes."""

    def __init__(self, status: int = 0) -> None:
        self.status = status
        self.lines: list[Words] = []

    def __call__(self, *words: str | Path) -> int:
        self.lines.append(tuple(map(str, words)))
        if "--data" in words:
            Path(str(words[1])).mkdir(parents=True, exist_ok=True)
        if "--play" in words:
            day = Path(str(words[-1]))
            (day / "bookings").mkdir(parents=True)
            (day / "bookings" / "parcels.csv").touch()
        return self.status


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Regie]:
    def start(*words: str, display: bool, status: int = 0) -> Regie:
        regie = Regie(status)
        monkeypatch.setattr(application, "regie", regie)
        monkeypatch.setattr(application, "run_quietly", lambda *_: f"{tmp_path}\n")
        monkeypatch.setattr(application, "has_display", lambda: display)
        assert application.start(words) == status
        return regie

    return start


def test_with_a_display_the_day_is_filled_once_and_shown_every_time(
    started: Callable[..., Regie], tmp_path: Path
):
    workspace = str(tmp_path / "demonstration")

    assert started(display=True).lines == [("--data", workspace, "demo"), ("--data", workspace)]
    assert started(display=True).lines == [("--data", workspace)]


def test_a_day_that_could_not_be_filled_is_not_shown(started: Callable[..., Regie]):
    assert [line[-1] for line in started(display=True, status=3).lines] == ["demo"]


def test_a_day_half_filled_is_laid_aside_and_filled_again(
    started: Callable[..., Regie], tmp_path: Path
):
    started(display=True, status=3)
    (tmp_path / "demonstration" / "work.db").touch()

    assert started(display=True).lines[0][-1] == "demo"
    (aside,) = tmp_path.glob("demonstration-unfinished-*")
    assert (aside / "work.db").exists()


def test_a_workspace_that_is_gone_is_filled_again(started: Callable[..., Regie], tmp_path: Path):
    started(display=True)
    (tmp_path / "demonstration").rmdir()

    assert started(display=True).lines[0][-1] == "demo"


def test_without_a_display_the_day_is_played_and_its_files_are_named(
    started: Callable[..., Regie], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (line,) = started(display=False).lines

    assert line[0] == "--data"
    assert line[2:4] == ("demo", "--play")
    assert Path(line[1]).parent == Path(line[4]).parent
    assert tmp_path in Path(line[4]).parents
    said = capsys.readouterr().out
    assert line[4] in said
    assert str(Path("bookings") / "parcels.csv") in said


def test_words_after_run_are_the_programs_own_command_line(started: Callable[..., Regie]):
    for display in (True, False):
        assert started("import", "day", "--dry-run", display=display).lines == [
            ("import", "day", "--dry-run")
        ]
