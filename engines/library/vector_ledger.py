"""What `library.db` knows of the files that hold vectors, so that none can be lost unnoticed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import all_rows, first_row, first_value
from engines.library.vector_file import Records

_KEY = "vectors"  # in meta


@dataclass(frozen=True, slots=True)
class Space:
    """Vectors that may be compared with each other: those of one phase in one version."""

    phase: str
    version: int  # the effective one
    dimensions: int

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.phase}-{self.version}-{self.dimensions}"


@dataclass(frozen=True, slots=True)
class Entry:
    """The file of a space: its id, how many rows are known to be on the disk, and of which generation they are."""

    space: Space
    file: str
    rows: int
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """entries: the oldest space first. since: meta.change when rows were added that may not be on the disk, or None."""

    entries: tuple[Entry, ...] = ()
    since: int | None = None

    def of(self, space: Space) -> Entry | None:
        return next((entry for entry in self.entries if entry.space == space), None)

    def having(self, entry: Entry) -> Ledger:
        """The same with this entry, in place of an earlier one of its space."""
        if self.of(entry.space) is None:
            return replace(self, entries=(*self.entries, entry))
        return replace(self, entries=tuple(entry if one.space == entry.space else one for one in self.entries))

    def without(self, space: Space) -> Ledger:
        return replace(self, entries=tuple(entry for entry in self.entries if entry.space != space))


def load(connection: apsw.Connection) -> Ledger:
    text = first_value(connection, "SELECT value FROM meta WHERE key = ?", (_KEY,))
    if text is None:
        return Ledger()
    known = json.loads(text)
    return Ledger(tuple(Entry(Space(*space), *rest) for space, *rest in known["entries"]), known["since"])


def save(connection: apsw.Connection, ledger: Ledger) -> None:
    entries = [
        ((entry.space.phase, entry.space.version, entry.space.dimensions), entry.file, entry.rows, entry.generation)
        for entry in ledger.entries
    ]
    text = json.dumps({"entries": entries, "since": ledger.since})
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, text))


def change(connection: apsw.Connection) -> int:
    """The number of the library's last change."""
    return int(first_value(connection, "SELECT value FROM meta WHERE key = 'change'"))


def strays(connection: apsw.Connection, records: Records) -> NDArray[np.bool_]:
    """Which of these rows are of a frame that is none, or is another content's."""
    frames = json.dumps(records["frame"].tolist())
    query = "SELECT id, content_id FROM frame WHERE id IN (SELECT value FROM json_each(?))"
    owners: dict[int, int] = dict(all_rows(connection, query, (frames,)))
    pairs = zip(records["frame"].tolist(), records["content"].tolist(), strict=True)
    return np.fromiter((owners.get(frame) != content for frame, content in pairs), np.bool_, len(records))


_DONE = "SELECT content_id FROM done WHERE phase = ? AND version = ? AND problem IS NULL"
_OF_CHANGED = """
 AND content_id IN (SELECT file.content_id FROM media JOIN file ON media_id = media.id WHERE change > ?)
"""


def done(connection: apsw.Connection, space: Space, since: int | None) -> NDArray[np.int64]:
    """Contents that the phase is done with; since: only of media that changed later."""
    query, bindings = _DONE, (space.phase, space.version)
    rows = (
        connection.execute(query, bindings)
        if since is None
        else connection.execute(query + _OF_CHANGED, (*bindings, since))
    )
    return np.fromiter((content_id for (content_id,) in rows), np.int64)


def undo(connection: apsw.Connection, space: Space, contents: Sequence[int] | None) -> None:
    """Let the phase be pending again for these contents, or for all of them."""
    query = "DELETE FROM done WHERE phase = ? AND version = ?"
    if contents is None:
        connection.execute(query, (space.phase, space.version))
    else:
        rows = [(space.phase, space.version, content_id) for content_id in contents]
        connection.executemany(f"{query} AND content_id = ?", rows)


_OWED = """
SELECT count(*) FROM json_each(?) AS wanted JOIN content ON content.id = wanted.value
WHERE NOT EXISTS (SELECT 1 FROM done WHERE content_id = content.id AND phase = ? AND version = ?)
"""


def owed(connection: apsw.Connection, space: Space, contents: NDArray[np.uint32]) -> int:
    """How many of these contents the phase still has to be done with, in the version of this space."""
    return int(first_value(connection, _OWED, (json.dumps(contents.tolist()), space.phase, space.version)))


_OWNER = """
SELECT frame.id, content.id FROM content JOIN frame ON content_id = content.id WHERE digest = ? AND time_s IS ?
"""


def owner(connection: apsw.Connection, digest: bytes, time_s: float | None = None) -> tuple[int, int] | None:
    """Frame id and content id of a photo, or of the whole of a video; with time_s, of a moment of it."""
    found = first_row(connection, _OWNER, (digest, time_s))
    return None if found is None else (int(found[0]), int(found[1]))
