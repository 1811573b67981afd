"""A row for every import or analysis: what it did and how fast it was."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import apsw


@dataclass(frozen=True, slots=True)
class PhaseSpeed:
    """files: examined by this phase. seconds: of all workers together. per_second: files, with all workers at it."""

    name: str
    files: int
    seconds: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Run:
    """One import or analysis. seconds is None when it never came to its end: it was killed, or is still running."""

    command: str
    started_s: float
    seconds: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    phases: Sequence[PhaseSpeed] = ()
    peak_memory_mb: float | None = None


def begin(connection: apsw.Connection, command: str) -> int:
    connection.execute("INSERT INTO run (started_s, command) VALUES (?, ?)", (time.time(), command))
    return int(connection.last_insert_rowid())


def end(connection: apsw.Connection, run_id: int, run: Run) -> None:
    phases = json.dumps([_as_json(phase) for phase in run.phases])
    connection.execute(
        "UPDATE run SET seconds = ?, counts = ?, phases = ?, peak_memory_mb = ? WHERE id = ?",
        (run.seconds, json.dumps(dict(run.counts)), phases, run.peak_memory_mb, run_id),
    )


def last(connection: apsw.Connection, limit: int) -> list[Run]:
    """The newest first."""
    rows = connection.execute(
        "SELECT command, started_s, seconds, counts, phases, peak_memory_mb FROM run ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [
        Run(
            command, started, seconds, json.loads(counts), [PhaseSpeed(**phase) for phase in json.loads(phases)], memory
        )
        for command, started, seconds, counts, phases, memory in rows
    ]


def _as_json(phase: PhaseSpeed) -> dict[str, Any]:
    return {"name": phase.name, "files": phase.files, "seconds": phase.seconds, "per_second": phase.per_second}
