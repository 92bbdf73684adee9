"""With what a map is drawn: colours, how large marks are, and how wide words come out."""

from dataclasses import dataclass

from app.drawing import Measure
from app.tokens import Tokens, TourStyle


@dataclass(frozen=True, slots=True)
class Pen:
    """The look of one picture; `scale` is the size of marks and words, 1 as on a screen."""

    look: Tokens
    measure: Measure
    scale: float = 1.0

    @property
    def casing(self) -> str:
        """What lies under lines and round marks, so that they stand out."""
        return self.look.colours.surface0

    def tour(self, number: int) -> TourStyle:
        return self.look.tour_style(number)

    def px(self, pixels: float) -> float:
        """So many pixels of a screen, in this picture."""
        return pixels * self.scale
