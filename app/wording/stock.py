"""What the counters of a stock cell are called."""

from app.i18n import N_

COUNTERS: dict[str, str] = {
    "on_hand": N_("on hand"),
    "reserved_elsewhere": N_("others' orders"),
    "reserved_here": N_("our orders"),
    "blocked": N_("blocked"),
    "safety_stock": N_("safety stock"),
    "inbound": N_("inbound"),
    "in_transit": N_("in transit"),
}
