"""What the land looks like: shapes and names that ship with the program."""

from app.i18n import use_language
from app.maps.geography import Geography, country_name, geography_data, load_geography, load_names
from app.maps.projection import Area

ROUND_LILLE = Area(50.4, 2.7, 50.85, 3.4)


def everything(geography: Geography) -> list[tuple[float, float]]:
    lines = [
        *(ring for polygon in geography.land for ring in polygon),
        *(ring for _code, polygon in geography.neighbours for ring in polygon),
        *(ring for polygon in (*geography.urban, *geography.lakes) for ring in polygon),
        *(river.line for river in geography.rivers),
        *geography.borders,
        *geography.frontiers,
    ]
    return [place for line in lines for place in line]


def test_the_land_of_france_and_its_neighbours_is_there():
    geography = load_geography()

    assert len(geography.land) > 90
    assert {code for code, _polygon in geography.neighbours} >= {"BE", "DE", "ES", "IT", "CH"}
    assert all((geography.urban, geography.lakes, geography.rivers, geography.borders))
    assert any(river.great for river in geography.rivers)


def test_clipped_land_stays_in_its_area():
    clipped = load_geography().clipped(ROUND_LILLE)

    places = everything(clipped)
    assert places
    assert all(
        2.7 - 1e-9 <= x <= 3.4 + 1e-9 and 50.4 - 1e-9 <= y <= 50.85 + 1e-9 for x, y in places
    )


def test_clipped_land_is_small_enough_to_travel_in_a_file():
    assert len(everything(load_geography().clipped(ROUND_LILLE))) < 3_000


def test_an_area_at_sea_has_no_land():
    assert everything(load_geography().clipped(Area(46.0, -5.5, 46.5, -5.0))) == []


def test_neighbours_are_named_in_the_language_of_the_program(french: None):
    assert country_name("BE") == "Belgique"
    use_language("en")
    assert country_name("BE") == "Belgium"


def test_the_page_gets_the_outline_of_each_neighbour_with_its_name(english: None):
    data = geography_data(load_geography().clipped(ROUND_LILLE))

    assert {country["name"] for country in data["countries"]} == {"Belgium"}
    assert all(len(country["outline"]) > 3 for country in data["countries"])


def test_names_say_from_which_zoom_they_are_written():
    around = [p for p in load_names() if ROUND_LILLE.holds_at(p.latitude, p.longitude)]
    names = {place.name: place for place in around}

    assert names["Lille"].zoom < names["Lambersart"].zoom
    assert names["Lille"].rank == 1
