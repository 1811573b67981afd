"""What workers bring back, written down: contents, findings, tags, and which item each file belongs to."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial

import apsw

from engines.library import media, pairs
from engines.library.database import all_rows, first_row, first_value
from engines.library.facts_json import dump_facts, dump_message
from engines.library.moments import save_moments
from engines.library.sightings import save_sightings
from engines.library.tracks import count_followed, save_tracks
from engines.types import Box, Content, Done, Examined, Findings, Inferred, Kind, Tag

_SIDECAR_PHASE = "sidecar"


def save(connection: apsw.Connection, batch: Iterable[Examined]) -> tuple[set[int], dict[int, bytes]]:
    """Write down what is known now about these files; inside a write transaction.

    Returns the media that changed, and the ids and digests of contents that no file had any more and that are gone.
    """
    changed: set[int] = set()
    left: list[int] = []  # contents that a file had before; only at the end is it known whether another has them now
    for examined in batch:
        known = first_row(connection, "SELECT media_id, content_id FROM file WHERE id = ?", (examined.file_id,))
        if known is None:  # removed from the library while the worker had it
            continue
        if examined.content is None:
            changed |= _save_without_content(connection, examined, known[0])
            continue
        content_id = _save_content(connection, examined.content)
        _save_done(connection, content_id, examined.done)
        changed |= _attach(connection, examined, content_id, known[1])
        _save_sidecar_tags(connection, content_id, examined.sidecar)
        if examined.done or examined.sidecar is not None:
            changed |= _items_with(connection, content_id)
        left += [known[1]] if known[1] not in (None, content_id) else []
    media.refresh(connection, changed)
    return changed, dict(dropped for content_id in left for dropped in _drop_if_unused(connection, content_id))


def save_inferred(connection: apsw.Connection, batch: Iterable[Inferred]) -> set[int]:
    """Write down what networks found; inside a write transaction. Returns the media that changed.

    A content that no file has any more is passed over.
    """
    changed: set[int] = set()
    for inferred in batch:
        content_id = first_value(connection, "SELECT id FROM content WHERE digest = ?", (inferred.digest,))
        if content_id is not None:
            _save_done(connection, content_id, inferred.done)
            changed |= _items_with(connection, content_id)
    media.refresh(connection, changed)
    return changed


def save_one(connection: apsw.Connection, content_id: int, done: Done) -> set[int]:
    """Write down what a phase learnt elsewhere than in a worker; inside a write transaction. The media that changed."""
    _save_done(connection, content_id, (done,))
    changed = _items_with(connection, content_id)
    media.refresh(connection, changed)
    return changed


def remove_one(connection: apsw.Connection, content_id: int, phase: str) -> set[int]:
    """Forget what a phase learnt, and that it ran; inside a write transaction. The media that changed."""
    for table in ("done", "finding"):
        connection.execute(f"DELETE FROM {table} WHERE content_id = ? AND phase = ?", (content_id, phase))
    _save_tags(connection, content_id, phase, ())
    changed = _items_with(connection, content_id)
    media.refresh(connection, changed)
    return changed


def _save_without_content(connection: apsw.Connection, examined: Examined, media_id: int | None) -> set[int]:
    connection.execute(
        "UPDATE file SET waiting = 0, size_bytes = ?, mtime_ns = ?, problem = ? WHERE id = ?",
        (examined.size, examined.mtime_ns, dump_message(examined.problem), examined.file_id),
    )
    return set() if media_id is None else {media_id}


_SAVE_CONTENT = """
INSERT INTO content (digest, whole, size_bytes, format, kind, raw, state, problem)
VALUES (:digest, :whole, :size, :format, :kind, :raw, coalesce(:state, 'ok'), :problem)
ON CONFLICT (digest) DO UPDATE SET format = :format, kind = :kind, raw = :raw, state = coalesce(:state, state),
    problem = CASE WHEN :state IS NULL THEN problem ELSE :problem END
