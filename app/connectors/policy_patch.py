"""A rules file with a few values changed: its comments, its order and its own words stay."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from app.connectors.policy_text import policy_text, value_text
from app.connectors.toml_lines import Path, TomlLines
from app.domain.policy import Policy

_KEY = re.compile(r"^\s*[A-Za-z0-9_.\"'-]+\s*=\s*")
Leaves = dict[Path, Any]


def patched(text: str, before: Policy, after: Policy) -> str | None:
    """The text that says `before`, changed line by line into one that should say `after`.

    None where a line does not do: rules were added, moved or removed, or a value stands on several
    lines. Whoever asks reads the answer again before it counts.
    """
    now, wanted = _leaves(policy_text(before)), _leaves(policy_text(after))
    if _names(now) != _names(wanted):
        return None
    written, lines = _leaves(text), text.splitlines()
    where = TomlLines(text)
    changed = [path for path in {**now, **wanted} if now.get(path) != wanted.get(path)]
    added: dict[Path, list[str]] = {}
    for path in changed:
        if path in written:
            at = where.of(path) - 1
            fresh = _rewritten(lines[at], wanted.get(path))
            if fresh is None:
                return None
            lines[at] = fresh
        elif path in wanted:
            added.setdefault(path[:-1], []).append(f"{path[-1]} = {value_text(wanted[path])}")
    inserted = [_block(table, new, written, where) for table, new in added.items()]
    for at, block in sorted(inserted, key=lambda each: each[0], reverse=True):
        lines[at:at] = block
    return "\n".join(line for line in lines if line != _GONE) + "\n"


def _block(table: Path, new: list[str], written: Leaves, where: TomlLines) -> tuple[int, list[str]]:
    """Where lines of a table go: after its last one, or under a header after what it belongs to."""
    beside = [where.of(path) for path in written if path[:-1] == table]
    if beside:
        return max(beside), new
    about = [where.of(path) for path in written if path[: len(table) - 1] == table[:-1]]
    header = ".".join(part for part in table if isinstance(part, str))
    return max(about, default=0), [f"[{header}]", *new]


#: In place of a line that goes; no line of a text has a line break in it.
_GONE = "\n"


def _rewritten(line: str, value: object) -> str | None:
    """A line with another value and the comment it had; None where it is not a whole value."""
    found = _KEY.match(line)
    if found is None or not _is_whole(line):
        return None
    if value is None:
        return _GONE
    return f"{found[0]}{value_text(value)}{_comment(line)}"


def _comment(line: str) -> str:
    """What stands behind the value, from the first sign that is not within quotes."""
    for sign in re.finditer(r"\s*#", line):
        if _is_whole(line[: sign.start()]):
            return line[sign.start() :]
    return ""


def _is_whole(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _names(leaves: Leaves) -> list[tuple[Path, Any]]:
    """The names of rules and pauses at their places."""
    return [(path, value) for path, value in leaves.items() if path[-1] == "name"]


def _leaves(text: str) -> Leaves:
    return dict(_walk(tomllib.loads(text), ()))


def _walk(table: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _walk(value, (*path, name))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for place, each in enumerate(value):
                yield from _walk(each, (*path, name, place))
        else:
            yield (*path, name), value
