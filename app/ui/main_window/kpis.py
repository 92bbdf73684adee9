"""The figures over the panes: each is the count of the list that its click opens."""

from datetime import timedelta

from app import formats
from app.domain.tours import Colour, PlanState, TourPlan
from app.i18n import _, n_
from app.ui.views import BY_NAME, Moment, View, is_late
from app.ui.widgets.kpi_bar import Kpi
from app.ui.widgets.looks import Badge
from db.queries.board import Board, OrderRow

#: Offers that end within this are shown as ending soon.
SOON_S = 300


def kpis(board: Board, moment: Moment) -> tuple[Kpi, ...]:
    """The day in figures; those of the tours appear with the first tour."""
    counts = (
        Kpi(name="orders", label=_("Orders"), value=formats.number(len(board.rows))),
        Kpi(name="to_source", label=_("To source"), value=_count(board, "to_source", moment)),
        _offers(board, moment),
        _unplanned(board, moment),
        _at_risk(board, moment),
    )
    tours = _tours(board.plan) if board.plan.tours else ()
    return (*counts, *tours, _to_book(board, moment), _anomalies(board, moment))


def _held(board: Board, view: View, moment: Moment) -> list[OrderRow]:
    return [row for row in board.rows if view.holds(row, moment)]


def _count(board: Board, name: str, moment: Moment) -> str:
    return formats.number(len(_held(board, BY_NAME[name], moment)))


def _offers(board: Board, moment: Moment) -> Kpi:
    """How many offers are open, and how many of them end within minutes."""
    held = _held(board, BY_NAME["offers"], moment)
    soon = moment.now + timedelta(seconds=SOON_S)
    ending = sum(row.offer is not None and row.offer.expires < soon for row in held)
    text = _("{count} < 5 min").format(count=formats.number(ending))
    return Kpi(
        name="offers",
        label=_("Offers"),
        value=formats.number(len(held)),
        badge=Badge(text, "warn") if ending else None,
        short_badge=formats.number(ending),
    )


def _unplanned(board: Board, moment: Moment) -> Kpi:
    left = _held(board, BY_NAME["unplanned"], moment)
    red = sum(row.unplanned is not None and row.unplanned.colour is Colour.RED for row in left)
    text = n_("{count} impossible", "{count} impossible", red).format(count=red)
    return Kpi(
        name="unplanned",
        label=_("Unplanned"),
        value=formats.number(len(left)),
        badge=Badge(text, "danger") if red else None,
        short_badge=str(red),
    )


def _at_risk(board: Board, moment: Moment) -> Kpi:
    risky = _held(board, BY_NAME["at_risk"], moment)
    late = sum(is_late(row, moment) for row in risky)
    text = n_("{count} late", "{count} late", late).format(count=late)
    return Kpi(
        name="at_risk",
        label=_("At risk"),
        value=formats.number(len(risky)),
        badge=Badge(text, "danger") if late else None,
        short_badge=str(late),
    )


def _tours(plan: TourPlan) -> tuple[Kpi, ...]:
    drafts = sum(tour.state is PlanState.DRAFT for tour in plan.tours)
    stops = plan.stop_count
    a_stop = formats.kilometres(plan.distance_m / stops) if stops else ""
    value, unit = _split(formats.distance(plan.distance_m))
    co2e, co2e_unit = _split(formats.emissions(plan.co2e_g))
    return (
        Kpi(
            name="tours",
            label=_("Tours"),
            value=formats.number(len(plan.tours)),
            comparison=n_("{count} draft", "{count} drafts", drafts).format(count=drafts)
            if drafts
            else "",
        ),
        Kpi(
            name="distance",
            label=_("Distance"),
            value=f"{value} {unit}",
            comparison=_("{figure} a stop").format(figure=a_stop) if stops else "",
            filters=False,
        ),
        Kpi(
            name="time",
            label=_("Time"),
            value=formats.duration(plan.work_s),
            comparison=_("driving {figure}").format(figure=formats.duration(plan.drive_s)),
            filters=False,
            joins=True,
        ),
        Kpi(
            name="cost",
            label=_("Cost"),
            value=formats.whole_money(plan.cost_cents),
            comparison=_("{figure} an order").format(figure=formats.money(plan.cost_cents / stops))
            if stops
            else "",
            filters=False,
            joins=True,
        ),
        Kpi(
            name="emissions",
            label=_("Emissions"),
            value=co2e,
            unit=co2e_unit,
            comparison=_("level {level}").format(level=1),
            filters=False,
        ),
    )


def _split(text: str) -> tuple[str, str]:
    """A figure and its unit; the first no-break space parts them."""
    value, _space, unit = text.partition("\u00a0")
    return value, unit


def _to_book(board: Board, moment: Moment) -> Kpi:
    return Kpi(name="to_book", label=_("To book"), value=_count(board, "to_book", moment))


def _anomalies(board: Board, moment: Moment) -> Kpi:
    return Kpi(name="anomalies", label=_("Anomalies"), value=_count(board, "anomalies", moment))
