"""The moments of films: what is seen from when to when; and glimpses, of which they are made when a film is over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import all_rows, first_value
from engines.library.sightings import Sightings, packed, sightings_by_row, unpacked
from engines.types import Box, Glimpse, Tag


def save_glimpses(
    connection: apsw.Connection, digest: bytes, phase: str, version: int, glimpses: Iterable[Glimpse], through_s: float
) -> None:
    """What was seen of a film up to a second; inside a write transaction. Those of an earlier version are dropped.

    A content that no file has any more is passed over.
    """
    content_id = _content_id(connection, digest)
    if content_id is None:
        return
    going_on = "SELECT 1 FROM done WHERE content_id = ? AND phase = ? AND version = ? AND through_s NOT NULL"
    if first_value(connection, going_on, (content_id, phase, version)) is None:
        drop_glimpses(connection, content_id)
    connection.execute(
        "INSERT OR REPLACE INTO done (content_id, phase, version, through_s, at_s) VALUES (?, ?, ?, ?, unixepoch())",
        (content_id, phase, version, through_s),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO glimpse (content_id, time_s, start_s, end_s, quality, found, kinds, scores, vector) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(content_id, glimpse.time_s, *_row(glimpse), _vector_bytes(glimpse)) for glimpse in glimpses],
    )


def drop_glimpses(connection: apsw.Connection, content_id: int) -> None:
    connection.execute("DELETE FROM glimpse WHERE content_id = ?", (content_id,))


def glimpses(connection: apsw.Connection, digest: bytes) -> list[Glimpse]:
    """What was seen of a film that is under way, in order."""
    query = (
        "SELECT time_s, start_s, end_s, quality, found, kinds, scores, vector FROM glimpse "
        "JOIN content ON content.id = content_id WHERE digest = ? ORDER BY time_s"
    )
    return [_glimpse(*row) for row in all_rows(connection, query, (digest,))]


def save_moments(connection: apsw.Connection, content_id: int, moments: Sequence[Glimpse]) -> None:
    """Let these be the moments of a film, in place of all earlier ones; inside a write transaction."""
    connection.execute("DELETE FROM frame WHERE content_id = ? AND time_s NOT NULL", (content_id,))
    for moment in moments:
        connection.execute("INSERT INTO frame (content_id, time_s) VALUES (?, ?)", (content_id, moment.time_s))
        connection.execute(
            "INSERT INTO moment (frame_id, content_id, start_s, end_s, quality, found, kinds, scores) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (connection.last_insert_rowid(), content_id, *_row(moment)),
        )
    drop_glimpses(connection, content_id)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of an item as it is shown: without tags and boxes of which a person said that they are wrong.

    tags: the surest first. time_s: of its best frame; with the digest it names its small picture.
    """

    frame_id: int
    digest: bytes
    time_s: float
    start_s: float
    end_s: float
    quality: float
    tags: tuple[Tag, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Filmed:
    """The moments of several films as rows. media: whose each is, ascending. sightings: by row."""

    media: NDArray[np.int64]
    frames: NDArray[np.int64]
    sightings: Sightings
    _times: Sequence[tuple[float, float, float]] = ()
    _found: Sequence[str] = ()
    _seen: Sequence[tuple[bytes, bytes]] = ()

    @classmethod
    def empty(cls) -> Filmed:
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), sightings_by_row([]))

    def __len__(self) -> int:
        return len(self.media)

    def times(self, row: int) -> tuple[float, float, float]:
        """Seconds: from, to, and of the best frame."""
        return self._times[row]

    def tags(self, row: int) -> tuple[Tag, ...]:
        """What is seen in it, by whichever phase."""
        tags, _ = _read_found(self._found[row])
        return tuple(tag for of_phase in tags.values() for tag in of_phase)

    def seen(self, row: int) -> dict[int, float]:
        """The scores by class."""
        return {one.kind: one.score for one in unpacked(*self._seen[row])}


_FILMED = """
SELECT media.id, frame_id, start_s, end_s, time_s, found, kinds, scores
FROM json_each(?) AS wanted JOIN media ON media.id = wanted.value JOIN moment USING (content_id)
JOIN frame ON frame.id = frame_id ORDER BY media.id, start_s
"""


