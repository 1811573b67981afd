"""Brings the columns from `library.db` into memory and keeps them up to date, with a cache file for the next start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.array_file import Key, load_arrays, save_arrays
from engines.library.columns import COLUMNS, TERM_KINDS, Columns, Folder
from engines.library.database import Database, all_rows, first_value

_RECORD = np.dtype([("id", "i8"), *((column.name, column.dtype) for column in COLUMNS)])
_QUERY = f"SELECT id, {', '.join(column.expression for column in COLUMNS)} FROM media"
_SPARE = 1 / 16  # of the rows: room for new ones, so that not every import copies all columns
_LEAST_SPARE = 1024  # rows
_WORTH_SAVING = 1 / 20  # of the rows: so many were loaded from the tables since the cache was made
_ID_BITS = 27  # of the key that media are sorted by; the rest holds seconds, up to the year 4147 either way

_Roots = list[tuple[int, bytes, bool]]  # id, path, offline


class ColumnStore:
    """The newest Columns, for any thread.

    cache: the file that spares the next process the loading, 3 s at 1,000,000 media. It is used only if it was made
    from this very library, and for what has not changed since.
    """

    def __init__(self, database: Database, cache: Path) -> None:
        self._database = database
        self._cache = cache
        self._turn = Lock()
        self._columns: Columns | None = None
        self._room: dict[str, NDArray[Any]] = {}  # the columns with their spare rows
        self._roots: _Roots = []
        self._unsaved = 0  # rows loaded since the cache was made
        self._library = ""

    def current(self) -> Columns:
        """What is known now. Without changes it costs 20 us, with them 3 us a changed row and some ms at 1,000,000."""
        with self._turn, self._database.read() as connection, connection:
            columns = self._columns = self._refreshed(connection)
        return columns

    def _refreshed(self, connection: apsw.Connection) -> Columns:
        change = int(first_value(connection, "SELECT value FROM meta WHERE key = 'change'"))
        roots: _Roots = all_rows(connection, "SELECT id, path, offline IS NOT NULL FROM root ORDER BY id")
        if self._columns is None:
            return self._brought_up(connection, self._start(connection, change), change, roots)
        if self._columns.change != change or self._roots != roots:
            return self._brought_up(connection, self._columns, change, roots)
        return self._columns

    def save(self) -> bool:
        """Write the cache if that is worthwhile and can be done; whether it was."""
        with self._turn:
            columns = self._columns
            if columns is None or self._unsaved <= columns.count * _WORTH_SAVING:
                return False
            arrays = {**self._room, "newest": columns.newest, "frames": columns.frames}
            if not save_arrays(self._cache, self._key(columns.change, columns.count), arrays):
                return False
            self._unsaved = 0
            return True

    def _key(self, change: int, count: int) -> Key:
        return {"library": self._library, "query": _QUERY, "change": change, "count": count}

    def _start(self, connection: apsw.Connection, change: int) -> Columns:
        """The cached columns, or none."""
        self._library = str(first_value(connection, "SELECT value FROM meta WHERE key = 'library'"))
        key, arrays = load_arrays(self._cache) or ({}, {})
        then, count = key.get("change", 0), key.get("count", 1)
        if key != self._key(then, count) or then > change:  # none, another library's, or from before a restored backup
            then, count = 0, 1
            arrays = {column.name: np.zeros(1, column.dtype) for column in COLUMNS}
        newest = arrays.pop("newest", np.empty(0, np.int64))
        frames = arrays.pop("frames", np.zeros(1, np.uint32))
        self._room = arrays
        terms: dict[str, dict[int, str]] = {kind: {} for kind in TERM_KINDS}
        return Columns(self._library, then, self._values(count), newest, terms, {}, frames)

    def _values(self, count: int) -> dict[str, NDArray[Any]]:
        return {name: values[:count] for name, values in self._room.items()}

    def _brought_up(self, connection: apsw.Connection, before: Columns, change: int, roots: _Roots) -> Columns:
        rows = _changed_rows(connection, before.change)
        self._unsaved += len(rows)
        moved = _moved(before, rows)
        values = self._take_in(rows, before.count)
        folders = _folders(connection, before.folders, roots, as_before=self._roots)
        self._roots = roots
        return Columns(
            self._library,
            change,
            values,
            _in_order(before.newest, moved, values),
            _terms(connection, before.terms),
            folders,
            _frames(connection, before.frames),
        )

    def _take_in(self, rows: NDArray[Any], count: int) -> dict[str, NDArray[Any]]:
        """Write the rows to their places and return the columns, longer where ids are new."""
        ids = rows["id"]
        count = max(count, int(ids.max(initial=0)) + 1)
        room = len(self._room["state"])
        if count > room:
            room = count + max(_LEAST_SPARE, int(count * _SPARE))
            self._room = {name: _longer(values, room) for name, values in self._room.items()}
        for name, values in self._room.items():
            values[ids] = rows[name]
        return self._values(count)


def _changed_rows(connection: apsw.Connection, change: int) -> NDArray[Any]:
    if change == 0:  # a scan of the table, not of its index
        return np.fromiter(connection.execute(_QUERY), _RECORD)
    return np.fromiter(connection.execute(f"{_QUERY} WHERE change > ?", (change,)), _RECORD)


def _longer(values: NDArray[Any], length: int) -> NDArray[Any]:
    longer = np.zeros(length, values.dtype)
    longer[: len(values)] = values
    return longer


def _moved(before: Columns, rows: NDArray[Any]) -> NDArray[np.int64]:
    """Which of the rows have another place in the order than before, or none any more, or none yet."""
    ids = rows["id"]
    known = ids < before.count
    moved = ~known
    old = ids[known]
    changed = before["shown_s"][old] != rows["shown_s"][known]
    appears = (before["state"][old] == 0) != (rows["state"][known] == 0)
    moved[known] = changed | appears
    return ids[moved]


def _in_order(
    newest: NDArray[np.int64], moved: NDArray[np.int64], values: Mapping[str, NDArray[Any]]
) -> NDArray[np.int64]:
    """All ids that are not gone, newest first: the order before with only the moved ones put elsewhere."""
    if not len(moved):
        return newest
    is_moved = np.zeros(len(values["state"]), np.bool_)
    is_moved[moved] = True
    staying = newest[~is_moved[newest]]
    arriving = moved[values["state"][moved] != 0]
    arriving = arriving[np.argsort(_age(arriving, values))]
    places = np.searchsorted(_age(staying, values), _age(arriving, values))
    return np.insert(staying, places, arriving)


def _age(ids: NDArray[np.int64], values: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """A number a media item, no two alike: the newer, the smaller."""
    limit = np.int64(1 << (62 - _ID_BITS))
    return -((values["shown_s"][ids].clip(-limit, limit) << _ID_BITS) + ids)


def _terms(connection: apsw.Connection, before: Mapping[str, Mapping[int, str]]) -> Mapping[str, Mapping[int, str]]:
    highest = max((max(texts, default=0) for texts in before.values()), default=0)
    added = all_rows(connection, "SELECT id, kind, text FROM term WHERE id > ?", (highest,))
    if not added:
        return before
    terms = {kind: dict(texts) for kind, texts in before.items()}  # a copy: a search may be reading the other
    for term_id, kind, text in added:
        terms[kind][term_id] = text
    return terms


def _folders(
    connection: apsw.Connection, before: Mapping[int, Folder], roots: _Roots, *, as_before: _Roots
) -> Mapping[int, Folder]:
    """All folders; only the new ones are read unless the roots changed."""
    offline = {root_id: bool(is_offline) for root_id, _, is_offline in roots}
    folders = dict(before) if roots == as_before else {}
    query = "SELECT id, root_id, shown FROM folder WHERE id > ?"
    for folder_id, root_id, shown in connection.execute(query, (max(folders, default=0),)):
        folders[folder_id] = Folder(root_id, shown, offline[root_id])
    return folders


def _frames(connection: apsw.Connection, before: NDArray[np.uint32]) -> NDArray[np.uint32]:
    added = np.fromiter(
        connection.execute("SELECT id, content_id FROM frame WHERE id >= ? ORDER BY id", (len(before),)),
        np.dtype([("id", "i8"), ("content_id", "u4")]),
    )
    if not len(added):
        return before
    frames = _longer(before, int(added["id"][-1]) + 1)
    frames[added["id"]] = added["content_id"]
    return frames
