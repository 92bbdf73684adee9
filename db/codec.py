"""How values become what a column holds, and back: JSON texts, instants that sort, packed bytes."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

import msgspec
import zstandard

T = TypeVar("T")


def instant(moment: datetime) -> str:
    """An aware datetime as UTC text of fixed width, so that texts sort as instants do.

    Raises:
        ValueError: the datetime is naive.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a naive datetime cannot be stored: {moment}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant_or_none(moment: datetime | None) -> str | None:
    """A stored instant, or None."""
    return None if moment is None else instant(moment)


def moment(text: str) -> datetime:
    """The aware datetime of a stored instant."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def moment_or_none(text: str | None) -> datetime | None:
    """The datetime of a stored instant, or None."""
    return None if text is None else moment(text)


def day(on: date) -> str:
    """A date as it is stored."""
    return on.isoformat()


def to_json(value: Any) -> str:
    """A domain value as JSON with fields in their order: equal values give equal texts."""
    return _ENCODER.encode(value).decode()


def from_json(text: str | bytes, wanted: type[T]) -> T:
    """The domain value of a stored JSON text."""
    value: T = _decoder(wanted).decode(text)  # type: ignore[arg-type]  # a class is hashable
    return value


def recall(text: str, wanted: type[T], **beside: Any) -> T:
    """The value of a text that is read again and again, with what the columns beside it say.

    Values never change, so that one of them stands for every reading of the same text.
    """
    value: T = _recall(text, wanted, tuple(beside.items()))  # type: ignore[arg-type]  # as above
    return value


@lru_cache(maxsize=100_000)
def _recall(text: str, wanted: type[Any], beside: tuple[tuple[str, Any], ...]) -> Any:
    value = from_json(text, wanted)
    return replace(value, **dict(beside)) if beside else value


_ENCODER = msgspec.json.Encoder(order="deterministic")


@cache
def _decoder(wanted: type[Any]) -> "msgspec.json.Decoder[Any]":
    """Made once a type: making one takes longer than decoding with it."""
    return msgspec.json.Decoder(wanted, strict=False)


def pack(text: str) -> bytes:
    """A long text, compressed."""
    return zstandard.ZstdCompressor().compress(text.encode())


def unpack(packed: bytes) -> str:
    """The text that was packed."""
    return zstandard.ZstdDecompressor().decompress(packed).decode()


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
