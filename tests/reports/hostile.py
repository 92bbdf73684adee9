"""What a customer might write to get into a page, and a day on which everybody did."""

from dataclasses import replace

from app.domain.reasons import because
from app.domain.values import Address
from app.reports.day_review import CarrierReview, DayReview, Told, TourReview
from tests.reports.a_day import a_review

WORDS = (
    "<img src=x onerror=\"document.title='broken'\">",
    "</script><script>document.title='broken'</script>",
    "</title></style><style>*{display:none}</style>",
    "`${document.title='broken'}`",
    "'; document.title='broken'; //",
    '" onmouseover="document.title=\'broken\'" x="',
    "\u2028document.title='broken'\u2029",
    "<!--<script>document.title='broken'",
    "javascript:document.title='broken'",
    "{policy} %s {0} &lt;b&gt; \x00\x07\u202edlrow",
)


def everywhere(words: str) -> DayReview:
    """A day in which every text that somebody else wrote says the same."""
    review = a_review()
    told = (Told(because("tour_no_time_left", vehicle=words), words),)
    return replace(
        review,
        tours=tuple(_tour(one, words) for one in review.tours),
        carriers=tuple(_carrier(one, words) for one in review.carriers),
        left_out=tuple(
            replace(one, order=words, customer=words, town=words, reasons=told)
            for one in review.left_out
        ),
        handed_over=tuple(
            replace(
                one, order=words, shipment=words, customer=words, town=words, carrier=words,
                reasons=told,
            )
            for one in review.handed_over
        ),
        method=words,
        sources=(words,),
    )  # fmt: skip


def _tour(one: TourReview, words: str) -> TourReview:
    address = Address(words, words, words)
    visits = tuple(
        replace(
            visit,
            stop=replace(visit.stop, order=words),
            customer=words,
            address=address,
            phone=words,
            note=words,
        )
        for visit in one.visits
    )
    assert one.vehicle is not None
    assert one.depot is not None
    return replace(
        one,
        visits=visits,
        basis=because("emissions_own", vehicle=words, per_km_co2e_g=15),
        vehicle=replace(one.vehicle, label=words, driver=words),
        depot=replace(one.depot, name=words, address=address),
    )


def _carrier(one: CarrierReview, words: str) -> CarrierReview:
    carried = tuple(
        replace(
            carried, shipment=words, order=words, customer=words, town=words, service=words,
            reference=words,
        )
        for carried in one.carried
    )  # fmt: skip
    return CarrierReview(words, words, carried)
