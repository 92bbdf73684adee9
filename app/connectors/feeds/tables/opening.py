"""From a path to a table: look at the bytes, then read them as what they are."""

from dataclasses import dataclass
from pathlib import Path

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.tables.csv_table import open_csv
from app.connectors.feeds.tables.geojson_table import open_geojson
from app.connectors.feeds.tables.source import Encoding, Form, Limits, Source, look_at
from app.connectors.feeds.tables.table import Table
from app.ports import Stop, never


@dataclass(frozen=True, slots=True)
class Opened:
    """A table together with the file it comes from."""

    source: Source
    table: Table


def open_table(
    path: Path,
    limits: Limits,
    *,
    sheet: str = "",
    encoding: str = "",
    separator: str = "",
    stop: Stop = never,
) -> Opened:
    """Open a CSV file, a spreadsheet or GeoJSON, told apart by what is in it.

    Encoding and separator are found unless they are said.

    Raises:
        Unreadable: it is none of them, or breaks a limit.
        EnvironmentProblem: the machine does not let it be read.
    """
    source = look_at(path, limits, stop, Encoding(encoding) if encoding else None)
    if source.form is Form.XLSX:
        from app.connectors.feeds.tables.xlsx_table import open_xlsx  # heavy

        table = open_xlsx(source, limits, sheet)
    elif source.form is Form.GEOJSON:
        table = open_geojson(source)
    else:
        table = open_csv(source, limits, separator)
    if len(table.header) > limits.columns:
        table.close()
        raise Unreadable("too_many_columns", file=path.name, limit=limits.columns)
    return Opened(source, table)
