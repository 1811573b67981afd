"""What networks saw in which media, in memory: for each class the media, each with a score, so that a search adds up
hundreds of thousands of them in a few milliseconds.

A cache of the table `sighting`, brought up to date like the columns: what was seen in an item can only have changed if
its media.change was raised.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.array_file import Arrays, Key, load_arrays, save_arrays
from engines.library.columns import Columns
from engines.library.database import Database, all_rows
from engines.types import Sighting
from engines.vocabulary import classes_of

_FORM = 1  # of the cache file
_MOST_RECENT = 1 / 16  # of the media: so many changed ones are kept apart before all are sorted anew
_LEAST_RECENT = 10_000
_WORTH_SAVING = 1 / 20  # of the media changed since the cache was written
_NO_CHANGE = -1

_MEDIA_BITS = 31
_MEDIA = (1 << _MEDIA_BITS) - 1
STEPS = 255  # of a stored score

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Posting:
    """Media in which one thing was seen: ids, all different, and how surely, in 255ths."""

    ids: Ids
    steps: NDArray[np.uint8]

    @property
    def scores(self) -> NDArray[np.float32]:
        """From 0 to 1."""
        return np.divide(self.steps, STEPS, dtype=np.float32)

    def below(self, count: int) -> Posting:
        """Without media whose ids are not below that: they came after all else that is looked at was read."""
        if not len(self.ids) or self.ids.max() < count:
            return self
        there = self.ids < count
        return Posting(self.ids[there], self.steps[there])


@dataclass(frozen=True, slots=True)
class _Table:
    """entries: class and media in one number, ascending, all different. scores: of each, in 255ths."""

    entries: NDArray[np.int64]
    scores: NDArray[np.uint8]

    def find(self, kind: int) -> Posting:
        first, end = np.searchsorted(self.entries, (kind << _MEDIA_BITS, (kind + 1) << _MEDIA_BITS))
        return Posting(self.entries[first:end] & _MEDIA, self.scores[first:end])

    def without(self, entries: NDArray[np.int64]) -> _Table:
        stays = ~np.isin(self.entries, entries)
        return _Table(self.entries[stays], self.scores[stays])


_EMPTY = _Table(np.empty(0, np.int64), np.empty(0, np.uint8))


@dataclass(frozen=True)
class Sightings:
    """All of one moment. outdated: by media id, what was looked at again since the base was made; it is in recent."""

    change: int
    base: _Table
    recent: _Table = _EMPTY
    outdated: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.base.entries) + len(self.recent.entries)

    def of(self, kind: int) -> Posting:
        """Where things of one class were seen. kind: as in types.Sighting."""
        found = self.base.find(kind)
        if self.outdated is None:
            return found
        stays = ~self.outdated.take(found.ids, mode="clip")
        recent = self.recent.find(kind)
        ids = np.concatenate([found.ids[stays], recent.ids])
        return Posting(ids, np.concatenate([found.steps[stays], recent.steps]))


class SightingStore:
    """The newest Sightings, for any thread. cache: spares the next process the reading, 3 s at 1,000,000 media."""

    def __init__(self, database: Database, cache: Path) -> None:
        self._database = database
        self._cache = cache
        self._turn = Lock()
        self._now: Sightings | None = None
        self._made = _NO_CHANGE  # up to this change the base is whole
        self._saved = _NO_CHANGE

    def current(self, columns: Columns) -> Sightings:
        """What was seen as of these columns. Without changes it costs nothing, with them 5 us a changed item."""
        with self._turn:
            now = self._now or self._cached(columns)
            if now is None or len(columns.changed_since(self._made)) > self._room(columns):
                now = self._made_anew(columns)
            elif now.change < columns.change:
                now = self._brought_up(now, columns)
            self._now = now
            return now

    def save(self, columns: Columns) -> None:
        """Write the cache if much has changed since it was."""
        self.current(columns)
        with self._turn:
            if len(columns.changed_since(self._saved)) <= columns.count * _WORTH_SAVING:
                return
            self._now = self._made_anew(columns)
            arrays: Arrays = {"entries": self._now.base.entries, "scores": self._now.base.scores}
            if save_arrays(self._cache, _key(columns.library, self._made), arrays):
                self._saved = self._made

    def _room(self, columns: Columns) -> float:
        return max(_LEAST_RECENT, columns.count * _MOST_RECENT)

    def _cached(self, columns: Columns) -> Sightings | None:
        """The cache, if it is this library's."""
        key, arrays = load_arrays(self._cache) or ({}, {})
        change = key.get("change", _NO_CHANGE)
        if key != _key(columns.library, change) or not 0 <= change <= columns.change:
            return None
        self._made = self._saved = change
        return Sightings(change, _Table(arrays["entries"], arrays["scores"]))

    def _made_anew(self, columns: Columns) -> Sightings:
        with self._database.read() as connection:
            seen = _all(connection, columns).without(_denied(connection))
        self._made = columns.change
        return Sightings(columns.change, seen)

    def _brought_up(self, before: Sightings, columns: Columns) -> Sightings:
        changed = columns.changed_since(before.change)
        outdated = np.zeros(columns.count + 1, np.bool_)  # the last stays False: ids that are higher are taken for it
        if before.outdated is not None:
            outdated[: len(before.outdated) - 1] = before.outdated[:-1]
        outdated[changed] = True
        stays = ~np.isin(before.recent.entries & _MEDIA, changed)
        with self._database.read() as connection:
            added = _of_media(connection, changed).without(_denied(connection, changed))
        recent = _sorted(
            np.concatenate([before.recent.entries[stays], added.entries]),
            np.concatenate([before.recent.scores[stays], added.scores]),
        )
        return Sightings(columns.change, before.base, recent, outdated)


