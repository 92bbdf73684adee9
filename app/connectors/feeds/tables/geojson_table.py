"""Features of a GeoJSON file as rows: their properties are the columns, the geometry one more."""

import json
from collections.abc import Iterator
from typing import Any

from app.connectors.feeds.faults import Unreadable
from app.connectors.feeds.tables.source import Source
from app.connectors.feeds.tables.table import Dialect, SourceRow, Table
from app.domain.reasons import because

GEOMETRY = "geometry"
#: How France's schema of low-emission zones (etalab/schema-zfe) calls what we call otherwise.
_FRENCH_SCHEMA = {
    "id": "code",
    "nom": "label",
    "date_debut": "valid_from",
    "date_fin": "valid_to",
    "vul_critair": "light_critair",
    "vul_horaires": "light_hours",
    "pl_critair": "heavy_critair",
    "pl_horaires": "heavy_hours",
}


def open_geojson(source: Source) -> Table:
    """The features in their order; line 1 is the file itself, so that the first one is line 2.

    Raises:
        Unreadable: it is no collection of features.
    """
    name, errors = source.codec
    try:
        document = json.loads(source.path.read_text(encoding=name, errors=errors))
        features = document["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable("no_features", file=source.path.name) from fault
    if not isinstance(features, list) or not features:
        raise Unreadable("no_features", file=source.path.name)
    titles = dict.fromkeys(key for one in features for key in _properties(one))
    header = (*(_FRENCH_SCHEMA.get(title, title) for title in titles), GEOMETRY)
    dialect = Dialect(source.form, source.encoding)
    return Table(header, _rows(features, tuple(titles)), dialect, len(features), _nothing)


def _rows(features: list[Any], titles: tuple[str, ...]) -> Iterator[SourceRow]:
    for line, feature in enumerate(features, start=2):
        properties = _properties(feature)
        cells = [_cell(properties.get(title)) for title in titles]
        geometry = feature.get(GEOMETRY) if isinstance(feature, dict) else None
        trouble = None if geometry else because("no_geometry")
        yield SourceRow(line, [*cells, json.dumps(geometry)], trouble)


def _properties(feature: Any) -> dict[str, Any]:
    held = feature.get("properties") if isinstance(feature, dict) else None
    return held if isinstance(held, dict) else {}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _nothing() -> None:
    """Nothing stays open."""
