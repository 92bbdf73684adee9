"""XML out of an archive, one event after another; nothing in it can unfold or reach outside."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 16
Starts = Callable[[str, Mapping[str, str]], None]
Ends = Callable[[str], None]


class NotPlainXml(ValueError):
    """A document type is declared: only who wants entities to unfold does that here."""


def parsed(file: IO[bytes], starts: Starts, ends: Ends, says: Ends) -> Iterator[None]:
    """Feed the file to the handlers, chunk by chunk; names come without their namespace.

    Raises:
        ExpatError: it is no XML.
        NotPlainXml: it declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: starts(local(name), attributes)
    parser.EndElementHandler = lambda name: ends(local(name))
    parser.CharacterDataHandler = says
    while chunk := file.read(CHUNK):
        parser.Parse(chunk)
        yield
    parser.Parse(b"", True)
    yield


def elements(file: IO[bytes]) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part with its attributes, in the order of their beginnings."""
    found: list[tuple[str, dict[str, str]]] = []

    def starts(name: str, attributes: Mapping[str, str]) -> None:
        found.append((name, {local(key): value for key, value in attributes.items()}))

    for _ in parsed(file, starts, _ignore, _ignore):
        pass
    return found


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def _ignore(_text: str) -> None:
    """Nothing to do."""


def _refuse(*_declaration: object) -> None:
    raise NotPlainXml
