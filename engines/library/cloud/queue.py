"""The requests that wait for their answer: rows, so that a restart forgets none; one that is answered is deleted."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import apsw

from engines.library.cloud.stretches import Stretch
from engines.library.database import all_rows, first_row, first_value
from engines.library.facts_json import dump_message, load_message
from engines.types import Kind, Message, State

_SENDABLE = (State.OK, State.PARTIAL)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked about one content. path: of a file that holds it, as os.fsdecode spells it.

    start_s, end_s: the stretch of a video that is meant; None: all. again: ask, whatever was answered before. tries:
    how often it was put off.
    """

    id: int
    content_id: int
    phase: str
    start_s: float | None
    end_s: float | None
    again: bool
    tries: int
    path: str
    kind: Kind

    @property
    def stretch(self) -> Stretch | None:
        return (self.start_s, self.end_s) if self.start_s is not None and self.end_s is not None else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests of a phase wait, and how many failed."""

    phase: str
    queued: int
    failed: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that was given up until somebody asks again."""

    id: int
    path: str
    phase: str
    problem: Message


_ADD = """
INSERT INTO cloud_request (content_id, phase, start_s, end_s, again, asked_s)
SELECT content.id, ?2, ?3, ?4, ?5, ?6 FROM content WHERE id = ?1 AND kind IS NOT NULL
ON CONFLICT DO UPDATE SET problem = NULL, tries = 0, due_s = 0, again = max(again, excluded.again)
"""
_DUE = """
SELECT cloud_request.id, cloud_request.content_id, phase, start_s, end_s, again, tries, content.kind,
       root_path, folder_path, name
FROM cloud_request JOIN content ON content.id = cloud_request.content_id
JOIN place ON file_id = (SELECT min(file_id) FROM place AS any WHERE any.content_id = content.id
                         AND any.presence = 'present' AND any.offline IS NULL)
WHERE cloud_request.problem IS NULL AND due_s <= ?1 AND cloud_request.id NOT IN (SELECT value FROM json_each(?2))
ORDER BY cloud_request.id LIMIT ?3
"""
_WOULD_BE = """
SELECT content.kind, root_path, folder_path, name FROM content JOIN place ON content_id = content.id
WHERE content.id = ? AND content.kind IS NOT NULL AND presence = 'present' AND offline IS NULL ORDER BY file_id LIMIT 1
"""
_FAILED = """
SELECT cloud_request.id, phase, cloud_request.problem, root_path, folder_path, name
FROM cloud_request JOIN place ON file_id = (SELECT min(id) FROM file WHERE file.content_id = cloud_request.content_id)
WHERE cloud_request.problem IS NOT NULL ORDER BY cloud_request.id
"""
_COUNTS = """
SELECT phase, count(*) FILTER (WHERE problem IS NULL), count(*) FILTER (WHERE problem IS NOT NULL)
FROM cloud_request GROUP BY phase ORDER BY phase
"""
# A folder's own files and all below; of an item the file in front. ?3: the folder with the separator behind it.
_BELOW = """
SELECT DISTINCT place.content_id FROM place JOIN content ON content.id = place.content_id
WHERE root_id = ?1 AND presence = 'present' AND role = 'main' AND content.kind IS NOT NULL
  AND content.state IN (SELECT value FROM json_each(?4))
  AND (?2 = x'' OR folder_path = ?2 OR substr(folder_path, 1, length(?3)) = ?3)
ORDER BY place.content_id
"""
_AT = """
SELECT place.content_id FROM place JOIN content ON content.id = place.content_id
WHERE root_id = ? AND folder_path = ? AND name = ? AND content.kind IS NOT NULL
"""
_PLACES = """
SELECT root_path, folder_path, name FROM place WHERE content_id = ?
ORDER BY presence <> 'present' OR offline IS NOT NULL, file_id
"""


