"""Shared memory through which jobs hand back pixels: one segment, cut into slots of any size by the parent."""

from __future__ import annotations

import bisect
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np
from numpy.typing import NDArray

from engines.errors import WorkerError

_ALIGNMENT = 64  # bytes: a cache line, and what vector instructions like
_SHARED_MEMORY = "/dev/shm"


class _Segment(SharedMemory):
    """A segment that may be closed while arrays still look into it: its memory then lives as long as they do."""

    def close(self) -> None:
        with suppress(BufferError):
            super().close()


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A part of the segment that one job may write to. offset, size: bytes."""

    offset: int
    size: int


class Slots:
    """The parent's book of who has which part. The segment is made when the first slot is asked for.

    A process may die between any two of its instructions and nothing leaks: workers own nothing, and the segment's name
    is registered with multiprocessing's resource tracker, which removes it should the parent be killed.
    """

    def __init__(self, total_bytes: int) -> None:
        self.total_bytes = total_bytes
        self._segment: _Segment | None = None
        self._leased: list[Slot] = []  # by offset

    def lease(self, size: int) -> Slot | None:
        """The first free part of so many bytes; None while there is none. WorkerError if there is no shared memory."""
        offset = 0
        for leased in self._leased:
            if leased.offset - offset >= size:
                break
            offset = leased.offset + -(-leased.size // _ALIGNMENT) * _ALIGNMENT
        if offset + size > self.total_bytes:
            return None
        if self._segment is None:
            self._segment = _new_segment(self.total_bytes)
        slot = Slot(offset, size)
        bisect.insort(self._leased, slot, key=lambda leased: leased.offset)
        return slot

    def address(self, slot: Slot) -> tuple[str, int, int]:
        """How a worker finds it: the segment's name, offset, size."""
        assert self._segment is not None
        return self._segment.name, slot.offset, slot.size

    def view(self, slot: Slot) -> NDArray[np.uint8]:
        """(size,) uint8, read-only."""
        assert self._segment is not None
        array = part(self._segment, slot.offset, slot.size)
        array.flags.writeable = False
        return array

    def writable(self, slot: Slot) -> NDArray[np.uint8]:
        """(size,) uint8, for a parent that hands something in."""
        assert self._segment is not None
        return part(self._segment, slot.offset, slot.size)

    def free(self, slot: Slot) -> None:
        """Let others have it; does nothing the second time."""
        if slot in self._leased:
            self._leased.remove(slot)

    def close(self) -> None:
        """Remove the segment; every worker that knew it must have ended."""
        if self._segment is not None:
            self._segment.unlink()
            self._segment.close()
            self._segment = None
        self._leased.clear()


def attach(name: str) -> SharedMemory:
    """A worker's view of the parent's segment, which it neither owns nor removes.

    Before Python 3.13 opening a segment registers its name once more. That does no harm here: a spawned process reports
    to its parent's resource tracker, which keeps a set of names; the parent takes it out when it removes the segment.
    """
    if sys.version_info >= (3, 13):
        return SharedMemory(name, track=False)
    return SharedMemory(name)


def part(segment: SharedMemory, offset: int, size: int) -> NDArray[np.uint8]:
    """(size,) uint8, writable, no copy."""
    assert segment.buf is not None
    return np.frombuffer(segment.buf, np.uint8, size, offset)


def _new_segment(size: int) -> _Segment:
    """A segment that fits: POSIX grants any size and kills with SIGBUS whoever touches a page that is not to be had."""
    if os.path.isdir(_SHARED_MEMORY):
        status = os.statvfs(_SHARED_MEMORY)
        free = status.f_bavail * status.f_frsize
        if free < size:
            text = f"{size >> 20} MB of shared memory are needed, but {_SHARED_MEMORY} has only {free >> 20} MB left."
            raise WorkerError("shared_memory", text, needed=size, free=free)
    return _Segment(create=True, size=size)
