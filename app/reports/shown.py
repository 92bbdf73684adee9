"""The texts of the review's tables, once for page and paper; their columns add up as printed."""

from dataclasses import dataclass

from app import formats
from app.i18n import _, n_
from app.reports.day_review import DayReview, TourReview
from app.reports.kpis import TourFigures, day_figures, tour_figures

#: How fine the figures of the tables are: tenths of kilometres and kilograms, whole minutes.
KM, KG, MINUTE, CO2E = 100, 100, 60, 10


@dataclass(frozen=True, slots=True)
class TourRow:
    """A tour's line in the day's table, or their sum; `distance_m` is the one that is printed."""

    number: int
    title: str
    driver: str
    stops: str
    on_time: str
    late: bool
    km: str
    work: str
    drive: str
    fill_share: float | None
    fill: str
    kg: str
    parcels: str
    cost: str
    co2e: str
    distance_m: int = 0
    weight_g: int = 0


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """A carrier's line, or their sum."""

    name: str
    shipments: str
    parcels: str
    kg: str
    cost: str
    co2e: str
    references: tuple[str, ...] = ()
    unsent: int = 0


def tour_rows(review: DayReview) -> tuple[tuple[TourRow, ...], TourRow]:
    """Every tour's line and their sum; every column of figures adds up to it."""
    tours = review.tours
    metres = formats.rounded_parts([one.tour.distance_m for one in tours], KM)
    grams = formats.rounded_parts([one.tour.load.weight_g for one in tours], KG)
    co2e = formats.rounded_parts([one.tour.co2e_g for one in tours], CO2E)
    work = formats.rounded_parts([one.tour.work_s for one in tours], MINUTE)
    drive = formats.rounded_parts([one.tour.drive_s for one in tours], MINUTE)
    rows = tuple(
        _tour_row(one, *figures)
        for one, *figures in zip(tours, metres, grams, co2e, work, drive, strict=True)
    )
    total = tour_figures(tours)
    return rows, _sum_row(total, sum(metres), sum(grams), sum(co2e), sum(work), sum(drive))


def carrier_rows(review: DayReview) -> tuple[tuple[CarrierRow, ...], CarrierRow]:
    """Every carrier's line and their sum."""
    carriers = review.carriers
    grams = formats.rounded_parts([one.weight_g for one in carriers], KG)
    co2e = formats.rounded_parts([one.co2e_g for one in carriers], CO2E)
    rows = tuple(
        CarrierRow(
            one.name,
            formats.number(len(one.carried)),
            formats.number(one.parcels),
            formats.kilograms(weight),
            formats.amount(one.cost_cents),
            co2e_kg(grams_out),
            one.references,
            one.unsent,
        )
        for one, weight, grams_out in zip(carriers, grams, co2e, strict=True)
    )
    whole = day_figures(review).carried
    total = CarrierRow(
        _("Total"),
        formats.number(whole.shipments),
        formats.number(whole.parcels),
        formats.kilograms(sum(grams)),
        formats.amount(whole.cost_cents),
        co2e_kg(sum(co2e)),
        unsent=whole.unsent,
    )
    return rows, total


def co2e_kg(grams: int) -> str:
    """CO2e in kilograms to ten grams, for columns: `0,03`."""
    return formats.number(grams / 1000, 2)


def _tour_row(
    one: TourReview, metres: int, grams: int, co2e_g: int, work_s: int, drive_s: int
) -> TourRow:
    share = one.fill_share
    return TourRow(
        one.number,
        one.title,
        one.driver,
        formats.number(len(one.visits)),
        f"{len(one.visits) - one.late}/{len(one.visits)}",
        one.late > 0,
        formats.kilometres(metres),
        formats.duration(work_s),
        formats.duration(drive_s),
        share,
        "" if share is None else formats.whole_share(share),
        formats.kilograms(grams),
        formats.number(one.tour.load.parcels),
        formats.amount(one.tour.cost_cents),
        co2e_kg(co2e_g),
        metres,
        grams,
    )


def _sum_row(
    total: TourFigures, metres: int, grams: int, co2e_g: int, work_s: int, drive_s: int
) -> TourRow:
    return TourRow(
        0,
        n_("Total · {count} tour", "Total · {count} tours", total.tours).format(
            count=formats.number(total.tours)
        ),
        "",
        formats.number(total.stops),
        f"{formats.number(total.on_time)}/{formats.number(total.stops)}",
        total.late > 0,
        formats.kilometres(metres),
        formats.duration(work_s),
        formats.duration(drive_s),
        None,
        "",
        formats.kilograms(grams),
        formats.number(total.parcels),
        formats.amount(total.cost_cents),
        co2e_kg(co2e_g),
        metres,
        grams,
    )
