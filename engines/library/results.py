"""What workers bring back, written down: contents, findings, tags, and which item each file belongs to."""

from __future__ import annotations

import time
from collections.abc import Iterable

import apsw

from engines.library import media, pairs
from engines.library.facts_json import dump_facts, dump_message
from engines.library.reconcile import stem
from engines.types import Content, Done, Examined, Fact, Facts, Kind, Tag

_SIDECAR_PHASE = "sidecar"


def save(connection: apsw.Connection, batch: Iterable[Examined]) -> tuple[set[int], list[bytes]]:
    """Write down what is known now about these files; inside a write transaction.

    Returns the media that changed, and digests of contents that no file has any more.
    """
    changed: set[int] = set()
    orphans: list[bytes] = []
    for examined in batch:
        known = connection.execute("SELECT media_id, content_id FROM file WHERE id = ?", (examined.file_id,)).fetchone()
        if known is None:  # removed from the library while the worker had it
            continue
        if examined.content is None:
            changed |= _save_without_content(connection, examined, known[0])
            continue
        content_id = _save_content(connection, examined.content)
        _save_done(connection, content_id, examined.done)
        if examined.sidecar is not None:
            _save_tags(connection, content_id, _SIDECAR_PHASE, _keyword_tags(examined.sidecar))
        changed |= _attach(connection, examined, content_id, known[1])
        orphans += _drop_if_unused(connection, known[1])
    media.refresh(connection, changed)
    return changed, orphans


def _save_without_content(connection: apsw.Connection, examined: Examined, media_id: int | None) -> set[int]:
    connection.execute(
        "UPDATE file SET waiting = 0, size_bytes = ?, mtime_ns = ?, problem = ? WHERE id = ?",
        (examined.size, examined.mtime_ns, dump_message(examined.problem), examined.file_id),
    )
    return set() if media_id is None else {media_id}


def _save_content(connection: apsw.Connection, content: Content) -> int:
    """The row of a content. Its state stays as it was unless it was judged now."""
    saved = connection.execute(
        "INSERT INTO content (digest, whole, size_bytes, format, kind, raw, state, problem) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, coalesce(?7, 'ok'), ?8) "
        "ON CONFLICT (digest) DO UPDATE SET format = ?4, kind = ?5, raw = ?6, state = coalesce(?7, state), "
        "problem = CASE WHEN ?7 IS NULL THEN problem ELSE ?8 END RETURNING id",
        (content.digest, content.whole, content.size, content.format, content.kind, content.raw, content.state)
        + (dump_message(content.problem),),
    ).get
    return int(saved)


def _save_done(connection: apsw.Connection, content_id: int, done: tuple[Done, ...]) -> None:
    """New results take the place of older ones of the same phase; one that failed leaves none, lest stale facts remain."""
    now = int(time.time())
    for one in done:
        connection.execute(
            "INSERT OR REPLACE INTO done (content_id, phase, version, problem, at_s) VALUES (?, ?, ?, ?, ?)",
            (content_id, one.phase, one.version, dump_message(one.problem), now),
        )
        if one.findings.facts:
            connection.execute(
                "INSERT OR REPLACE INTO finding VALUES (?, ?, ?)", (content_id, one.phase, dump_facts(one.findings.facts))
            )
        else:
            connection.execute("DELETE FROM finding WHERE content_id = ? AND phase = ?", (content_id, one.phase))
        _save_tags(connection, content_id, one.phase, one.findings.tags)


def _save_tags(connection: apsw.Connection, content_id: int, phase: str, tags: Iterable[Tag]) -> None:
    frame_id = _photo_frame(connection, content_id)
    connection.execute("DELETE FROM tagging WHERE frame_id = ? AND phase = ?", (frame_id, phase))
    connection.executemany(
        "INSERT OR REPLACE INTO tagging (frame_id, tag_id, source, phase, score) VALUES (?, ?, ?, ?, ?)",
        [(frame_id, _tag_id(connection, tag.name), tag.source, phase, tag.score) for tag in tags],
    )


