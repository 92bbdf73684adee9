"""Test a day's tours before they are published: which one breaks first, and at which stop."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import _
from app.planning.tours.stress import DAYS, Breaking, Stressed, StressTest, stress
from app.planning.tours.vehicle_day import shift_of
from app.workspace import Workspace
from db.fleet import load_vehicles
from db.nodes import load_nodes
from db.plans import load_plan


def stress_test(workspace: Workspace, on: date, *, days: int = DAYS, seed: int = 0) -> StressTest:
    """Drive the day's tours, as they are kept, through so many simulated days.

    Of a day under way only what is still to come.
    """
    tours, now = workspace.read(load_plan, on).tours, workspace.now()
    today = now.astimezone(workspace.zone).date() == on
    ends = dict(_shift_ends(workspace, on))
    return stress(tours, ends, now=now if today else None, days=days, seed=seed)


def _shift_ends(workspace: Workspace, on: date) -> Iterator[tuple[str, datetime]]:
    zones = {node.code: ZoneInfo(node.timezone) for node in workspace.read(load_nodes)}
    for vehicle in workspace.read(load_vehicles):
        zone = zones.get(vehicle.depot, workspace.zone)
        yield vehicle.code, shift_of(vehicle, on, zone).end


def stress_document(tested: StressTest) -> dict[str, Any]:
    """The test as the public interface tells it, the tour that breaks first at the head."""
    chances = tested.chances
    return {
        "days": tested.days,
        "seed": tested.seed,
        "whole_share": round(tested.whole_share, 4),
        "chances": {
            "absent_share": chances.absent_share,
            "absent_s": chances.absent_s,
            "day_cv": chances.day_cv,
            "way_cv": chances.way_cv,
            "stop_cv": chances.stop_cv,
            "goods_late_share": chances.goods_late_share,
            "goods_late_s": chances.goods_late_s,
        },
        "tours": [_tour(one) for one in tested.tours],
    }


def _tour(one: Stressed) -> dict[str, Any]:
    return {
        "tour": one.tour,
        "vehicle": one.vehicle,
        "stops": one.stops,
        "breaks_share": round(one.breaks_share, 4),
        "late_share": round(one.late_share, 4),
        "over_share": round(one.over_share, 4),
        "late_stops": round(one.late_stops, 2),
        "late_s": round(one.late_s),
        "over_s": round(one.over_s),
        "absent": round(one.absent, 2),
        "first": None if one.first is None else _first(one.first),
    }


def _first(first: Breaking) -> dict[str, Any]:
    return {
        "order": first.order,
        "shipment": first.shipment,
        "position": first.position,
        "days_share": round(first.days_share, 4),
    }


def stress_lines(tested: StressTest) -> list[str]:
    """The tours that break at all, in words, the worst first."""
    lines = [in_words(one) for one in tested.tours if one.breaks_share > 0]
    whole = _("Nothing breaks on {share} of {days} simulated days.")
    share = formats.whole_share(tested.whole_share)
    return [*lines, whole.format(share=share, days=formats.number(tested.days))]


def in_words(one: Stressed) -> str:
    """How often a tour breaks, by how much, and where first."""
    text = _("{tour} breaks on {share} of the days: {late} late, {over} past the shift on average.")
    said = text.format(
        tour=one.tour.rpartition("-")[2],
        share=formats.whole_share(one.breaks_share),
        late=formats.duration(one.late_s),
        over=formats.duration(one.over_s),
    )
    if one.first is None:
        return said
    first = _("First at stop {position}, {order}.")
    order = formats.order_number(one.first.order)
    return f"{said} {first.format(position=one.first.position, order=order)}"
