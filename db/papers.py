"""Policies, mappings, saved views, remembered addresses and small facts of the workspace."""

from sqlalchemy import Connection, delete, insert, select

from app.domain.journal import CorrectAddress, PublishPolicy
from db.codec import from_json
from db.tables import address_book, facts, mappings, policies, views


def load_policy(connection: Connection) -> PublishPolicy | None:
    """The policy in force with its text, or None before the first was published."""
    body = connection.scalar(select(policies.c.body).order_by(policies.c.version.desc()).limit(1))
    return None if body is None else from_json(body, PublishPolicy)


def load_address_book(connection: Connection) -> dict[str, CorrectAddress]:
    """Remembered places by address key."""
    rows = connection.execute(select(address_book.c.address_key, address_book.c.body))
    return {row.address_key: from_json(row.body, CorrectAddress) for row in rows}


def load_mappings(connection: Connection) -> dict[str, str]:
    """Saved column mappings by name, as TOML."""
    rows = connection.execute(select(mappings).order_by(mappings.c.name))
    return {row.name: row.body for row in rows}


def load_views(connection: Connection) -> dict[str, str]:
    """Saved views of the orders table by name."""
    rows = connection.execute(select(views).order_by(views.c.name))
    return {row.name: row.body for row in rows}


def load_fact(connection: Connection, name: str) -> str | None:
    """A small fact of the workspace, such as the start of a demonstration's clock."""
    value = connection.scalar(select(facts.c.value).where(facts.c.name == name))
    return None if value is None else str(value)


def keep_fact(work: Connection, name: str, value: str) -> None:
    """Keep a small fact in place of its former value."""
    work.execute(delete(facts).where(facts.c.name == name))
    work.execute(insert(facts).values(name=name, value=value))
