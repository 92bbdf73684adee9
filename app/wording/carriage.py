"""What is said about carriers and bookings."""

from app.i18n import N_ as N_

SENTENCES: dict[str, str] = {}
