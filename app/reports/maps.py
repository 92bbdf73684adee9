"""The maps that a review holds; whoever knows the land draws them from the same day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.drawing import Picture


class DrawMap(Protocol):
    """A map of all tours, or of one alone; `scale` is the size of its marks, 1 as on a screen."""

    def __call__(
        self, width: float, height: float, scale: float, tour: int | None = None
    ) -> Picture: ...


@dataclass(frozen=True, slots=True)
class LiveMap:
    """A map that answers the pointer: what the page needs in its head, and its place.

    `policy` names, for a whole page, what may run in it.
    """

    libraries: str
    block: str
    policy: Callable[[str], str]
