"""An electric vehicle keeps a margin in its battery: tours, the judge and reasons hold to it."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.fleet import Energy
from app.domain.policy import Policy, TouringPolicy
from app.domain.reach import reach_m
from app.planning.tours.solver import solve
from app.wording import sentence
from app.wording.tours import violation_reason
from tests.builders import a_vehicle
from tests.tours.a_day import Day, a_door

VAN = a_vehicle(energy=Energy.ELECTRIC, max_m=100_000)
MARGIN = TouringPolicy(battery_margin_percent=15, cold_margin_percent=20)


@pytest.mark.parametrize(
    ("month", "first", "last", "reach"),
    [
        (7, 11, 3, 85_000),
        (11, 11, 3, 65_000),
        (1, 11, 3, 65_000),
        (4, 11, 3, 85_000),
        (5, 4, 6, 65_000),
        (7, 4, 6, 85_000),
    ],
)
def test_more_is_kept_back_in_the_cold_months(month: int, first: int, last: int, reach: int):
    policy = replace(MARGIN, cold_from_month=first, cold_to_month=last)

    assert reach_m(VAN, policy, date(2026, month, 15)) == reach


def test_only_batteries_keep_something_back_and_only_where_the_way_is_known():
    july = date(2026, 7, 1)

    assert reach_m(replace(VAN, energy=Energy.DIESEL), MARGIN, july) == 100_000
    assert reach_m(replace(VAN, max_m=None), MARGIN, july) is None
    assert reach_m(VAN, replace(MARGIN, battery_margin_percent=100), july) == 0


def day_of(policy: TouringPolicy) -> Day:
    """A door some forty kilometres of road away, there and back, in November."""
    return Day([a_door("480001", 0.2)], [replace(VAN, max_m=50_000)], policy=Policy(touring=policy))


def test_a_tour_beyond_the_margin_is_not_planned_and_the_battery_is_named():
    assert solve(day_of(TouringPolicy()).problem(), iterations=20).stop_count == 1

    plan = solve(day_of(MARGIN).problem(), iterations=20)

    (left,) = plan.unplanned
    (why,) = left.reasons
    assert (why.code, why["limit_m"], why["kept_m"]) == ("tour_beyond_battery", 32_500, 17_500)
    assert "battery" in sentence(why)


def test_the_judge_finds_a_tour_that_empties_the_battery_beyond_the_margin():
    plan = solve(day_of(TouringPolicy()).problem(), iterations=20)

    (found,) = day_of(MARGIN).judged(plan).violations

    assert (found.code, found.limit) == ("battery_margin", 32_500)
    assert found.amount == plan.distance_m
    assert "margin of its battery" in sentence(violation_reason(found))
