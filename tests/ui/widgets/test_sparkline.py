"""The small curve beside a job: a staircase down from its first value to its last."""

import pytest

from app.ui.widgets.job_strip import JobNews, JobStrip
from app.ui.widgets.sparkline import Sparkline


@pytest.fixture
def line(qtbot) -> Sparkline:
    made = Sparkline()
    qtbot.addWidget(made)
    return made


def test_the_staircase_starts_at_the_top_left_and_ends_at_the_bottom_right(line):
    line.show_curve(((0.1, 90.0), (1.0, 50.0), (4.1, 40.0)))

    points = line.points()

    size = line.sizeHint()
    assert points[0].x() < 2 > points[0].y()
    assert points[-1].x() > size.width() - 2
    assert points[-1].y() > size.height() - 3
    assert [p.x() for p in points] == sorted(p.x() for p in points)
    assert [p.y() for p in points] == sorted(p.y() for p in points)


@pytest.mark.parametrize("curve", [(), ((0.1, 90.0),), ((0.1, 90.0), (2.0, 90.0))])
def test_without_a_step_there_is_nothing_to_see(line, curve):
    line.show_curve(curve)

    assert line.isHidden()


def test_a_job_shows_its_curve_and_the_next_one_without_a_curve_none(qtbot):
    strip = JobStrip()
    qtbot.addWidget(strip)

    strip.show_job(JobNews("Planning", 0.5, curve=((0.1, 90.0), (1.0, 50.0))))
    assert not strip._curve.isHidden()
    strip.show_job(JobNews("Reading", 0.5))

    assert strip._curve.isHidden()
    strip.show_job(JobNews("Planning", 0.5, curve=((0.1, 90.0), (1.0, 50.0))))
    assert not strip.grab().isNull()
