"""What a scan met against what the library knows: new, changed, back again, or not met."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field

import apsw

from engines.library import media
from engines.library.database import Row, all_rows, first_value
from engines.library.roots import Root, count_files, folder_id, shown
from engines.types import Entry, Listing

# A root that loses more than this at once is taken for a drive that went away, not for deleted files.
LOST_SHARE = 0.05
LOST_FILES = 500
LOST_BELIEVED = 4  # … but so few are believed even in a small folder, where one file is already more than 5 %


@dataclass
class Changes:
    """How many photos and videos a scan found new, changed and as before; media: the items to repaint.

    A file whose name promises nothing counts only once its content has shown what it is.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    media: set[int] = field(default_factory=set)

    def add(self, more: Changes) -> None:
        """Take in what another part of the scan found."""
        self.added += more.added
        self.changed += more.changed
        self.unchanged += more.unchanged
        self.media |= more.media


@dataclass(frozen=True, slots=True)
class _Known:
    file_id: int
    media_id: int | None
    size: int
    mtime_ns: int
    sidecar: bytes | None
    sidecar_ns: int | None
    presence: str
    problem: str  # its code, or empty


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it was: in which folder (below the root), as it was met, and as it was known."""

    folder: bytes
    entry: Entry
    known: _Known | None


def differences(connection: apsw.Connection, root: Root, listing: Listing, changes: Changes) -> list[Difference]:
    """What is new, changed, back again or to be tried again in a folder; what is not is counted in `changes`.

    Files that are known but not in the listing are left alone: only the end of a whole scan allows a conclusion.
    """
    known = _known(connection, _find_folder(connection, root, listing.path))
    different = []
    for entry in listing.entries:
        row = known.get(entry.name)
        if row is None or not _is_unchanged(row, entry) or row.presence != "present" or row.problem == "unreadable":
            different.append(Difference(listing.path, entry, row))
        else:
            changes.unchanged += row.media_id is not None
    return different


def take(connection: apsw.Connection, root: Root, different: Iterable[Difference], changes: Changes) -> None:
    """Bring the rows of these files up to date; inside a write transaction."""
    folders: dict[bytes, int] = {}
    touched = []
    for one in different:
        if one.folder not in folders:
            folders[one.folder] = folder_id(connection, root, one.folder)
        touched.append(_take_one(connection, folders[one.folder], one.entry, one.known, changes))
    changed = {media_id for media_id in touched if media_id is not None}
    media.refresh(connection, changed)
    changes.media |= changed


Met = dict[bytes, frozenset[bytes] | None]  # names by folder path; None: the folder could not be read completely


def vanished(connection: apsw.Connection, root: Root, met: Met, start: bytes = b"") -> list[tuple[int, bytes]]:
    """Ids and paths below the root of known files that a whole scan did not meet; of unreadable folders, none.

    start: the folder below the root where the scan began.
    """
    lost: list[tuple[int, bytes]] = []
    for row_id, path in all_rows(connection, "SELECT id, path FROM folder WHERE root_id = ?", (root.id,)):
        if not _is_below(path, start):
            continue
        names = met.get(path)
        if names is None and not _is_gone(path, met):
            continue
        query = "SELECT id, name FROM file WHERE folder_id = ? AND presence NOT IN ('missing', 'excluded')"
        rows = connection.execute(query, (row_id,))
        lost += [(file_id, os.path.join(path, name)) for file_id, name in rows if names is None or name not in names]
    return lost


def mark_unseen(connection: apsw.Connection, file_ids: Iterable[int]) -> None:
    connection.executemany("UPDATE file SET presence = 'unseen' WHERE id = ?", [(file_id,) for file_id in file_ids])


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What was decided about a root.

    missing: ids of the files that are. media: items whose standing changed. doubt: why nothing was concluded, if so.
    """

    missing: tuple[int, ...]
    media: frozenset[int]
    doubt: str | None


def conclude(connection: apsw.Connection, root: Root, *, certain: bool = False) -> Conclusion:
    """Decide about the unseen files of a root that was scanned to its end and whose new files were examined.

    A root that lost too many at once is taken to be offline. certain: a person said that these files are really gone.
    What is missing is left to be marked: that may take longer than a transaction should.
    """
    unseen = all_rows(connection, "SELECT file_id FROM place WHERE root_id = ? AND presence = 'unseen'", (root.id,))
    doubt = None if certain else _doubt(len(unseen), count_files(connection, root))
    changed = set_offline(connection, root, doubt)
    if doubt is not None:
        return Conclusion((), frozenset(changed), doubt)
    return Conclusion(tuple(file_id for (file_id,) in unseen), frozenset(changed), None)


def mark_missing(connection: apsw.Connection, file_ids: Iterable[int]) -> set[int]:
    """Write down that these are; returns the items whose standing this changes."""
    return _mark(connection, file_ids, "missing")


