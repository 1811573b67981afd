"""The library in numbers: how its items stand and how far each phase is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows, first_value
from engines.library.facts_json import load_message
from engines.types import Message, Phase, State

_STATES = """
SELECT CASE WHEN offline IS NULL THEN media.state ELSE 'offline' END AS standing, count(*)
FROM media JOIN place USING (file_id) GROUP BY standing
"""
_DONE = """
SELECT count(*) FILTER (WHERE problem IS NULL), count(*) FILTER (WHERE problem IS NOT NULL)
FROM done WHERE phase = ? AND version = ?
"""
_WAITING = "SELECT count(*) FROM file WHERE waiting = 1 AND media_id IS NOT NULL"  # also changed ones
_FAILURES = """
SELECT media.id, root_path, folder_path, name, shown, media.state, coalesce(place.problem, content.problem)
FROM media JOIN place USING (file_id) LEFT JOIN content ON content.id = media.content_id
WHERE media.state IN ('partial', 'corrupt', 'unsupported', 'refused', 'unreadable') ORDER BY 2, 3, 4
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
    """An item that gives no picture, or only a part of one. path: of its main file, os.fsdecode'd."""

    media_id: int
    path: str
    state: State
    problem: Message


def states(connection: apsw.Connection) -> dict[str, int]:
    """How many items stand how."""
    return dict(all_rows(connection, _STATES))


def phase_counts(connection: apsw.Connection, phases: Sequence[Phase]) -> list[PhaseCount]:
    contents = int(first_value(connection, "SELECT count(*) FROM content"))
    owed = contents + int(first_value(connection, _WAITING))
    counts = []
    for phase in phases:
        ((done, failed),) = all_rows(connection, _DONE, (phase.name, phase.version))
        counts.append(PhaseCount(phase.name, phase.version, done, owed - done - failed, failed))
    return counts


def failures(connection: apsw.Connection) -> list[Failure]:
    """Every item that gives no picture or only a part of one, by path."""
    found = []
    for media_id, root, folder, name, shown, state, problem in all_rows(connection, _FAILURES):
        message = load_message(problem, about=shown) or Message(state, "")
        found.append(Failure(media_id, os.fsdecode(os.path.join(root, folder, name)), State(state), message))
    return found
