"""Moves originals to the system's trash: only on a person's own command, and nowhere else in the program."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from engines.errors import LibraryError
from engines.library import edits, reconcile
from engines.library.database import all_rows
from engines.library.edits import Edit

if TYPE_CHECKING:
    from engines.library.library import Library

SIDECAR = "sidecar"  # as a role, beside those that files have

_FILES = """
SELECT media_id, file_id, root_path, folder_path, name, role, size_bytes, mtime_ns, sidecar,
       EXISTS (SELECT 1 FROM file AS other WHERE other.folder_id = place.folder_id AND other.sidecar = place.sidecar
               AND other.presence <> 'missing' AND other.media_id NOT IN (SELECT value FROM json_each(?1)))
FROM place WHERE media_id IN (SELECT value FROM json_each(?1)) AND presence IN ('present', 'unseen') AND offline IS NULL
ORDER BY media_id, role = 'main', file_id
"""

Send = Callable[[str], None]  # moves the file of a path to the trash; raises OSError


@dataclass(frozen=True, slots=True)
class Original:
    """A file on disk. path: as os.fsdecode spells it. role: main, raw, live, or SIDECAR, whose size is not known.

    file_id: 0 for a sidecar.
    """

    media_id: int
    file_id: int
    path: str
    role: str
    size_bytes: int | None
    mtime_ns: int | None

    @property
    def name(self) -> str:
        return os.path.basename(self.path)


@dataclass(frozen=True, slots=True)
class Trashed:
    """edit: how it is remembered; its items are those that went. files: how many. problem: of the first that stayed."""

    edit: Edit
    changed: list[int]
    files: int
    stayed: int
    problem: LibraryError | None


def originals(connection: apsw.Connection, media_ids: Sequence[int]) -> list[Original]:
    """The files that go with these items: pairs of raw and JPEG, live videos, sidecars. Of each the main file is last.

    Without what cannot be reached now, and without sidecars that other items have too.
    """
    found: dict[str, Original] = {}
    wanted = json.dumps([int(media_id) for media_id in media_ids])
    for media_id, file_id, root, folder, name, role, size, mtime_ns, sidecar, is_shared in all_rows(
        connection, _FILES, (wanted,)
    ):
        where = os.path.join(root, folder)
        if sidecar and not is_shared:
            path = os.fsdecode(os.path.join(where, sidecar))
            found.setdefault(path, Original(media_id, 0, path, SIDECAR, None, None))
        path = os.fsdecode(os.path.join(where, name))
        found[path] = Original(media_id, file_id, path, role, size, mtime_ns)
    return list(found.values())


def move(library: Library, media_ids: Sequence[int], send: Send | None = None) -> Trashed:
    """Move the files of these items to the trash; what is known of them stays, for a file that comes back.

    A file that is not as it was examined stays where it is, with all that belongs to it.
    """
    send = send or send_to_trash
    with library.database.read() as connection:
        files = originals(connection, media_ids)
    moved: list[int] = []
    count, stayed, problem = 0, 0, None
    for media_id, of_item in _by_item(files):
        sent: list[Original] = []
        try:
            for original in of_item:
                _check(original)
            for original in of_item:
                _send(original, send)
                sent.append(original)
        except LibraryError as error:
            problem = problem or error
            stayed += len(of_item) - len(sent)
        if sent:
            count += len(sent)
            moved.append(media_id)
            with library.write(durable=True) as connection:
                reconcile.mark_missing(connection, [one.file_id for one in sent if one.file_id])
    with library.write(durable=True) as connection:
        edit = edits.note(connection, moved, edits.TRASH)
    return Trashed(edit, moved, count, stayed, problem)


def send_to_trash(path: str) -> None:
    """Raises OSError, also where there is no trash: nothing is ever deleted instead."""
    if sys.platform == "win32":
        from send2trash.win.modern import send2trash  # the other way deletes for good what the bin cannot take
    else:
        from send2trash import send2trash
    send2trash(path)


def _by_item(files: Iterable[Original]) -> Iterable[tuple[int, list[Original]]]:
    by_item: defaultdict[int, list[Original]] = defaultdict(list)
    for original in files:
        by_item[original.media_id].append(original)
    return by_item.items()


def _check(original: Original) -> None:
    """Raises LibraryError if it is not the file that a person saw."""
    try:
        status = os.stat(original.path)
    except OSError as error:
        raise _stays(original, error.strerror or str(error)) from error
    if original.role != SIDECAR and (status.st_size, status.st_mtime_ns) != (original.size_bytes, original.mtime_ns):
        raise _stays(original, "it has changed since it was examined")


def _send(original: Original, send: Send) -> None:
    try:
        send(original.path)
    except OSError as error:
        raise _stays(original, error.strerror or str(error)) from error
    if os.path.lexists(original.path):
        raise _stays(original, "the system did not take it")


def _stays(original: Original, reason: str) -> LibraryError:
    return LibraryError("not_trashed", f"{original.name} was not moved: {reason}.", name=original.name, reason=reason)
