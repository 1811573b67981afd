"""The names of all files in memory, one behind the other: a part of a name is found among 1,000,000 in some ms.

A cache of the table `file`, made when an import ends. What changed since is asked of the table itself, as is all while
there is no cache: that takes 0.1 s at 1,000,000 files, and a quarter of a second for paths.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engines.library.array_file import Arrays, Key, load_arrays, save_arrays
from engines.library.columns import Columns
from engines.library.database import Database, all_rows
from engines.library.names import Names

_FORM = 1  # of the cache file
_CHUNK = 131_072  # bytes, which stay in the processor's cache while all letters of a piece are compared
_MOST_CHANGED = 10_000  # media; of more the table is asked for all
_WORTH_SAVING = 1 / 20  # of the media changed since the cache was made
_END = 0  # of each name; none can hold it
_NO_CHANGE = -1

Ids = NDArray[np.int64]
Pieces = Sequence[bytes]


@dataclass(frozen=True)
class FileNames:
    """All files of one moment, a row each.

    media, folders: ids. text: the names in UTF-8, capitals of ASCII made small, each ended by 0. starts: where each
    begins.
    """

    change: int
    media: NDArray[np.int32]
    folders: NDArray[np.int32]
    starts: NDArray[np.int64]
    text: NDArray[np.uint8]

    def named(self, pieces: Pieces) -> Ids:
        """Media with a file whose whole name, with or without its suffix, is the pieces and anything between them."""
        literal = max(pieces, key=len)
        rows = self._holding(literal)
        if [piece for piece in pieces if piece] != [literal] or pieces[0] or pieces[-1]:
            rows = self._fitting(rows, re.compile(rb"(?s)%b(?:\..*)?\Z" % _any_between(pieces)))
        return np.unique(self.media[rows]).astype(np.int64)

    def lying(self, pieces: Pieces, folders: Mapping[int, bytes]) -> Ids:
        """Media with a file whose path holds the pieces with anything between them.

        folders: the path of each, compared like names.
        """
        by_rest: defaultdict[_Rest, list[int]] = defaultdict(list)
        for folder_id, path in folders.items():
            rest = _left_for_name(pieces, path + b"/")
            if rest is not None:
                by_rest[rest].append(folder_id)
        found = [self._in_folders(ids, rest) for rest, ids in by_rest.items()]
        return np.unique(np.concatenate([np.empty(0, np.int64), *found]))

    def _in_folders(self, folder_ids: list[int], rest: _Rest) -> Ids:
        wanted = np.zeros(max(int(self.folders.max(initial=0)), *folder_ids) + 1, np.bool_)
        wanted[folder_ids] = True
        if not rest.pieces:
            return self.media[wanted[self.folders]].astype(np.int64)
        rows = self._holding(max(rest.pieces, key=len))
        rows = rows[wanted[self.folders[rows]]]
        if len(rest.pieces) > 1 or rest.at_start:
            before = b"" if rest.at_start else b".*"
            rows = self._fitting(rows, re.compile(rb"(?s)%b%b" % (before, _any_between(rest.pieces))))
        return self.media[rows].astype(np.int64)

    def _holding(self, literal: bytes) -> Ids:
        """The rows whose names hold this, ascending."""
        if not literal:
            return np.arange(len(self.starts))
        places = np.concatenate([np.empty(0, np.int64), *self._places(literal)])
        rows = np.searchsorted(self.starts, places, "right") - 1
        return rows[np.diff(rows, prepend=-1) > 0]

    def _places(self, literal: bytes) -> Iterator[Ids]:
        """NumPy compares a letter with all names in the time in which bytes.find() passes over a tenth of them."""
        for start in range(0, len(self.text) - len(literal) + 1, _CHUNK):
            chunk = self.text[start : start + _CHUNK + len(literal) - 1]
            length = len(chunk) - len(literal) + 1
            equal = chunk[:length] == literal[0]
            for place, letter in enumerate(literal[1:], start=1):
                equal &= chunk[place : place + length] == letter
            yield start + np.flatnonzero(equal)

    def _fitting(self, rows: Ids, expression: re.Pattern[bytes]) -> Ids:
        ends = np.append(self.starts[1:], len(self.text)) - 1
        data = self._bytes
        places = zip(rows.tolist(), self.starts[rows].tolist(), ends[rows].tolist(), strict=True)
        return np.array([row for row, start, end in places if expression.match(data[start:end])], np.int64)

    @cached_property
    def _bytes(self) -> bytes:
        return self.text.tobytes()


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a folder's path leaves over for the names in it. at_start: the first piece has to begin the name."""

    pieces: tuple[bytes, ...]
    at_start: bool = False


