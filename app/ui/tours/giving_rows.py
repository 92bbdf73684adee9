"""How a vehicle that could drive a tour stands in its list: what it changes, what is against it."""

from dataclasses import dataclass

from app import formats
from app.domain.fleet import Vehicle
from app.domain.tours import Tour
from app.i18n import N_, _, n_
from app.planning.tours.consequences import Preview
from app.planning.tours.prices import Taker
from app.ui.icons import Icon
from app.ui.tours.drop_words import Told, named, objection_to, price_of
from app.ui.widgets.looks import Align, Elide, Look, Mark, Run, Words, figure
from app.ui.widgets.rows import Column


@dataclass(frozen=True, slots=True)
class GivingRow:
    """One vehicle, or the tour that it would give in exchange.

    `depot` is told only where the tour would leave from there instead.
    """

    vehicle: Vehicle
    seen: Preview
    gives: Tour | None
    depot: str
    against: str

    @property
    def possible(self) -> bool:
        return self.seen.refused is None

    @property
    def name(self) -> str:
        return self.vehicle.label or self.vehicle.code


def row_of(vehicle: Vehicle, taker: Taker, leaves_from: str, told: Told) -> GivingRow:
    """The row of a vehicle for a tour that leaves from a depot now."""
    depot = "" if vehicle.depot == leaves_from else vehicle.depot
    seen = taker.preview
    return GivingRow(vehicle, seen, taker.gives, depot, _against(seen, told))


def columns() -> list[Column[GivingRow]]:
    """The columns of the list; what gives way first has the lowest `leaves`."""
    return [
        Column(
            name="able",
            title="",
            hint=N_("Whether the vehicle may drive the tour"),
            text=_verdict,
            look=_light,
            align=Align.CENTRE,
            width=26,
        ),
        Column(
            name="vehicle",
            title=N_("Vehicle"),
            text=lambda row: " ".join(filter(None, (row.name, row.depot))),
            look=_vehicle,
            width=164,
            least=136,
        ),
        Column(
            name="exchange",
            title="⇄",
            hint=N_("The tour that it gives in exchange; an idle vehicle gives none"),
            text=_exchange,
            sort=lambda row: 0 if row.gives is None else row.gives.number,
            align=Align.CENTRE,
            width=40,
        ),
        Column(
            name="money",
            title="€",
            text=lambda row: _change(row, formats.amount, row.seen.change.cost_cents),
            look=lambda row: _figure(row, formats.amount, row.seen.change.cost_cents),
            sort=lambda row: row.seen.change.cost_cents,
            align=Align.RIGHT,
            width=64,
        ),
        Column(
            name="way",
            title="km",
            text=lambda row: _change(row, formats.kilometres, row.seen.change.distance_m),
            look=lambda row: _figure(row, formats.kilometres, row.seen.change.distance_m),
            sort=lambda row: row.seen.change.distance_m,
            align=Align.RIGHT,
            width=54,
            leaves=3,
        ),
        Column(
            name="carbon",
            title="CO₂e",
            text=lambda row: _change(row, formats.emissions, row.seen.change.co2e_g),
            look=lambda row: _figure(row, formats.emissions, row.seen.change.co2e_g),
            sort=lambda row: row.seen.change.co2e_g,
            align=Align.RIGHT,
            width=80,
            leaves=2,
        ),
        Column(
            name="late",
            title=N_("Late"),
            hint=N_("How much later than promised its stops are, or less late"),
            text=_late,
            look=lambda row: figure(_late(row), "danger" if _late_s(row) > 0 else "success"),
            sort=_late_s,
            align=Align.RIGHT,
            width=64,
            leaves=1,
        ),
        Column(
            name="against",
            title=N_("Against it"),
            text=lambda row: row.against,
            look=_objection,
            tooltip=lambda row: row.against,
            width=150,
            least=84,
            grows=True,
        ),
    ]


def _against(seen: Preview, told: Told) -> str:
    """The first thing against it, and how many more there are."""
    text = named(objection_to(seen), told)
    more = len(seen.broken) - 1 if seen.refused is None else 0
    if more <= 0:
        return text
    rest = n_("{count} more rule is broken", "{count} more rules are broken", more)
    return f"{text} {rest.format(count=formats.number(more))}."


def _verdict(row: GivingRow) -> str:
    if row.seen.free:
        return _("keeps all rules")
    return _("breaks rules") if row.possible else _("cannot")


def _light(row: GivingRow) -> Look:
    if row.seen.free:
        return Mark(Icon.DONE, "success")
    return Mark(Icon.WARNING, "warn") if row.possible else Mark(Icon.REFUSED, "text3")


def _vehicle(row: GivingRow) -> Look:
    tone = "text1" if row.possible else "text3"
    return Words((Run(row.name, tone, strong=row.seen.free), Run(row.depot, "text2", drops=True)))


def _exchange(row: GivingRow) -> str:
    return "" if row.gives is None else f"T{row.gives.number}"


def _objection(row: GivingRow) -> Look:
    tone = "danger" if row.possible else "text3"
    return Words((Run("" if row.seen.free else price_of(row.seen)[0], tone),), Elide.END)


def _late_s(row: GivingRow) -> int:
    return row.seen.change.late_s


def _late(row: GivingRow) -> str:
    return _change(row, formats.duration, _late_s(row)) if _late_s(row) else ""


def _change(row: GivingRow, form: formats.Format, difference: int) -> str:
    """Nothing where it cannot be."""
    return formats.change(form, difference) if row.possible else ""


def _figure(row: GivingRow, form: formats.Format, difference: int) -> Look:
    tone = "success" if difference < 0 else "danger" if difference > 0 else "text3"
    return figure(_change(row, form, difference), tone)
