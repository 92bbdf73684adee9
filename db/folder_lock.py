"""Who has a folder open: one program at a time."""

from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from app.errors import EnvironmentProblem


class FolderLock:
    """Keeps a second program out of a folder, and falls with the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite.connect(str(folder / "lock.db"), timeout=0)
        try:
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite.OperationalError as error:
            self._connection.close()
            raise EnvironmentProblem("workspace_locked", folder=str(folder)) from error

    def release(self) -> None:
        self._connection.close()
