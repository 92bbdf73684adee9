"""Which node should serve which order: suggestions with their reasons, never decisions."""

from app.planning.sourcing.batch import suggest as suggest
