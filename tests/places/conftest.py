"""What the tests of places share: the gazetteer as set-up builds it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.places import Gazetteer, NoGazetteer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    try:
        opened = Gazetteer()
    except NoGazetteer as absent:
        pytest.fail(f"the gazetteer is not built, run the set-up: {absent}")
    with opened:
        yield opened