def filmed(connection: apsw.Connection, media_ids: Sequence[int]) -> Filmed:
    """The moments of these items; of those that are none, or were not watched, there are none."""
    rows = all_rows(connection, _FILMED, (json.dumps([int(media_id) for media_id in media_ids]),))
    if not rows:
        return Filmed.empty()
    media, frames, starts, ends, times, found, kinds, scores = zip(*rows, strict=True)
    seen = list(zip(kinds, scores, strict=True))
    return Filmed(
        np.array(media, np.int64),
        np.array(frames, np.int64),
        sightings_by_row(seen),
        list(zip(starts, ends, times, strict=True)),
        found,
        seen,
    )


_OF_MEDIA = """
SELECT media.id, typed, frame_id, digest, time_s, start_s, end_s, moment.quality, found
FROM json_each(?) AS wanted JOIN media ON media.id = wanted.value JOIN moment USING (content_id)
JOIN frame ON frame.id = frame_id JOIN content ON content.id = moment.content_id ORDER BY media.id, start_s
"""


def moments_of(connection: apsw.Connection, media_ids: Sequence[int]) -> dict[int, list[Moment]]:
    """By item, in order; only of films that were watched."""
    found: dict[int, list[Moment]] = {}
    rows = all_rows(connection, _OF_MEDIA, (json.dumps([int(media_id) for media_id in media_ids]),))
    for media_id, typed, frame_id, digest, time_s, start_s, end_s, quality, seen in rows:
        said = json.loads(typed).get("tags", {})
        tags, boxes = _read_found(seen)
        every = {tag.name: tag for of_phase in tags.values() for tag in of_phase if said.get(tag.name, True)}
        shown = sorted(every.values(), key=lambda tag: -tag.score * tag.share)
        right = tuple(box for box in boxes if said.get(box.label, True))
        moment = Moment(frame_id, digest, time_s, start_s, end_s, quality, tuple(shown), right)
        found.setdefault(media_id, []).append(moment)
    return found


def times_of_objects(connection: apsw.Connection, digest: bytes) -> list[tuple[float, float]]:
    """From when to when the moments of a film are that show objects, in order."""
    query = (
        "SELECT start_s, end_s FROM moment JOIN content ON content.id = content_id "
        "WHERE digest = ? AND json_array_length(found, '$.tags.objects') > 0 ORDER BY start_s"
    )
    return [(start_s, end_s) for start_s, end_s in connection.execute(query, (digest,))]


def thumbnail_key(digest: bytes, time_s: float) -> bytes:
    """By which the small picture of a frame of a film is kept beside the film's own."""
    return digest + b"@" + round(time_s * 1000).to_bytes(8, "big")


def _content_id(connection: apsw.Connection, digest: bytes) -> int | None:
    found: int | None = first_value(connection, "SELECT id FROM content WHERE digest = ?", (digest,))
    return found


def _row(glimpse: Glimpse) -> tuple[Any, ...]:
    """start_s, end_s, quality, found, kinds, scores."""
    return glimpse.start_s, glimpse.end_s, glimpse.quality, _found(glimpse), *packed(glimpse.sightings)


def _glimpse(
    time_s: float,
    start_s: float,
    end_s: float,
    quality: float,
    found: str,
    kinds: bytes,
    scores: bytes,
    vector: bytes | None,
) -> Glimpse:
    tags, boxes = _read_found(found)
    seen = np.frombuffer(vector, np.float16).astype(np.float32) if vector is not None else None
    return Glimpse(time_s, start_s, end_s, quality, tags, boxes, unpacked(kinds, scores), seen)


def _found(glimpse: Glimpse) -> str:
    tags = {
        phase: [[tag.name, tag.score, tag.source, tag.count, tag.share] for tag in tags]
        for phase, tags in glimpse.tags.items()
    }
    boxes = [[box.label, box.score, box.left, box.top, box.width, box.height, box.source] for box in glimpse.boxes]
    return json.dumps({"tags": tags, "boxes": boxes}, ensure_ascii=False, separators=(",", ":"))


def _read_found(text: str) -> tuple[Mapping[str, tuple[Tag, ...]], tuple[Box, ...]]:
    found = json.loads(text)
    tags = {phase: tuple(Tag(*tag) for tag in tags) for phase, tags in found["tags"].items()}
    return tags, tuple(Box(*box) for box in found["boxes"])


def _vector_bytes(glimpse: Glimpse) -> bytes | None:
    return None if glimpse.vector is None else glimpse.vector.astype(np.float16).tobytes()
