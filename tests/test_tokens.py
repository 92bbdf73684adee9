"""The look keeps its promises: contrast and distance recomputed from the tokens themselves."""

import pytest

from app.tokens import ThemeName, Tokens, tokens, tour_style
from tests.colour_vision import BLINDNESS, contrast, distance, nearest

THEMES: tuple[ThemeName, ...] = ("light", "dark")
STATUS = ("success", "warn", "danger", "info", "provisional", "offline")
WORDS = 4.5  # WCAG 2 AA for text
SHAPES = 3.0  # and for what is not text
both_themes = pytest.mark.parametrize("theme", THEMES)


def grounds(look: Tokens) -> list[str]:
    """Everything that words are written on."""
    colours = look.colours
    surfaces = [colours.canvas, colours.surface0, colours.surface1, colours.surface2]
    return [*surfaces, colours.hover, colours.selection, colours.selection_inactive]


@both_themes
@pytest.mark.parametrize("words", ["text1", "text2", "text3", "accent"])
def test_words_can_be_read_on_every_ground(theme: ThemeName, words: str):
    look = tokens(theme)

    assert min(contrast(getattr(look.colours, words), ground) for ground in grounds(look)) >= WORDS


@both_themes
def test_content_is_easier_to_read_than_labels_and_labels_than_hints(theme: ThemeName):
    look = tokens(theme)

    def lowest(words: str) -> float:
        return min(contrast(getattr(look.colours, words), ground) for ground in grounds(look))

    assert lowest("text1") > 9 > lowest("text2") > lowest("text3")


@both_themes
@pytest.mark.parametrize("status", STATUS)
def test_status_words_can_be_read_on_rows_and_on_their_own_tint(theme: ThemeName, status: str):
    colours = tokens(theme).colours
    tint = getattr(colours, f"{status}_bg")
    on = [colours.surface0, colours.hover, colours.selection, colours.accent_tint, tint]

    assert min(contrast(getattr(colours, status), ground) for ground in on) >= WORDS


@both_themes
def test_the_primary_button_can_be_read_at_rest_and_under_the_pointer(theme: ThemeName):
    colours = tokens(theme).colours

    assert contrast(colours.on_accent, colours.accent) >= WORDS
    assert contrast(colours.on_accent, colours.accent_hover) >= WORDS


@both_themes
def test_the_edge_of_a_control_can_be_seen_on_every_surface(theme: ThemeName):
    look = tokens(theme)
    colours = look.colours
    surfaces = (colours.surface0, colours.surface1, colours.surface2, colours.canvas)

    assert min(contrast(colours.border_strong, surface) for surface in surfaces) >= SHAPES
    assert min(contrast(colours.focus, surface) for surface in surfaces) >= SHAPES


@both_themes
def test_the_map_can_be_read(theme: ThemeName):
    look = tokens(theme)

    assert contrast(look.map.label, look.map.land) >= WORDS
    assert contrast(look.colours.warn_solid, look.map.land) >= SHAPES
    assert contrast(look.colours.halo, look.map.land) >= SHAPES


@both_themes
def test_neither_black_nor_white_is_pure_in_the_dark(theme: ThemeName):
    values = {colour.upper() for colour in tokens(theme).colours.by_name().values()}

    assert "#000000" not in values
    assert theme == "light" or "#FFFFFF" not in values


@both_themes
def test_twelve_tours_can_be_seen_on_map_and_rows(theme: ThemeName):
    look = tokens(theme)

    assert len(look.tours) == 12
    for tour in look.tours:
        for ground in (look.map.land, look.map.urban, look.colours.surface0):
            assert contrast(tour.colour, ground) >= SHAPES


@both_themes
def test_the_label_on_a_tour_is_the_one_that_contrasts_more(theme: ThemeName):
    for tour in tokens(theme).tours:
        best = max(("#0D1115", "#FFFFFF"), key=lambda label: contrast(label, tour.colour))
        assert tour.label_colour == best
        assert contrast(best, tour.colour) >= WORDS


@both_themes
@pytest.mark.parametrize("eyes", BLINDNESS)
def test_no_two_tours_look_alike_to_any_eyes(theme: ThemeName, eyes: str):
    assert nearest([tour.colour for tour in tokens(theme).tours], eyes) >= 11.9


@both_themes
@pytest.mark.parametrize("eyes", BLINDNESS)
def test_tours_with_one_dash_are_further_apart_still(theme: ThemeName, eyes: str):
    tours = tokens(theme).tours
    for dash in {tour.dash for tour in tours}:
        assert nearest([tour.colour for tour in tours if tour.dash == dash], eyes) >= 15


@both_themes
def test_no_tour_looks_late_or_tight(theme: ThemeName):
    look = tokens(theme)

    for tour in look.tours:
        for alarm in (look.colours.danger, look.colours.warn_solid):
            assert distance(tour.colour, alarm) >= 11


def test_the_thirteenth_tour_is_the_first_with_a_ring():
    first, thirteenth = tour_style(1), tour_style(13)

    assert (thirteenth.colour, thirteenth.dash) == (first.colour, first.dash)
    assert (first.ringed, thirteenth.ringed) == (False, True)


def test_a_tour_has_one_dash_in_both_themes():
    assert [tour.dash for tour in tokens("light").tours] == [
        tour.dash for tour in tokens("dark").tours
    ]


def test_a_dash_scales_with_its_line():
    assert tour_style(2).dash == (11, 4)
    assert tour_style(2).dash_for(6) == (22, 8)
    assert tour_style(1).dash_for(6) == ()


def test_tours_are_numbered_from_one():
    with pytest.raises(ValueError, match="numbered from 1"):
        tour_style(0)
