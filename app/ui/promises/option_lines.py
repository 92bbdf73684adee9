"""How a promised date is told: kind, who brings it, when, until when to order, and its chain."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from app import formats
from app.domain.promises import NoPromise, PromiseKind, PromiseOption, PromiseStep, StepKind
from app.i18n import N_, _, n_
from app.ui.icons import Icon
from app.ui.widgets.lines import Cell, Layout, Leads, Line, Slot, Target
from app.ui.widgets.looks import Align, Mark, Run, Words, figure
from app.wording import sentence
from app.wording.promises import KINDS
from db.queries.names import Names

OPTIONS = Layout(
    "promises",
    (
        Slot("sign", "", width=26, align=Align.CENTRE),
        Slot("way", N_("How"), width=250, least=190, grows=True),
        Slot("on", N_("There on"), width=122, least=112),
        Slot("window", N_("Between"), width=92, leaves=4),
        Slot("node", N_("From"), width=60, least=46, leaves=3),
        Slot("by", N_("Order by"), width=92, leaves=2),
        Slot("chance", N_("Stock sure"), width=76, align=Align.RIGHT, leaves=5),
        Slot("emissions", N_("CO₂e"), width=66, align=Align.RIGHT, leaves=1),
        Slot("cost", "€", width=54, align=Align.RIGHT, hint=N_("Without tax")),
    ),
)
#: Below this chance that the pieces are there, the figure warns.
_UNSURE = 0.9
_INDENT = Run("", width=8)
_ICONS = {
    PromiseKind.HOME: Icon.HOME,
    PromiseKind.EXPRESS: Icon.TIME,
    PromiseKind.PICKUP_POINT: Icon.PICKUP_POINT,
    PromiseKind.COLLECT: Icon.COLLECT,
}
_STEPS = {
    StepKind.PASSED: "warn",
    StepKind.DELAY: "warn",
    StepKind.CUT_OFF: "warn",
}


def option_key(option: PromiseOption) -> str:
    """By which a date is unfolded."""
    return " ".join((option.kind, option.carrier, option.service, option.place, option.node))


def option_lines(
    option: PromiseOption, names: Names, places: dict[str, str], zone: ZoneInfo, *, unfolded: bool
) -> Iterator[Line]:
    """A date, and its chain when it is unfolded; `places` are names of nodes and pickup points."""
    key = option_key(option)
    cost = formats.amount(option.cost_cents)
    cells = (
        Cell(_(KINDS[option.kind]), Mark(_ICONS[option.kind], "text2")),
        _way(option, names, places),
        _on(option),
        _plain(formats.window(option.window.start, option.window.end, zone)),
        _plain(option.node),
        _order_by(option, zone),
        _chance(option),
        _emissions(option),
        Cell(cost, figure(cost)),
    )
    yield Line(key, cells, Target(Leads.UNFOLD, (key,)))
    if unfolded:
        for number, step in enumerate(option.steps):
            yield _step(f"{key} {number}", step)


def refused_line(place: int, one: NoPromise, names: Names, places: dict[str, str]) -> Line:
    """A way that cannot be promised, and why."""
    said = sentence(one.reason)
    who = _who(one, names, places)
    runs = (Run(who, "text2"), Run(said, "danger", small=True))
    cells = (
        Cell(_("Refused"), Mark(Icon.REFUSED, "danger")),
        Cell(f"{who} {said}", Words(tuple(run for run in runs if run.text), spills=True), tip=said),
    )
    return Line(f"refused {place}", cells)


def _way(option: PromiseOption, names: Names, places: dict[str, str]) -> Cell:
    kind = _(KINDS[option.kind])
    if option.parts:
        count = len(option.parts)
        parts = n_("{count} shipment", "{count} shipments", count)
        who = parts.format(count=formats.number(count))
    elif option.carrier:
        label = names.service(option.carrier, option.service)
        who = f"{names.carrier(option.carrier)} {label}"
    elif option.kind is PromiseKind.HOME:
        who = _("our tour")
    else:
        who = ""
    at = places.get(option.place, option.place)
    beside = " · ".join(part for part in (who, at) if part)
    runs = (Run(kind, strong=True), Run(beside, "text2"))
    return Cell(f"{kind} {beside}", Words(runs), tip=f"{kind}, {beside}")


def _on(option: PromiseOption) -> Cell:
    """The day; in red with the days that it misses the wanted one by."""
    said = formats.long_date(option.on)
    if option.late_days:
        days = formats.number(option.late_days)
        late = n_("{count} day late", "{count} days late", option.late_days).format(count=days)
        return Cell(f"{said} {late}", figure(said, "danger"), tip=late)
    if option.added_days:
        added = n_(
            "{count} day added: the stock figure is old",
            "{count} days added: the stock figure is old",
            option.added_days,
        ).format(count=formats.number(option.added_days))
        return Cell(f"{said} {added}", figure(said, "warn"), tip=added)
    return Cell(said, figure(said, strong=True))


def _order_by(option: PromiseOption, zone: ZoneInfo) -> Cell:
    if option.order_by is None:
        return Cell()
    local = option.order_by.astimezone(zone)
    said = f"{formats.day_month(local.date())} {formats.clock(local, zone)}"
    return _plain(said)


def _chance(option: PromiseOption) -> Cell:
    said = formats.whole_share(option.chance)
    tone = "warn" if option.chance < _UNSURE else "text2"
    return Cell(said, figure(said, tone), tip=_("The chance that the pieces are on the shelf"))


def _emissions(option: PromiseOption) -> Cell:
    """Nothing where nobody knows: zero grams would be a claim, but for what is collected."""
    if not option.co2e_g:
        return Cell()
    said = formats.emissions(option.co2e_g).removesuffix(f"{formats.NO_BREAK_SPACE}CO₂e")
    return Cell(said, figure(said, "text2"))


def _plain(text: str) -> Cell:
    return Cell(text, Words((Run(text, "text2"),)))


def _step(key: str, step: PromiseStep) -> Line:
    said = sentence(step.reason)
    tone = _STEPS.get(step.kind, "text2")
    return Line(
        key, (Cell(), Cell(said, Words((_INDENT, Run(said, tone, small=True)), spills=True)))
    )


def _who(one: NoPromise, names: Names, places: dict[str, str]) -> str:
    kind = _(KINDS[one.kind]) if one.kind else ""
    service = ""
    if one.carrier:
        label = names.service(one.carrier, one.service)
        service = f"{names.carrier(one.carrier)} {label}"
    at = places.get(one.place, one.place) or ("" if one.carrier else places.get(one.node, one.node))
    return " · ".join(part for part in (kind, service, at) if part)
