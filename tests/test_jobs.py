"""Long work beside a front end, and what it does to the rest of the process."""

import gc
from threading import Barrier, Thread

import pytest

from app.jobs import uncollected


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
