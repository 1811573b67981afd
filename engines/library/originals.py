"""What the library says about the files on disk and about itself, for those who check it."""

from __future__ import annotations

import os
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows

DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError)  # what reading a damaged file raises

_KNOWN = """
SELECT file_id, root_id, root_path, folder_path, name, place.size_bytes, mtime_ns, digest
FROM place JOIN content ON content.id = content_id
WHERE presence = 'present' AND offline IS NULL AND waiting = 0
  AND coalesce(place.problem ->> 'code', 'damaged') = 'damaged' ORDER BY file_id
"""
_WITH_THUMBNAIL = """
SELECT digest FROM content JOIN done ON content_id = content.id WHERE phase = 'thumbnail' AND done.problem IS NULL
"""


@dataclass(frozen=True, slots=True)
class Known:
    """One file as it was when it was examined last. path: as os.fsdecode spells it."""

    file_id: int
    root_id: int
    path: str
    size_bytes: int
    mtime_ns: int
    digest: bytes


def all_known(connection: apsw.Connection) -> list[Known]:
    """Every file that should be on disk now."""
    return [
        Known(file_id, root_id, os.fsdecode(os.path.join(root, folder, name)), size, mtime_ns, digest)
        for file_id, root_id, root, folder, name, size, mtime_ns, digest in all_rows(connection, _KNOWN)
    ]


def digests_with_thumbnail(connection: apsw.Connection) -> list[bytes]:
    """Contents whose thumbnail was made."""
    return [digest for (digest,) in all_rows(connection, _WITH_THUMBNAIL)]


def damage(connection: apsw.Connection) -> list[str]:
    """What SQLite finds wrong with the library: structure, references, and the word index."""
    try:
        found = [text for (text,) in all_rows(connection, "PRAGMA integrity_check") if text != "ok"]
        dangling = all_rows(connection, "PRAGMA foreign_key_check")
    except DAMAGE as error:
        return [f"library.db is damaged ({error})."]
    return found + [
        f"library.db: a row of {table} refers to a row of {parent} that is not there."
        for table, _, parent, _ in dangling
    ]
