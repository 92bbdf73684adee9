"""What an order lacks: pieces that are coming and when, out of reach, or nowhere."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np

from app.domain.reasons import Reason, because
from app.planning.sourcing.pool import Lot
from app.planning.sourcing.splits import Sharing
from app.planning.sourcing.trial import Trial

#: What keeps a node out today but not for ever.
PASSING = frozenset({"short_of_stock", "full", "past_cutoff", "not_open", "too_far_in_time"})


def missing(trial: Trial, sharing: Sharing | None) -> tuple[Reason, ...]:
    """For each line that is short: where pieces are coming from and when, or that none are."""
    given = np.zeros_like(trial.seen.asked) if sharing is None else sharing.given.sum(axis=0)
    short = trial.seen.asked - given
    return tuple(
        _line_missing(trial, row, int(short[row]), int(given[row]))
        for row in range(len(short))
        if short[row] > 0
    )


def _line_missing(trial: Trial, row: int, pieces: int, given: int) -> Reason:
    seen, line = trial.seen, trial.seen.need.lines[row]
    lots = [lot for lot in seen.pool.lots(line.sku) if lot.pieces and _could(trial, lot.node)]
    if not lots:
        return _without_lots(trial, line.sku, pieces, given)
    last, coming = _wait_for(lots, pieces)
    expected = last.at.astimezone(ZoneInfo(seen.nodes.nodes[last.node].timezone))
    return because(
        "stock_coming",
        sku=line.sku,
        asked=pieces,
        coming=coming,
        node=seen.nodes.codes[last.node],
        expected_on=expected.date().isoformat(),
        expected_at=expected.isoformat(timespec="seconds"),
    )


def _without_lots(trial: Trial, sku: str, pieces: int, given: int) -> Reason:
    """Nothing is coming: what lies behind a fence, or is too little, or that there is nothing."""
    free, able = trial.seen.pool.free(sku), trial.fenced.fits_but_for_stock
    somewhere, at_hand = int(free[~able].sum()), int(free[able].sum()) - given
    if somewhere:
        return because("stock_out_of_reach", sku=sku, asked=pieces, somewhere=somewhere)
    if at_hand > 0:
        return because("stock_too_little", sku=sku, asked=pieces, available=at_hand)
    return because("stock_nowhere", sku=sku, asked=pieces)


def _wait_for(lots: Sequence[Lot], pieces: int) -> tuple[Lot, int]:
    """Put an order's name on the first lots; the last one it needs, and the pieces it will get."""
    coming, last = 0, lots[0]
    for lot in lots:
        if coming == pieces:
            break
        taken = min(lot.pieces, pieces - coming)
        lot.pieces -= taken
        coming += taken
        last = lot
    return last, coming


def _could(trial: Trial, node: int) -> bool:
    """Whether a node could serve the order later, once it has the stock."""
    return all(barrier.name in PASSING for barrier in trial.fenced.before(node))
