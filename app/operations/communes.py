"""Which commune an address lies in, for those who ask by INSEE code."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.carriers import Panel
from app.domain.values import Address
from app.places import Gazetteer, NoGazetteer
from app.places.names import town_as_written
from app.planning.carriage.consignment import InseeOf, no_insee


@contextmanager
def insee_finder(panel: Panel) -> Iterator[InseeOf]:
    """A finder of INSEE codes when a zone asks for them and the gazetteer is built."""
    if not any(rule.insee for rule in panel.zones):
        yield no_insee
        return
    try:
        gazetteer = Gazetteer()
    except NoGazetteer:
        yield no_insee
        return
    with gazetteer:
        yield lambda address: _insee(gazetteer, address)


def _insee(gazetteer: Gazetteer, address: Address) -> str:
    key = town_as_written(address.town).key
    named = (town for town in gazetteer.towns_at(address.postcode) if town.key == key)
    town = next(named, None)
    return town.insee if town else ""
