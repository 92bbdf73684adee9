"""How areas closed to some vehicles reach the map: their names and rings, for the page to tint."""

from collections.abc import Iterable
from typing import Any

from app.domain.zones import AccessZone

#: About a metre: nobody sees less on a screen.
_DECIMALS = 5


def areas_data(zones: Iterable[AccessZone]) -> list[dict[str, Any]]:
    """The areas as the page takes them, longitude first; holes are rings too."""
    return [
        {
            "name": zone.name,
            "rings": [
                [[round(p.longitude, _DECIMALS), round(p.latitude, _DECIMALS)] for p in ring]
                for ring in zone.rings
            ],
        }
        for zone in zones
    ]
