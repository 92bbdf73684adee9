"""The best timetable by trying everything: each start, each span, each pause, each wait before it.

Slow and simple on purpose: all times are multiples of ten, and so are all that is tried.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.planning.tours.problem import FAR_S, RELOAD, Problem, Rest, VehicleDay, Visit

STEP = 10


class State(NamedTuple):
    """How a tour stands: now, and what counts since its start or the last pause long enough."""

    now: int
    paused: int = 0
    own: bool = False
    rests: int = 0
    late: int = 0
    worked: tuple[int, ...] = ()
    driven: tuple[int, ...] = ()


class TryingAll:
    """Every way to drive one route with the first vehicle of a problem."""

    def __init__(self, problem: Problem, route: Sequence[int], most_rests: int = 2) -> None:
        self.problem, self.route = problem, list(route)
        self.day: VehicleDay = problem.vehicles[0]
        self.most_rests = most_rests

    def best(self) -> tuple[int, int] | None:
        """The fewest rests by law, and the least cost with them, in cents times seconds an hour."""
        ends = [
            (state.rests, self.cost(start, state))
            for start in range(self.day.from_s, self.day.to_s + 1, STEP)
            for state in self.driven_from(start)
            if self.keeps(start, state)
        ]
        return min(ends, default=None)

    def keeps(self, start: int, end: State) -> bool:
        day = self.day
        if end.now > day.to_s:
            return False
        work = end.now - start - end.paused
        if day.max_work_s is not None and work > day.max_work_s + day.overtime_s:
            return False
        if day.pause is None or end.own:
            return True
        return end.now <= day.pause.to_s or start >= day.pause.from_s + day.pause.length_s

    def cost(self, start: int, end: State) -> int:
        day = self.day
        work = end.now - start - end.paused
        over = 0 if day.max_work_s is None else max(0, work - day.max_work_s)
        return work * day.hour_cents + over * day.overtime_hour_cents + end.late

    def driven_from(self, start: int) -> set[State]:
        counters = (0,) * len(self.day.rests)
        states = {State(start, worked=counters, driven=counters)}
        states = self.begun(states)
        here = self.day.depot
        begun = self.day.starts_elsewhere
        for number, stop in enumerate(self.route):
            place = self.day.depot if stop == RELOAD else self.problem.visits[stop].place
            states = self.moved(states, here, place, before=begun, after=True)
            states = self.done(states, number)
            here, begun = place, True
        home = self.home(here)
        if home is not None:
            states = self.moved(states, here, home, before=True, after=False)
        return states

    def begun(self, states: set[State]) -> set[State]:
        day = self.day
        if day.starts_elsewhere:
            states = self.after_way(states, day.lead_s)
            states = states | self.paused(states)
        ready = self.ready(0) - day.loading_s
        if not day.starts_elsewhere:  # nobody begins to wait
            states = {s for s in states if s.now >= ready}
        return self.worked_for(states, day.loading_s, not_before=ready)

    def ready(self, number: int) -> int:
        found = [-FAR_S]
        for stop in self.route[number:]:
            if stop == RELOAD:
                break
            visit = self.problem.visits[stop]
            if not visit.collect and visit.source is None:
                found.append(visit.ready_s)
        return max(found)

    def home(self, here: int) -> int | None:
        if self.day.open_ended:
            return None
        return self.day.depot if self.day.ends is None else self.day.ends

    def moved(
        self, states: set[State], here: int, there: int, *, before: bool, after: bool
    ) -> set[State]:
        if before:
            states = states | self.paused(states)
        states = self.after_way(states, int(self.problem.roads[0].duration_s[here, there]))
        return states | self.paused(states) if after else states

    def after_way(self, states: set[State], way: int) -> set[State]:
        moved = {
            s._replace(
                now=s.now + way,
                worked=tuple(w + way for w in s.worked),
                driven=tuple(d + way for d in s.driven),
            )
            for s in states
        }
        return {s for s in moved if self.rested(s)}

    def rested(self, state: State) -> bool:
        def within(rest: Rest, worked: int, driven: int) -> bool:
            most_work = FAR_S if rest.work_s is None else rest.work_s
            most_drive = FAR_S if rest.drive_s is None else rest.drive_s
            return worked <= most_work and driven <= most_drive

        together = zip(self.day.rests, state.worked, state.driven, strict=True)
        return state.now <= self.day.to_s and all(within(*each) for each in together)

    def worked_for(
        self, states: set[State], length: int, *, not_before: int = -FAR_S
    ) -> set[State]:
        """After work of this length that waits until it may begin."""
        done = set()
        for s in states:
            passed = max(0, not_before - s.now) + length
            done.add(s._replace(now=s.now + passed, worked=tuple(w + passed for w in s.worked)))
        return {s for s in done if self.rested(s)}

    def paused(self, states: set[State]) -> set[State]:
        """After any pause, begun at once or after any waiting."""
        waiting, result = set(states), set()
        while waiting:
            for state in waiting:
                result.update(self.resting(state))
            waiting = self.worked_for(waiting, STEP)
        return result

    def resting(self, state: State) -> Iterator[State]:
        day, lengths = self.day, {rest.length_s for rest in self.day.rests}
        pause = day.pause
        if pause is not None and not state.own and pause.from_s <= state.now <= pause.to_s:
            for length in {pause.length_s, *(n for n in lengths if n > pause.length_s)}:
                yield self.after_pause(state._replace(own=True), length)
        if state.rests < self.most_rests:
            for length in lengths:
                yield self.after_pause(state._replace(rests=state.rests + 1), length)

    def after_pause(self, state: State, length: int) -> State:
        anew = [length >= rest.length_s for rest in self.day.rests]
        return state._replace(
            now=state.now + length,
            paused=state.paused + length,
            worked=tuple(0 if new else w for new, w in zip(anew, state.worked, strict=True)),
            driven=tuple(0 if new else d for new, d in zip(anew, state.driven, strict=True)),
        )

    def done(self, states: set[State], number: int) -> set[State]:
        stop = self.route[number]
        if stop == RELOAD:
            ready = self.ready(number + 1) - self.day.reload_s
            return self.worked_for(states, self.day.reload_s, not_before=ready)
        visit, length = self.problem.visits[stop], self.length(number)
        found: set[State] = set()
        waiting = set(states)
        while waiting:
            for state in waiting:
                late = self.lateness(visit, state.now, length)
                if late is not None:
                    priced = state._replace(late=state.late + late * visit.late_hour_cents)
                    found |= self.worked_for({priced}, length)
            waiting = self.worked_for(waiting, STEP)
        return found

    def length(self, number: int) -> int:
        """Setup counts once a door: for the first visit of a run."""
        visits = self.problem.visits
        visit = visits[self.route[number]]
        before = self.route[number - 1] if number else RELOAD
        usual = visit.service_s
        if before == RELOAD or visits[before].place != visit.place:
            setups = []
            for stop in self.route[number:]:
                if stop == RELOAD or visits[stop].place != visit.place:
                    break
                setups.append(visits[stop].setup_s)
            usual += max(setups)
        return -(-usual * self.day.service_percent // 100)

    def lateness(self, visit: Visit, start: int, length: int) -> int | None:
        """How late service is that starts then; None where it may not."""
        for shut in visit.shut:
            touches = shut.from_s < start + length and start < shut.to_s
            if self.day.code in shut.vehicles and touches:
                return None
        spans = visit.spans
        if any(opens <= start <= closes for opens, closes in spans):
            return 0
        late = [start - closes for _, closes in spans if closes < start]
        return min((s for s in late if s <= visit.late_s), default=None)
