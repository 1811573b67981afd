"""The small pictures, in a file of their own that may be deleted at any time: it is then made again."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import apsw

from engines.library.database import Database, all_rows, first_row, first_value
from engines.types import Thumbnail

# The store's id tells the library whether this is still the file it knew.
_MIGRATIONS = (
    """
CREATE TABLE store (id TEXT NOT NULL) STRICT;
CREATE TABLE thumbnail (
    digest  BLOB PRIMARY KEY,     -- of the content; of a frame of a film moments.thumbnail_key
    width   INTEGER NOT NULL,
    height  INTEGER NOT NULL,
    webp    BLOB NOT NULL
) STRICT
""",
)


class Thumbnails:
    """Thumbnails by the digest of their content. Raises LibraryError as Database does."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        if writable and not _is_sound(path):
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
        self._database = Database(path, writable=writable, migrations=_MIGRATIONS)
        self.store_id = self._identify(writable)

    def _identify(self, writable: bool) -> str:
        with self._database.read() as connection:
            known = first_value(connection, "SELECT id FROM store")
        if known is None and writable:
            known = str(uuid.uuid4())
            with self._database.write() as connection:
                connection.execute("INSERT INTO store VALUES (?)", (known,))
        return str(known)

    def get(self, digest: bytes) -> Thumbnail | None:
        """The thumbnail of a content, or None while it has none."""
        with self._database.read() as connection:
            row = first_row(connection, "SELECT webp, width, height FROM thumbnail WHERE digest = ?", (digest,))
        return Thumbnail(*row) if row else None

    def put(self, thumbnails: Iterable[tuple[bytes, Thumbnail]]) -> None:
        """Keep these, replacing what was there."""
        rows = [(digest, small.width, small.height, small.data) for digest, small in thumbnails]
        if rows:
            with self._database.write() as connection:
                connection.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?, ?)", rows)

    def remove(self, digests: Iterable[bytes]) -> None:
        """Also those of the frames of films."""
        rows = [(digest, *_frames(digest)) for digest in digests]
        if rows:
            with self._database.write() as connection:
                connection.executemany(f"DELETE FROM thumbnail WHERE digest = ? OR {_IS_FRAME}", rows)

    def keep_frames(self, digest: bytes, keys: Iterable[bytes]) -> None:
        """Of a film, remove those of all other frames."""
        query = f"DELETE FROM thumbnail WHERE {_IS_FRAME} AND digest NOT IN (SELECT unhex(value) FROM json_each(?))"
        with self._database.write() as connection:
            connection.execute(query, (*_frames(digest), json.dumps([key.hex() for key in keys])))

    def all(self) -> Iterator[tuple[bytes, Thumbnail]]:
        """Every thumbnail, one after the other."""
        with self._database.read() as connection:
            for digest, webp, width, height in connection.execute("SELECT digest, webp, width, height FROM thumbnail"):
                yield digest, Thumbnail(webp, width, height)

    def findings(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when it is whole."""
        with self._database.read() as connection:
            rows = all_rows(connection, "PRAGMA quick_check")
        return [row[0] for row in rows if row[0] != "ok"]

    def close(self) -> None:
        self._database.close()


_IS_FRAME = "digest > ? AND digest < ?"


def _frames(digest: bytes) -> tuple[bytes, bytes]:
    """Between these lie the keys of a film's frames."""
    return digest + b"@", digest + b"A"


def _is_sound(path: Path) -> bool:
    """Whether a file can be used further; one that cannot is worth nothing, for all of it can be made again."""
    if not path.exists():
        return True
    try:
        connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error:
        return False
    try:
        version = int(connection.pragma("user_version"))
        all_rows(connection, "SELECT count(*) FROM sqlite_schema")
        return version <= len(_MIGRATIONS)
    except (apsw.NotADBError, apsw.CorruptError):
        return False
    finally:
        connection.close()
