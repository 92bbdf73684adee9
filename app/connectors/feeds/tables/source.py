"""What the bytes of a file are: its size and hash, CSV or spreadsheet, and in which encoding."""

import codecs
import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.connectors.feeds.faults import Unreadable
from app.errors import EnvironmentProblem, Stopped
from app.ports import Stop, never
from app.wording.machine import words_of

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may be: refused before it is parsed, so that none can exhaust the machine."""

    bytes: int = 512 << 20
    rows: int = 2_000_000
    columns: int = 1_000
    line_characters: int = 1_000_000
    unzipped_bytes: int = 1 << 30
    unzipped_ratio: int = 200
    zip_entries: int = 2_000
    joined_rows: int = 1_000_000


LIMITS = Limits()


class Form(StrEnum):
    """What a file is, whatever its name says."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"


class Encoding(StrEnum):
    """How a text file is written; `MIXED` is UTF-8 with some Windows-1252 characters in it.

    The last three cannot be told from bytes: a person has to say them.
    """

    UTF_8 = "UTF-8"
    UTF_8_BOM = "UTF-8 BOM"
    UTF_16 = "UTF-16"
    WINDOWS_1252 = "Windows-1252"
    MIXED = "UTF-8 + Windows-1252"
    LATIN_9 = "ISO-8859-15"
    DOS = "CP850"
    MAC = "Mac Roman"

    @property
    def codec(self) -> tuple[str, str]:
        """Python's name of the codec, and what it does with bytes that do not fit."""
        return _CODECS[self]


_CODECS = {
    Encoding.UTF_8: ("utf-8", "strict"),
    Encoding.UTF_8_BOM: ("utf-8-sig", "strict"),
    Encoding.UTF_16: ("utf-16", "replace"),
    Encoding.WINDOWS_1252: ("cp1252", "replace"),
    Encoding.MIXED: ("utf-8", "as_windows_1252"),
    Encoding.LATIN_9: ("iso8859-15", "replace"),
    Encoding.DOS: ("cp850", "replace"),
    Encoding.MAC: ("mac_roman", "replace"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was looked at once from end to end; `lines` are its line ends.

    With `said`, a person says the encoding: bytes that do not fit it are read as U+FFFD.
    """

    path: Path
    size: int
    sha256: str
    form: Form
    encoding: Encoding
    lines: int
    said: bool = False

    @property
    def codec(self) -> tuple[str, str]:
        """Python's name of the codec, and what it does with bytes that do not fit."""
        name, errors = self.encoding.codec
        return name, "replace" if self.said and errors == "strict" else errors


def look_at(path: Path, limits: Limits, stop: Stop = never, said: Encoding | None = None) -> Source:
    """Read the file once: hash it, tell what it is, and refuse what is no table.

    The encoding that a person has `said` wins over what the bytes tell.

    Raises:
        Unreadable: not a file, too large, empty, or of a form that cannot be read.
        EnvironmentProblem: the machine does not let it be read.
    """
    if not path.is_file():
        raise Unreadable("not_a_file", file=path.name)
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise Unreadable("file_too_large", file=path.name, limit_mb=limits.bytes >> 20)
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(CHUNK), b"")
            return _told(path, size, chunks, limits, stop, said)
    except OSError as error:
        raise EnvironmentProblem(
            "unreadable_file", file=path.name, detail=words_of(error)
        ) from error


def _told(
    path: Path,
    size: int,
    chunks: Iterator[bytes],
    limits: Limits,
    stop: Stop,
    said: Encoding | None,
) -> Source:
    digest, text = hashlib.sha256(), _TextFacts()
    for position, chunk in enumerate(chunks):
        if stop():
            raise Stopped
        digest.update(chunk)
        if position == 0:
            _refuse_foreign(chunk, path)
        text.take(chunk)
    form = Form.XLSX if text.head.startswith(b"PK\x03\x04") else Form.CSV
    if form is Form.XLSX:
        _refuse_bomb(path, limits)
    if form is Form.XLSX:
        return Source(path, size, digest.hexdigest(), form, Encoding.UTF_8, text.lines)
    encoding = text.encoding(path, said)
    if text.head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        form = Form.GEOJSON
    return Source(path, size, digest.hexdigest(), form, encoding, text.lines, said is not None)


#: How files begin that people take for tables.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "old_excel_file"),
    (b"%PDF", "pdf_file"),
    (b"\x1f\x8b", "compressed_file"),
    (b"\x89PNG", "picture_file"),
    (b"\xff\xd8\xff", "picture_file"),
    (b"Rar!", "compressed_file"),
    (b"7z\xbc\xaf", "compressed_file"),
)


