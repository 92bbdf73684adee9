"""Whatever a day asks of its tours: plans stand before the judge, and no use is left idle."""

from hypothesis import HealthCheck, given, settings

from app.domain.tours import TourPlan
from app.planning.tours.settle import Exact
from app.planning.tours.solver import solve
from tests.tours.a_day import Day, any_days

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(plan: TourPlan) -> set[str]:
    return {stop.shipment for tour in plan.tours for stop in tour.deliveries}


@QUICK
@given(day=any_days())
def test_no_plan_breaks_a_rule_and_its_figures_are_the_judge_s(day: Day):
    plan = solve(day.problem(), iterations=15)

    verdict = day.judged(plan)

    assert verdict.violations == ()
    assert (verdict.cost_cents, verdict.co2e_g) == (plan.cost_cents, plan.co2e_g)
    assert (verdict.distance_m, verdict.drive_s) == (plan.distance_m, plan.drive_s)


@QUICK
@given(day=any_days(doors=6))
def test_what_an_idle_vehicle_could_take_within_its_prize_is_never_left_out(day: Day):
    problem = day.problem()

    plan = solve(problem, iterations=5)

    exact, out = Exact(problem), {tour.vehicle for tour in plan.tours}
    served = planned(plan)
    for number, visit in enumerate(problem.visits):
        for vehicle, idle in enumerate(problem.vehicles):
            if visit.shipment in served or idle.code in out:
                continue
            alone = exact.drive(vehicle, (number,))
            assert alone is None or alone.worth_mc >= 1_000 * visit.prize_cents
