"""What is said about nodes and stock."""

from app.i18n import N_ as N_

SENTENCES: dict[str, str] = {}
