"""Count a product at a node, and tell what happened to a cell."""

from typing import Any
from zoneinfo import ZoneInfo

from app import formats
from app.domain.acts.ground import CountStock
from app.domain.journal import Settled
from app.i18n import _
from app.wording import sentence
from app.wording.stock import COUNTERS
from app.workspace import Workspace
from db.queries.stock_history import Movement, movements_of


def count_stock(
    workspace: Workspace, node: str, sku: str, counted: int, reason: str = ""
) -> Settled:
    """Keep what somebody found on the shelf: journalled, and undone like anything else.

    Orders whose pieces were not found go back to be sourced; they are named, and such a count is
    corrected by the next one.

    Raises:
        WhollyRefused: there is no such node or product.
    """
    return workspace.submit(CountStock(node, sku, counted, reason.strip()))


def history(workspace: Workspace, node: str, sku: str) -> list[Movement]:
    """Who moved which counter of a cell, the latest first."""
    return workspace.read(movements_of, node, sku)


def history_document(movements: list[Movement], zone: ZoneInfo) -> list[dict[str, Any]]:
    """The history as data."""
    return [
        {
            "at": one.at.astimezone(zone).isoformat(timespec="seconds"),
            "actor": one.actor,
            "counter": one.counter,
            "before": one.before,
            "after": one.after,
            "kind": one.kind,
            "text": sentence(one.summary),
            "entry": one.entry,
        }
        for one in movements
    ]


def movement_in_words(one: Movement) -> str:
    """Such as: on hand 5 → 3."""
    return _("{counter} {before} → {after}").format(
        counter=_(COUNTERS[one.counter]),
        before=formats.number(one.before),
        after=formats.number(one.after),
    )


def history_text(movements: list[Movement], zone: ZoneInfo) -> str:
    """The history line by line."""
    lines = [
        "  ".join(
            (
                formats.short_moment(one.at, zone),
                one.actor,
                movement_in_words(one),
                sentence(one.summary),
            )
        )
        for one in movements
    ]
    return "\n".join(lines) or _("Nothing moved this stock since it was first known.")
