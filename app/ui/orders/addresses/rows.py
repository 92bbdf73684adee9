"""Which addresses are to be checked, and what the lists say of them and of their candidates."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import formats
from app.domain.places import Precision
from app.domain.values import Address
from app.i18n import N_, _
from app.operations.placing import PlaceCandidate
from app.ui.orders.work_row import WorkRow
from app.ui.views import Moment, is_ill_placed
from app.ui.widgets.looks import Align, Look, Run, Words, figure, words
from app.ui.widgets.rows import Column

_SURE = 1.0
_FINE = 0.5
_PRECISIONS = {
    Precision.GIVEN: N_("given"),
    Precision.PIN: N_("pin"),
    Precision.HOUSE: N_("house"),
    Precision.STREET: N_("street"),
    Precision.TOWN: N_("town"),
    Precision.POSTCODE: N_("postcode"),
    Precision.DEPARTMENT: N_("department"),
}


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One order whose address is looked at; `score` is 0 when it was not found at all."""

    code: str
    customer: str
    address: Address
    score: float
    matched: str
    precision: Precision | None


def to_check(rows: Iterable[WorkRow], moment: Moment, asked: str = "") -> list[AddressRow]:
    """The addresses nobody can drive to, worst first; the order asked for comes before all."""
    found = [row for row in rows if row.code == asked or is_ill_placed(row.source, moment)]
    made = [_address_row(row) for row in found]
    return sorted(made, key=lambda each: (each.code != asked, each.score, each.code))


def _address_row(row: WorkRow) -> AddressRow:
    place = row.source.place
    return AddressRow(
        row.code,
        row.customer,
        row.source.order.address,
        0.0 if place is None else place.score,
        "" if place is None else place.matched,
        None if place is None else place.precision,
    )


def address_columns() -> list[Column[AddressRow]]:
    """The list on the left."""
    return [
        Column(
            name="score",
            title=N_("Trust"),
            hint=N_("How far the place found can be trusted"),
            text=lambda row: formats.whole_share(row.score),
            look=_trust,
            sort=lambda row: row.score,
            align=Align.RIGHT,
            width=52,
        ),
        Column(
            name="order",
            title=N_("Order"),
            text=lambda row: formats.order_number(row.code),
            look=lambda row: words(formats.order_number(row.code), strong=True),
            width=70,
        ),
        Column(
            name="address",
            title=N_("Address as typed"),
            text=lambda row: row.address.one_line or _("no address"),
            look=_typed,
            width=220,
            least=120,
            grows=True,
        ),
    ]


def candidate_columns() -> list[Column[PlaceCandidate]]:
    """The list on the right."""
    return [
        Column(
            name="place",
            title=N_("Place"),
            text=lambda row: row.place.matched,
            look=_place,
            width=170,
            least=110,
            grows=True,
        ),
        Column(
            name="department",
            title=N_("Department"),
            text=lambda row: row.department,
            width=110,
            least=70,
        ),
        Column(
            name="node",
            title=N_("Nearest node"),
            text=_nearest,
            look=lambda row: figure(_nearest(row), "text2"),
            sort=lambda row: row.distance_m,
            width=96,
        ),
        Column(
            name="precision",
            title=N_("Precision"),
            text=lambda row: _(_PRECISIONS[row.place.precision]),
            width=80,
            leaves=1,
        ),
    ]


def found_as(row: AddressRow) -> str:
    """What the address was taken for so far."""
    if row.precision is None:
        return _("Found nowhere so far")
    if not row.matched:
        return _("Placed so far by the coordinates given")
    return _("Taken for {place} ({precision}) so far").format(
        place=row.matched, precision=_(_PRECISIONS[row.precision])
    )


def _trust(row: AddressRow) -> Look:
    if row.score < _FINE:
        return figure(formats.whole_share(row.score), "danger", strong=True)
    return figure(formats.whole_share(row.score), "warn" if row.score < _SURE else "success")


def _typed(row: AddressRow) -> Look:
    if not row.address.one_line:
        return words(_("no address"), "text3")
    return words(row.address.one_line)


def _place(row: PlaceCandidate) -> Look:
    postcode, _space, town = row.place.matched.partition(" ")
    if not postcode.isdigit():
        return words(row.place.matched)
    return Words((Run(postcode, "text2"), Run(town)))


def _nearest(row: PlaceCandidate) -> str:
    if row.distance_m is None:
        return ""
    return f"{row.nearest_node} {formats.distance(row.distance_m)}"
