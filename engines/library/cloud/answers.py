"""What services answered about contents, and who did."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import apsw

from engines.library import results
from engines.library.cloud.stretches import Stretch, joined
from engines.library.database import all_rows, first_row
from engines.types import Done

_IS_DONE = "SELECT 1 FROM done WHERE content_id = ? AND phase = ?"


@dataclass(frozen=True, slots=True)
class Author:
    """Who answered. service: its name; is_local: it runs on this computer."""

    model: str
    service: str
    is_local: bool


def save(
    connection: apsw.Connection, content_id: int, done: Done, author: Author, stretch: Stretch | None = None
) -> set[int]:
    """Write an answer down in the place of the one before; what a person typed stays above it. The media changed.

    stretch: of a video, in seconds, that was asked about; the whole is then as much asked about as before.
    """
    was_whole = first_row(connection, _IS_DONE, (content_id, done.phase)) is not None
    if stretch is not None:
        done = joined(connection, content_id, done, stretch, was_whole=was_whole)
    changed = results.save_one(connection, content_id, done)
    if stretch is not None and not was_whole:
        connection.execute("DELETE FROM done WHERE content_id = ? AND phase = ?", (content_id, done.phase))
    connection.execute(
        "INSERT OR REPLACE INTO cloud_answer VALUES (?, ?, ?, ?, ?, ?)",
        (content_id, done.phase, author.model, author.service, author.is_local, int(time.time())),
    )
    return changed


def remove(connection: apsw.Connection, content_ids: Sequence[int], phase: str) -> set[int]:
    """Forget what was answered, tags included, as if it had never been asked. The media changed."""
    changed: set[int] = set()
    for content_id in content_ids:
        changed |= results.remove_one(connection, content_id, phase)
        connection.execute("DELETE FROM cloud_answer WHERE content_id = ? AND phase = ?", (content_id, phase))
    return changed


def answers_of(connection: apsw.Connection, content_id: int | None) -> list[dict[str, Any]]:
    """Who answered what about a content, ready for JSON."""
    rows = all_rows(
        connection,
        "SELECT phase, model, service, is_local, at_s FROM cloud_answer WHERE content_id = ? ORDER BY phase",
        (content_id,),
    )
    return [
        {
            "phase": phase,
            "model": model,
            "service": service,
            "where": "local" if is_local else "cloud",
            "at": datetime.fromtimestamp(at_s, UTC).isoformat(timespec="seconds"),
        }
        for phase, model, service, is_local, at_s in rows
    ]
