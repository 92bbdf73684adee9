"""Widths: what gives way first, and that nothing is lost or overlaps."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.widgets.fitting import Need, fitted_widths, fitting_tabs


@st.composite
def needs(draw: st.DrawFn) -> Need:
    least = draw(st.integers(10, 120))
    return Need(
        width=least + draw(st.integers(0, 120)),
        least=least,
        grows=draw(st.booleans()),
        leaves=draw(st.integers(0, 4)),
    )


def test_all_columns_have_the_width_they_wish_when_there_is_room():
    assert fitted_widths([Need(100, 60), Need(50, 50)], room=150) == (100, 50)


def test_columns_shrink_before_any_leaves():
    shrinks, goes = Need(100, 60), Need(50, 50, leaves=1)

    assert fitted_widths([shrinks, goes], room=120) == (70, 50)
    assert fitted_widths([shrinks, goes], room=109) == (100, None)


def test_columns_leave_in_their_turn():
    first, second, stays = Need(50, 50, leaves=1), Need(50, 50, leaves=2), Need(50, 50)

    assert fitted_widths([second, stays, first], room=100) == (50, 50, None)
    assert fitted_widths([second, stays, first], room=60) == (None, 50, None)


def test_room_to_spare_goes_to_those_that_grow():
    assert fitted_widths([Need(50, 50), Need(50, 50, grows=True)], room=180) == (50, 130)


@given(st.lists(needs(), max_size=12), st.integers(0, 2_000))
def test_columns_never_stand_wider_than_the_room_once_all_that_may_go_are_gone(columns, room):
    widths = fitted_widths(columns, room)

    shown = [width for width in widths if width is not None]
    stays = [need.least for need in columns if not need.leaves]
    assert sum(shown) <= max(room, sum(stays))
    for need, width in zip(columns, widths, strict=True):
        assert width is None or width >= need.least
        assert width is not None or need.leaves


@given(st.lists(needs(), min_size=1, max_size=12), st.integers(0, 2_000))
def test_no_pixel_is_left_over_when_something_grows(columns, room):
    widths = fitted_widths(columns, room)

    shown = [(need, width) for need, width in zip(columns, widths, strict=True) if width]
    if any(need.grows for need, _ in shown) and sum(n.least for n, _ in shown) <= room:
        assert sum(width for _, width in shown) == room


def test_tabs_all_stand_when_they_fit():
    assert fitting_tabs([50, 50], chosen=0, room=100, menu=20) == (True, True)


def test_the_chosen_tab_stands_even_when_it_is_the_last():
    assert fitting_tabs([50, 50, 50], chosen=2, room=120, menu=20) == (True, False, True)


@given(
    st.lists(st.integers(30, 120), min_size=1, max_size=10), st.integers(0, 9), st.integers(0, 900)
)
def test_tabs_that_stand_fit_beside_the_menu(widths, chosen, room):
    chosen %= len(widths)

    shown = fitting_tabs(widths, chosen, room, menu=24)

    assert shown[chosen]
    if not all(shown):
        used = sum(width for width, fits in zip(widths, shown, strict=True) if fits)
        assert used + 24 <= max(room, widths[chosen] + 24)
