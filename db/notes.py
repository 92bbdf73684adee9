"""Local knowledge as it is kept."""

from dataclasses import replace

from sqlalchemy import Connection, select

from app.domain.knowledge import Note
from db.codec import from_json
from db.tables import notes


def load_notes(connection: Connection) -> list[Note]:
    """Every note, by code."""
    rows = connection.execute(select(notes).order_by(notes.c.code))
    return [replace(from_json(row.body, Note), revision=row.revision) for row in rows]
