"""Which base map lies under the orders, as the page is told of it."""

from typing import Any
from urllib.parse import urlsplit

from app import formats
from app.i18n import _
from app.maps.projection import Area
from app.maps.tiles import BaseMapInfo

#: A vector map with these layers says more of the ground than the overview does.
_GROUND_LAYERS = frozenset({"water", "transportation"})


def imported_map(info: BaseMapInfo) -> dict[str, Any]:
    """An imported file: its tiles come from the program itself."""
    said = _("Local map of %(date)s") % {"date": formats.short_date(info.as_of)}
    return {
        "kind": info.kind,
        "url": "tiles/{z}/{x}/{y}",
        "min_zoom": info.min_zoom,
        "max_zoom": info.max_zoom,
        "bounds": _corners(info.area),
        "replaces_ground": info.layers >= _GROUND_LAYERS,
        "origin": " · ".join(part for part in (said, info.attribution) if part),
    }


def online_map(address: str) -> dict[str, Any]:
    """Pictures from a tile server that the settings name."""
    return {
        "kind": "raster",
        "url": address,
        "min_zoom": 0,
        "max_zoom": 18,
        "bounds": None,
        "replaces_ground": False,
        "origin": urlsplit(address).netloc,
    }


def tile_host(address: str) -> str:
    """The one host that such an address reaches; empty for what is not a safe address."""
    parts = urlsplit(address)
    return f"https://{parts.netloc}" if parts.scheme == "https" and parts.netloc else ""


def _corners(area: Area | None) -> list[list[float]] | None:
    return None if area is None else [[area.south, area.west], [area.north, area.east]]
