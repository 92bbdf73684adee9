"""A mapping as a person reads and writes it: TOML, one line for each of our columns."""

import json
import tomllib
from collections.abc import Mapping as Entries
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.connectors.feeds.columns import Column, Kind
from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.kinds import KINDS, kind_named
from app.connectors.feeds.mappings.conversions import UNITS, can_convert
from app.connectors.feeds.mappings.mapping import Fill, Join, LeaveOut, Mapping
from app.connectors.feeds.tables.dialect import SEPARATORS
from app.connectors.feeds.tables.source import Encoding

MOST_CHARACTERS = 200_000
_TEXTS = ("file", "sheet", "timezone", "encoding", "separator", "decimal_mark")
_TOP = {"kind": str, **dict.fromkeys(_TEXTS, str)}
#: What may be said of how a file is written.
_SAID = {
    "encoding": tuple(encoding.value for encoding in Encoding),
    "separator": SEPARATORS,
    "decimal_mark": (".", ","),
}
_TABLES = {"columns": dict, "join": list, "leave_out": list, "group_by": list}
_FILL = {
    "from": (str, list),
    "constant": (str, int, float, bool),
    "count": bool,
    "sum": str,
    "glue": str,
    "codes": dict,
    "other_codes": str,
    "date": str,
    "unit": str,
    "default": (str, int, float, bool),
}
_JOIN = {"name": str, "file": str, "on": str, "key": str, "many": bool, "sheet": str}
_LEAVE_OUT = {"column": str, "values": list}