def _refuse_foreign(head: bytes, path: Path) -> None:
    for magic, code in _FOREIGN:
        if head.startswith(magic):
            raise Unreadable(code, file=path.name)


def _refuse_bomb(path: Path, limits: Limits) -> None:
    """Look at a workbook's table of contents: what it would unfold to, before unfolding it."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("damaged_workbook", file=path.name) from error
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Unreadable("not_a_workbook", file=path.name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("locked_workbook", file=path.name)
    unzipped = sum(entry.file_size for entry in entries)
    zipped = max(1, sum(entry.compress_size for entry in entries))
    swollen = unzipped > (10 << 20) and unzipped > limits.unzipped_ratio * zipped
    if swollen or unzipped > limits.unzipped_bytes or len(entries) > limits.zip_entries:
        raise Unreadable("workbook_too_large", file=path.name, limit_mb=limits.unzipped_bytes >> 20)


_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ASCII = bytes(range(128))
_UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class _TextFacts:
    """What passes by while a file is read once: is it UTF-8, how many lines, how many NULs."""

    def __init__(self) -> None:
        self.head = b""
        self.lines = 0
        self._size = 0
        self._nuls = 0
        self._sequences = 0  # whole characters of UTF-8 beyond ASCII
        self._beyond_ascii = 0  # bytes
        self._undefined = False
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8 = True

    def take(self, chunk: bytes) -> None:
        self.head = self.head or chunk[:8]
        self.lines += chunk.count(b"\n") or chunk.count(b"\r")
        self._size += len(chunk)
        self._nuls += chunk.count(b"\0")
        if chunk.isascii():
            self._is_utf8 = self._is_utf8 and not self._utf8.getstate()[0]
            return
        self._sequences += sum(1 for _ in _SEQUENCE.finditer(chunk))
        self._beyond_ascii += len(chunk.translate(None, delete=_ASCII))
        self._undefined = self._undefined or bool(_UNDEFINED_IN_1252.search(chunk))
        try:
            self._utf8.decode(chunk)
        except UnicodeDecodeError:
            self._is_utf8 = False
            self._utf8.reset()

    def encoding(self, path: Path, said: Encoding | None = None) -> Encoding:
        """The one that a person says, else the one encoding that the bytes allow.

        Raises:
            Unreadable: there are none, or they are no text.
        """
        if self._size == 0:
            raise Unreadable("empty_file", file=path.name)
        if said is not None:
            return said
        if self.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding.UTF_16
        if self._nuls * 20 > self._size:
            raise Unreadable("binary_file", file=path.name)
        if self._is_utf8 and not self._utf8.getstate()[0]:
            return Encoding.UTF_8_BOM if self.head.startswith(codecs.BOM_UTF8) else Encoding.UTF_8
        if self._sequences > self._beyond_ascii / 3:  # strays are fewer than whole characters
            return Encoding.MIXED
        if self._undefined:
            raise Unreadable("unknown_encoding", file=path.name)
        return Encoding.WINDOWS_1252


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 one by one as Windows-1252 (five of them mean nothing there)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("as_windows_1252", _as_windows_1252)
