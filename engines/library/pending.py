"""Which files still have to be examined, and by which phases."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import apsw

from engines.library.database import Database, all_rows, first_value
from engines.types import Phase, Wanted

_PAGE = 200  # files; read together, so that no reader stays open while workers work

_WAITING = """
SELECT file_id FROM place
WHERE waiting = 1 AND presence = 'present' AND root_id NOT IN (SELECT value FROM json_each(?)) ORDER BY file_id
"""
# One file for each content that lacks a phase: any present one will do.
_STALE = """
SELECT min(file_id) AS first FROM content JOIN place ON content_id = content.id
WHERE waiting = 0 AND presence = 'present' AND place.problem IS NULL
  AND root_id NOT IN (SELECT value FROM json_each(?))
  AND (SELECT count(*) FROM done JOIN temp.current USING (phase, version) WHERE done.content_id = content.id)
      < (SELECT count(*) FROM temp.current)
GROUP BY content.id ORDER BY first
"""
_DETAILS = """
SELECT file_id, root_path, folder_path, name, size_bytes, mtime_ns, sidecar, media_id IS NOT NULL, waiting, content_id,
       (SELECT digest FROM content WHERE content.id = content_id)
FROM json_each(?) AS page JOIN place ON file_id = page.value ORDER BY page.key
"""
_COMPLETE = """
SELECT digest FROM content WHERE size_bytes = ?
  AND (SELECT count(*) FROM done JOIN temp.current USING (phase, version) WHERE content_id = content.id)
      = (SELECT count(*) FROM temp.current) LIMIT 100
"""
_LACKING = """
SELECT phase FROM temp.current WHERE NOT EXISTS (
    SELECT 1 FROM done WHERE content_id = ? AND done.phase = current.phase AND done.version = current.version)
"""


def wanted_ids(database: Database, phases: Sequence[Phase], away: Collection[int]) -> array[int]:
    """Ids of new and changed files as they were added, then of one file for each content that lacks a phase.

    away: ids of the roots whose files cannot be had now. That a root is marked offline does not matter: that is what a
    scan concluded, and its new files have to be examined before another may conclude otherwise.
    """
    roots = json.dumps(list(away))
    with database.read() as connection:
        _set_current(connection, phases)
        ids = array("q", (file_id for (file_id,) in connection.execute(_WAITING, (roots,))))
        ids.extend(file_id for (file_id,) in connection.execute(_STALE, (roots,)))
    return ids


def details(
    database: Database, phases: Sequence[Phase], file_ids: Sequence[int], also: Mapping[str, Phase] | None = None
) -> Iterator[Wanted]:
    """What a worker has to know about each of these files; those that were removed meanwhile are left out.

    also: earlier versions of some of the phases, by a key of their own; wanted of what was seen by neither, and first,
    so that what the later one finds takes the place of what they find.
    """
    for start in range(0, len(file_ids), _PAGE):
        page = json.dumps(list(file_ids[start : start + _PAGE]))
        with database.read() as connection:
            _set_current(connection, phases)
            rows = all_rows(connection, _DETAILS, (page,))
            found = [_wanted(connection, phases, also or {}, row) for row in rows]
        yield from found


_UNWATCHED = """
SELECT min(file_id), content.digest, max(CASE WHEN version = ?2 THEN through_s END)
FROM content CROSS JOIN place ON place.content_id = content.id
LEFT JOIN done ON done.content_id = content.id AND phase = ?1
WHERE content.kind = 'video' AND content.state IN ('ok', 'partial')
  AND role = 'main' AND waiting = 0 AND presence = 'present' AND place.problem IS NULL
  AND root_id NOT IN (SELECT value FROM json_each(?3))
  AND (version IS NOT ?2 OR through_s NOT NULL OR EXISTS (
      SELECT 1 FROM finding, json_each(?6) AS wanted
      WHERE finding.content_id = content.id AND finding.phase = ?1 AND facts ->> '$.watched_by' NOT NULL
        AND wanted.value NOT IN (SELECT value FROM json_each(facts, '$.watched_by[0]'))))
  AND (?4 IS NULL OR EXISTS (SELECT 1 FROM done AS before WHERE before.content_id = content.id
                             AND before.phase = ?4 AND before.version = ?5 AND before.through_s IS NULL))
