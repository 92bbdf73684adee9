"""What the picture of stock says of a line: its counters, what may be promised, how old it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import formats
from app.i18n import N_, _, n_
from app.ui.stock.lines import StockLine
from app.ui.stock.picture import is_old
from app.ui.widgets.looks import Align, Elide, Look, Run, Words, figure
from app.ui.widgets.rows import Column

PROMISE = "promise"
_HOURS_SHOWN = 48


@dataclass(frozen=True, slots=True)
class Terms:
    """What figures are told by: the time, the zone, the day to promise by, the limit of age.

    `by` is the end of the `day`.
    """

    now: Callable[[], datetime]
    zone: Callable[[], ZoneInfo]
    day: Callable[[], date]
    by: Callable[[], datetime]
    old_before: Callable[[], datetime]

    def promise_title(self) -> str:
        """Such as: ATP by 26/11."""
        return _("ATP by {day}").format(day=formats.day_month(self.day()))


def stock_columns(terms: Terms) -> list[Column[StockLine]]:
    """Who and what on the left, the counters, then what may be promised."""
    return [*_what(terms), *_counters(terms), *_promises(terms)]


def age(line: StockLine, now: datetime) -> str:
    """How long ago the figure was counted."""
    if line.as_of is None:
        return "?"
    seconds = max(0.0, (now - line.as_of).total_seconds())
    if seconds < _HOURS_SHOWN * 3_600:
        return formats.duration(seconds)
    days = int(seconds // 86_400)
    return n_("{count} day", "{count} days", days).format(count=formats.number(days))


def _what(terms: Terms) -> list[Column[StockLine]]:
    return [
        Column(
            name="node",
            title=N_("Node"),
            short_title=N_("Where"),
            text=_node,
            look=lambda line: Words(
                (
                    Run(line.node, _tone(line, terms), strong=True, width=34),
                    Run(line.node_name or _all_nodes(line), "text2", drops=True),
                )
            ),
            width=150,
            least=56,
        ),
        Column(
            name="product",
            title=N_("Product"),
            text=lambda line: line.sku or _all_products(line),
            look=lambda line: Words(
                (Run(line.sku or _all_products(line), _tone(line, terms)),), Elide.MIDDLE
            ),
            width=112,
            least=84,
        ),
        Column(
            name="label",
            title=N_("Designation"),
            text=lambda line: line.label,
            look=lambda line: Words((Run(line.label, "text2"),)),
            width=170,
            least=70,
            grows=True,
            leaves=3,
        ),
    ]


def _counters(terms: Terms) -> list[Column[StockLine]]:
    def counted(
        name: str, title: str, hint: str, width: int = 62, leaves: int = 0
    ) -> Column[StockLine]:
        def text(line: StockLine) -> str:
            return formats.number(getattr(line, name))

        def look(line: StockLine) -> Look:
            tone = _tone(line, terms) if getattr(line, name) else "text3"
            return figure(text(line), tone)

        return Column(
            name=name,
            title=title,
            hint=hint,
            text=text,
            look=look,
            sort=lambda line: getattr(line, name),
            align=Align.RIGHT,
            width=width,
            leaves=leaves,
        )

    return [
        counted("on_hand", N_("In stock"), N_("Pieces that are there")),
        counted("reserved_here", N_("Ours"), N_("Pieces that our own orders hold")),
        counted(
            "reserved_elsewhere",
            N_("Others'"),
            N_("Pieces that other systems hold"),
            leaves=2,
        ),
        counted("blocked", N_("Blocked"), N_("Pieces that may not be sold"), 54, leaves=1),
        counted("safety_stock", N_("Safety"), N_("Pieces always kept back"), leaves=4),
        _coming(terms, "inbound", N_("Inbound"), StockLine.next_inbound),
        _coming(terms, "in_transit", N_("In transit"), StockLine.next_transit),
    ]


def _coming(
    terms: Terms, name: str, title: str, first: Callable[[StockLine], datetime | None]
) -> Column[StockLine]:
    """Pieces on their way, with the day of the first of them."""

    def day(line: StockLine) -> str:
        at = first(line)
        return "" if at is None else formats.day_month(at.astimezone(terms.zone()).date())

    def text(line: StockLine) -> str:
        count = getattr(line, name)
        return " · ".join(filter(None, (formats.number(count), day(line)))) if count else ""

    def look(line: StockLine) -> Look:
        count = getattr(line, name)
        if not count:
            return figure("")
        runs = (Run(formats.number(count), _tone(line, terms)), Run(day(line), "text3", small=True))
        return Words(tuple(run for run in runs if run.text), Elide.NEVER)

    def tip(line: StockLine) -> str:
        dated = getattr(line, name) and first(line) is None
        return _("No date is known: these pieces are promised to nobody.") if dated else ""

    return Column(
        name=name,
        title=title,
        text=text,
        look=look,
        sort=lambda line: getattr(line, name),
        tooltip=tip,
        align=Align.RIGHT,
        width=92,
        least=70,
        leaves=5 if name == "in_transit" else 0,
    )


def _promises(terms: Terms) -> list[Column[StockLine]]:
    def available(line: StockLine) -> Look:
        tone = "danger" if not line.available else _tone(line, terms)
        return figure(formats.number(line.available), tone, strong=True)

    def by_then(line: StockLine) -> str:
        return formats.number(line.available_by(terms.by()))

    def by_then_look(line: StockLine) -> Look:
        more = line.available_by(terms.by()) > line.available
        return figure(by_then(line), "success" if more else _tone(line, terms, "text2"))

    def age_look(line: StockLine) -> Look:
        old = is_old(line, terms.old_before())
        return figure(age(line, terms.now()), "warn" if old else "text2", strong=old)

    return [
        Column(
            name="available",
            title=N_("ATP"),
            hint=N_("Available to promise now: on hand less what is held, blocked and kept back"),
            text=lambda line: formats.number(line.available),
            look=available,
            sort=lambda line: line.available,
            tooltip=_shortage,
            align=Align.RIGHT,
            width=54,
        ),
        Column(
            name=PROMISE,
            title=N_("ATP by day"),
            hint=N_("Available to promise by the end of that day, arrivals included"),
            text=by_then,
            look=by_then_look,
            sort=lambda line: line.available_by(terms.by()),
            align=Align.RIGHT,
            width=84,
        ),
        Column(
            name="age",
            title=N_("Counted"),
            hint=N_("How long ago the figure was counted"),
            text=lambda line: age(line, terms.now()),
            look=age_look,
            sort=lambda line: line.as_of,
            tooltip=lambda line: _counted_at(line, terms),
            align=Align.RIGHT,
            width=66,
        ),
    ]


def _tone(line: StockLine, terms: Terms, plain: str = "text1") -> str:
    """A figure that is too old steps back."""
    return "text3" if is_old(line, terms.old_before()) else plain


def _node(line: StockLine) -> str:
    if not line.node:
        return _all_nodes(line)
    return f"{line.node} {line.node_name}"


def _all_nodes(line: StockLine) -> str:
    if line.node:
        return ""
    count = len(line.cells)
    return n_("{count} node", "{count} nodes", count).format(count=formats.number(count))


def _all_products(line: StockLine) -> str:
    count = len(line.cells)
    return n_("{count} product", "{count} products", count).format(count=formats.number(count))


def _shortage(line: StockLine) -> str:
    if not line.short:
        return ""
    said = n_("{count} piece short", "{count} pieces short", line.short)
    return said.format(count=formats.number(line.short))


def _counted_at(line: StockLine, terms: Terms) -> str:
    if line.as_of is None:
        return _("Nobody knows when this was counted.")
    return formats.short_moment(line.as_of, terms.zone())
