"""What is asked for about offers, claims and preparation, each kind to the one who settles it."""

from datetime import datetime
from typing import get_args

from sqlalchemy import Connection

from app.domain.acts.offers import (
    AdvanceWork,
    ClaimOffer,
    DeclineOffer,
    GiveBack,
    LapseOffers,
    OpenOffer,
    SeeOffer,
    WidenOffer,
    WithdrawOffer,
)
from app.domain.journal import Operation
from db.changes import Outcome
from db.ledger.claims import advance, claim
from db.ledger.declines import decline, give_back
from db.ledger.offers import lapse_offers, open_offer, see_offer, widen_offer, withdraw_offer
from db.transaction import Pen

AboutOffers = (
    OpenOffer
    | WidenOffer
    | WithdrawOffer
    | LapseOffers
    | ClaimOffer
    | SeeOffer
    | DeclineOffer
    | GiveBack
    | AdvanceWork
)
ABOUT_OFFERS: tuple[type[AboutOffers], ...] = get_args(AboutOffers)


def judge_offer(ledger: Connection, wanted: Operation, at: datetime) -> Outcome:  # noqa: C901 - one line a kind
    """Settle what is asked for about offers, claims and preparation.

    Raises:
        Refused: it cannot be; nothing of it is written.
    """
    pen = Pen(ledger)
    match wanted:
        case OpenOffer():
            return open_offer(pen, wanted, at)
        case WidenOffer():
            return widen_offer(pen, wanted, at)
        case WithdrawOffer():
            return withdraw_offer(pen, wanted, at)
        case LapseOffers():
            return lapse_offers(pen, wanted, at)
        case ClaimOffer():
            return claim(pen, wanted, at)
        case SeeOffer():
            return see_offer(pen, wanted, at)
        case DeclineOffer():
            return decline(pen, wanted, at)
        case GiveBack():
            return give_back(pen, wanted, at)
        case AdvanceWork():
            return advance(pen, wanted, at)
        case _:
            raise TypeError(f"the ledger does not judge {type(wanted).__name__}")
