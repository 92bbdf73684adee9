"""What a workbook holds beside its rows: which sheets, which texts, which numbers are dates."""

import posixpath
import zipfile
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import IO, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from app.connectors.feeds.tables.xml_parts import elements, parsed


class Sheet(NamedTuple):
    """A sheet by its name, the part that holds its rows, and whether people see it."""

    name: str
    part: str
    visible: bool


class Workbook:
    """A workbook's table of contents; raises what zipfile and expat raise when it is broken."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(file)
        main = next(
            (target for kind, target in self._relations("").values() if kind == "officeDocument"),
            "xl/workbook.xml",
        )
        self._parts = self._relations(main)
        self._contents = elements(self._archive.open(main))
        self.sheets = [sheet for sheet in map(self._sheet, self._named("sheet")) if sheet.part]
        old_mac = any(p.get("date1904") in ("1", "true") for p in self._named("workbookPr"))
        self._epoch = CALENDAR_MAC_1904 if old_mac else CALENDAR_WINDOWS_1900
        self.texts = self._texts()
        self._dated = self._dated_styles()

    def open(self, sheet: Sheet) -> IO[bytes]:
        """The sheet's XML."""
        return self._archive.open(sheet.part)

    def shown(self, style: int, days: float) -> str | None:
        """A number of a dated style as the date or time that people see; else None."""
        is_span = self._dated.get(style)
        if is_span is None:
            return None
        if is_span:
            return _clock(timedelta(days=days))
        try:
            moment = from_excel(days, self._epoch)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return moment.strftime("%H:%M:%S") if isinstance(moment, time) else _moment(moment)

    def _named(self, name: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self._contents if found == name]

    def _sheet(self, entry: Mapping[str, str]) -> Sheet:
        kind, part = self._parts.get(entry.get("id", ""), ("", ""))
        visible = entry.get("state", "visible") == "visible"
        return Sheet(entry.get("name", ""), part if kind == "worksheet" else "", visible)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by id, of which kind, and where it is in the archive."""
        folder, name = posixpath.split(part)
        beside = posixpath.join(folder, "_rels", f"{name}.rels")
        if beside not in self._archive.namelist():
            return {}
        return {
            entry["Id"]: (
                entry["Type"].rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, entry["Target"])).lstrip("/"),
            )
            for name, entry in elements(self._archive.open(beside))
            if name == "Relationship"
        }

    def _part(self, kind: str) -> str:
        return next((part for found, part in self._parts.values() if found == kind), "")

    def _texts(self) -> list[str]:
        """The texts that cells share; how they are spoken (`rPh`) is left out."""
        part = self._part("sharedStrings")
        if not part:
            return []
        texts: list[str] = []
        inside: list[str] = []

        def starts(name: str, _attributes: Mapping[str, str]) -> None:
            inside.append(name)
            if name == "si":
                texts.append("")

        def says(text: str) -> None:
            if inside[-1] == "t" and "rPh" not in inside:
                texts[-1] += text

        def ends(_name: str) -> None:
            inside.pop()

        for _ in parsed(self._archive.open(part), starts, ends, says):
            pass
        return [unescape(text) for text in texts]

    def _dated_styles(self) -> dict[int, bool]:
        """The styles that show a number as a date; with each, whether it is a span of time."""
        part = self._part("styles")
        formats = dict(BUILTIN_FORMATS)
        styles: list[int] = []
        counting = False
        for name, attributes in elements(self._archive.open(part)) if part else []:
            if name == "numFmt":
                formats.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
            elif name == "xf" and counting:
                styles.append(int(attributes.get("numFmtId", 0)))
            elif name in ("cellXfs", "cellStyles", "dxfs"):
                counting = name == "cellXfs"
        shown = ((style, formats.get(form, "")) for style, form in enumerate(styles))
        return {style: is_timedelta_format(form) for style, form in shown if is_date_format(form)}


def _moment(moment: datetime) -> str:
    """To the second, as the sheet shows it; at midnight a day and nothing more."""
    whole = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return whole.date().isoformat() if whole.time() == time() else whole.isoformat()


def _clock(span: timedelta) -> str:
    """A span as hours, minutes and seconds."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"
