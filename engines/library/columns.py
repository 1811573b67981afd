"""The media table as NumPy columns in memory, addressed by media id: a filter is a millisecond at 1,000,000 rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from engines.types import Kind, State

Mask = NDArray[np.bool_]  # (count,), one truth a media id

# The bits of media.colours, lowest first; the content phase gives its colours these names.
COLOURS = (
    "black", "white", "grey", "red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown", "beige",
)  # fmt: skip

# The bits of media.flags, lowest first. A new one goes to the end: the bits are stored.
FLAGS = (
    "has_title", "has_caption", "has_tags", "has_sidecar", "has_audio", "has_alpha",
    "is_raw", "is_live", "is_motion", "is_panorama", "is_animated", "is_screenshot", "is_favourite", "is_hidden",
    "is_removed",
    "has_description",
    "is_picked",
    "has_transcript",
)  # fmt: skip

# What the columns `state` and `kind` hold are places in these.
STATES = ("gone", *State)
KINDS = (None, *Kind)

TERM_KINDS = ("camera", "lens", "codec", "format", "label", "place")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of `media`. Where nothing is known, floats hold NaN, unsigned numbers 0, signed their lowest value."""

    name: str
    dtype: str

    @property
    def missing(self) -> float:
        """What stands where nothing is known."""
        if self.dtype.startswith("f"):
            return float("nan")
        return int(np.iinfo(self.dtype).min)

    @property
    def expression(self) -> str:
        """SQL for the value. What a broken file claims and the type cannot hold becomes the type's limit."""
        if self.name in _CODES:
            cases = [f"WHEN '{text}' THEN {code}" for code, text in enumerate(_CODES[self.name]) if text]
            return f"CASE {self.name} {' '.join(cases)} ELSE 0 END"
        if self.dtype.startswith("f"):
            return f"min(max({self.name}, -3e38), 3e38)"
        limits = np.iinfo(self.dtype)
        if limits.bits == 64:
            return f"coalesce({self.name}, {limits.min})"
        lowest = limits.min + (limits.min < 0)
        return f"coalesce(min(max({self.name}, {lowest}), {limits.max}), {limits.min})"


_CODES: Mapping[str, tuple[str | None, ...]] = {"state": STATES, "kind": KINDS}

COLUMNS = (
    Column("change", "i8"),
    Column("state", "u1"),
    Column("kind", "u1"),
    Column("folder_id", "u4"),
    Column("content_id", "u4"),
    Column("added_s", "i8"),
    Column("shown_s", "i8"),
    Column("taken_s", "i8"),
    Column("size_bytes", "i8"),
    Column("width", "i4"),
    Column("height", "i4"),
    Column("latitude", "f4"),
    Column("longitude", "f4"),
    *(Column(kind, "u4") for kind in TERM_KINDS),
    Column("iso", "i4"),
    Column("aperture", "f4"),
    Column("exposure_s", "f4"),
    Column("focal_mm", "f4"),
    Column("rating", "i1"),
    Column("quality", "f4"),
    Column("sharpness", "f4"),
    Column("noise", "f4"),
    Column("colours", "u4"),
    Column("duration_s", "f4"),
    Column("fps", "f4"),
    Column("flags", "u4"),
    Column("objects", "i2"),
    Column("products", "i2"),
    Column("tracks", "i2"),
)  # 136 bytes a media item
MISSING = {column.name: column.missing for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that holds media. path: absolute, for people. offline: it cannot be reached now."""

    root_id: int
    path: str
    offline: bool


@dataclass(frozen=True)
class Columns:
    """What was known of all media at one moment. Row 0 is unused; a row that is no media item has the state 'gone'.

    library: which library's. change: meta.change as of then. newest: all ids but the gone ones, by shown_s, newest
    first (of one second the higher id first). terms: by kind, the texts that the numbers in that column stand for.
    frames: content ids by frame id. While a save is being taken in, its own rows may be seen half old and half new.
    """

    library: str
    change: int
    values: Mapping[str, NDArray[Any]]
    newest: NDArray[np.int64]
    terms: Mapping[str, Mapping[int, str]]
    folders: Mapping[int, Folder]
    frames: NDArray[np.uint32]

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.values[name]

    @property
    def count(self) -> int:
        """One more than the highest media id."""
        return len(self.values["state"])

    def known(self, name: str) -> Mask:
        """Where the column holds a value."""
        values = self.values[name]
        return _is(~np.isnan(values) if values.dtype.kind == "f" else values != MISSING[name])

    def flag(self, name: str) -> Mask:
        """Where this one of FLAGS is set."""
        return self._bit("flags", FLAGS.index(name))

    def colour(self, name: str) -> Mask:
        """Where enough of the pixels have this one of COLOURS: see library.media."""
        return self._bit("colours", COLOURS.index(name))

    def _bit(self, name: str, bit: int) -> Mask:
        return _is(self.values[name] & np.uint32(1 << bit) != 0)

    def state(self, name: str) -> Mask:
        """Where the stored state is this one of STATES; who is offline is told by `offline`."""
        return _is(self.values["state"] == STATES.index(name))

    @cached_property
    def offline(self) -> Mask:
        """Whose folder cannot be reached now."""
        return self.in_folders([folder_id for folder_id, folder in self.folders.items() if folder.offline])

    @cached_property
    def listed(self) -> Mask:
        """What is found when nothing else is asked for: not what is hidden, removed, excluded, missing or no media."""
        unlisted = self.flag("is_hidden") | self.flag("is_removed")
        for name in ("gone", "missing", "excluded", "unsupported"):
            unlisted |= self.state(name)
        return ~unlisted

    @cached_property
    def _highest_content(self) -> int:
        return int(self.values["content_id"].max())

    @cached_property
    def duplicated(self) -> Mask:
        """Whose content is also another item's that is still there."""
        away = self.state("gone") | self.state("missing") | self.state("excluded") | self.flag("is_removed")
        content = np.where(away, 0, self.values["content_id"])
        copies = np.bincount(content)
        copies[0] = 0
        return _is(copies[content] > 1)

    def in_folders(self, folder_ids: list[int]) -> Mask:
        """Which media lie directly in one of these folders."""
        return self.among("folder_id", folder_ids, highest=max(self.folders, default=0))

    def with_terms(self, kind: str, term_ids: list[int]) -> Mask:
        """Which media have one of these terms in their column."""
        return self.among(kind, term_ids, highest=max(self.terms[kind], default=0))

    def with_frames(self, frame_ids: NDArray[np.int64]) -> Mask:
        """Which media have one of these frames in their main file's content; all of them, where copies share one."""
        contents = self.frames[frame_ids[frame_ids < len(self.frames)]]
        contents = contents[contents <= self._highest_content]
        return self.among("content_id", contents[contents > 0], highest=self._highest_content)

    def among(self, name: str, numbers: list[int] | NDArray[Any], *, highest: int) -> Mask:
        """Where the column holds one of these numbers, of which none is above `highest`."""
        if not len(numbers):
            return np.zeros(self.count, np.bool_)
        wanted = np.zeros(highest + 2, np.bool_)  # the last stays False: numbers that are higher are taken for it
        wanted[numbers] = True
        return _is(wanted.take(self.values[name], mode="clip"))

    def changed_since(self, change: int) -> NDArray[np.int64]:
        """The ids of the media that changed after that moment, ascending."""
        if change >= self.change:
            return np.empty(0, np.int64)
        return np.flatnonzero(self.values["change"] > change)


def _is(truths: Any) -> Mask:
    """NumPy's comparisons have no exact type."""
    return cast(Mask, truths)