def _left_for_name(pieces: Pieces, folder: bytes) -> _Rest | None:
    """None if no name can help: a piece with a '/' in it is not there. folder: with '/' at its end."""
    start = 0
    for number, piece in enumerate(pieces):
        found = folder.find(piece, start)
        if found < 0:
            head, slash, tail = piece.rpartition(b"/")
            if not slash:
                return _Rest(tuple(pieces[number:]))
            return _Rest((tail, *pieces[number + 1 :]), at_start=True) if folder.endswith(head + slash, start) else None
        start = found + len(piece)
    return _Rest(())


def _any_between(pieces: Pieces) -> bytes:
    return b".*".join(map(re.escape, pieces))


class FileNamesStore:
    """The newest FileNames, for any thread; what they cannot tell is asked of the table `file`."""

    def __init__(self, database: Database, cache: Path) -> None:
        self._database = database
        self._cache = cache
        self._names = Names(database)
        self._turn = Lock()
        self._now: FileNames | None = None
        self._is_loaded = False

    def by_name(self, pieces: tuple[str, ...], columns: Columns) -> Ids:
        """Media with a file whose whole name, with or without its suffix, is the pieces and anything between them."""
        now, changed = self._usable(columns)
        if now is None:
            return self._names.by_name(pieces)
        newer = self._names.by_name(pieces, changed) if len(changed) else changed
        return _joined(now.named(list(map(_compared, pieces))), changed, newer)

    def by_path(self, pieces: tuple[str, ...], columns: Columns) -> Ids:
        """Media with a file whose absolute path holds the pieces, with anything between them."""
        now, changed = self._usable(columns)
        if now is None:
            return self._names.by_path(pieces)
        newer = self._names.by_path(pieces, changed) if len(changed) else changed
        folders = {folder_id: _compared_path(folder.path) for folder_id, folder in columns.folders.items()}
        return _joined(now.lying(list(map(_compared_path, pieces)), folders), changed, newer)

    def save(self, columns: Columns) -> None:
        """Read all names and write the cache, if much has changed since it was: 2 s at 1,000,000 files."""
        now = self._loaded(columns)
        since = _NO_CHANGE if now is None else now.change
        if len(columns.changed_since(since)) <= columns.count * _WORTH_SAVING:
            return
        made = self._made(columns)
        arrays: Arrays = {"media": made.media, "folders": made.folders, "starts": made.starts, "text": made.text}
        with self._turn:
            self._now = made
        save_arrays(self._cache, _key(columns.library, made.change), arrays)

    def _usable(self, columns: Columns) -> tuple[FileNames | None, Ids]:
        """What is known, and the media of which it is not true any more; None where it is of little use."""
        now = self._loaded(columns)
        if now is None or now.change > columns.change:
            return None, np.empty(0, np.int64)
        changed = columns.changed_since(now.change)
        return (now if len(changed) <= _MOST_CHANGED else None), changed

    def _loaded(self, columns: Columns) -> FileNames | None:
        with self._turn:
            if not self._is_loaded:
                self._is_loaded = True
                key, arrays = load_arrays(self._cache) or ({}, {})
                change = key.get("change", _NO_CHANGE)
                if key == _key(columns.library, change):
                    self._now = FileNames(change, **arrays)
            return self._now

    def _made(self, columns: Columns) -> FileNames:
        query = "SELECT media_id, folder_id, shown FROM file WHERE media_id IS NOT NULL"
        with self._database.read() as connection:
            rows = all_rows(connection, query)
        media, folders, names = zip(*rows, strict=True) if rows else ((), (), ())
        text = np.frombuffer(b"".join(_compared(name) + bytes([_END]) for name in names), np.uint8)
        ends = np.flatnonzero(text == _END)
        starts = np.concatenate([np.zeros(min(1, len(ends)), np.int64), ends[:-1] + 1])
        return FileNames(columns.change, np.array(media, np.int32), np.array(folders, np.int32), starts, text)


def _key(library: str, change: int) -> Key:
    return {"library": library, "form": _FORM, "change": change}


def _joined(found: Ids, changed: Ids, newer: Ids) -> Ids:
    return np.concatenate([found[~np.isin(found, changed)], newer]) if len(changed) else found


def _compared(text: str) -> bytes:
    """As names are compared: capital and small letters of ASCII are alike."""
    return text.encode("utf-8", "replace").lower()


def _compared_path(text: str) -> bytes:
    return _compared(text.replace("\\", "/"))