def add(
    connection: apsw.Connection,
    content_ids: Iterable[int],
    phase: str,
    *,
    again: bool = False,
    stretch: Stretch | None = None,
) -> int:
    """Let these wait for an answer; what failed before waits again. Returns how many wait now that did not before."""
    before = first_value(connection, "SELECT count(*) FROM cloud_request WHERE problem IS NULL")
    start_s, end_s = stretch or (None, None)
    now = int(time.time())
    connection.executemany(_ADD, [(one, phase, start_s, end_s, again, now) for one in content_ids])
    return int(first_value(connection, "SELECT count(*) FROM cloud_request WHERE problem IS NULL")) - int(before)


def due(connection: apsw.Connection, now_s: float, under_way: Collection[int], most: int) -> list[Request]:
    """The next ones, oldest first, but for those under way. Those whose file is away wait until it is back."""
    rows = all_rows(connection, _DUE, (now_s, json.dumps(list(under_way)), most))
    return [
        Request(
            id_, content_id, phase, start_s, end_s, bool(again), tries,
            os.fsdecode(os.path.join(root, folder, name)), Kind(kind),
        )
        for id_, content_id, phase, start_s, end_s, again, tries, kind, root, folder, name in rows
    ]  # fmt: skip


def of_content(
    connection: apsw.Connection, content_id: int, phase: str, stretch: Stretch | None = None
) -> Request | None:
    """What asking about a content would be, without asking; None if no file holds it now."""
    row = first_row(connection, _WOULD_BE, (content_id,))
    if row is None:
        return None
    kind, root, folder, name = row
    start_s, end_s = stretch or (None, None)
    path = os.fsdecode(os.path.join(root, folder, name))
    return Request(0, content_id, phase, start_s, end_s, again=False, tries=0, path=path, kind=Kind(kind))


def next_due_s(connection: apsw.Connection) -> float | None:
    """When the first of those that wait may be asked; None if none waits whose file is there."""
    query = (
        "SELECT min(due_s) FROM cloud_request WHERE problem IS NULL AND EXISTS (SELECT 1 FROM place "
        "WHERE place.content_id = cloud_request.content_id AND presence = 'present' AND offline IS NULL)"
    )
    found: float | None = first_value(connection, query)
    return found


def remove(connection: apsw.Connection, request_ids: Iterable[int]) -> None:
    """They were answered, or nobody wants them any more."""
    connection.executemany("DELETE FROM cloud_request WHERE id = ?", [(one,) for one in request_ids])


def put_off(connection: apsw.Connection, request_id: int, due_s: float) -> None:
    connection.execute("UPDATE cloud_request SET due_s = ?, tries = tries + 1 WHERE id = ?", (due_s, request_id))


def fail(connection: apsw.Connection, request_id: int, problem: Message) -> None:
    connection.execute("UPDATE cloud_request SET problem = ? WHERE id = ?", (dump_message(problem), request_id))


def retry(connection: apsw.Connection, request_ids: Collection[int] | None = None) -> int:
    """Let these that failed, or all, wait again; how many."""
    chosen = None if request_ids is None else json.dumps(list(request_ids))
    connection.execute(
        "UPDATE cloud_request SET problem = NULL, tries = 0, due_s = 0 "
        "WHERE problem IS NOT NULL AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))",
        (chosen,),
    )
    return connection.changes()


def hasten(connection: apsw.Connection) -> None:
    """Let what was put off be asked at once, as if for the first time."""
    connection.execute("UPDATE cloud_request SET due_s = 0, tries = 0 WHERE problem IS NULL")


def is_paused(connection: apsw.Connection) -> bool:
    return first_value(connection, "SELECT value FROM meta WHERE key = 'cloud_paused'") is not None


def pause(connection: apsw.Connection, *, wanted: bool) -> None:
    connection.execute("DELETE FROM meta WHERE key = 'cloud_paused'")
    if wanted:
        connection.execute("INSERT INTO meta VALUES ('cloud_paused', 'yes')")


