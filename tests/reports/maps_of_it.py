"""Maps of the small day, as an operation would hand them to the review."""

from app.domain.tours import TourPlan
from app.maps.layers import MapLayers
from app.maps.plan_marks import node_mark, plan_layers
from app.operations.review_maps import live_map, on_paper, on_screen
from app.reports.day_review import DayReview
from app.reports.maps import DrawMap
from app.reports.review_html import review_page
from app.reports.review_pdf import review_document
from tests.builders import an_order, at
from tests.reports.a_day import LIL, ON, RBX


def layers(review: DayReview) -> MapLayers:
    """What the review's maps show: its tours, the orders in them, two nodes."""
    plan = TourPlan(ON, tuple(one.tour for one in review.tours))
    orders = [
        an_order(
            visit.stop.order,
            customer=visit.customer,
            address=visit.address,
            place=at(visit.stop.point),
        )
        for one in review.tours
        for visit in one.visits
    ]
    drawn = plan_layers(plan, orders, ())
    return MapLayers(drawn.orders, (node_mark(LIL), node_mark(RBX)), drawn.tours)


def maps(review: DayReview) -> DrawMap:
    """The maps of the day's documents."""
    return on_paper(layers(review))


def page(review: DayReview) -> str:
    """The day as a page."""
    shown = layers(review)
    return review_page(review, on_screen(shown), live_map(shown))


def document(review: DayReview) -> bytes:
    """The day as a PDF."""
    return review_document(review, maps(review))