RETURNING id
"""


def _save_content(connection: apsw.Connection, content: Content) -> int:
    """The row of a content. Its state stays as it was unless it was judged now."""
    fields = {name: getattr(content, name) for name in ("digest", "whole", "size", "format", "kind", "raw", "state")}
    return int(first_value(connection, _SAVE_CONTENT, fields | {"problem": dump_message(content.problem)}))


def _save_done(connection: apsw.Connection, content_id: int, done: tuple[Done, ...]) -> None:
    """New results take the place of older ones; a phase that failed leaves none, lest stale facts remain."""
    now = int(time.time())
    for one in done:
        connection.execute(
            "INSERT OR REPLACE INTO done (content_id, phase, version, problem, at_s, precision) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (content_id, one.phase, one.version, dump_message(one.problem), now, one.precision),
        )
        if one.findings.facts:
            connection.execute(
                "INSERT OR REPLACE INTO finding VALUES (?, ?, ?)",
                (content_id, one.phase, dump_facts(one.findings.facts)),
            )
        else:
            connection.execute("DELETE FROM finding WHERE content_id = ? AND phase = ?", (content_id, one.phase))
        _save_tags(connection, content_id, one.phase, one.findings.tags)
        _save_boxes(connection, content_id, one.phase, one.findings.boxes)
        if one.findings.sightings:
            save_sightings(connection, content_id, one.findings.sightings)
        if one.findings.moments is not None:
            save_moments(connection, content_id, one.findings.moments)
        if one.findings.tracks is not None:
            frame_id = _photo_frame(connection, content_id)
            save_tracks(connection, content_id, frame_id, one.findings.tracks, partial(tag_id, connection))
        if one.phase == "objects":
            count_followed(connection, content_id, _photo_frame(connection, content_id))


def _save_tags(connection: apsw.Connection, content_id: int, phase: str, tags: Iterable[Tag]) -> None:
    frame_id = _photo_frame(connection, content_id)
    connection.execute("DELETE FROM tagging WHERE frame_id = ? AND phase = ?", (frame_id, phase))
    connection.executemany(
        "INSERT OR REPLACE INTO tagging (frame_id, tag_id, source, phase, score, count, share) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(frame_id, tag_id(connection, tag.name), tag.source, phase, tag.score, tag.count, tag.share) for tag in tags],
    )


_SAVE_BOX = """
INSERT INTO box (frame_id, phase, tag_id, source, score, left, top, width, height) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _save_boxes(connection: apsw.Connection, content_id: int, phase: str, boxes: Iterable[Box]) -> None:
    frame_id = _photo_frame(connection, content_id)
    connection.execute("DELETE FROM box WHERE frame_id = ? AND phase = ?", (frame_id, phase))
    for box in boxes:
        seen = (tag_id(connection, box.label), box.source, box.score)
        connection.execute(_SAVE_BOX, (frame_id, phase, *seen, box.left, box.top, box.width, box.height))


def _save_sidecar_tags(connection: apsw.Connection, content_id: int, sidecar: Findings | None) -> None:
    """Copies share their tags: what a sidecar says stays as long as one of them has one."""
    of_a_copy = "SELECT 1 FROM file WHERE content_id = ? AND sidecar_facts IS NOT NULL"
    if sidecar is not None or first_value(connection, of_a_copy, (content_id,)) is None:
        _save_tags(connection, content_id, _SIDECAR_PHASE, sidecar.tags if sidecar is not None else ())


def _items_with(connection: apsw.Connection, content_id: int) -> set[int]:
    """The items of all copies: what was learnt from one holds for each."""
    rows = connection.execute("SELECT media_id FROM file WHERE content_id = ?", (content_id,))
    return {media_id for (media_id,) in rows if media_id is not None}


def _photo_frame(connection: apsw.Connection, content_id: int) -> int:
    """The frame of a photo; for a video the one that stands for all of it."""
    known = first_value(connection, "SELECT id FROM frame WHERE content_id = ? AND time_s IS NULL", (content_id,))
    if known is None:
        connection.execute("INSERT INTO frame (content_id) VALUES (?)", (content_id,))
        known = connection.last_insert_rowid()
    return int(known)


def tag_id(connection: apsw.Connection, name: str) -> int:
    """The row of a tag, made when there is none yet; capital and small letters are alike."""
    folded = name.casefold()
    known = first_value(connection, "SELECT id FROM tag WHERE folded = ?", (folded,))
    if known is None:
        connection.execute("INSERT INTO tag (name, folded) VALUES (?, ?)", (name, folded))
        known = connection.last_insert_rowid()
    return int(known)


