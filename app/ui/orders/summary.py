"""What the list adds up to and what is selected of it, in words."""

from collections.abc import Collection, Sequence

from app import formats
from app.i18n import _, n_
from app.ui.orders.work_row import WorkRow


def sums(rows: Sequence[WorkRow]) -> str:
    """Orders, parcels and weight of the rows shown."""
    return " · ".join(filter(None, (_orders(len(rows)), *_goods(rows))))


def selected(rows: Sequence[WorkRow], shown: Collection[str]) -> str:
    """How many are selected, how many of them are hidden here; for several, what they weigh."""
    if not rows:
        return ""
    count = len(rows)
    told = n_("{count} selected", "{count} selected", count).format(count=formats.number(count))
    hidden = sum(row.code not in shown for row in rows)
    goods = _goods(rows) if count > 1 else ()
    return " · ".join(filter(None, (told, _hidden(hidden), *goods)))


def subtitle(total: int, sorted_by: str) -> str:
    """How many orders the day has, and in which order they stand."""
    day = n_("{count} of the day", "{count} of the day", total).format(count=formats.number(total))
    return _("{day} · sorted by {column}").format(day=day, column=sorted_by) if sorted_by else day


def _orders(count: int) -> str:
    return n_("{count} order", "{count} orders", count).format(count=formats.number(count))


def _hidden(count: int) -> str:
    if not count:
        return ""
    return n_("{count} of them hidden", "{count} of them hidden", count).format(
        count=formats.number(count)
    )


def _goods(rows: Sequence[WorkRow]) -> tuple[str, ...]:
    parcels = sum(row.parcels or 0 for row in rows)
    weight_g = sum(row.weight_g or 0 for row in rows)
    if not parcels and not weight_g:
        return ()
    said = n_("{count} parcel", "{count} parcels", parcels).format(count=formats.number(parcels))
    return said, formats.weight(weight_g)
