"""The vectors of one space on disk: rows that are only added, each with a checksum of its own, mapped into memory.

Layout: a header of 64 bytes, then one record a row. A writer that is killed leaves at most a part of a record at the
end, which is cut off. A row that is not wanted any more is buried: its frame becomes 0 in place, so that whoever has
the file mapped sees it too. Nothing that may be mapped is ever cut off.
"""

from __future__ import annotations

import os
import struct
import uuid
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Records = NDArray[Any]  # structured: frame i8, content u4, check u4, vector (dimensions,) f2
Places = NDArray[np.int64]  # of rows in the file, counted from 0

_HEADER = struct.Struct("<8s16sIII")  # mark, id, dimensions, generation, checksum of these
_HEADER_BYTES = 64
_MARK = b"ImEgVec1"
_UNCHECKED = slice(12, 16)  # bytes of a record: the checksum itself
_CHECKED_AT_ONCE = 10_000  # rows, 8 MB


@dataclass(frozen=True, slots=True)
class Header:
    """id: stays when the file is written anew without its dead rows, which makes another generation."""

    id: str
    dimensions: int
    generation: int = 0

    @classmethod
    def new(cls, dimensions: int) -> Header:
        return cls(uuid.uuid4().hex, dimensions)

    def packed(self) -> bytes:
        fields = (_MARK, bytes.fromhex(self.id), self.dimensions, self.generation)
        check = zlib.crc32(_HEADER.pack(*fields, 0))
        return _HEADER.pack(*fields, check).ljust(_HEADER_BYTES, b"\0")


def record_type(dimensions: int) -> np.dtype[Any]:
    return np.dtype([("frame", "<i8"), ("content", "<u4"), ("check", "<u4"), ("vector", "<f2", (dimensions,))])


def read_header(path: Path) -> Header | None:
    """What the file says of itself; None if there is none, or none of ours."""
    try:
        with path.open("rb") as file:
            data = file.read(_HEADER_BYTES)
    except OSError:
        return None
    if len(data) < _HEADER_BYTES:
        return None
    mark, file_id, dimensions, generation, _ = _HEADER.unpack_from(data)
    header = Header(file_id.hex(), dimensions, generation)
    return header if mark == _MARK and dimensions and data == header.packed() else None


def map_records(path: Path, header: Header) -> Records:
    """All whole records; what is added later is not among them. Raises OSError if the file is gone."""
    kind = record_type(header.dimensions)
    count = _whole(path.stat().st_size, kind)
    if not count:
        return np.empty(0, kind)
    return np.memmap(path, kind, "r", _HEADER_BYTES, (count,))


def sound(records: Records) -> NDArray[np.bool_]:
    """Which rows are what was written; buried ones are not. 1 us a row."""
    checks = np.fromiter(_checks(records), np.uint32, len(records))
    return np.asarray((records["check"] == checks) & (records["frame"] > 0))


def _checks(records: Records) -> Iterator[int]:
    size = records.dtype.itemsize
    for start in range(0, len(records), _CHECKED_AT_ONCE):
        data = memoryview(records[start : start + _CHECKED_AT_ONCE].tobytes())
        for row in range(0, len(data), size):
            owner = zlib.crc32(data[row : row + _UNCHECKED.start])
            yield zlib.crc32(data[row + _UNCHECKED.stop : row + size], owner)


def make_records(frames: Places, contents: NDArray[np.int64], vectors: NDArray[np.float32]) -> Records:
    """vectors: (n, dimensions), of length 1."""
    records = np.zeros(len(frames), record_type(vectors.shape[1]))
    records["frame"], records["content"], records["vector"] = frames, contents, vectors
    records["check"] = np.fromiter(_checks(records), np.uint32, len(records))
    return records


def create(path: Path, header: Header, parts: Iterable[Records] = ()) -> None:
    """Make the file, whole or not at all, and on the disk when this returns. Raises OSError."""
    temporary = path.with_name(f"{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(header.packed())
            for records in parts:
                file.write(records.tobytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


class VectorWriter:
    """The one that adds to a file. Cuts off what a killed one left behind. Raises OSError."""

    def __init__(self, path: Path, header: Header) -> None:
        self._kind = record_type(header.dimensions)
        self.generation = header.generation
        self._turn = Lock()
        self._file = path.open("r+b", buffering=0)
        self._count = _whole(os.fstat(self._file.fileno()).st_size, self._kind)
        self._file.truncate(self._offset(self._count))

    @property
    def count(self) -> int:
        """Rows in the file, dead ones among them."""
        return self._count

    def append(self, records: Records) -> Places:
        """Add rows, and return where they are. All or none: after an OSError those that were added are buried."""
        with self._turn:
            before = self._count
            try:
                self._write(self._offset(before), records.tobytes())
            except OSError:
                whole = _whole(os.fstat(self._file.fileno()).st_size, self._kind)
                self._file.truncate(self._offset(whole))
                self._count = whole
                self._bury(np.arange(before, whole))
                raise
            self._count += len(records)
            return np.arange(before, self._count)

    def bury(self, places: Places) -> None:
        """Let these rows be dead."""
        with self._turn:
            self._bury(places)

    def _bury(self, places: Places) -> None:
        for place in places.tolist():
            self._write(self._offset(place), bytes(_UNCHECKED.stop))

    def _write(self, offset: int, data: bytes) -> None:
        self._file.seek(offset)
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def sync(self) -> None:
        """All that was added is on the disk when this returns."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()

    def _offset(self, place: int) -> int:
        return _HEADER_BYTES + place * self._kind.itemsize


def _whole(size: int, kind: np.dtype[Any]) -> int:
    return max(0, size - _HEADER_BYTES) // kind.itemsize
