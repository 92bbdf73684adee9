"""Every column and kind of file has a name that people read."""

import pytest

from app.connectors.feeds.columns import Kind
from app.connectors.feeds.kinds import KINDS
from app.operations.intake_files import RULES
from app.wording import columns as wording


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_has_a_name(kind: Kind):
    named = {column.name for column in kind.columns if column.name in wording.COLUMNS}

    assert named == {column.name for column in kind.columns}


def test_every_kind_has_a_name_and_nothing_else_has():
    assert set(wording.KINDS) == {RULES, *(kind.name for kind in KINDS)}
    assert set(wording.COLUMNS) == {column.name for kind in KINDS for column in kind.columns}
