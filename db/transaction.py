"""Writing rows so that every change is known: the pen records before and after."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, select, update

from app.errors import MovedOn
from db.changes import Row, RowChange, key_of

_AT_ONCE = 5_000
#: Columns that grow and are never set back by an undo.
NEVER_RESTORED = frozenset({"revision", "last_shipment"})


class Pen:
    """Writes rows of whole-value tables within one transaction and remembers each change."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._changes: dict[tuple[str, tuple[str, ...]], RowChange] = {}
        self._known: dict[tuple[str, tuple[str, ...]], Row | None] = {}

    @property
    def changes(self) -> tuple[RowChange, ...]:
        return tuple(c for c in self._changes.values() if c.before != c.after)

    def read_ahead(self, table: Table, keys: Iterable[str]) -> None:
        """Read the rows of a table with one key column at once, before many of them are put."""
        wanted, column = list(keys), next(iter(table.primary_key))
        self._known.update({(str(table.name), (key,)): None for key in wanted})
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            for found in self.connection.execute(select(table).where(column.in_(part))).mappings():
                row = {str(name): value for name, value in found.items()}
                self._known[str(table.name), (str(row[column.name]),)] = row

    def row(self, table: Table, *key: str) -> Row | None:
        """The stored row, or None."""
        place = (str(table.name), key)
        if place in self._known:
            return self._known[place]
        found = self.connection.execute(select(table).where(_is(table, key))).mappings().first()
        return None if found is None else {str(name): value for name, value in found.items()}

    def put(self, table: Table, values: Row) -> str:
        """Insert or update one row; says `accepted`, `updated` or `unchanged`.

        A table with a revision gets it raised by each change; `values` need not name it.
        """
        names = _key_names(table)
        key = key_of(values, names)
        before = self.row(table, *key)
        if before is None:
            self.add(table, values)
            return "accepted"
        if all(before[name] == value for name, value in values.items() if name != "revision"):
            return "unchanged"
        after = dict(values)
        if "revision" in table.c:
            after["revision"] = int(before["revision"] or 0) + 1
        self.connection.execute(update(table).where(_is(table, key)).values(after))
        self._note(table, key, before, {**before, **after})
        return "updated"

    def add(self, table: Table, values: Row) -> None:
        """Insert a row that is known to be new."""
        after = {**values, **({"revision": 1} if "revision" in table.c else {})}
        self.connection.execute(insert(table), after)
        self._note(table, key_of(values, _key_names(table)), None, after)

    def remove(self, table: Table, *key: str) -> None:
        before = self.row(table, *key)
        if before is not None:
            self.connection.execute(delete(table).where(_is(table, key)))
            self._note(table, key, before, None)

    def restore(self, table: Table, change: RowChange) -> None:
        """Bring a row back to `change.before`, if it still is as `change.after` left it.

        Raises:
            MovedOn: the row was changed since.
        """
        now = self.row(table, *change.key)
        if not _same(now, change.after):
            raise MovedOn("/".join(change.key))
        if change.before is None:
            self.remove(table, *change.key)
            return
        values = {k: v for k, v in change.before.items() if now is None or k not in NEVER_RESTORED}
        if now is None:
            self.connection.execute(insert(table).values(values))
            self._note(table, change.key, None, values)
        else:
            self.put(table, values)

    def adopt(self, other: "Pen") -> None:
        """Take over the changes of a pen whose savepoint was kept."""
        for change in other.changes:
            earlier = self._changes.get((change.table, change.key))
            first = change.before if earlier is None else earlier.before
            self._changes[change.table, change.key] = replace(change, before=first)

    def _note(self, table: Table, key: tuple[str, ...], before: Any, after: Any) -> None:
        """Keep the first before and the last after of a row."""
        self._known.pop((str(table.name), key), None)
        earlier = self._changes.get((str(table.name), key))
        first = before if earlier is None else earlier.before
        self._changes[str(table.name), key] = RowChange(str(table.name), key, first, after)


def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def _is(table: Table, key: tuple[str, ...]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


def _same(now: Row | None, then: Row | None) -> bool:
    """Whether a row has the values an entry left; a later entry that was undone is no bar."""
    if now is None or then is None:
        return now is then
    return all(now[name] == value for name, value in then.items() if name not in NEVER_RESTORED)
