"""Replies kept by the hash of all that was asked, so that the same is not asked twice; and models that never answer."""

from __future__ import annotations

import time

import apsw

from engines.library.database import all_rows, first_value

_MOST_BYTES = 1_000_000  # of a reply; larger ones, archives with pictures in them, are not worth their room


def reply(connection: apsw.Connection, key: bytes) -> bytes | None:
    found: bytes | None = first_value(connection, "SELECT body FROM cloud_reply WHERE key = ?", (key,))
    return found


def keep_reply(connection: apsw.Connection, key: bytes, body: bytes) -> None:
    if len(body) <= _MOST_BYTES:
        connection.execute("INSERT OR REPLACE INTO cloud_reply VALUES (?, ?, ?)", (key, body, int(time.time())))


def clear_replies(connection: apsw.Connection) -> int:
    """How many there were."""
    connection.execute("DELETE FROM cloud_reply")
    return connection.changes()


def dead_models(connection: apsw.Connection, service: str) -> frozenset[str]:
    """Models that were retired, or are not served to this account."""
    return frozenset(
        model for (model,) in all_rows(connection, "SELECT model FROM cloud_dead_model WHERE service = ?", (service,))
    )


def bury_model(connection: apsw.Connection, service: str, model: str, reason: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO cloud_dead_model VALUES (?, ?, ?, ?)", (service, model, reason, int(time.time()))
    )


def revive_models(connection: apsw.Connection, service: str) -> None:
    """Let all be tried again, as with another key."""
    connection.execute("DELETE FROM cloud_dead_model WHERE service = ?", (service,))
