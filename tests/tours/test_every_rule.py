"""Whatever a day asks of its tours: plans stand before the judge, and no use is left idle."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.locks import LockKind, TourLock
from app.domain.tours import TourPlan
from app.planning.tours.check import judge
from app.planning.tours.court import Facts
from app.planning.tours.locked import with_locks
from app.planning.tours.settle import Exact
from app.planning.tours.solver import solve
from tests.tours.a_day import ON, PARIS, TRAVEL, Day, any_days, at

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def some_locks(draw: st.DrawFn, day: Day) -> tuple[TourLock, ...]:
    """A few things laid down, sensible or not; at most one tour is begun."""
    shipments = [door.shipment.code for door in day.doors]
    vehicles = [vehicle.code for vehicle in day.vehicles]
    two = st.lists(st.sampled_from(shipments), min_size=2, max_size=3, unique=True)
    one = st.sampled_from(shipments).map(lambda shipment: [shipment])
    locks: list[TourLock] = []
    for _ in range(draw(st.integers(1, 3))):
        begun = any(lock.kind is LockKind.FIRST for lock in locks)
        kinds = [kind for kind in LockKind if not (begun and kind is LockKind.FIRST)]
        kind = draw(st.sampled_from(kinds))
        several = kind in (LockKind.TOGETHER, LockKind.APART)
        chosen = draw(two if several and len(shipments) > 1 else one)
        named = kind in (LockKind.VEHICLE, LockKind.NOT_VEHICLE, LockKind.FIRST)
        vehicle = draw(st.sampled_from(vehicles)) if named else ""
        moment = at(draw(st.integers(7, 18))) if kind is LockKind.AT else None
        locks.append(TourLock(ON, kind, tuple(chosen), vehicle, moment))
    return tuple(locks)


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


@QUICK
@given(day=any_days(doors=6), data=st.data())
def test_no_plan_changes_what_was_laid_down(day: Day, data: st.DataObject):
    locks = data.draw(some_locks(day))
    problem = with_locks(day.problem(), locks)
    assume(len(problem.begun) == sum(lock.kind is LockKind.FIRST for lock in locks))
    begun = {visit for _, route in problem.begun for visit in route}
    assume(all(begun.isdisjoint(group) for group in problem.together))  # that may contradict
    assume(all(Exact(problem).drive(*one) for one in problem.begun))

    plan = solve(problem, iterations=15)

    facts = Facts.of(day.doors, day.vehicles, day.nodes, TRAVEL, PARIS, day.policy.touring, locks)
    assert judge(plan, facts).violations == ()
