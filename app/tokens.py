"""Which colours, dashes and sizes the product uses, read once from `tokens.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Literal

from resources import resource

ThemeName = Literal["light", "dark"]
DASH_WIDTH_PX = 3  # the line width that the dashes are given for


@dataclass(frozen=True, slots=True)
class Colours:
    """What each colour is for; the names of `tokens.toml`, as `#RRGGBB`."""

    canvas: str
    surface0: str
    surface1: str
    surface2: str
    overlay: str
    border_subtle: str
    border: str
    border_strong: str
    text1: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_tint: str
    selection: str
    selection_inactive: str
    hover: str
    focus: str
    halo: str
    success: str
    success_bg: str
    warn: str
    warn_bg: str
    warn_solid: str
    danger: str
    danger_bg: str
    info: str
    info_bg: str
    provisional: str
    provisional_bg: str
    offline: str
    offline_bg: str

    def by_name(self) -> dict[str, str]:
        """Every colour under its token's name, for style sheets and scripts."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class MapColours:
    """The colours of the base map."""

    land: str
    urban: str
    water: str
    green: str
    road: str
    road_casing: str
    motorway: str
    motorway_casing: str
    label: str

    def by_name(self) -> dict[str, str]:
        """Every colour under its token's name, for the map's own style."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights, paddings and radii in logical pixels, the same in both themes."""

    grid: int
    cell_padding: int
    pane_padding: int
    pane_gap: int
    radius: int
    radius_badge: int
    radius_card: int
    row: int
    row_comfortable: int
    title_bar: int
    tabs: int
    header: int
    footer: int
    menu: int
    kpi_bar: int
    status_bar: int
    button: int
    lane: int
    lane_low: int
    lane_selected: int
    icon: int
    icon_row: int
    icon_badge: int
    icon_empty: int
    selection_bar: int
    focus_line: int
    toast_width: int
    motion_ms: int
    toast_ms: int


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Pixel sizes of type."""

    kpi: int
    headline: int
    body: int
    small: int
    mark: int


@dataclass(frozen=True, slots=True)
class TourStyle:
    """How one tour is drawn all day: never by colour alone."""

    colour: str
    label_colour: str
    dash: tuple[float, ...]  # px on and off for a line of DASH_WIDTH_PX; empty = full
    ringed: bool  # the second time round the twelve colours

    def dash_for(self, width_px: float) -> tuple[float, ...]:
        """The dash in pixels for a line of this width."""
        return tuple(part * width_px / DASH_WIDTH_PX for part in self.dash)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The look in one theme."""

    theme: ThemeName
    colours: Colours
    map: MapColours
    sizes: Sizes
    type: TypeSizes
    tours: tuple[TourStyle, ...]

    def tour_style(self, number: int) -> TourStyle:
        """The style of tour T1, T2 and so on.

        Raises:
            ValueError: tours are numbered from 1.
        """
        if number < 1:
            raise ValueError(f"tours are numbered from 1, not {number}")
        again, place = divmod(number - 1, len(self.tours))
        style = self.tours[place]
        return _ringed(style) if again else style


@cache
def tokens(theme: ThemeName) -> Tokens:
    """The look in the light or the dark theme."""
    read = _file()
    return Tokens(
        theme=theme,
        colours=Colours(**read["colours"][theme]),
        map=MapColours(**read["map"][theme]),
        sizes=Sizes(**read["sizes"]),
        type=TypeSizes(**read["type"]),
        tours=tuple(_tour(tour, theme, read["dashes"]) for tour in read["tours"]),
    )


def tour_style(number: int, theme: ThemeName = "light") -> TourStyle:
    """The style of a tour; papers and files for others are always light."""
    return tokens(theme).tour_style(number)


@cache
def _ringed(style: TourStyle) -> TourStyle:
    return replace(style, ringed=True)


def _tour(
    tour: Mapping[str, Any], theme: ThemeName, dashes: Mapping[str, list[float]]
) -> TourStyle:
    return TourStyle(
        colour=tour[theme]["colour"],
        label_colour=tour[theme]["label"],
        dash=tuple(dashes[tour["dash"]]),
        ringed=False,
    )


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(resource("styles", "tokens.toml").read_text(encoding="utf-8"))
