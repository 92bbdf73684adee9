"""Long work beside a front end, and what it does to the rest of the process."""

import gc
import sys
import weakref
from threading import Barrier, Thread

import pytest

from app.jobs import collect_everything, tune_interpreter, uncollected


def test_the_collector_rests_while_values_are_made_and_works_again_after():
    with uncollected():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_it_rests_until_the_last_of_several_threads_is_done():
    inside, leave = Barrier(2), Barrier(2)

    def work() -> None:
        with uncollected():
            inside.wait()
            leave.wait()

    thread = Thread(target=work)
    thread.start()
    inside.wait()
    with uncollected():
        pass
    resting = not gc.isenabled()
    leave.wait()
    thread.join()

    assert resting
    assert gc.isenabled()


def test_it_works_again_after_something_went_wrong():
    with pytest.raises(ValueError, match="wrong"), uncollected():
        raise ValueError("wrong")

    assert gc.isenabled()


class Loop:
    """Something that only the collector can let go."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_meanwhile_is_not_walked_over_later():
    with uncollected():
        lost = weakref.ref(Loop())

    gc.collect()
    assert lost() is not None


def test_what_was_lost_meanwhile_goes_when_there_is_time():
    with uncollected():
        lost = weakref.ref(Loop())

    collect_everything()
    assert lost() is None


def test_the_interpreter_looks_for_garbage_less_often_and_switches_sooner():
    before = gc.get_threshold(), sys.getswitchinterval()
    try:
        tune_interpreter()
        assert gc.get_threshold()[0] > before[0][0]
        assert sys.getswitchinterval() < before[1]
    finally:
        gc.set_threshold(*before[0])
        sys.setswitchinterval(before[1])
