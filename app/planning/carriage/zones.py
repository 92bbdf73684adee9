"""Which zone of a carrier an address lies in: the longest prefix wins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.carriers import ZoneRule
from app.domain.values import Address

#: Overseas departments whose addresses are written with a country code of their own.
_OVERSEAS = frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"})
_CORSICAN_NAMES = {"20A": "2A", "20B": "2B"}
_POSTCODE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a shipment goes, as zones see it.

    `departments` are the department and what it belongs to: ("2A", "20"), ("974", "97"), ("59",).
    """

    country: str
    postcode: str = ""
    departments: tuple[str, ...] = ()
    insee: str = ""

    @property
    def department(self) -> str:
        return self.departments[0] if self.departments else ""

    @property
    def countries(self) -> tuple[str, ...]:
        """Its own code first; overseas departments are France too."""
        return (self.country, "FR") if self.country in _OVERSEAS else (self.country,)


def destination_of(address: Address, insee: str = "", home: str = "FR") -> Destination:
    """Where an address lies; without a country it is taken to be in the retailer's own."""
    country = address.country.strip().upper() or home
    postcode = "".join(address.postcode.split()).upper()
    if country != "FR" and country not in _OVERSEAS:
        return Destination(country, postcode, (), insee)
    if postcode.isdigit():
        postcode = postcode.zfill(_POSTCODE_LENGTH)  # spreadsheets eat the zero of 01000
    return Destination(country, postcode, _departments(postcode), insee)


def _departments(postcode: str) -> tuple[str, ...]:
    if len(postcode) != _POSTCODE_LENGTH or not postcode.isdigit():
        return ()
    if postcode.startswith("20"):
        return ("2A" if postcode[2] in "01" else "2B", "20")
    if postcode.startswith(("97", "98")):
        return (postcode[:3], postcode[:2])
    return (postcode[:2],)


class ZoneMap:
    """A carrier's zone rules, arranged for looking up."""

    def __init__(self, rules: Iterable[ZoneRule]) -> None:
        self._rules: defaultdict[tuple[str, str], list[ZoneRule]] = defaultdict(list)
        for rule in rules:
            self._rules[_narrowest_part(rule)].append(rule)
        self._found: dict[Destination, frozenset[str]] = {}

    def zones_of(self, place: Destination) -> frozenset[str]:
        """The zones of the narrowest rules that match: one, unless rules contradict each other.

        A carrier without any rule has the one nameless zone, everywhere.
        """
        if place not in self._found:
            self._found[place] = self._look_up(place) if self._rules else frozenset({""})
        return self._found[place]

    def _look_up(self, place: Destination) -> frozenset[str]:
        for key in _narrowest_first(place):
            zones = frozenset(r.zone for r in self._rules.get(key, ()) if _matches(r, place))
            if zones:
                return zones
        return frozenset()


def _narrowest_part(rule: ZoneRule) -> tuple[str, str]:
    if rule.insee:
        return ("insee", rule.insee)
    if rule.postcode_prefix:
        return ("prefix", _plain(rule.postcode_prefix))
    if rule.department:
        return ("department", _plain(rule.department))
    if rule.country:
        return ("country", rule.country.upper())
    return ("everywhere", "")


def _narrowest_first(place: Destination) -> Iterator[tuple[str, str]]:
    if place.insee:
        yield ("insee", place.insee)
    yield from (("prefix", prefix) for prefix in _prefixes(place))
    yield from (("department", department) for department in place.departments)
    yield from (("country", country) for country in place.countries)
    yield ("everywhere", "")


def _prefixes(place: Destination) -> Iterator[str]:
    """Ever shorter starts of the postcode; Corsica's 2A and 2B are narrower than its 20."""
    for length in range(len(place.postcode), 0, -1):
        if length == 2 and place.department in ("2A", "2B"):
            yield place.department
        yield place.postcode[:length]


def _matches(rule: ZoneRule, place: Destination) -> bool:
    return (
        (not rule.country or rule.country.upper() in place.countries)
        and (not rule.department or _plain(rule.department) in place.departments)
        and (not rule.postcode_prefix or _plain(rule.postcode_prefix) in _prefixes(place))
        and (not rule.insee or rule.insee == place.insee)
    )


def _plain(text: str) -> str:
    plain = "".join(text.split()).upper()
    return _CORSICAN_NAMES.get(plain, plain)
