"""On which decisions rules are tried: those that wait now, or those of past days."""

from enum import IntEnum

from app.i18n import N_


class Period(IntEnum):
    """The orders that wait, or what was decided since so many days before today."""

    WAITING = -1
    TODAY = 0
    YESTERDAY = 1
    WEEK = 6
    MONTH = 29


#: What each is called.
PERIODS = {
    Period.WAITING: N_("the orders that wait"),
    Period.TODAY: N_("what was decided today"),
    Period.YESTERDAY: N_("what was decided since yesterday"),
    Period.WEEK: N_("what was decided in the last 7 days"),
    Period.MONTH: N_("what was decided in the last 30 days"),
}
