"""Where imported addresses lie: as found before, from the national base if allowed, else a town."""

from app.domain.places import Located, Precision, address_key
from app.domain.reasons import Reason, because
from app.domain.values import Address
from app.errors import EnvironmentProblem, Stopped
from app.places import Gazetteer
from app.ports import Geocoder, Progress, Stop, never, unheard
from app.workspace import Workspace
from db.orders import load_orders

_FROM_A_BASE = frozenset({Precision.HOUSE, Precision.STREET})


class Locator:
    """Finds places for the length of an import; asks the network only with a `geocoder`.

    An address that a base placed exactly before is not asked for again: importing a file twice
    changes nothing, with the network or without.
    """

    def __init__(
        self,
        workspace: Workspace,
        geocoder: Geocoder | None = None,
        gazetteer: Geocoder | None = None,
        *,
        progress: Progress = unheard,
        stop: Stop = never,
    ) -> None:
        self._workspace = workspace
        self._geocoder = geocoder
        self._gazetteer = gazetteer
        self._progress = progress
        self._stop = stop
        self._asked_for = 0
        self._own_gazetteer: Gazetteer | None = None
        self._placed_before: dict[str, Located] | None = None
        self.trouble: Reason | None = None

    def __enter__(self) -> "Locator":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._own_gazetteer is not None:
            self._own_gazetteer.close()

    def locate(self, address: Address) -> Located | None:
        """The best place that anyone gives; none when nobody knows one.

        Raises:
            Stopped: a person pressed Stop.
        """
        if self._stop():
            raise Stopped
        before = self._before().get(address_key(address))
        if before is not None:
            return before
        found = [place for place in (self._asked(address), self._town(address)) if place]
        return max(found, key=lambda place: place.score, default=None)

    def _asked(self, address: Address) -> Located | None:
        """The geocoder's answer; once it is silent it is not asked again."""
        if self._geocoder is None:
            return None
        self._asked_for += 1
        self._progress(self._asked_for, 0, address.town)
        try:
            return self._geocoder.locate(address)
        except EnvironmentProblem as problem:
            self._geocoder = None
            self.trouble = because("geocoder_silent", detail=dict(problem.reason.facts)["detail"])
            return None

    def _town(self, address: Address) -> Located | None:
        if self._gazetteer is None:
            self._gazetteer = self._own_gazetteer = Gazetteer()
        return self._gazetteer.locate(address)

    def _before(self) -> dict[str, Located]:
        if self._placed_before is None:
            self._placed_before = {
                address_key(order.address): order.place
                for order in self._workspace.read(load_orders)
                if order.place is not None and order.place.precision in _FROM_A_BASE
            }
        return self._placed_before
