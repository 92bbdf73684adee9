"""What is said about tours and plans."""

from app.i18n import N_ as N_

SENTENCES: dict[str, str] = {}
