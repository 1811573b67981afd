"""The library in numbers: how its items stand and how far each phase is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from engines.types import Phase

_STATES = """
SELECT CASE WHEN root.offline IS NULL THEN media.state ELSE 'offline' END AS standing, count(*)
FROM media JOIN folder ON folder.id = media.folder_id JOIN root ON root.id = root_id
WHERE media.state <> 'gone' GROUP BY standing
"""


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many contents a phase is done with, still owes, and could not do."""

    name: str
    version: int
    done: int
    pending: int
    failed: int


def states(connection: apsw.Connection) -> dict[str, int]:
    """How many items stand how."""
    return {state: count for state, count in connection.execute(_STATES)}


def phase_counts(connection: apsw.Connection, phases: Sequence[Phase]) -> list[PhaseCount]:
    contents = int(connection.execute("SELECT count(*) FROM content").get)
    waiting = int(
        connection.execute("SELECT count(*) FROM file WHERE waiting = 1 AND content_id IS NULL AND media_id IS NOT NULL").get
    )
    counts = []
    for phase in phases:
        done, failed = connection.execute(
            "SELECT count(*) FILTER (WHERE problem IS NULL), count(*) FILTER (WHERE problem IS NOT NULL) "
            "FROM done WHERE phase = ? AND version = ?",
            (phase.name, phase.version),
        ).fetchone()
        counts.append(PhaseCount(phase.name, phase.version, done, contents + waiting - done - failed, failed))
    return counts


def failures(connection: apsw.Connection) -> list[tuple[str, str, str]]:
    """Path, state and sentence of every item that gives no picture or only a part of one."""
    rows = connection.execute(
        "SELECT folder.shown || '/' || file.shown, media.state, coalesce(file.problem, content.problem) ->> 'text' "
        "FROM media JOIN file ON file.id = file_id JOIN folder ON folder.id = file.folder_id "
        "LEFT JOIN content ON content.id = file.content_id "
        "WHERE media.state IN ('partial', 'corrupt', 'unsupported', 'refused', 'unreadable') ORDER BY 1"
    )
    return rows.fetchall()