def save_sightings(connection: apsw.Connection, content_id: int, sightings: tuple[Sighting, ...]) -> None:
    """Write down what was seen in a content, in place of what was before."""
    connection.execute("INSERT OR REPLACE INTO sighting VALUES (?, ?, ?)", (content_id, *packed(sightings)))


def packed(sightings: Sequence[Sighting]) -> tuple[bytes, bytes]:
    """As the columns `kinds` and `scores` hold them."""
    kinds = np.array([one.kind for one in sightings], "<u2").tobytes()
    return kinds, np.array([round(one.score * STEPS) for one in sightings], np.uint8).tobytes()


def unpacked(kinds: bytes, scores: bytes) -> tuple[Sighting, ...]:
    """What the columns `kinds` and `scores` say."""
    seen = zip(np.frombuffer(kinds, "<u2").tolist(), np.frombuffer(scores, np.uint8).tolist(), strict=True)
    return tuple(Sighting(kind, score / STEPS) for kind, score in seen)


def sightings_by_row(rows: Sequence[tuple[bytes, bytes]]) -> Sightings:
    """Of anything else than media: the ids are the numbers of the rows. rows: the columns `kinds` and `scores`."""
    return Sightings(_NO_CHANGE, _read([(number, *row) for number, row in enumerate(rows)]))


def sightings_of(connection: apsw.Connection, media_ids: Sequence[int]) -> dict[int, dict[int, float]]:
    """By media id the scores by class; only of media in which anything was seen."""
    found: dict[int, dict[int, float]] = {}
    for media_id, kinds, scores in all_rows(connection, _OF_MEDIA, (json.dumps(list(media_ids)),)):
        seen = zip(np.frombuffer(kinds, "<u2").tolist(), np.frombuffer(scores, np.uint8).tolist(), strict=True)
        found[media_id] = {kind: score / STEPS for kind, score in seen} | found.get(media_id, {})
    return found


def _key(library: str, change: int) -> Key:
    return {"library": library, "form": _FORM, "change": change}


_OF_MEDIA = """
SELECT media_id, kinds, scores FROM file JOIN sighting USING (content_id)
WHERE media_id IN (SELECT value FROM json_each(?))
"""


def _of_media(connection: apsw.Connection, media_ids: Ids) -> _Table:
    return _read(all_rows(connection, _OF_MEDIA, (json.dumps(media_ids.tolist()),)))


_DENIED = """
SELECT media_id, name FROM typed_tag JOIN tag ON tag.id = tag_id
WHERE NOT holds AND (?1 IS NULL OR media_id IN (SELECT value FROM json_each(?1)))
"""


def _denied(connection: apsw.Connection, media_ids: Ids | None = None) -> NDArray[np.int64]:
    """What a person called wrong, whatever networks say: no dog is no terrier either."""
    chosen = None if media_ids is None else json.dumps(media_ids.tolist())
    rows = all_rows(connection, _DENIED, (chosen,))
    return np.array([(kind << _MEDIA_BITS) + media for media, name in rows for kind in classes_of(name)], np.int64)


def _all(connection: apsw.Connection, columns: Columns) -> _Table:
    """Copies share their content, and a raw file lends what was seen in it to the JPEG beside it."""
    query = "SELECT content_id, media_id FROM file INDEXED BY file_second WHERE role <> 'main'"
    second = np.array(all_rows(connection, query), np.int64).reshape(-1, 2)
    second = second[second[:, 1] < columns.count]
    of_main = np.where(columns.state("gone"), 0, columns["content_id"]).astype(np.int64)
    contents = np.concatenate([of_main, second[:, 0]])
    media = np.concatenate([np.arange(columns.count), second[:, 1]])
    order = np.argsort(contents, kind="stable")
    contents, media = contents[order], media[order]
    seen = _read(all_rows(connection, "SELECT content_id, kinds, scores FROM sighting"), is_sorted=False)
    owners = seen.entries & _MEDIA
    first, end = np.searchsorted(contents, owners, "left"), np.searchsorted(contents, owners, "right")
    count = np.where(owners > 0, end - first, 0)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    items = media[np.repeat(first, count) + within]
    return _sorted(np.repeat(seen.entries & ~_MEDIA, count) + items, np.repeat(seen.scores, count))


def _read(rows: list[tuple[int, bytes, bytes]], *, is_sorted: bool = True) -> _Table:
    """rows: owner, classes, scores."""
    if not rows:
        return _EMPTY
    owners, kinds, scores = zip(*rows, strict=True)
    counts = np.fromiter(map(len, scores), np.int64, len(rows))
    entries = np.frombuffer(b"".join(kinds), "<u2").astype(np.int64) << _MEDIA_BITS
    entries += np.repeat(np.array(owners, np.int64), counts)
    table = _Table(entries, np.frombuffer(b"".join(scores), np.uint8))
    return _sorted(table.entries, table.scores) if is_sorted else table


def _sorted(entries: NDArray[np.int64], scores: NDArray[np.uint8]) -> _Table:
    """Of what is there twice, such as in a raw file and its JPEG, the better score."""
    order = np.lexsort((-scores.astype(np.int16), entries))
    entries, scores = entries[order], scores[order]
    is_first = np.ones(len(entries), np.bool_)
    is_first[1:] = entries[1:] != entries[:-1]
    return _Table(entries[is_first], scores[is_first])