def _attach(connection: apsw.Connection, examined: Examined, content_id: int, before: int | None) -> set[int]:
    """Give the file its content, and the content its place in the grid. Returns the media this touches."""
    if before is None and (moved := _take_place_of_moved(connection, examined.file_id, content_id)):
        file_id, touched = moved
    else:
        file_id, touched = examined.file_id, set()
    sidecar = dump_facts(examined.sidecar.facts) if examined.sidecar is not None else None
    connection.execute(
        "UPDATE file SET content_id = ?, size_bytes = ?, mtime_ns = ?, sidecar_facts = ?, waiting = 0, problem = NULL, "
        "presence = 'present' WHERE id = ?",
        (content_id, examined.size, examined.mtime_ns, sidecar, file_id),
    )
    if before is None and not touched:
        _inherit(connection, file_id, content_id)
    touched.add(_item_of(connection, file_id, examined.content))
    if before != content_id:
        touched |= pairs.regroup(connection, file_id)
    return touched


_HAND_OVER_TYPED = """
UPDATE media SET typed = json_patch(typed, coalesce((SELECT typed FROM media WHERE id = ?), '{}')) WHERE id = ?
"""


def _take_place_of_moved(connection: apsw.Connection, file_id: int, content_id: int) -> tuple[int, set[int]] | None:
    """If the same content lay where there is nothing now, the file was moved: the old row goes on at the new place.

    So it keeps its item with all that the user typed, its ids, and its partner. Returns the row's id, and
    what to repaint.
    """
    ((folder_id, name, *place, item),) = all_rows(
        connection,
        "SELECT folder_id, name, shown, sidecar, sidecar_ns, stem, media_id FROM file WHERE id = ?",
        (file_id,),
    )
    old = first_row(
        connection,
        "SELECT id, media_id FROM file WHERE content_id = ? AND presence <> 'present' AND id <> ? "
        "ORDER BY name <> ?, id LIMIT 1",
        (content_id, file_id, name),
    )
    if old is None:
        return None
    connection.execute("DELETE FROM file WHERE id = ?", (file_id,))
    connection.execute(_HAND_OVER_TYPED, (item, old[1]))
    connection.execute(
        "UPDATE file SET folder_id = ?, name = ?, shown = ?, sidecar = ?, sidecar_ns = ?, stem = ? WHERE id = ?",
        (folder_id, name, *place, old[0]),
    )
    return old[0], {media_id for media_id in (old[1], item) if media_id is not None}


_TYPED_FOR_COPIES = """
SELECT typed FROM file JOIN media ON media.id = media_id
WHERE file.content_id = ? AND file.id <> ? AND typed <> '{}' ORDER BY file.id LIMIT 1
"""


_HAND_DOWN_TYPED = """
UPDATE media SET typed = json_remove(?, '$.removed')
WHERE typed = '{}' AND id = (SELECT media_id FROM file WHERE id = ?)
"""


def _inherit(connection: apsw.Connection, file_id: int, content_id: int) -> None:
    """A copy starts with what the user typed for the original, as if the typing were part of the file.

    That the original was removed is no reason to leave the copy out: somebody has just put it there.
    """
    typed = first_value(connection, _TYPED_FOR_COPIES, (content_id, file_id))
    if typed is not None:
        connection.execute(_HAND_DOWN_TYPED, (typed, file_id))


def _item_of(connection: apsw.Connection, file_id: int, content: Content | None) -> int:
    """The file's item; made now for a file whose name promised nothing but which turned out to be one."""
    known = first_value(connection, "SELECT media_id FROM file WHERE id = ?", (file_id,))
    if known is None:
        known = media.create(connection, content.kind if content is not None else Kind.PHOTO)
        connection.execute("UPDATE file SET media_id = ? WHERE id = ?", (known, file_id))
    return int(known)


def drop_unused(connection: apsw.Connection) -> dict[int, bytes]:
    """Forget the contents that no file has any more; returns their digests by id."""
    unused = "id NOT IN (SELECT content_id FROM file WHERE content_id NOT NULL)"
    return dict(all_rows(connection, f"DELETE FROM content WHERE {unused} RETURNING id, digest"))


def _drop_if_unused(connection: apsw.Connection, content_id: int) -> list[tuple[int, bytes]]:
    unused = "id = ?1 AND NOT EXISTS (SELECT 1 FROM file WHERE content_id = ?1)"
    rows = all_rows(connection, f"DELETE FROM content WHERE {unused} RETURNING id, digest", (content_id,))
    return [(dropped, digest) for dropped, digest in rows]
