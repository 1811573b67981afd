"""The folders a person pointed at, and which of them holds a path."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows, first_value


@dataclass(frozen=True, slots=True)
class Root:
    """A folder whose files are in the library.

    path: absolute, os.fsencode'd. whole: all that lies below it belongs to the library; otherwise only files that were
    named one by one. offline: why nothing is concluded about its files at present.
    """

    id: int
    path: bytes
    shown: str
    whole: bool
    offline: str | None


_COLUMNS = "id, path, shown, whole, offline"


def shown(path: bytes) -> str:
    """A path as people read it: always valid Unicode, undecodable bytes as �."""
    return os.fsdecode(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def all_roots(connection: apsw.Connection) -> list[Root]:
    return _roots(connection, removed=False)


def removed_roots(connection: apsw.Connection) -> list[Root]:
    """The folders that a person took out of the library; their rows stay, so that what was typed can come back."""
    return _roots(connection, removed=True)


def _roots(connection: apsw.Connection, *, removed: bool) -> list[Root]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM root WHERE removed = ? ORDER BY path", (int(removed),))
    return [Root(root_id, path, text, bool(whole), offline) for root_id, path, text, whole, offline in rows]


def root_of(path: bytes, roots: Sequence[Root]) -> Root | None:
    """The root that holds this absolute path; the innermost one, should there be several."""
    holding = [root for root in roots if is_inside(path, root.path)]
    return max(holding, key=lambda root: len(root.path), default=None)


def is_inside(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep.encode()) + os.sep.encode())


def add_root(connection: apsw.Connection, path: bytes, *, whole: bool) -> tuple[Root, list[int]]:
    """The root for this folder, a new one or one that holds it already; and the items it took over, to be refreshed.

    Roots never overlap, so that no file has two rows: a new root takes over what was known below it. Only a whole root
    absorbs others; a folder of single files stays apart until someone asks for all of it.
    """
    roots, removed = all_roots(connection), removed_roots(connection)
    holder = root_of(path, roots)
    if holder is not None and (holder.whole or (holder.path == path and not whole)):
        return holder, []
    same = next((root for root in (*roots, *removed) if root.path == path), None)
    if same is not None:
        root_id = same.id
        connection.execute("UPDATE root SET whole = ?, removed = 0 WHERE id = ?", (int(whole), root_id))
    else:
        connection.execute("INSERT INTO root (path, shown, whole) VALUES (?, ?, ?)", (path, shown(path), int(whole)))
        root_id = connection.last_insert_rowid()
    absorbed = []
    for inner in (*roots, *removed) if whole else ():
        if inner.id != root_id and is_inside(inner.path, path):
            absorbed += _absorb(connection, inner, root_id, path)
    for outer in removed:
        if outer.id != root_id and is_inside(path, outer.path):
            absorbed += _cut_out(connection, outer, root_id, path)
    return _get(connection, root_id), absorbed


def _get(connection: apsw.Connection, root_id: int) -> Root:
    return next(root for root in all_roots(connection) if root.id == root_id)


def _absorb(connection: apsw.Connection, inner: Root, outer_id: int, outer: bytes) -> list[int]:
    query = "SELECT DISTINCT media_id FROM place WHERE root_id = ? AND media_id IS NOT NULL"
    items = [media_id for (media_id,) in all_rows(connection, query, (inner.id,))]
    prefix = os.path.relpath(inner.path, outer)
    for folder_id, path in all_rows(connection, "SELECT id, path FROM folder WHERE root_id = ?", (inner.id,)):
        moved = os.path.join(prefix, path) if path else prefix
        connection.execute("UPDATE folder SET root_id = ?, path = ? WHERE id = ?", (outer_id, moved, folder_id))
    connection.execute("DELETE FROM root WHERE id = ?", (inner.id,))
    return items


def _cut_out(connection: apsw.Connection, outer: Root, inner_id: int, inner: bytes) -> list[int]:
    """Give a root the folders that a removed one around it knows; returns their items."""
    start = os.path.relpath(inner, outer.path)
    items: list[int] = []
    for folder_id, path in all_rows(connection, "SELECT id, path FROM folder WHERE root_id = ?", (outer.id,)):
        if not is_inside(path, start):
            continue
        moved = b"" if path == start else os.path.relpath(path, start)
        connection.execute("UPDATE folder SET root_id = ?, path = ? WHERE id = ?", (inner_id, moved, folder_id))
        query = "SELECT DISTINCT media_id FROM file WHERE folder_id = ? AND media_id IS NOT NULL"
        items += [media_id for (media_id,) in all_rows(connection, query, (folder_id,))]
    return items


def remove_root(connection: apsw.Connection, root: Root) -> None:
    """Take a folder out of the library; its files are to be marked excluded, see left_of_removed."""
    connection.execute("UPDATE root SET removed = 1, offline = NULL WHERE id = ?", (root.id,))


def left_of_removed(connection: apsw.Connection) -> list[int]:
    """Ids of the files in removed roots that are not marked excluded yet."""
    query = "SELECT file_id FROM place JOIN root ON root.id = root_id WHERE removed = 1 AND presence <> 'excluded'"
    return [file_id for (file_id,) in all_rows(connection, query)]


def forget_root(connection: apsw.Connection, root: Root) -> list[int]:
    """Drop all that is known of a removed root's files, what was typed included; returns the items to be refreshed."""
    query = "SELECT DISTINCT media_id FROM place WHERE root_id = ? AND media_id IS NOT NULL"
    items = [media_id for (media_id,) in all_rows(connection, query, (root.id,))]
    connection.execute("DELETE FROM root WHERE id = ? AND removed = 1", (root.id,))
    gone = "FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM file WHERE media_id = value)"
    listed = (json.dumps(items),)
    connection.execute(f"UPDATE media SET typed = '{{}}' WHERE id IN (SELECT value {gone})", listed)
    for table in ("typed_tag", "edited"):
        connection.execute(f"DELETE FROM {table} WHERE media_id IN (SELECT value {gone})", listed)
    return items


def folder_id(connection: apsw.Connection, root: Root, path: bytes) -> int:
    """The row of a folder below a root, made when there is none yet."""
    known = first_value(connection, "SELECT id FROM folder WHERE root_id = ? AND path = ?", (root.id, path))
    if known is not None:
        return int(known)
    absolute = os.path.join(root.path, path) if path else root.path
    connection.execute("INSERT INTO folder (root_id, path, shown) VALUES (?, ?, ?)", (root.id, path, shown(absolute)))
    return int(connection.last_insert_rowid())


def count_files(connection: apsw.Connection, root: Root) -> int:
    """How many files of a root are known, neither missing nor excluded."""
    query = "SELECT count(*) FROM place WHERE root_id = ? AND presence NOT IN ('missing', 'excluded')"
    return int(first_value(connection, query, (root.id,)))


def known_names(connection: apsw.Connection, root: Root) -> list[tuple[bytes, list[bytes]]]:
    """Each known folder of a root (relative path) with the names in it that are neither missing nor excluded."""
    folders: dict[bytes, list[bytes]] = {}
    query = "SELECT folder_path, name FROM place WHERE root_id = ? AND presence NOT IN ('missing', 'excluded')"
    for path, name in all_rows(connection, query, (root.id,)):
        folders.setdefault(path, []).append(name)
    return list(folders.items())
