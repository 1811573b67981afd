"""The connections to `library.db`: one that writes, several leased ones that read; and its migrations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import Any
from urllib.parse import quote

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.errors import LibraryError
from engines.library.schema import APPLICATION_ID, MIGRATIONS

Row = tuple[Any, ...]  # as the tables declare it; SQLite's STRICT keeps the types
BUSY_MS = 10_000  # a reader never waits in WAL mode; this covers a checkpoint and another process's short transaction
_PIECE = 200_000  # characters, read in 2 ms

_PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32768;
"""


class Database:
    """One file. read() may be used from any thread; write() takes turns.

    Raises LibraryError when the file is damaged, made by a newer program, or not ours.
    """

    def __init__(self, path: Path, *, writable: bool, migrations: tuple[str, ...] = MIGRATIONS) -> None:
        self.path = path
        self._idle: list[apsw.Connection] = []
        self._lease = Lock()
        self._turn = RLock()
        self._writer: apsw.Connection | None = None
        with _told(path):
            if writable:
                self._writer = self._open(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
                check_version(self._writer, migrations)  # before anything is written
                self._writer.execute("PRAGMA journal_mode = WAL").fetchall()
                migrate(self._writer, migrations)
            else:
                with self.read() as connection:
                    refuse_if_older(connection, migrations)

    def _open_reader(self) -> apsw.Connection:
        """A reading connection, also on a disk that has no room for the file by which SQLite's processes meet.

        Where that file is not there and cannot be made, nobody else has the library open: it is read as it lies there,
        unless a process that was killed left the last of its work in the log beside it.
        """
        try:
            connection = self._open(apsw.SQLITE_OPEN_READONLY)
            connection.pragma("schema_version")
        except (apsw.CantOpenError, apsw.IOError):
            if _size(f"{self.path}-wal") > 0:
                raise
            return self._open(apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, "immutable=1")
        return connection

    def _open(self, flags: int, parameters: str = "") -> apsw.Connection:
        path = os.fspath(self.path)
        if parameters:
            path = f"file:{quote(os.fsencode(path))}?{parameters}"
        connection = apsw.Connection(path, flags=flags)
        connection.set_busy_timeout(BUSY_MS)
        connection.execute(_PRAGMAS)
        return connection

    @contextmanager
    def read(self) -> Iterator[apsw.Connection]:
        """A connection that only reads, for as long as the block lasts."""
        with self._lease:
            connection = self._idle.pop() if self._idle else None
        with _told(self.path):
            if connection is None:
                connection = self._open_reader()
            try:
                yield connection
            finally:
                with self._lease:
                    self._idle.append(connection)

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[apsw.Connection]:
        """One transaction: committed at the end of the block, undone if it raises.

        durable: survives a power cut once the block has ended; for what a person typed. Without it a power cut may
        take the last seconds, never more, and never damages the file.
        """
        if self._writer is None:
            raise LibraryError("read_only", f"The library at {self.path.parent} is open for reading only.")
        with self._turn, _told(self.path):
            connection = self._writer
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if not connection.get_autocommit():
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Ends all connections; what was leased is given back first."""
        with self._lease:
            for connection in self._idle:
                connection.close()
            self._idle.clear()
        if self._writer is not None:
            with suppress(apsw.Error):  # it is only for the speed of later questions, and a full disk refuses it
                self._writer.execute("PRAGMA optimize")
            self._writer.close()
            self._writer = None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except FileNotFoundError:
        return 0


def all_rows(connection: apsw.Connection, query: str, bindings: apsw.Bindings | None = None) -> list[Row]:
    """All rows of a query."""
    return connection.execute(query, bindings).fetchall()


def first_row(connection: apsw.Connection, query: str, bindings: apsw.Bindings | None = None) -> Row | None:
    """The first row of a query, or None."""
    return connection.execute(query, bindings).fetchone()


def first_value(connection: apsw.Connection, query: str, bindings: apsw.Bindings | None = None) -> Any:
    """The first column of the first row of a query, or None."""
    return connection.execute(query, bindings).get


def numbers(text: str | None) -> NDArray[np.int64]:
    """The integers that SQLite's group_concat wrote, piece by piece: NumPy lets no other thread in while it reads."""
    pieces, start, text = [], 0, text or ""
    while start < len(text):
        end = text.find(",", start + _PIECE)
        end = len(text) if end < 0 else end
        pieces.append(np.fromstring(text[start:end], np.int64, sep=","))
        start = end + 1
    return np.concatenate(pieces) if pieces else np.empty(0, np.int64)


def migrate(connection: apsw.Connection, migrations: tuple[str, ...]) -> None:
    """Bring a file to the present shape; each step and its number are one transaction."""
    for number in range(check_version(connection, migrations) + 1, len(migrations) + 1):
        connection.execute(
            f"BEGIN IMMEDIATE; {migrations[number - 1]};"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number}; COMMIT"
        )


def check_version(connection: apsw.Connection, migrations: tuple[str, ...]) -> int:
    """The number of the last migration this file went through. Raises LibraryError if it is not ours or too new."""
    version = int(connection.pragma("user_version"))
    path = connection.filename
    if version > len(migrations):
        raise LibraryError(
            "newer_library",
            f"The library {path} was made by a newer version of Image Engine (its form is {version}, this "
            f"program knows {len(migrations)}). Nothing was changed; please update the program.",
        )
    is_ours = connection.pragma("application_id") == APPLICATION_ID
    is_empty = first_value(connection, "SELECT count(*) FROM sqlite_schema") == 0
    if not is_ours and not is_empty:
        raise LibraryError("not_a_library", f"{path} is not a library of Image Engine. Choose another folder.")
    return version


def refuse_if_older(connection: apsw.Connection, migrations: tuple[str, ...]) -> None:
    """Raise LibraryError unless the file has the present shape, which only a writer can give it."""
    if check_version(connection, migrations) < len(migrations):
        raise LibraryError(
            "older_library",
            f"The library {connection.filename} is empty, or was made by an older version of Image Engine. "
            "Import a folder, which makes it ready: image-engine import FOLDER.",
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise LibraryError(
            "damaged_library",
            f"The library {path} is damaged ({error}). Your photos are not affected; rename that file and "
            "import again.",
        ) from error
    except apsw.FullError as error:
        raise _full(path) from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError, apsw.IOError) as error:
        if (
            getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE
        ):  # no room for the file by which processes meet
            raise _full(path) from error
        raise LibraryError("library_unusable", f"The library {path} cannot be used: {error}.") from error
    except apsw.BusyError as error:
        raise LibraryError("library_busy", f"The library {path} is busy in another program. Try again.") from error


def _full(path: Path) -> LibraryError:
    return LibraryError(
        "disk_full",
        f"The disk that holds {path.parent} is full. Free some space, then start again: nothing is lost.",
    )
