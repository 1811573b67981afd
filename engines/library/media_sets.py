"""Sets of media that took time to find out, such as those that hold a common word, kept as one bit a media item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engines.library.array_file import Key, load_arrays, save_arrays
from engines.library.columns import Columns, Mask

Ids = NDArray[np.int64]
Stretches = list[tuple[int, int]]  # first and last id of each, inclusive
Scan = Callable[[Stretches], Ids]  # the members within these stretches; others may be among them

_ROOM = 32_000_000  # bytes for sets that were asked for; 256 sets at 1,000,000 media
_LEAST_SET = 4_096  # bytes that a set is counted with at least
_GAP = 10_000  # ids; one question more costs as much as passing over so many
_FORM = 1  # of the cache file


@dataclass(frozen=True, slots=True)
class _Set:
    """Members as of one moment: packed bits, or (when few) their ids."""

    change: int
    bits: NDArray[np.uint8] | None
    ids: Ids | None

    def mask(self, count: int) -> Mask:
        if self.bits is not None:
            return np.unpackbits(self.bits, count=count, bitorder="little").view(np.bool_)
        mask = np.zeros(count, np.bool_)
        if self.ids is not None:
            mask[self.ids[self.ids < count]] = True
        return mask


class MediaSets:
    """Sets by a key, each brought up to date when it is asked for; any thread may ask.

    A set stays right because whatever changes an item's words or tags raises its media.change: only the ids that
    changed since are looked at again. `cache` keeps those that keep() was given for the next process.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._turn = Lock()
        self._held: dict[str, _Set] = {}  # the one asked for last is the last
        self._kept: dict[str, _Set] | None = None
        self._kept_change = -1

    def get(self, key: str, columns: Columns, scan: Scan) -> Mask:
        """The members among the media of these columns, each time in a new array."""
        held = self._find(key, columns)
        if held is not None and held.change >= columns.change:
            return held.mask(columns.count)
        mask = _brought_up(held, columns, scan)
        with self._turn:
            self._held.pop(key, None)
            self._held[key] = _packed(mask, columns.change)
            while len(self._held) > _ROOM // max(columns.count // 8, _LEAST_SET):
                del self._held[next(iter(self._held))]
        return mask

    def is_stale(self, columns: Columns, share: float) -> bool:
        """Whether more than this share of the media changed since the cache was written."""
        with self._turn:
            self._load(columns)
        return len(columns.changed_since(self._kept_change)) > columns.count * share

    def keep(self, columns: Columns, sets: Iterable[tuple[str, Scan]]) -> bool:
        """Replace the cache with these sets; False if the file cannot be written."""
        packed = {key: np.packbits(_brought_up(None, columns, scan), bitorder="little") for key, scan in sets}
        bits = np.array(list(packed.values()), np.uint8).reshape(len(packed), (columns.count + 7) // 8)
        is_saved = save_arrays(self._cache, _key(columns.library, columns.change, list(packed)), {"bits": bits})
        with self._turn:
            self._kept = {key: _Set(columns.change, row, None) for key, row in packed.items()} if not is_saved else None
            self._kept_change = columns.change
            self._held.clear()
        return is_saved

    def _find(self, key: str, columns: Columns) -> _Set | None:
        with self._turn:
            self._load(columns)
            held = self._held.pop(key, None)
            if held is not None:
                self._held[key] = held
                return held
            return self._kept.get(key) if self._kept is not None else None

    def _load(self, columns: Columns) -> None:
        if self._kept is not None:
            return
        self._kept = {}
        key, arrays = load_arrays(self._cache) or ({}, {})
        change, names = key.get("change", 0), key.get("names", [])
        if key == _key(columns.library, change, names) and change <= columns.change:
            self._kept = {name: _Set(change, bits, None) for name, bits in zip(names, arrays["bits"], strict=True)}
            self._kept_change = change


def _key(library: str, change: int, names: list[str]) -> Key:
    return {"library": library, "form": _FORM, "change": change, "names": names}


def _brought_up(held: _Set | None, columns: Columns, scan: Scan) -> Mask:
    if held is None:
        mask = np.zeros(columns.count, np.bool_)
        stretches = [(1, columns.count - 1)]
    else:
        mask = held.mask(columns.count)
        changed = columns.changed_since(held.change)
        mask[changed] = False
        stretches = _stretches(changed)
    members = scan(stretches)
    mask[members[members < columns.count]] = True
    return mask


def _stretches(ids: Ids) -> Stretches:
    """Few stretches that hold all of these ids. ids: ascending."""
    if not len(ids):
        return []
    breaks = np.flatnonzero(np.diff(ids) > _GAP)
    firsts = ids[np.concatenate(([0], breaks + 1))]
    lasts = ids[np.concatenate((breaks, [len(ids) - 1]))]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _packed(mask: Mask, change: int) -> _Set:
    if np.count_nonzero(mask) * 64 < len(mask):  # eight bytes an id against one bit a media item
        return _Set(change, None, np.flatnonzero(mask))
    return _Set(change, np.packbits(mask, bitorder="little"), None)
