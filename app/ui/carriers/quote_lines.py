"""How prices and refusals of carrier services are told, line by line, wherever they are shown."""

from collections.abc import Iterator

from app import formats
from app.domain.carriers import Quote, RefusedService
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Mark, Run, Words, figure
from app.wording import sentence
from app.wording.quotes import line_label
from db.queries.names import Names

SERVICES = Layout(
    "services",
    (
        Slot("sign", "", width=26, align=Align.CENTRE),
        Slot("service", N_("Carrier, service"), width=170, least=96, grows=True),
        Slot("there", N_("There on"), width=78, leaves=2, hint=N_("Day of delivery")),
        Slot("emissions", N_("CO₂e"), width=70, align=Align.RIGHT, leaves=1),
        Slot("cost", "€", width=56, align=Align.RIGHT, hint=N_("Without tax")),
    ),
)
_INDENT = Run("", width=8)


def quote_key(prefix: str, quote: Quote) -> str:
    """By which a price is unfolded; `prefix` tells one shipment from the next."""
    return f"{prefix} {quote.carrier} {quote.service}"


def quote_lines(
    names: Names, prefix: str, quote: Quote, *, chosen: bool, unfolded: bool
) -> Iterator[Line]:
    """A price, and the lines that add up to it when it is unfolded."""
    key = quote_key(prefix, quote)
    cost = formats.amount(quote.total_cents)
    cells = (
        _sign(chosen=chosen),
        _service(names, quote.carrier, quote.service, strong=chosen, tone="text1"),
        _there(quote),
        _emissions(quote),
        Cell(cost, figure(cost, strong=chosen)),
    )
    yield Line(key, cells, Target(Leads.UNFOLD, (key,)))
    if unfolded:
        yield from _made_of(key, quote)


def refused_lines(names: Names, prefix: str, refused: RefusedService) -> Iterator[Line]:
    """The service, and under it the fence that it fails."""
    said = sentence(refused.reason)
    key = f"{prefix} {refused.carrier} {refused.service}"
    sign = Cell(_("Refused"), Mark(Icon.REFUSED, "danger"))
    name = _service(names, refused.carrier, refused.service, strong=False, tone="text2")
    yield Line(f"{key} refused", (sign, name))
    look = Words((_INDENT, Run(said, "danger")), spills=True)
    yield Line(f"{key} why", (Cell(), Cell(said, look, tip=said)))


def _sign(*, chosen: bool) -> Cell:
    if chosen:
        return Cell(_("Chosen"), Mark(Icon.DONE, "success"))
    return Cell(_("Dearer or later"), Mark(Icon.CHOICE, "text3"))


def _service(names: Names, carrier: str, service: str, *, strong: bool, tone: str) -> Cell:
    name, label = names.carrier(carrier), names.service(carrier, service)
    runs = (Run(name, tone, strong=strong), Run(label, "text2", small=True))
    return Cell(f"{name} {label}", Words(runs), tip=f"{name}, {label}")


def _there(quote: Quote) -> Cell:
    """The day of delivery; after the promise in red, with the days it misses."""
    if quote.delivered_on is None:
        return Cell()
    on = formats.day_month(quote.delivered_on)
    if not quote.late_days:
        return Cell(on, figure(on))
    days = formats.number(quote.late_days)
    said = f"{on} {_('+{count} d').format(count=days)}"
    late = n_("{count} day late", "{count} days late", quote.late_days).format(count=days)
    return Cell(said, figure(said, "danger"), tip=late)


def _emissions(quote: Quote) -> Cell:
    """Nothing where the service has no factor: zero grams would be a claim."""
    if not quote.co2e_g:
        return Cell()
    said = formats.emissions(quote.co2e_g).removesuffix(f"{formats.NO_BREAK_SPACE}CO₂e")
    return Cell(said, figure(said, "text2"), tip=formats.emissions_level(quote.emission_level))


def _made_of(key: str, quote: Quote) -> Iterator[Line]:
    for number, line in enumerate(quote.lines):
        said, cents = line_label(line), formats.amount(line.cents)
        look = Words((_INDENT, Run(said, "text2", small=True)), spills=True)
        cells = (Cell(), Cell(said, look), Cell(), Cell(), Cell(cents, figure(cents, "text2")))
        yield Line(f"{key} {number}", cells)
