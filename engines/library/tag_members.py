"""Which media have which tag, all in memory, so that the tags of any set of media can be counted at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engines.library.columns import Columns, Mask
from engines.library.database import Database, all_rows, numbers

Ids = NDArray[np.int64]

_FRAMES = "SELECT tag_id, group_concat(frame_id) FROM tagging GROUP BY tag_id"
_OBJECTS = """
SELECT tag_id, group_concat(frame_id) FROM tagging INDEXED BY counted
WHERE phase = 'objects' AND count >= 1 GROUP BY tag_id
"""
_SECOND_FILES = """
SELECT tag_id, media_id FROM file INDEXED BY file_second
CROSS JOIN frame ON frame.content_id = file.content_id CROSS JOIN tagging ON frame_id = frame.id WHERE role <> 'main'
"""
_SAID = "SELECT tag_id, media_id FROM typed_tag WHERE holds = ?"

# The same of a few media.
_FRAMES_OF = """
SELECT tag_id, media.id FROM json_each(?) AS item CROSS JOIN media ON media.id = item.value
CROSS JOIN frame ON frame.content_id = media.content_id CROSS JOIN tagging ON frame_id = frame.id
"""
_OBJECTS_OF = f"{_FRAMES_OF} WHERE phase = 'objects' AND count >= 1"
_SECOND_FILES_OF = """
SELECT tag_id, media_id FROM json_each(?) AS item CROSS JOIN file ON media_id = item.value AND role <> 'main'
CROSS JOIN frame ON frame.content_id = file.content_id CROSS JOIN tagging ON frame_id = frame.id
"""
_SAID_OF = """
SELECT tag_id, media_id FROM json_each(?) AS item CROSS JOIN typed_tag ON media_id = item.value WHERE holds = ?
"""
_FEW, _SHARE = 10_000, 1 / 20  # media that changed, of all: of so many at most these alone are read


@dataclass(frozen=True, slots=True)
class TagMembers:
    """As of one moment. tags: the ids of those in use, ascending. media: the members of one tag after another.

    starts: where those of each tag begin.
    """

    change: int
    tags: Ids
    starts: Ids
    media: NDArray[np.uint32]

    def counts(self, mask: Mask) -> Mapping[int, int]:
        """How many of the media in the mask have each tag, for tags that at least one has. 3 ns a member."""
        if not len(self.tags):
            return {}
        counts = np.add.reduceat(mask[self.media], self.starts, dtype=np.int64)
        there = np.flatnonzero(counts)
        return dict(zip(self.tags[there].tolist(), counts[there].tolist(), strict=True))

    def of(self, tag_id: int) -> NDArray[np.uint32]:
        """The media with this tag."""
        place = int(np.searchsorted(self.tags, tag_id))
        if place == len(self.tags) or self.tags[place] != tag_id:
            return np.empty(0, np.uint32)
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.media)
        return self.media[self.starts[place] : end]


class TagMembersStore:
    """The newest TagMembers, for any thread. After a change of few media it takes 20 ns a tagging and 10 us for each of
    them to bring them up to date, else 0.2 us a tagging.

    objects: only of kinds of objects that are seen in the main file's picture.
    """

    def __init__(self, database: Database, *, objects: bool = False) -> None:
        self._database = database
        self._objects = objects
        self._turn = Lock()
        self._members: TagMembers | None = None

    def current(self, columns: Columns) -> TagMembers:
        """Those of the moment of these columns."""
        with self._turn:
            members = self._members
            if members is None or members.change > columns.change:
                members = self._read(columns)
            elif members.change < columns.change:
                changed = columns.changed_since(members.change)
                is_few = len(changed) <= max(_FEW, columns.count * _SHARE)
                members = self._brought_up(members, columns, changed) if is_few else self._read(columns)
            self._members = members
            return members

    def _read(self, columns: Columns) -> TagMembers:
        with self._database.read() as connection, connection:
            frames = all_rows(connection, _OBJECTS if self._objects else _FRAMES)
            others = [] if self._objects else all_rows(connection, _SECOND_FILES) + all_rows(connection, _SAID, (1,))
            wrong = _pairs(all_rows(connection, _SAID, (0,)))
        pairs = np.unique(np.concatenate([_by_main_file(frames, columns), _pairs(others)]))
        return _members(columns, np.setdiff1d(pairs, wrong, assume_unique=True))

    def _brought_up(self, before: TagMembers, columns: Columns, changed: Ids) -> TagMembers:
        is_changed = np.zeros(columns.count, np.bool_)
        is_changed[changed] = True
        tags = np.repeat(before.tags, np.diff(before.starts, append=len(before.media)))
        stays = ~is_changed[before.media]
        staying = (tags[stays] << _BITS) | before.media[stays]
        arriving = self._pairs_of(changed)
        return _members(columns, np.insert(staying, np.searchsorted(staying, arriving), arriving))

    def _pairs_of(self, media_ids: Ids) -> Ids:
        """Of these media, ascending."""
        ids = json.dumps(media_ids.tolist())
        queries = [_OBJECTS_OF] if self._objects else [_FRAMES_OF, _SECOND_FILES_OF]
        with self._database.read() as connection, connection:
            rows = [row for query in queries for row in all_rows(connection, query, (ids,))]
            rows += [] if self._objects else all_rows(connection, _SAID_OF, (ids, 1))
            wrong = _pairs(all_rows(connection, _SAID_OF, (ids, 0)))
        return np.setdiff1d(np.unique(_pairs(rows)), wrong, assume_unique=True)


_BITS = 32  # of a pair: the lower ones hold the media id, the upper ones the tag's
_MEDIA = np.int64((1 << _BITS) - 1)


def _members(columns: Columns, pairs: Ids) -> TagMembers:
    """pairs: ascending."""
    pairs = pairs[(pairs & _MEDIA) < columns.count]
    tags, starts = np.unique(pairs >> _BITS, return_index=True)
    return TagMembers(columns.change, tags, starts.astype(np.int64), (pairs & _MEDIA).astype(np.uint32))


def _pairs(rows: list[tuple[int, ...]]) -> Ids:
    found = np.array(rows, np.int64).reshape(-1, 2)
    return (found[:, 0] << _BITS) | found[:, 1]


def _by_main_file(frames: list[tuple[int, str]], columns: Columns) -> Ids:
    """frames: by tag, the frames that have it, as one text. Copies share a content, so all of them have its tags."""
    by_content = np.argsort(columns["content_id"], kind="stable")
    contents = columns["content_id"][by_content]
    found = [np.empty(0, np.int64)]
    for tag_id, text in frames:
        ids = numbers(text)
        wanted = columns.frames[ids[ids < len(columns.frames)]]
        first, last = (np.searchsorted(contents, wanted[wanted > 0], side) for side in ("left", "right"))
        copies = last - first
        places = np.repeat(last - np.cumsum(copies), copies) + np.arange(copies.sum())
        found.append((np.int64(tag_id) << _BITS) | by_content[places])
    return np.concatenate(found)
