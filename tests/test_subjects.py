"""What is not there is named by its kind, and a count says no more than was said."""

import pytest

from app.domain.reasons import because
from app.errors import UnknownSubject
from app.wording import sentence


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("node", "There is no node “X{1}”."),
        ("order", "There is no order “X{1}”."),
        ("sku", "There is no product “X{1}”."),
        ("lock", "Nothing is known under “X{1}”."),
    ],
)
def test_what_is_unknown_is_named_by_its_kind(kind: str, said: str):
    assert sentence(UnknownSubject(kind, "X{1}").reason) == said


@pytest.mark.usefixtures("french")
def test_a_count_without_a_remark_has_no_empty_brackets():
    facts = {"node": "LIL", "sku": "K", "counted": 1200}

    bare = sentence(because("entry_count_stock", **facts, said=""))
    told = sentence(because("entry_count_stock", **facts, said="inventaire"))

    assert bare.replace("\u202f", " ").replace("\xa0", " ") == "K compté à LIL : 1 200 en stock"
    assert told == f"{bare} (inventaire)"
