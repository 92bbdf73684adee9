"""Which price is best: a kept promise first, then money, with days and carbon turned into it."""

from datetime import date

from app.domain.carriers import Quote
from app.domain.policy import CarriagePolicy

#: With a weight of 1, a day earlier is worth this much, and so is a kilogram of CO2e less.
DAY_CENTS = 200
CO2E_KG_CENTS = 100

RankKey = tuple[bool, float, int, date, int, str, str]


def weighed_cents(quote: Quote, policy: CarriagePolicy, handed_over: date) -> float:
    """The price of a quote, with its days on the road and its carbon turned into money."""
    days = (quote.delivered_on - handed_over).days if quote.delivered_on else 0
    return (
        policy.weight_cost * quote.total_cents
        + policy.weight_promise * DAY_CENTS * days
        + policy.weight_carbon * CO2E_KG_CENTS * quote.co2e_g / 1000
    )


def rank_key(quote: Quote, policy: CarriagePolicy, handed_over: date) -> RankKey:
    """Best first: a kept promise, the weighed price, then the price, the day and the carbon."""
    return (
        quote.late_days > 0,
        weighed_cents(quote, policy, handed_over),
        quote.total_cents,
        quote.delivered_on or date.max,
        quote.co2e_g,
        quote.carrier,
        quote.service,
    )
