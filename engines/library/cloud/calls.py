"""Every request that left the computer: when, to whom, how large, how long. Neither names nor pictures are in it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

import apsw

from engines.library.database import all_rows, first_row

_CREDITS_REFUSED = 402
_KEPT_S = 400 * 86_400  # s; a year and a month

_METER = """
SELECT count(*) FILTER (WHERE at_s >= ?1), count(*), coalesce(sum(sent_bytes) FILTER (WHERE at_s >= ?1), 0),
       coalesce(sum(sent_bytes), 0), count(*) FILTER (WHERE status = ?3)
FROM cloud_call WHERE at_s >= ?2
"""
_SECONDS = """
SELECT seconds FROM cloud_call WHERE at_s >= ? AND status BETWEEN 200 AND 299 ORDER BY seconds
"""


@dataclass(frozen=True, slots=True)
class Meter:
    """What was asked, in this calendar day and month. credits_refused: requests refused for lack of credits this month.

    p50_s, p95_s: how long answers took this month; None without any.
    """

    today: int
    month: int
    today_bytes: int
    month_bytes: int
    credits_refused: int
    p50_s: float | None
    p95_s: float | None


def begin(connection: apsw.Connection, service: str, model: str, sent_bytes: int) -> int:
    """Its row, for end()."""
    connection.execute(
        "INSERT INTO cloud_call (at_s, service, model, sent_bytes) VALUES (?, ?, ?, ?)",
        (time.time(), service, model, sent_bytes),
    )
    return int(connection.last_insert_rowid())


def end(connection: apsw.Connection, call_id: int, status: int, seconds: float) -> None:
    """status: of HTTP, 0 where no reply came."""
    connection.execute("UPDATE cloud_call SET status = ?, seconds = ? WHERE id = ?", (status, seconds, call_id))


def has_asked(connection: apsw.Connection, service: str) -> bool:
    return first_row(connection, "SELECT 1 FROM cloud_call WHERE service = ? LIMIT 1", (service,)) is not None


def ages_s(connection: apsw.Connection, service: str, within_s: float) -> list[float]:
    """How long ago the last requests to a service were made."""
    now = time.time()
    rows = all_rows(
        connection,
        "SELECT at_s FROM cloud_call WHERE service = ? AND at_s BETWEEN ? AND ?",
        (service, now - within_s, now),
    )
    return [now - at_s for (at_s,) in rows]


def last_calls(connection: apsw.Connection, most: int) -> list[tuple[float, float]]:
    """When the last answered requests were made (Unix time), oldest first, and how many seconds each took."""
    query = "SELECT at_s, seconds FROM cloud_call WHERE seconds IS NOT NULL ORDER BY id DESC LIMIT ?"
    return [(at_s, seconds) for at_s, seconds in reversed(all_rows(connection, query, (most,)))]


def read_meter(connection: apsw.Connection) -> Meter:
    today = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    month = today.replace(day=1)
    row = first_row(connection, _METER, (today.timestamp(), month.timestamp(), _CREDITS_REFUSED))
    assert row is not None
    seconds = [one for (one,) in all_rows(connection, _SECONDS, (month.timestamp(),))]
    today_calls, month_calls, today_bytes, month_bytes, refused = row
    return Meter(
        today_calls,
        month_calls,
        today_bytes,
        month_bytes,
        refused,
        p50_s=_percentile(seconds, 0.5),
        p95_s=_percentile(seconds, 0.95),
    )


def forget_old(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM cloud_call WHERE at_s < ?", (time.time() - _KEPT_S,))


def _percentile(ordered: list[float], share: float) -> float | None:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
