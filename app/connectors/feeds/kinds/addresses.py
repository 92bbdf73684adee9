"""Columns that say where something is, and how they become an address and a place."""

from app.connectors.feeds.cells import country, real, text
from app.connectors.feeds.columns import Column
from app.connectors.feeds.faults import Misfit
from app.connectors.feeds.ground import Ground
from app.connectors.feeds.rows import TypedRow
from app.domain.places import Located, Precision
from app.domain.reasons import because
from app.domain.values import Address, GeoPoint
from app.i18n import N_
from app.places.names import postcode_as_written


def address_columns(*, shared: bool = False) -> tuple[Column, ...]:
    """Street, postcode, town and country."""
    return (
        Column("street", text(), N_("Number and street."), shared=shared),
        Column(
            "postcode", text(20), N_("Postcode; a lost leading zero is put back."), shared=shared
        ),
        Column("town", text(), N_("Town, CEDEX or not."), shared=shared),
        Column(
            "country", country, N_("Country, by its two letters; France if empty."), shared=shared
        ),
    )


def coordinate_columns(*, shared: bool = False) -> tuple[Column, ...]:
    """Latitude and longitude; either both or none."""
    return (
        Column(
            "latitude",
            real(-90, 90),
            N_("Decimal degrees; found from the address if empty."),
            shared=shared,
        ),
        Column("longitude", real(-180, 180), N_("Decimal degrees."), shared=shared),
    )


def address_of(row: TypedRow, ground: Ground) -> Address:
    """The row's address; a French postcode that lost its zero gets it back, with a note."""
    cells = row.cells
    country_code = cells.get("country", ground.country)
    postcode = cells.get("postcode", "")
    if country_code == "FR" and (whole := postcode_as_written(postcode)):
        if len(whole) > len(postcode):
            row.note(because("zero_put_back", postcode=whole), "postcode")
        postcode = whole
    return Address(cells.get("street", ""), postcode, cells.get("town", ""), country_code)


def given_place(row: TypedRow) -> Located | None:
    """The place that the file gives; none where it gives none, or the point 0, 0.

    Raises:
        Misfit: one coordinate stands without the other.
    """
    point = point_given(row, "latitude", "longitude")
    return None if point is None else Located(point, 1.0, Precision.GIVEN)


def point_given(row: TypedRow, north: str, east: str) -> GeoPoint | None:
    """The point in these two columns; none where they are empty, or say 0, 0.

    Raises:
        Misfit: one coordinate stands without the other.
    """
    latitude, longitude = row.cells.get(north), row.cells.get(east)
    if (latitude is None) != (longitude is None):
        raise Misfit("half_a_place", column=east if longitude is None else north)
    if latitude is None or longitude is None:
        return None
    if latitude == 0 == longitude:
        row.note(because("no_place_at_zero"), north)
        return None
    return GeoPoint(latitude, longitude)


def place_of(row: TypedRow, address: Address, ground: Ground) -> Located | None:
    """The place given, else the one found for the address, else none."""
    return given_place(row) or (ground.locate(address) if address.one_line else None)


def point_of(row: TypedRow, address: Address, ground: Ground) -> GeoPoint:
    """The same for what cannot be without a place; found from the address, it is noted.

    Raises:
        Misfit: there is no place for it.
    """
    place = place_of(row, address, ground)
    if place is None:
        raise Misfit("not_located", column="latitude", address=address.one_line)
    if place.precision is not Precision.GIVEN:
        row.note(because("located_by_address", matched=place.matched), "latitude")
    return place.point
