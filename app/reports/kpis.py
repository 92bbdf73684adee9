"""The day in figures: sums of what the review shows, and the parts of a sum as they are printed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.values import Load
from app.reports.day_review import DayReview, TourReview


@dataclass(frozen=True, slots=True)
class TourFigures:
    """Sums over tours: all of a day's, or one alone. CO2e has the level of the least exact."""

    tours: int = 0
    stops: int = 0
    parcels: int = 0
    weight_g: int = 0
    volume_ml: int = 0
    distance_m: int = 0
    drive_s: int = 0
    work_s: int = 0
    waiting_s: int = 0
    cost_cents: int = 0
    co2e_g: int = 0
    emission_level: int = 1
    late: int = 0
    late_s: int = 0
    tight: int = 0

    @property
    def on_time(self) -> int:
        return self.stops - self.late

    @property
    def on_time_share(self) -> float | None:
        return self.on_time / self.stops if self.stops else None


@dataclass(frozen=True, slots=True)
class CarrierFigures:
    """Sums over all carriers of a day; `batches` were sent, `unsent` shipments were not yet."""

    carriers: int = 0
    shipments: int = 0
    parcels: int = 0
    weight_g: int = 0
    cost_cents: int = 0
    co2e_g: int = 0
    emission_level: int = 1
    batches: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The day as a whole: own tours, carriers, and both together."""

    own: TourFigures
    carried: CarrierFigures
    orders: int
    on_tour: int
    with_carrier: int
    to_collect: int
    left_out: int
    closed: int

    @property
    def cost_cents(self) -> int:
        return self.own.cost_cents + self.carried.cost_cents

    @property
    def co2e_g(self) -> int:
        return self.own.co2e_g + self.carried.co2e_g

    @property
    def emission_level(self) -> int:
        """The level of the least exact part that there is."""
        levels = [self.own.emission_level] if self.own.tours else []
        levels += [self.carried.emission_level] if self.carried.shipments else []
        return min(levels, default=1)

    @property
    def delivered(self) -> int:
        """Orders that leave, on our tours or with carriers."""
        return self.on_tour + self.with_carrier


def tour_figures(tours: Sequence[TourReview]) -> TourFigures:
    """What these tours come to together."""
    load = sum((one.tour.load for one in tours), Load())
    return TourFigures(
        tours=len(tours),
        stops=sum(len(one.visits) for one in tours),
        parcels=load.parcels,
        weight_g=load.weight_g,
        volume_ml=load.volume_ml,
        distance_m=sum(one.tour.distance_m for one in tours),
        drive_s=sum(one.tour.drive_s for one in tours),
        work_s=sum(one.tour.work_s for one in tours),
        waiting_s=sum(one.waiting_s for one in tours),
        cost_cents=sum(one.tour.cost_cents for one in tours),
        co2e_g=sum(one.tour.co2e_g for one in tours),
        emission_level=min((one.tour.emission_level for one in tours), default=1),
        late=sum(one.late for one in tours),
        late_s=sum(one.tour.late_s for one in tours),
        tight=sum(one.tight for one in tours),
    )


def day_figures(review: DayReview) -> DayFigures:
    """What the day comes to."""
    carriers, fates = review.carriers, review.fates
    return DayFigures(
        own=tour_figures(review.tours),
        carried=CarrierFigures(
            carriers=len(carriers),
            shipments=sum(len(one.carried) for one in carriers),
            parcels=sum(one.parcels for one in carriers),
            weight_g=sum(one.weight_g for one in carriers),
            cost_cents=sum(one.cost_cents for one in carriers),
            co2e_g=sum(one.co2e_g for one in carriers),
            emission_level=min((one.emission_level for one in carriers), default=1),
            batches=sum(len(one.references) for one in carriers),
            unsent=sum(one.unsent for one in carriers),
        ),
        orders=fates.orders,
        on_tour=fates.on_tour,
        with_carrier=fates.with_carrier,
        to_collect=fates.to_collect,
        left_out=fates.left_out,
        closed=fates.closed,
    )


def as_document(review: DayReview) -> dict[str, Any]:
    """The figures for the command line: the tours' sums by the names that a plan uses."""
    figures = day_figures(review)
    own = asdict(figures.own)
    return {
        "date": review.on.isoformat(),
        "states": {state.value: count for state, count in review.states.items()},
        "orders": figures.orders,
        "on_tour": figures.on_tour,
        "with_carrier": figures.with_carrier,
        "to_collect": figures.to_collect,
        "left_out": figures.left_out,
        "closed": figures.closed,
        **own,
        "unplanned_handed_over": len(review.handed_over),
        "carriers": {
            one.code: {
                "shipments": len(one.carried),
                "cost_cents": one.cost_cents,
                "co2e_g": one.co2e_g,
                "emission_level": one.emission_level,
                "references": list(one.references),
                "unsent": one.unsent,
            }
            for one in review.carriers
        },
        "total_cost_cents": figures.cost_cents,
        "total_co2e_g": figures.co2e_g,
        "total_emission_level": figures.emission_level,
    }


def shared_out(parts: Sequence[int], unit: int, total: int) -> tuple[int, ...]:
    """Parts as multiples of `unit` that add up to a total which was itself rounded to the unit.

    The largest remainders are rounded up, the rest down.
    """
    floors = [part // unit for part in parts]
    missing = total // unit - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda n: (-(parts[n] % unit), n))
    raised = set(by_remainder[: max(0, missing)])
    return tuple((whole + (n in raised)) * unit for n, whole in enumerate(floors))