def clear(connection: apsw.Connection, phase: str | None = None) -> int:
    """Ask nothing of what waits or failed, of one phase or of all; how many requests that were."""
    connection.execute("DELETE FROM cloud_request WHERE phase = coalesce(?, phase)", (phase,))
    return connection.changes()


def counts(connection: apsw.Connection) -> list[Waiting]:
    return [Waiting(*row) for row in all_rows(connection, _COUNTS)]


def failures(connection: apsw.Connection) -> list[Failed]:
    found = []
    for id_, phase, problem, root, folder, name in all_rows(connection, _FAILED):
        message = load_message(problem, about=os.fsdecode(name))
        assert message is not None
        found.append(Failed(id_, os.fsdecode(os.path.join(root, folder, name)), phase, message))
    return found


def contents_at(connection: apsw.Connection, root_id: int, relative: bytes, *, is_folder: bool) -> list[int]:
    """The contents that can be asked about of a file, or of a folder with all below it."""
    if is_folder:
        states = json.dumps([str(state) for state in _SENDABLE])
        rows = all_rows(connection, _BELOW, (root_id, relative, relative + os.sep.encode(), states))
    else:
        rows = all_rows(connection, _AT, (root_id, *os.path.split(relative)))
    return [content_id for (content_id,) in rows]


def contents_of(connection: apsw.Connection, media_ids: Sequence[int]) -> list[int]:
    """The contents that can be asked about of these items: of each the file in front."""
    rows = all_rows(
        connection,
        "SELECT DISTINCT content_id FROM media JOIN content ON content.id = content_id "
        "WHERE content.kind IS NOT NULL AND media.id IN (SELECT value FROM json_each(?)) ORDER BY content_id",
        (json.dumps(list(media_ids)),),
    )
    return [content_id for (content_id,) in rows]


def places_of(connection: apsw.Connection, content_id: int) -> list[bytes]:
    """Where this content lies or lay, those that are there first: absolute paths, os.fsencode'd."""
    rows: list[tuple[bytes, bytes, bytes]] = [(a, b, c) for a, b, c in all_rows(connection, _PLACES, (content_id,))]
    return [os.path.join(*row) for row in rows]


def media_with(connection: apsw.Connection, content_ids: Sequence[int]) -> list[int]:
    """The items whose file in front holds one of these contents."""
    query = "SELECT id FROM media WHERE content_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [media_id for (media_id,) in all_rows(connection, query, (json.dumps(list(content_ids)),))]


def unanswered(connection: apsw.Connection, content_ids: Sequence[int], phase: str, version: int) -> list[int]:
    """Those of the contents that have no answer of this version yet, whether they wait for one or not."""
    rows = all_rows(
        connection,
        "SELECT value FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM done WHERE content_id = value "
        "AND done.phase = ?2 AND version = ?3)",
        (json.dumps(list(content_ids)), phase, version),
    )
    return [content_id for (content_id,) in rows]


def never_asked(connection: apsw.Connection, content_ids: Sequence[int], phase: str, version: int) -> list[int]:
    """Those of the unanswered that neither wait nor failed."""
    rows = all_rows(
        connection,
        "SELECT value FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM done WHERE content_id = value "
        "AND done.phase = ?2 AND version = ?3) AND NOT EXISTS (SELECT 1 FROM cloud_request "
        "WHERE content_id = value AND cloud_request.phase = ?2 AND start_s IS NULL)",
        (json.dumps(list(content_ids)), phase, version),
    )
    return [content_id for (content_id,) in rows]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an estimate counts."""

    photos: int
    videos: int


def subject(connection: apsw.Connection, content_ids: Sequence[int]) -> Subject:
    query = "SELECT kind, count(*) FROM content WHERE id IN (SELECT value FROM json_each(?)) GROUP BY kind"
    found: dict[str, int] = dict(all_rows(connection, query, (json.dumps(list(content_ids)),)))
    return Subject(found.get(Kind.PHOTO, 0), found.get(Kind.VIDEO, 0))
