"""What was followed through films: one row a thing; and outlooks, of which tracks are made when a film is over."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import apsw

from engines.library.database import all_rows, first_value
from engines.types import Box, Track
from engines.vocabulary import ancestors

_OF_MEDIA = """
SELECT media.id, track.start_s, track.end_s, seconds, best_s, tag.name, score, track.left, top, track.width,
       track.height, source
FROM json_each(?) AS wanted JOIN media ON media.id = wanted.value JOIN track USING (content_id)
JOIN tag ON tag.id = track.tag_id LEFT JOIN typed_tag ON typed_tag.tag_id = tag.id AND typed_tag.media_id = media.id
WHERE coalesce(holds, 1) ORDER BY media.id, start_s, track.id
"""


def tracks_of(connection: apsw.Connection, media_ids: Sequence[int]) -> dict[int, list[Track]]:
    """By item, as they begin, without what a person called wrong; only of films that were followed."""
    found: dict[int, list[Track]] = {}
    rows = all_rows(connection, _OF_MEDIA, (json.dumps([int(media_id) for media_id in media_ids]),))
    for media_id, start_s, end_s, seconds, best_s, *box in rows:
        found.setdefault(media_id, []).append(Track(start_s, end_s, seconds, Box(*box), best_s))
    return found


def save_outlooks(
    connection: apsw.Connection,
    digest: bytes,
    phase: str,
    version: int,
    outlooks: Iterable[tuple[float, Sequence[Box]]],
    through_s: float,
) -> None:
    """What was seen of a film up to a second; inside a write transaction. That of an earlier version is dropped.

    outlooks: seconds, and what is seen then. A content that no file has any more is passed over.
    """
    content_id = first_value(connection, "SELECT id FROM content WHERE digest = ?", (digest,))
    if content_id is None:
        return
    going_on = "SELECT 1 FROM done WHERE content_id = ? AND phase = ? AND version = ? AND through_s NOT NULL"
    if first_value(connection, going_on, (content_id, phase, version)) is None:
        _drop_outlooks(connection, content_id)
    connection.execute(
        "INSERT OR REPLACE INTO done (content_id, phase, version, through_s, at_s) VALUES (?, ?, ?, ?, unixepoch())",
        (content_id, phase, version, through_s),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO outlook (content_id, time_s, boxes) VALUES (?, ?, ?)",
        [(content_id, time_s, _dumped(boxes)) for time_s, boxes in outlooks],
    )


def outlooks(connection: apsw.Connection, digest: bytes, source: str) -> Iterator[tuple[float, tuple[Box, ...]]]:
    """What was seen so far of a film that is under way, in order. source: the network that saw it."""
    query = "SELECT time_s, boxes FROM outlook JOIN content ON content.id = content_id WHERE digest = ? ORDER BY time_s"
    for time_s, boxes in connection.execute(query, (digest,)):
        yield time_s, tuple(Box(*(*box, source)) for box in json.loads(boxes))


def save_tracks(
    connection: apsw.Connection, content_id: int, frame_id: int, tracks: Sequence[Track], tag_id: Callable[[str], int]
) -> None:
    """Let these be the tracks of a film, in place of all earlier ones; inside a write transaction.

    frame_id: that stands for the whole film, whose objects are as many from now on as were followed.
    """
    connection.execute("DELETE FROM track WHERE content_id = ?", (content_id,))
    connection.executemany(
        "INSERT INTO track (content_id, tag_id, source, score, start_s, end_s, seconds, best_s, left, top, width, "
        "height) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(content_id, tag_id(track.label), *_row(track)) for track in tracks],
    )
    count_followed(connection, content_id, frame_id)
    _drop_outlooks(connection, content_id)


def count_followed(connection: apsw.Connection, content_id: int, frame_id: int) -> None:
    """Let the objects of a film be as many as were followed through it, also where they were just seen anew.

    frame_id: that stands for the whole film.
    """
    followed = all_rows(
        connection, "SELECT name FROM track JOIN tag ON tag.id = tag_id WHERE content_id = ?", (content_id,)
    )
    counts = Counter(name for (label,) in followed for name in (label, *ancestors(label)))
    connection.executemany(
        "UPDATE tagging SET count = ? WHERE frame_id = ? AND phase = 'objects' "
        "AND tag_id = (SELECT id FROM tag WHERE folded = ?)",
        [(count, frame_id, name.casefold()) for name, count in counts.items()],
    )


def _drop_outlooks(connection: apsw.Connection, content_id: int) -> None:
    connection.execute("DELETE FROM outlook WHERE content_id = ?", (content_id,))


def _row(track: Track) -> tuple[str | float, ...]:
    box = track.box
    place = (box.left, box.top, box.width, box.height)
    return (box.source, box.score, track.start_s, track.end_s, track.seconds, track.best_s, *place)


def _dumped(boxes: Iterable[Box]) -> str:
    rows = [[box.label, box.score, box.left, box.top, box.width, box.height] for box in boxes]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