def read_mapping(text: str) -> Mapping:
    """The mapping that a TOML text describes.

    Raises:
        Unreadable: it is no TOML, or says something that cannot be.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("mapping_too_long", limit=MOST_CHARACTERS)
    try:
        read = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable("mapping_not_toml", detail=str(error)) from error
    _check(read, {**_TOP, **_TABLES}, "")
    kind = kind_named(read.get("kind", ""))
    if kind is None:
        allowed = ", ".join(kind.name for kind in KINDS)
        raise _wrong("kind", "mapping_not_one_of", allowed=allowed)
    mapping = Mapping(
        kind=kind.name,
        fills=tuple(_fill(kind, *entry) for entry in read.get("columns", {}).items()),
        file=read.get("file", ""),
        sheet=read.get("sheet", ""),
        timezone=_timezone(read.get("timezone", "")),
        joins=tuple(_join(entry) for entry in read.get("join", [])),
        leave_out=tuple(_leave_out(entry) for entry in read.get("leave_out", [])),
        group_by=tuple(_texts("group_by", read.get("group_by", []))),
        **{name: _said(name, read.get(name, "")) for name in _SAID},
    )
    _check_groups(mapping)
    return mapping


def write_mapping(mapping: Mapping) -> str:
    """The mapping as TOML; reading it gives the same mapping."""
    lines = [f"kind = {_quoted(mapping.kind)}"]
    named = {name: getattr(mapping, name) for name in _TEXTS}
    lines += [f"{name} = {_quoted(value)}" for name, value in named.items() if value]
    if mapping.group_by:
        lines.append(f"group_by = {_quoted(list(mapping.group_by))}")
    lines += ["", "[columns]", *(f"{name} = {_fill_text(fill)}" for name, fill in mapping.fills)]
    for join in mapping.joins:
        lines += ["", "[[join]]", *_entries(join)]
    for rule in mapping.leave_out:
        lines += ["", "[[leave_out]]", *_entries(rule)]
    return "\n".join(lines) + "\n"


def _fill(kind: Kind, name: str, entry: Any) -> tuple[str, Fill]:
    where = f"columns.{name}"
    column = next((column for column in kind.columns if column.name == name), None)
    if column is None:
        allowed = ", ".join(column.name for column in kind.columns)
        raise _wrong(where, "mapping_not_one_of", allowed=allowed)
    if isinstance(entry, str):
        return name, Fill((entry,))
    _check(entry, _FILL, where)
    fill = Fill(
        columns=tuple(_texts(f"{where}.from", entry.get("from", []))),
        constant=_plain(entry["constant"]) if "constant" in entry else None,
        count=entry.get("count", False),
        total=entry.get("sum", ""),
        glue=entry.get("glue", " "),
        codes=tuple((theirs, _plain(ours)) for theirs, ours in entry.get("codes", {}).items()),
        other_codes=entry.get("other_codes"),
        date=entry.get("date", ""),
        unit=entry.get("unit", ""),
        default=_plain(entry.get("default", "")),
    )
    return name, _checked_fill(fill, column, where)


def _checked_fill(fill: Fill, column: Column, where: str) -> Fill:
    sources = (bool(fill.columns), fill.constant is not None, fill.count, bool(fill.total))
    if sum(sources) != 1:
        raise _wrong(where, "mapping_one_source")
    if fill.unit and not can_convert(fill.unit, column):
        measured = UNITS[column.unit][0] if column.unit else ""
        allowed = ", ".join(unit for unit, (what, _) in UNITS.items() if what == measured)
        raise _wrong(f"{where}.unit", "mapping_not_one_of", allowed=allowed or "-")
    return fill


def _join(entry: Any) -> Join:
    _check(entry, _JOIN, "join", needed=("file", "on", "key"))
    name = entry.get("name") or entry["file"].rpartition("/")[2].partition(".")[0]
    return Join(**{**entry, "name": name})


def _leave_out(entry: Any) -> LeaveOut:
    _check(entry, _LEAVE_OUT, "leave_out", needed=("column", "values"))
    return LeaveOut(entry["column"], tuple(_texts("leave_out.values", entry["values"])))


def _check_groups(mapping: Mapping) -> None:
    figures = [name for name, fill in mapping.fills if fill.count or fill.total]
    if figures and not mapping.group_by:
        raise _wrong(f"columns.{figures[0]}", "mapping_needs_group")


def _check(entry: Any, known: Entries[str, Any], where: str, needed: tuple[str, ...] = ()) -> None:
    """Only what is known, each of its type, and nothing that is needed left out."""
    if not isinstance(entry, dict):
        raise _wrong(where, "mapping_wrong_type")
    for name, value in entry.items():
        inside = f"{where}.{name}".strip(".")
        if name not in known:
            raise _wrong(inside, "mapping_not_one_of", allowed=", ".join(known))
        if not isinstance(value, known[name]):
            raise _wrong(inside, "mapping_wrong_type")
    for name in needed:
        if not entry.get(name) and entry.get(name) != []:
            raise _wrong(f"{where}.{name}", "mapping_missing")


def _texts(where: str, value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not all(isinstance(text, str) for text in texts):
        raise _wrong(where, "mapping_wrong_type")
    return list(texts)


def _said(name: str, value: str) -> str:
    if value and value not in _SAID[name]:
        allowed = ", ".join(_quoted(known) for known in _SAID[name])
        raise _wrong(name, "mapping_not_one_of", allowed=allowed)
    return value


def _timezone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _wrong("timezone", "unknown_timezone") from error


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wrong(where: str, code: str, *, allowed: str = "") -> Unreadable:
    facts = {"allowed": allowed} if allowed else {}
    return Unreadable(code, line=0, column=where, entry=where, **facts)


def _fill_text(fill: Fill) -> str:
    """A bare title where nothing else is said, else an inline table."""
    if fill == Fill(fill.columns) and len(fill.columns) == 1:
        return _quoted(fill.columns[0])
    names = {"columns": "from", "total": "sum"}
    parts = [
        f"{names.get(field.name, field.name)} = {_value_text(value)}"
        for field in fields(Fill)
        if (value := getattr(fill, field.name)) != field.default
    ]
    return "{ " + ", ".join(parts) + " }"


def _value_text(value: Any) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "{ " + ", ".join(f"{_quoted(a)} = {_quoted(b)}" for a, b in value) + " }"
    if isinstance(value, tuple):
        return _quoted(value[0] if len(value) == 1 else list(value))
    return _quoted(value)


def _entries(part: Join | LeaveOut) -> list[str]:
    named = {field.name: getattr(part, field.name) for field in fields(part)}
    return [
        f"{name} = {_quoted(list(value) if isinstance(value, tuple) else value)}"
        for name, value in named.items()
        if value not in ("", False)
    ]


def _quoted(value: Any) -> str:
    """A TOML value; JSON's strings, lists and booleans are TOML's, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
