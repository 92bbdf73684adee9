"""Policies, mappings, saved views, remembered addresses and small facts of the workspace."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from app.domain.acts.desk import PublishPolicy
from app.domain.acts.orders import CorrectAddress
from db.codec import from_json, recall
from db.tables import address_book, facts, mappings, policies, views


def load_policy(connection: Connection, at: datetime) -> PublishPolicy | None:
    """The policy in force at an instant with its text, or None before the first that is.

    Of those that have started, the one that started last; of equals the newest version.
    """
    body = connection.scalar(select(policies.c.body).order_by(policies.c.version.desc()).limit(1))
    newest = None if body is None else recall(body, PublishPolicy)
    if newest is None or newest.starts is None:  # no other was ever dated
        return newest
    started = [one for one in load_policies(connection) if one.starts is None or one.starts <= at]
    return max(started, key=_started, default=None)


def load_policies(connection: Connection) -> list[PublishPolicy]:
    """Every version that was published and not taken back, the oldest first."""
    bodies = connection.scalars(select(policies.c.body).order_by(policies.c.version))
    return [recall(body, PublishPolicy) for body in bodies]


def _started(one: PublishPolicy) -> tuple[datetime, int]:
    return one.starts or _EVER, one.policy.version


_EVER = datetime.min.replace(tzinfo=UTC)


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
