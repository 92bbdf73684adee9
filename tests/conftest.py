"""What all tests share: real data beside the project, where it is present."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data for tests; says clearly when it is absent."""
    project = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("REGIE_TEST_DATA") or project.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("real test data is absent: set REGIE_TEST_DATA to its folder")
    return folder