def _photo_frame(connection: apsw.Connection, content_id: int) -> int:
    """The frame of a photo; for a video the one that stands for all of it."""
    known = connection.execute("SELECT id FROM frame WHERE content_id = ? AND time_s IS NULL", (content_id,)).get
    if known is None:
        connection.execute("INSERT INTO frame (content_id) VALUES (?)", (content_id,))
        known = connection.last_insert_rowid()
    return int(known)


def _tag_id(connection: apsw.Connection, name: str) -> int:
    folded = name.casefold()
    known = connection.execute("SELECT id FROM tag WHERE folded = ?", (folded,)).get
    if known is None:
        connection.execute("INSERT INTO tag (name, folded) VALUES (?, ?)", (name, folded))
        known = connection.last_insert_rowid()
    return int(known)


def _keyword_tags(facts: Facts) -> list[Tag]:
    keywords = facts.get("keywords", Fact((), "")).value
    return [Tag(level, 1.0, "sidecar") for keyword in keywords for level in keyword.split("/")]


def _attach(connection: apsw.Connection, examined: Examined, content_id: int, before: int | None) -> set[int]:
    """Give the file its content, and the content its place in the grid. Returns the media this touches."""
    if before is None and (moved := _take_place_of_moved(connection, examined.file_id, content_id)):
        file_id, touched = moved
    else:
        file_id, touched = examined.file_id, set()
    sidecar = dump_facts(examined.sidecar) if examined.sidecar is not None else None
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


def _take_place_of_moved(connection: apsw.Connection, file_id: int, content_id: int) -> tuple[int, set[int]] | None:
    """If the same content lay where there is nothing now, the file was moved: the old row goes on at the new place.

    So it keeps its item with all that the user typed, its ids, and its partner. Returns the row's id and what to repaint.
    """
    place = connection.execute(
        "SELECT folder_id, name, shown, sidecar, sidecar_ns, media_id FROM file WHERE id = ?", (file_id,)
    ).fetchone()
    old = connection.execute(
        "SELECT id, media_id FROM file WHERE content_id = ? AND presence <> 'present' AND id <> ? "
        "ORDER BY name <> ?, id LIMIT 1",
        (content_id, file_id, place[1]),
    ).fetchone()
    if old is None:
        return None
    connection.execute("DELETE FROM file WHERE id = ?", (file_id,))
    connection.execute(
        "UPDATE file SET folder_id = ?, name = ?, shown = ?, sidecar = ?, sidecar_ns = ?, stem = ? WHERE id = ?",
        (*place[:5], stem(place[1]), old[0]),
    )
    return old[0], {media_id for media_id in (old[1], place[5]) if media_id is not None}


def _inherit(connection: apsw.Connection, file_id: int, content_id: int) -> None:
    """A copy starts with what the user typed for the original, as if the typing were part of the file."""
    connection.execute(
        "UPDATE media SET typed = (SELECT other.typed FROM file JOIN media AS other ON other.id = file.media_id "
        "WHERE file.content_id = ?1 AND file.id <> ?2 AND other.typed <> '{}' ORDER BY file.id LIMIT 1) "
        "WHERE id = (SELECT media_id FROM file WHERE id = ?2) AND typed = '{}' AND EXISTS (SELECT 1 FROM file "
        "JOIN media AS other ON other.id = file.media_id WHERE file.content_id = ?1 AND file.id <> ?2 AND other.typed <> '{}')",
        (content_id, file_id),
    )


def _item_of(connection: apsw.Connection, file_id: int, content: Content | None) -> int:
    """The file's item; made now for a file whose name promised nothing but which turned out to be one."""
    known = connection.execute("SELECT media_id FROM file WHERE id = ?", (file_id,)).get
    if known is None:
        known = media.create(connection, content.kind if content is not None else Kind.PHOTO)
        connection.execute("UPDATE file SET media_id = ? WHERE id = ?", (known, file_id))
    return int(known)


def _drop_if_unused(connection: apsw.Connection, content_id: int | None) -> list[bytes]:
    rows = connection.execute(
        "DELETE FROM content WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM file WHERE content_id = ?1) RETURNING digest",
        (content_id,),
    ).fetchall()
    return [digest for (digest,) in rows]
