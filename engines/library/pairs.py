"""Two files that are one photo: a raw file with its JPEG, a live photo with its video."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import apsw

from engines.library import media
from engines.library.database import all_rows, first_value
from engines.library.facts_json import load_facts
from engines.types import Facts, Kind, State

SAME_SHOT_S = (
    2.0  # a camera writes raw and JPEG of one shot with the same second; some differ by the time writing takes
)
LIVE_VIDEO_S = 6.0  # Apple's last 3 s, other makers' up to 5


@dataclass(frozen=True, slots=True)
class _Half:
    """One file of a possible pair."""

    file_id: int
    media_id: int
    role: str
    kind: str
    raw: int
    facts: Facts

    def value(self, name: str) -> object:
        fact = self.facts.get(name)
        return fact.value if fact is not None else None


_SHOWN = (State.OK, State.PARTIAL)
_HALVES = """
SELECT file.id, media_id, role, kind, raw, content.id
FROM file JOIN content ON content.id = content_id
WHERE folder_id = (SELECT folder_id FROM file WHERE id = ?1) AND stem = (SELECT stem FROM file WHERE id = ?1)
  AND media_id IS NOT NULL AND kind IS NOT NULL AND state IN (?2, ?3) AND presence = 'present'
ORDER BY file.id
"""


_TAKE_OVER_TYPED = """
UPDATE media SET typed = json_patch((SELECT typed FROM media WHERE id = ?1), typed) WHERE id = ?2
"""


def regroup(connection: apsw.Connection, file_id: int) -> set[int]:
    """Join or part the files that share this file's folder and stem, now that its content is known.

    Returns the media that changed. What a file is was decided by its content, so that a JPEG called .nef joins nothing.
    """
    touched = _part(connection, file_id)
    halves = {
        half_id: _Half(half_id, item, role, kind, raw, _facts(connection, content_id))
        for half_id, item, role, kind, raw, content_id in all_rows(connection, _HALVES, (file_id, *_SHOWN))
    }
    this = halves.pop(file_id, None)
    if this is None:
        return touched
    for other in halves.values():
        if other.media_id == this.media_id:
            continue
        if role := _role(this, other):
            touched |= _join(connection, this, other, role)
        elif role := _role(other, this):
            return touched | _join(connection, other, this, role)
    return touched


def _role(main: _Half, second: _Half) -> str | None:
    """What `second` is to `main`, if they are one photo."""
    if main.kind != Kind.PHOTO or main.raw or main.role != "main" or second.role != "main":
        return None
    if second.kind == Kind.PHOTO and second.raw:
        return "raw" if (_apart_s(main, second) or 0) <= SAME_SHOT_S else None
    if second.kind == Kind.VIDEO and _is_live(main, second):
        return "live"
    return None


def _is_live(photo: _Half, video: _Half) -> bool:
    ours, theirs = photo.value("live_id"), video.value("live_id")
    if ours is not None or theirs is not None:
        return ours == theirs
    duration, apart = video.value("duration_s"), _apart_s(photo, video)
    return (
        isinstance(duration, int | float) and duration <= LIVE_VIDEO_S and apart is not None and apart <= LIVE_VIDEO_S
    )


def _apart_s(one: _Half, other: _Half) -> float | None:
    """Seconds between the two shots, None where a date is missing."""
    dates = [half.value("taken") for half in (one, other)]
    if not all(isinstance(date, str) for date in dates):
        return None
    first, second = (datetime.fromisoformat(str(date)) for date in dates)
    return abs((first - second).total_seconds())


def _facts(connection: apsw.Connection, content_id: int) -> Facts:
    query = "SELECT facts FROM finding WHERE content_id = ? AND phase = 'metadata'"
    return load_facts(first_value(connection, query, (content_id,)))


def _join(connection: apsw.Connection, main: _Half, second: _Half, role: str) -> set[int]:
    connection.execute("UPDATE file SET media_id = ?, role = ? WHERE id = ?", (main.media_id, role, second.file_id))
    connection.execute(_TAKE_OVER_TYPED, (second.media_id, main.media_id))
    return {main.media_id, second.media_id}


def _part(connection: apsw.Connection, file_id: int) -> set[int]:
    """Undo the pairs of this file: its content is another now, so they have to prove themselves again."""
    ((item, role),) = all_rows(connection, "SELECT media_id, role FROM file WHERE id = ?", (file_id,))
    if role != "main":
        leaving = [file_id]
    else:
        rows = connection.execute("SELECT id FROM file WHERE media_id = ? AND role <> 'main'", (item,))
        leaving = [second for (second,) in rows]
    touched = set()
    for second in leaving:
        alone = media.create(connection, None)
        connection.execute("UPDATE file SET media_id = ?, role = 'main' WHERE id = ?", (alone, second))
        touched |= {alone, item}
    return touched
