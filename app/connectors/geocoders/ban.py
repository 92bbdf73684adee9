"""Where an address lies, as the French national address base (BAN) says over the network.

Asking sends the address out: only those whom the settings allow may make a `BanGeocoder`.
"""

from typing import Any

from app.connectors.geocoders import GeocoderUnavailable
from app.domain.places import Located, Precision
from app.domain.values import Address, GeoPoint
from app.places import department_of

SOURCE = "BAN"
SERVICE = "data.geopf.fr/geocodage"
TIMEOUT_S = 5.0

_PRECISIONS = {
    "housenumber": Precision.HOUSE,
    "street": Precision.STREET,
    "locality": Precision.STREET,
    "municipality": Precision.TOWN,
}
_COUNTRIES = frozenset({"", "FR", "FRA", "FRANCE", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"})


class BanGeocoder:
    """The national address base behind geopy; one request for each address."""

    def __init__(
        self, service: str = SERVICE, *, scheme: str = "https", timeout_s: float = TIMEOUT_S
    ) -> None:
        from geopy.adapters import URLLibAdapter  # heavy, and mostly not asked for
        from geopy.geocoders import BANFrance

        self._ban = BANFrance(
            domain=service,
            scheme=scheme,
            timeout=timeout_s,
            user_agent="regie",
            adapter_factory=URLLibAdapter,
        )

    def locate(self, address: Address) -> Located | None:
        """The base's best answer with its own score; None when it knows none in the department.

        Raises:
            GeocoderUnavailable: no network, no answer in time, too many questions, or nonsense.
        """
        from geopy.exc import GeocoderQueryError, GeopyError

        if address.country.strip().upper() not in _COUNTRIES or not address.one_line:
            return None
        try:
            found = self._ban.geocode(address.one_line, limit=1)
        except GeocoderQueryError:  # too short or too odd a question: this address has no answer
            return None
        except (GeopyError, ValueError, LookupError, TypeError, AttributeError) as trouble:
            raise GeocoderUnavailable(str(trouble)) from trouble
        if found is None:
            return None
        try:
            return _located(found.raw, address)
        except (ValueError, LookupError, TypeError, AttributeError) as nonsense:
            raise GeocoderUnavailable(f"unreadable answer: {nonsense}") from nonsense


def _located(feature: dict[str, Any], address: Address) -> Located | None:
    said = feature["properties"]
    asked = department_of(address.postcode)
    if asked and department_of(str(said.get("postcode", asked))) != asked:
        return None
    longitude, latitude = feature["geometry"]["coordinates"]
    return Located(
        GeoPoint(float(latitude), float(longitude)),
        score=round(min(1.0, max(0.0, float(said["score"]))), 3),
        precision=_PRECISIONS.get(said.get("type", ""), Precision.TOWN),
        matched=str(said.get("label", "")),
        source=SOURCE,
    )
