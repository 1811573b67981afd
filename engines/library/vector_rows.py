"""The rows of one vector space as a search reads them: whose they are, and the signs of their numbers.

A bit for each number, telling whether it is above the average, holds so much of a vector's direction that the best
hundred of a million are nearly always among the two thousand with the most equal bits; those alone are then read from
the file. The bits are a cache: made from the rows when they are first seen, kept in a file for the next process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.library.array_file import Arrays, Key, load_arrays, save_arrays
from engines.library.vector_file import Header, Places, Records, map_records, read_header, record_type, sound

_FORM = 1  # of the cache file
_CHUNK = 20_000  # rows that are turned into bits at once: 30 MB
_SPARE = 1 / 16  # of the rows: room for new ones, so that not every batch copies all bits
_LEAST_SPARE = 1024  # rows
_WORTH_SAVING = 1 / 20  # of the rows: so many were read from the file since the cache was made
_AVERAGED = 20_000  # rows at most, for the average
# From float16 to float32: 13 more bits of fraction, the bits that then hold anything, what exponents are off by.
_HALF_SHIFT, _HALF_BITS, _HALF_SCALE = 13, np.int32(0x8FFFE000 - 2**32), np.float32(2.0**112)
_FEW = 16_000  # rows; up to here a new average and all bits are made as soon as the rows have doubled: 30 ms


@dataclass(frozen=True)
class VectorRows:
    """What is in a space now.

    contents: by row, the content that it is of; 0 for a dead row. bits: (ceil(dimensions / 64), n), by word. mean:
    (dimensions,), what the bits compare with. records: the rows themselves, mapped. latest: by frame, one more than the
    place of its last row.
    """

    contents: NDArray[np.uint32]
    bits: NDArray[np.uint64]
    mean: NDArray[np.float32]
    records: Records
    latest: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))

    @classmethod
    def empty(cls, dimensions: int) -> VectorRows:
        return cls(
            np.zeros(0, np.uint32),
            np.zeros((_words(dimensions), 0), np.uint64),
            np.zeros(dimensions, np.float32),
            np.zeros(0, record_type(dimensions)),
        )

    def __len__(self) -> int:
        return len(self.contents)

    def of_frames(self, frames: NDArray[np.int64]) -> Places:
        """Where the rows of these frames are; -1 where a frame has none."""
        known = frames < len(self.latest)
        found = np.full(len(frames), -1, np.int64)
        found[known] = self.latest[frames[known]].astype(np.int64) - 1
        return found

    def cosines(self, places: Places, vector: NDArray[np.float32]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """Contents of these rows, 0 for one that died meanwhile, and the cosines of their angles to a vector."""
        chosen = self.records[places]
        contents = np.where(chosen["content"] == self.contents[places], chosen["content"], 0)
        # Not by @, whose two threads wait for each other: 16 ms instead of 0.1 ms while an import keeps the cores busy.
        return contents, np.einsum("nd,d->n", _widened(chosen["vector"]), vector)

    def signs(self, vector: NDArray[np.float32]) -> NDArray[np.uint64]:
        """The bits of any vector, one number for each word."""
        return _signs(vector[np.newaxis] - self.mean)[:, 0]


class RowStore:
    """The rows of one space, for any thread: brought up to date when they are asked for.

    path: of the vectors' file; file_id: the one that its header must have.
    """

    def __init__(self, path: Path, file_id: str, dimensions: int) -> None:
        self._path = path
        self._header = Header(file_id, dimensions)
        self._cache = path.with_suffix(".cache")
        self._turn = Lock()
        self._seen: tuple[int, int] | None = None  # inode and size of the file as it was read last
        self._records: Records = np.empty(0)
        self._count = 0
        self._unsaved = 0
        self._averaged = 0  # rows that there were when the average was made
        self._mean = np.zeros(dimensions, np.float32)
        self._damaged: list[int] = []
        self._contents = np.zeros(0, np.uint32)  # with spare rows, like the bits
        self._bits = np.zeros((_words(dimensions), 0), np.uint64)
        self._latest = np.zeros(0, np.int32)  # by frame, one more than the place of its last row

    def current(self) -> VectorRows:
        """All rows. Without changes it costs 5 us, with them 3 us a new row. Raises OSError if the file is gone."""
        with self._turn:
            self._refresh()
            count = self._count
            return VectorRows(self._contents[:count], self._bits[:, :count], self._mean, self._records, self._latest)

    def damaged(self) -> Places:
        """Where rows were found that are not what was written, each told once; those in the cache are not looked at."""
        with self._turn:
            self._refresh()
            damaged, self._damaged = np.array(self._damaged, np.int64), []
            return damaged

    def forget(self, places: Places) -> None:
        """Take these rows for dead, as they are in the file now."""
        with self._turn:
            self._refresh()
            self._unsaved += len(places)
            self._contents[places[places < self._count]] = 0

    def save(self) -> bool:
        """Write the cache if that is worthwhile and can be done; whether it was. Takes a better average first."""
        with self._turn:
            self._refresh()
            if self._unsaved <= self._count * _WORTH_SAVING:
                return False
            if self._count >= 2 * self._averaged:
                self._start_over()
            arrays: Arrays = {
                "contents": self._contents[: self._count],
                "bits": self._bits[:, : self._count],
                "mean": self._mean,
                "latest": self._latest,
            }
            if not save_arrays(self._cache, self._key(self._count, self._averaged), arrays):
                return False
            self._unsaved = 0
            return True

    def _key(self, rows: int, averaged: int) -> Key:
        header = self._header
        return {
            "form": _FORM,
            "file": header.id,
            "generation": header.generation,
            "rows": rows,
            "averaged": averaged,
        }

    def _refresh(self) -> None:
        status = self._path.stat()
        now = (status.st_ino, status.st_size)
        if now == self._seen:
            return
        if self._seen is None or now[0] != self._seen[0]:
            header = read_header(self._path)
            if header is None or (header.id, header.dimensions) != (self._header.id, self._header.dimensions):
                raise FileNotFoundError(f"{self._path} is another file now")
            self._header, self._records = header, map_records(self._path, header)
            self._load()
        else:
            self._records = map_records(self._path, self._header)
        self._take_in()
        self._seen = now

    def _load(self) -> None:
        """Begin with the cache, if it belongs to this file."""
        self._count, self._averaged, self._unsaved = 0, 0, 0
        key, arrays = load_arrays(self._cache) or ({}, {})
        rows, averaged = key.get("rows", 0), key.get("averaged", 0)
        if key == self._key(rows, averaged) and rows <= len(self._records):
            self._count, self._averaged = rows, averaged
            self._contents, self._bits = arrays["contents"], arrays["bits"]
            self._mean, self._latest = arrays["mean"], arrays["latest"]

    def _take_in(self) -> None:
        total = len(self._records)
        if total >= 2 * self._averaged and (self._averaged < _FEW):
            self._start_over()
        self._take_rows(self._count, total)

    def _start_over(self) -> None:
        """A new average, and all bits by it."""
        total = len(self._records)
        if total:
            self._mean = np.asarray(self._records["vector"][:: -(-total // _AVERAGED)], np.float32).mean(axis=0)
        self._averaged = total
        self._damaged.clear()
        self._contents, self._latest = np.zeros(0, np.uint32), np.zeros(0, np.int32)
        self._bits = np.zeros((len(self._bits), 0), np.uint64)
        self._take_rows(0, total)

    def _take_rows(self, first: int, end: int) -> None:
        self._make_room(end)
        for start in range(first, end, _CHUNK):
            stop = min(start + _CHUNK, end)
            records = np.asarray(self._records[start:stop])
            self._bits[:, start:stop] = _signs(records["vector"].astype(np.float32) - self._mean)
            self._take_owners(start, records)
        self._unsaved += end - first
        self._count = end

    def _take_owners(self, start: int, records: Records) -> None:
        """Write down whose rows these are; the earlier rows of their frames are dead then, and damaged ones are too."""
        is_sound = sound(records)
        alive = np.flatnonzero(is_sound)
        self._damaged += (start + np.flatnonzero(~is_sound & (records["frame"] != 0))).tolist()
        frames = records["frame"][alive]
        room = int(frames.max(initial=-1)) + 1
        if room > len(self._latest):
            self._latest = _longer(self._latest, room + max(_LEAST_SPARE, int(room * _SPARE)))
        places = start + alive
        self._contents[start : start + len(records)] = 0
        self._contents[places] = records["content"][alive]
        before = self._latest[frames]
        self._contents[before[before > 0] - 1] = 0
        self._latest[frames] = places + 1  # of a frame that is there twice the last one stays
        self._contents[places[self._latest[frames] != places + 1]] = 0

    def _make_room(self, rows: int) -> None:
        if rows > len(self._contents):
            room = rows + max(_LEAST_SPARE, int(rows * _SPARE)) if self._count else rows
            self._contents = _longer(self._contents, room)
            bits = np.zeros((len(self._bits), room), np.uint64)
            bits[:, : self._bits.shape[1]] = self._bits
            self._bits = bits


def _widened(halves: NDArray[np.float16]) -> NDArray[np.float32]:
    """The same finite numbers as float32, in a sixth of the time that astype() takes: the bits are moved to where
    float32 has them, then a multiplication makes the exponents right.
    """
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= _HALF_SHIFT  # of signed numbers, so that the sign stays in front
    bits &= _HALF_BITS
    wide = bits.view(np.float32)
    wide *= _HALF_SCALE
    return wide


def _words(dimensions: int) -> int:
    return -(-dimensions // 64)


def _signs(differences: NDArray[np.float32]) -> NDArray[np.uint64]:
    """(n, dimensions) as (words, n): a bit for each number, telling whether it is above 0."""
    packed = np.packbits(differences > 0, axis=1)
    packed = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return np.ascontiguousarray(packed.view(np.uint64).T)


def _longer(values: NDArray[Any], length: int) -> NDArray[Any]:
    longer = np.zeros(length, values.dtype)
    longer[: len(values)] = values
    return longer
