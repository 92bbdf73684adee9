"""What is said about files and addresses."""

from app.i18n import N_ as N_

SENTENCES: dict[str, str] = {}
