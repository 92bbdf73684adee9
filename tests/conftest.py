"""What all tests share: both languages, and real data beside the project where it is present."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import settings

import app.ui.map.scheme  # noqa: F401 - registers the map's address before any application is
from app.i18n import language, use_language
from app.workspace import Workspace
from tests.builders import NOW

#: Examples are drawn the same way in every run, so that a change is judged by what it changed;
#: REGIE_TEST_CHANCE=1 draws others each time.
settings.register_profile("steady", derandomize=True)
settings.register_profile("chance")
settings.load_profile("chance" if os.environ.get("REGIE_TEST_CHANCE") else "steady")

#: Tests keep nobody's settings and window layouts, and find none.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="regie-tests-")
PROJECT = Path(__file__).resolve().parent.parent

if getattr(os, "geteuid", lambda: 1)() == 0:  # Chromium's sandbox refuses to run as root
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data for tests; says clearly when it is absent."""
    folder = Path(os.environ.get("REGIE_TEST_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("real test data is absent: set REGIE_TEST_DATA to its folder")
    return folder


def _compile_catalogue(source: Path) -> None:
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return
    with source.open("rb") as file:
        catalogue = read_po(file)
    fresh = compiled.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(compiled)


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """French as the source has it now, even when set-up has not run since."""
    for source in (PROJECT / "resources" / "translations").rglob("*.po"):
        _compile_catalogue(source)


@pytest.fixture(autouse=True)
def _language_stays() -> Iterator[None]:
    """A test that speaks another language leaves the next one its own."""
    before = language()
    yield
    use_language(before)


@pytest.fixture
def french() -> Iterator[None]:
    """The program speaks French for the length of the test."""
    before = language()
    use_language("fr")
    yield
    use_language(before)


@pytest.fixture
def english() -> Iterator[None]:
    """The program speaks English for the length of the test."""
    before = language()
    use_language("en")
    yield
    use_language(before)


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with freshly migrated databases, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    Workspace.open(folder, user="template").close()
    return folder


@pytest.fixture
def folder(empty_workspace: Path, tmp_path: Path) -> Path:
    """A workspace folder of this test's own, closed."""
    own = tmp_path / "workspace"
    shutil.copytree(empty_workspace, own)
    return own


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """An open workspace whose clock stands at 09:42 of the demonstration day."""
    with Workspace.open(folder, user="c.vasseur", clock=lambda: NOW) as opened:
        yield opened
