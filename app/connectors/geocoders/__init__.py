"""Who is asked where an address lies, beyond the gazetteer: each behind the port `Geocoder`."""

from app.errors import EnvironmentProblem


class GeocoderUnavailable(EnvironmentProblem):
    """The online geocoder did not answer, or refused; ask the gazetteer, and later again."""

    def __init__(self, detail: str) -> None:
        super().__init__("no_network", detail=detail)
