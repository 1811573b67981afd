"""The library in numbers: how its items stand and how far each phase is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows, first_value
from engines.library.facts_json import load_message
from engines.types import Kind, Message, Phase, State

_STATES = """
SELECT CASE WHEN offline IS NULL THEN media.state ELSE 'offline' END AS standing, count(*)
FROM media JOIN place USING (file_id) GROUP BY standing
"""
_DONE = """
SELECT count(*) FILTER (WHERE problem IS NULL), count(*) FILTER (WHERE problem IS NOT NULL)
FROM done WHERE phase = ? AND version = ? AND through_s IS NULL
"""
_WAITING = "SELECT count(*) FROM file WHERE waiting = 1 AND media_id IS NOT NULL"  # also changed ones
_FILM = """
SELECT content.id FROM content CROSS JOIN file ON content_id = content.id
WHERE kind = 'video' AND state IN ('ok', 'partial') AND role = 'main'
"""
_FILMS = f"SELECT count(DISTINCT id) FROM ({_FILM})"
_DONE_FILMS = f"{_DONE} AND content_id IN ({_FILM})"  # not what was a film once, or is a live photo's now
_FAILURES = """
SELECT media.id, root_path, folder_path, name, shown, media.state, coalesce(place.problem, content.problem)
FROM media JOIN place USING (file_id) LEFT JOIN content ON content.id = media.content_id
WHERE media.state IN ('partial', 'corrupt', 'unsupported', 'refused', 'unreadable') ORDER BY 2, 3, 4
"""
# Of files that are whole: of others, it is the file that is at fault.
_PHASE_FAILURES = """
SELECT media.id, root_path, folder_path, name, shown, min(done.problem)
FROM done JOIN media USING (content_id) JOIN place USING (file_id)
WHERE done.problem IS NOT NULL AND media.state = 'ok' AND done.phase = ? AND done.version = ?
GROUP BY media.id ORDER BY 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many contents a phase is done with, still owes, and could not do."""

    name: str
    version: int
    done: int
    pending: int
    failed: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that gives no picture, or only a part of one; or, with a phase, of which that phase learnt nothing.

    path: of its main file, os.fsdecode'd.
    """

    media_id: int
    path: str
    state: State
    problem: Message
    phase: str = ""


def states(connection: apsw.Connection) -> dict[str, int]:
    """How many items stand how."""
    return dict(all_rows(connection, _STATES))


def phase_counts(connection: apsw.Connection, phases: Sequence[Phase]) -> list[PhaseCount]:
    contents = int(first_value(connection, "SELECT count(*) FROM content"))
    films = int(first_value(connection, _FILMS))
    waiting = int(first_value(connection, _WAITING))
    counts = []
    for phase in phases:
        is_of_films = phase.kind is Kind.VIDEO
        owed = films if is_of_films else contents + waiting
        ((done, failed),) = all_rows(connection, _DONE_FILMS if is_of_films else _DONE, (phase.name, phase.version))
        counts.append(PhaseCount(phase.name, phase.version, done, owed - done - failed, failed))
    return counts


def failures(connection: apsw.Connection) -> list[Failure]:
    """Every item that gives no picture or only a part of one, by path."""
    found = []
    for media_id, root, folder, name, shown, state, problem in all_rows(connection, _FAILURES):
        message = load_message(problem, about=shown) or Message(state, "")
        found.append(Failure(media_id, os.fsdecode(os.path.join(root, folder, name)), State(state), message))
    return found


def phase_failures(connection: apsw.Connection, phases: Sequence[Phase]) -> list[Failure]:
    """Every whole item of which one of these phases learnt nothing, by phase and path."""
    return [failure for phase in phases for failure in _failures_of(connection, phase)]


def _failures_of(connection: apsw.Connection, phase: Phase) -> Iterator[Failure]:
    rows = all_rows(connection, _PHASE_FAILURES, (phase.name, phase.version))
    for media_id, root, folder, name, shown, problem in rows:
        message = load_message(problem, about=shown) or Message("failed", "")
        yield Failure(media_id, os.fsdecode(os.path.join(root, folder, name)), State.OK, message, phase.name)