GROUP BY content.id ORDER BY min(file_id)
"""


def unwatched(
    database: Database,
    phase: Phase,
    away: Collection[int],
    after: Phase | None = None,
    seeing: Collection[str] = (),
) -> list[tuple[Wanted, float]]:
    """Films that the phase has not seen to the end, each with the second up to which it has; see wanted_ids.

    after: only those with which this phase is done. seeing: names of the phases that should have looked at its frames;
    one that was switched off then is made up for.
    """
    before = (after.name, after.version) if after is not None else (None, None)
    wanted = json.dumps(list(seeing))
    with database.read() as connection:
        rows = all_rows(connection, _UNWATCHED, (phase.name, phase.version, json.dumps(list(away)), *before, wanted))
    seen = {file_id: through_s or 0.0 for file_id, _, through_s in rows}
    return [(wanted, seen[wanted.file_id]) for wanted in details(database, [phase], list(seen))]


def lengths(connection: apsw.Connection, file_ids: Sequence[int]) -> dict[int, float]:
    """By file, how many seconds these films play, of those of which that is known."""
    query = (
        "SELECT file.id, duration_s FROM json_each(?) AS wanted JOIN file ON file.id = wanted.value "
        "JOIN media ON media.id = media_id WHERE duration_s NOT NULL"
    )
    return dict(all_rows(connection, query, (json.dumps(list(file_ids)),)))


def make_pending(connection: apsw.Connection, phases: Sequence[str], media_ids: Iterable[int] | None) -> int:
    """Version 0 is older than any: the phase runs again, and what it found stays until then.

    Files whose bytes could not be had are tried again as well. Returns the number of contents.
    """
    connection.execute("CREATE TEMP TABLE chosen (media_id INTEGER PRIMARY KEY)")
    if media_ids is None:
        connection.execute("INSERT INTO chosen SELECT id FROM media")
    else:
        connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", [(media_id,) for media_id in media_ids])
    mine = "content_id IN (SELECT content_id FROM file JOIN chosen USING (media_id))"
    for phase in phases:
        connection.execute(f"UPDATE done SET version = 0 WHERE phase = ? AND {mine}", (phase,))
    connection.execute(
        "UPDATE file SET waiting = 1 WHERE problem IS NOT NULL AND media_id IN (SELECT media_id FROM chosen)"
    )
    count = first_value(connection, f"SELECT count(DISTINCT content_id) FROM file WHERE {mine}")
    connection.execute("DROP TABLE chosen")
    return int(count)


def _is_done(connection: apsw.Connection, content_id: int, phase: Phase) -> bool:
    query = "SELECT 1 FROM done WHERE content_id = ? AND phase = ? AND version = ?"
    return first_value(connection, query, (content_id, phase.name, phase.version)) is not None


def _set_current(connection: apsw.Connection, phases: Sequence[Phase]) -> None:
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS current (phase TEXT PRIMARY KEY, version INTEGER); DELETE FROM temp.current"
    )
    connection.executemany("INSERT INTO temp.current VALUES (?, ?)", [(phase.name, phase.version) for phase in phases])


def _wanted(
    connection: apsw.Connection, phases: Sequence[Phase], also: Mapping[str, Phase], row: tuple[Any, ...]
) -> Wanted:
    file_id, root, folder, name, size, mtime_ns, sidecar, offered, waiting, content_id, digest = row
    place = os.path.join(root, folder) if folder else root
    if waiting:
        # A moved or copied file is recognised by its digest and not decoded again.
        names = (*also, *(phase.name for phase in phases))
        known = frozenset(digest for (digest,) in connection.execute(_COMPLETE, (size,)))
    else:
        lacking = [name for (name,) in connection.execute(_LACKING, (content_id,))]
        earlier = (key for key, phase in also.items() if phase.name in lacking)
        names = (*(key for key in earlier if not _is_done(connection, content_id, also[key])), *lacking)
        known = frozenset()
    return Wanted(
        file_id=file_id,
        path=os.fsdecode(os.path.join(place, name)),
        size=size,
        mtime_ns=mtime_ns,
        phases=names,
        sidecar=os.fsdecode(os.path.join(place, sidecar)) if sidecar else None,
        known=known,
        digest=None if waiting else digest,
        offered=bool(offered),
    )
