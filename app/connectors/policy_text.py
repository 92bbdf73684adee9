"""The words of `rules.toml`: every value of a policy with a line that explains it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import time
from enum import StrEnum
from typing import Any

from app.connectors.policy_shape import ANY
from app.domain.nodes import NodeKind
from app.domain.policy import Fence, Policy, Rating, RestRule, RuleCondition, RuleSet, Turn
from app.i18n import _
from app.wording.policy import HINTS

_TABLES = ("sourcing", "offers", "promise", "touring", "carriage")
#: From here on numbers are written in groups of three.
_LONG = 10_000


def policy_text(policy: Policy) -> str:
    """The policy as TOML with comments in the language of the program."""
    lines = [
        f"# {_('What the retailer decides beforehand. Values left out keep their usual setting.')}",
        *_plain(policy, "", skipped=_TABLES),
    ]
    for name in _TABLES:
        part = getattr(policy, name)
        lines += ["", f"[{name}]", *_plain(part, name, skipped=("chain", "rests"))]
        if name == "sourcing":
            lines += _chain(policy.sourcing.chain)
        if name == "touring":
            lines += _rests(policy.touring.rests)
    return "\n".join(lines) + "\n"


def _chain(chain: Iterable[RuleSet]) -> Iterator[str]:
    yield ""
    yield f"# {_('Rules are read top-down; the first that finds the whole order decides.')}"
    yield _known("fences", Fence)
    yield _known("weights", Rating)
    yield _known("node_kinds", NodeKind)
    yield _known("turns", Turn)
    told: set[str] = set()
    for rule in chain:
        yield from ("", "[[sourcing.rule]]")
        yield from _plain(rule, "sourcing.rule", skipped=("condition", "ratings"), told=told)
        yield from _hint("sourcing.rule.weights", told)
        yield "[sourcing.rule.weights]"
        yield from (f"{rating} = {value_text(weight)}" for rating, weight in rule.ratings)
        if rule.condition != RuleCondition():
            yield from _hint("sourcing.rule.only", told)
            yield "[sourcing.rule.only]"
            yield from _plain(rule.condition, "sourcing.rule.only", told=told)


def _rests(rests: Iterable[RestRule]) -> Iterator[str]:
    told: set[str] = set()
    if not rests:
        yield f"# {_('No pause is due beyond the breaks of the vehicles.')}"
        yield "rest = []"
    for rest in rests:
        yield from ("", "[[touring.rest]]")
        yield from _plain(rest, "touring.rest", told=told)


def _known(name: str, members: type[StrEnum]) -> str:
    return f"# {name}: {', '.join(member.value for member in members)}"


def _plain(
    value: Any, place: str, *, skipped: tuple[str, ...] = (), told: set[str] | None = None
) -> Iterator[str]:
    """Each field with its hint above, unless it was told before; what is not set is left out."""
    known = set() if told is None else told
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name in skipped or (held is None and field.default is None):
            continue
        if isinstance(held, frozenset) and not held and not field.default:
            continue
        yield from _hint(f"{place}.{field.name}".lstrip("."), known)
        yield f"{field.name} = {value_text(held)}"


def _hint(place: str, told: set[str]) -> Iterator[str]:
    if place not in told:
        told.add(place)
        yield f"# {_(HINTS[place])}"


def value_text(held: Any) -> str:
    """One value as TOML writes it."""
    if held is None:
        return json.dumps(ANY)
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, int):
        return f"{held:_}" if abs(held) >= _LONG else str(held)
    if isinstance(held, str):
        return _quoted(held)
    if isinstance(held, time):
        return held.isoformat(timespec="microseconds" if held.microsecond else "seconds")
    if isinstance(held, Iterable):
        members = sorted(held) if isinstance(held, frozenset) else held
        return "[" + ", ".join(value_text(member) for member in members) + "]"
    return repr(held)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's, but for one control character that TOML wants escaped."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
