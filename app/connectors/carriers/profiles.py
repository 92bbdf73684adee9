"""How each carrier wants its bookings: profiles read from TOML, checked before they are used."""

import re
import string
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from app.domain.bookings import CarrierProfile, FieldLengths
from app.domain.carriers import ServiceKind
from app.errors import BadFile
from resources import resource

_FIELDS = frozenset(field.name for field in fields(FieldLengths))
_PLACEHOLDERS = frozenset({"profile", "carrier", "site", "stamp", "reference"})
_SAFE_CODE = re.compile(r"[\w-]+")


def profile_for(carrier: str, folder: Path) -> CarrierProfile:
    """The carrier's own profile in a folder, else the generic one.

    Raises:
        BadFile: the profile is there and cannot be used; the detail names the key.
    """
    own = folder / f"{carrier}.toml"
    if _SAFE_CODE.fullmatch(carrier) and own.is_file():
        return read_profile(own, generic_profile())
    return generic_profile()


@cache
def generic_profile() -> CarrierProfile:
    """The profile of a carrier that has none of its own."""
    return read_profile(resource("carriers", "generic.toml"), CarrierProfile())


def read_profile(file: Traversable, otherwise: CarrierProfile) -> CarrierProfile:
    """The profile in a file, with `otherwise` for what it leaves out.

    Raises:
        BadFile: it is no profile.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadFile(file.name, str(fault)) from fault
    found = _table_of(otherwise) | table
    for key, value in found.items():
        if key not in _RIGHT or not _RIGHT[key](value):
            raise BadFile(file.name, f"{key} = {value!r}")
    return _profile(found, otherwise)


def _table_of(profile: CarrierProfile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "formats": list(profile.formats),
        "charset": profile.charset,
        "separator": profile.separator,
        "newline": profile.newline,
        "file_name": profile.file_name,
        "street_lines": profile.street_lines,
    }


def _profile(table: Mapping[str, Any], otherwise: CarrierProfile) -> CarrierProfile:
    required = {
        **otherwise.required,
        **{ServiceKind(kind): tuple(names) for kind, names in table.get("required", {}).items()},
    }
    return CarrierProfile(
        table["name"],
        tuple(table["formats"]),
        table["charset"],
        table["separator"],
        table["newline"],
        table["file_name"],
        table["street_lines"],
        FieldLengths(**(asdict(otherwise.lengths) | table.get("lengths", {}))),
        required,
    )


def _is_charset(value: object) -> bool:
    try:
        return isinstance(value, str) and bool("A".encode(value))
    except LookupError:  # no such codec, or one that is not for texts
        return False


def _is_file_name(value: object) -> bool:
    """Made of known placeholders, with the reference in it: two batches never share a file."""
    if not isinstance(value, str) or re.search(r"[/\\:]|\.\.", value):
        return False
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
    except ValueError:
        return False
    return "reference" in named and named <= _PLACEHOLDERS


def _are_words(value: object, known: frozenset[str] | None = None) -> bool:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return False
    return known is None or known.issuperset(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _are_lengths(value: object) -> bool:
    return isinstance(value, dict) and all(
        key in _FIELDS and _is_count(length) for key, length in value.items()
    )


def _is_required(value: object) -> bool:
    kinds = frozenset(ServiceKind)
    return isinstance(value, dict) and all(
        kind in kinds and _are_words(names, _FIELDS) for kind, names in value.items()
    )


_RIGHT: Mapping[str, Callable[[object], bool]] = {
    "name": lambda value: isinstance(value, str) and _SAFE_CODE.fullmatch(value) is not None,
    "formats": _are_words,
    "charset": _is_charset,
    "separator": lambda value: isinstance(value, str) and value in (";", ",", "\t", "|"),
    "newline": lambda value: isinstance(value, str) and value in ("\n", "\r\n"),
    "file_name": _is_file_name,
    "street_lines": _is_count,
    "lengths": _are_lengths,
    "required": _is_required,
}