def mark_excluded(connection: apsw.Connection, file_ids: Iterable[int]) -> set[int]:
    """Write down that a person left these out; returns the items whose standing this changes."""
    return _mark(connection, file_ids, "excluded")


def _mark(connection: apsw.Connection, file_ids: Iterable[int], presence: str) -> set[int]:
    query = "UPDATE file SET presence = ? WHERE id = ? RETURNING media_id"
    rows: list[Row] = connection.executemany(query, [(presence, file_id) for file_id in file_ids]).fetchall()
    lost = {media_id for (media_id,) in rows if media_id is not None}
    media.refresh(connection, lost)
    return lost


def set_offline(connection: apsw.Connection, root: Root, reason: str | None) -> set[int]:
    """Mark a root as out of reach, or back; returns the media whose standing this changes."""
    before = first_value(connection, "SELECT offline FROM root WHERE id = ?", (root.id,))
    if before == reason:
        return set()
    connection.execute("UPDATE root SET offline = ? WHERE id = ?", (reason, root.id))
    query = "SELECT DISTINCT media_id FROM place WHERE root_id = ? AND media_id IS NOT NULL"
    return {media_id for (media_id,) in connection.execute(query, (root.id,))}


def _doubt(lost: int, total: int) -> str | None:
    if lost <= LOST_BELIEVED and lost < total:
        return None
    if not lost or (lost <= LOST_FILES and lost <= LOST_SHARE * total):
        return None
    return (
        f"{lost:,} of its {total:,} files were not there at the last look. They are kept as they are until the folder "
        "is complete again; if they are really gone, import the folder once with --confirm-missing."
    )


_KNOWN = """
SELECT name, id, media_id, size_bytes, mtime_ns, sidecar, sidecar_ns, presence, coalesce(problem ->> 'code', '')
FROM file WHERE folder_id = ?
"""


def _known(connection: apsw.Connection, folder: int | None) -> dict[bytes, _Known]:
    return {name: _Known(*rest) for name, *rest in all_rows(connection, _KNOWN, (folder,))}


def _find_folder(connection: apsw.Connection, root: Root, path: bytes) -> int | None:
    found: int | None = first_value(connection, "SELECT id FROM folder WHERE root_id = ? AND path = ?", (root.id, path))
    return found


def _is_unchanged(known: _Known, entry: Entry) -> bool:
    as_known = (known.size, known.mtime_ns, known.sidecar, known.sidecar_ns)
    return as_known == (entry.size, entry.mtime_ns, *_sidecar_of(entry))


def _take_one(
    connection: apsw.Connection, folder: int, entry: Entry, known: _Known | None, changes: Changes
) -> int | None:
    """Returns the file's item, if it has one."""
    if known is None:
        media_id = _insert(connection, folder, entry)
        changes.added += media_id is not None
        return media_id
    if _is_unchanged(known, entry):
        # Of a file that could not be read the permissions may be others now, which neither size nor time tells.
        connection.execute(
            "UPDATE file SET presence = 'present', waiting = waiting OR ? WHERE id = ?",
            (known.problem == "unreadable", known.file_id),
        )
        changes.unchanged += known.media_id is not None
    else:
        connection.execute(
            "UPDATE file SET size_bytes = ?, mtime_ns = ?, sidecar = ?, sidecar_ns = ?, waiting = 1, "
            "presence = 'present' WHERE id = ?",
            (entry.size, entry.mtime_ns, *_sidecar_of(entry), known.file_id),
        )
        changes.changed += known.media_id is not None
    return known.media_id


def _sidecar_of(entry: Entry) -> tuple[bytes | None, int | None]:
    return entry.sidecar or (None, None)


def _insert(connection: apsw.Connection, folder: int, entry: Entry) -> int | None:
    """A file that promises a picture gets its tile at once; any other waits for what its bytes say."""
    media_id = media.create(connection, entry.promises) if entry.promises is not None else None
    name = (entry.name, shown(entry.name), stem(entry.name))
    connection.execute(
        "INSERT INTO file (folder_id, name, shown, stem, media_id, size_bytes, mtime_ns, sidecar, sidecar_ns) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (folder, *name, media_id, entry.size, entry.mtime_ns, *_sidecar_of(entry)),
    )
    return media_id


def stem(name: bytes) -> str:
    """What a raw file and its JPEG, or a live photo and its video, have in common."""
    return shown(os.path.splitext(name)[0]).casefold()


def _is_below(path: bytes, start: bytes) -> bool:
    return not start or path == start or path.startswith(start + os.sep.encode())


def _is_gone(path: bytes, met: Met) -> bool:
    """A folder that was not met is gone if the nearest folder above it that was met could be read."""
    while path and path not in met:
        path = os.path.dirname(path)
    return met.get(path) is not None
