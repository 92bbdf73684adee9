"""Writing rows so that every change is known: the pen records before and after."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.sql.expression import ColumnElement

from app.errors import MovedOn
from db.changes import NEVER_RESTORED, Row, RowChange, change_of, key_of

_AT_ONCE = 5_000
Key = tuple[str, ...]


class Pen:
    """Writes rows of whole-value tables within one transaction and remembers each change.

    A row is written at once, or with many others at the end of `gathering`. The pen knows the rows
    that it read or wrote: nobody else may write to them in its transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._first: dict[tuple[Table, Key], Row | None] = {}
        self._known: dict[tuple[Table, Key], Row | None] = {}
        self._waiting: dict[tuple[Table, Key], Row | None] = {}
        self._gathers = False

    @property
    def connection(self) -> Connection:
        """The connection, with all that was put there already."""
        self._write_out()
        return self._connection

    @property
    def changes(self) -> tuple[RowChange, ...]:
        pairs = ((place, first, self._known[place]) for place, first in self._first.items())
        return tuple(
            change_of(str(table.name), key, first, now)
            for (table, key), first, now in pairs
            if first != now
        )

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Let rows wait and write them together: many go out in a few statements."""
        self._gathers = True
        try:
            yield
            self._write_out()
        finally:
            self._gathers = False
            self._waiting.clear()

    def read_ahead(self, table: Table, keys: Iterable[str]) -> None:
        """Read the rows of a table with one key column at once, before many of them are put."""
        wanted, column = list(dict.fromkeys(keys)), next(iter(table.primary_key))
        self._known.update({(table, (key,)): None for key in wanted})
        for start in range(0, len(wanted), _AT_ONCE):
            self.find(table, column.in_(wanted[start : start + _AT_ONCE]))

    def find(self, table: Table, condition: ColumnElement[bool]) -> list[Row]:
        """The stored rows that meet a condition, in the order of their keys."""
        names = _key_names(table)
        query = select(table).where(condition).order_by(*table.primary_key)
        rows = [_row(found) for found in self.connection.execute(query).mappings()]
        self._known.update({(table, key_of(row, names)): row for row in rows})
        return rows

    def row(self, table: Table, *key: str) -> Row | None:
        """The stored row, or None."""
        place = (table, key)
        if place not in self._known:
            query = select(table).where(_is(table, key))
            found = self.connection.execute(query).mappings().first()
            self._known[place] = None if found is None else _row(found)
        return self._known[place]

    def put(self, table: Table, values: Row) -> str:
        """Insert or update one row; says `accepted`, `updated` or `unchanged`.

        A table with a revision gets it raised by each change; `values` need not name it.
        """
        key = key_of(values, _key_names(table))
        before = self.row(table, *key)
        if before is None:
            self.add(table, values)
            return "accepted"
        if all(before[name] == value for name, value in values.items() if name != "revision"):
            return "unchanged"
        after = {**before, **values}
        if "revision" in before:
            after["revision"] = int(before["revision"] or 0) + 1
        self._set(table, key, before, after)
        return "updated"

    def add(self, table: Table, values: Row) -> None:
        """Insert a row that is not there; one that was, before this transaction, counts on."""
        key, after = key_of(values, _key_names(table)), dict(values)
        if "revision" in table.c:
            was = self._first.get((table, key)) or {}
            after["revision"] = 1 + int(was.get("revision") or 0)
        self._set(table, key, None, after)

    def put_if(self, table: Table, values: Row, condition: ColumnElement[bool]) -> bool:
        """Update one row by a statement that a condition guards; False when it is not met.

        The database itself decides, whoever else writes at that moment.
        """
        key = key_of(values, _key_names(table))
        before = self.row(table, *key)
        if before is None:
            return False
        self._write_out()
        after = {**before, **values, "revision": int(before["revision"] or 0) + 1}
        done = self._connection.execute(update(table).where(_is(table, key), condition), [after])
        if done.rowcount != 1:
            del self._known[table, key]
            return False
        self._first.setdefault((table, key), before)
        self._known[table, key] = after
        return True

    def remove(self, table: Table, *key: str) -> None:
        before = self.row(table, *key)
        if before is not None:
            self._set(table, key, before, None)

    def restore(self, table: Table, change: RowChange) -> None:
        """Bring a row back to what it was before a change, if it still is as the change left it.

        Raises:
            MovedOn: the row was changed since.
        """
        now = self.row(table, *change.key)
        if not change.stands(now):
            raise MovedOn("/".join(change.key))
        if change.before is None:
            self.remove(table, *change.key)
        elif now is None:
            self._set(table, change.key, None, dict(change.before))
        else:
            values = {k: v for k, v in change.before.items() if k not in NEVER_RESTORED}
            self.put(table, {**dict(zip(_key_names(table), change.key, strict=True)), **values})

    def _set(self, table: Table, key: Key, before: Row | None, after: Row | None) -> None:
        """Know a row as it is to be; the first before is kept, and what the database has."""
        place = (table, key)
        self._first.setdefault(place, before)
        self._waiting.setdefault(place, before)
        self._known[place] = after
        if not self._gathers:
            self._write_out()

    def _write_out(self) -> None:
        """Bring the database from the rows it has to the rows as they are known."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        batches: dict[tuple[str, Table, Key], list[Row]] = {}
        for (table, key), stored in waiting.items():
            now = self._known[table, key]
            for statement, values in _writing(table, key, stored, now):
                batches.setdefault(statement, []).append(values)
        for verb in ("delete", "update", "insert"):
            for statement, rows in batches.items():
                if statement[0] == verb:
                    self._connection.execute(_statement(*statement), rows)


def _writing(
    table: Table, key: Key, stored: Row | None, now: Row | None
) -> Iterator[tuple[tuple[str, Table, Key], Row]]:
    """The statement and its values, if any, that make the stored row the one known now."""
    which: Row = {f"its_{name}": part for name, part in zip(_key_names(table), key, strict=True)}
    if stored is None and now is not None:
        yield ("insert", table, tuple(now)), now
    elif stored is not None and now is None:
        yield ("delete", table, ()), which
    elif stored is not None and now is not None:
        changed = {name: value for name, value in now.items() if value != stored.get(name)}
        if changed:
            yield ("update", table, tuple(changed)), which | changed


@cache
def _statement(verb: str, table: Table, columns: Key) -> Any:
    """Made once for each table and set of columns: making one takes longer than running it."""
    if verb == "insert":
        return insert(table)
    its = and_(*(column == bindparam(f"its_{column.name}") for column in table.primary_key))
    if verb == "delete":
        return delete(table).where(its)
    return update(table).where(its).values({name: bindparam(name) for name in columns})


@cache
def _key_names(table: Table) -> Key:
    return tuple(str(column.name) for column in table.primary_key)


def _is(table: Table, key: Key) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


def _row(found: Any) -> Row:
    return {str(name): value for name, value in found.items()}
