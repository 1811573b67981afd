"""Which folders and files may be sent to which service, and which never."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from engines.library.database import all_rows, first_value

_EVERY_SERVICE = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """What was said about a folder or file and all below it. path: absolute, os.fsencode'd.

    service: whom it may be sent to; None: to nobody, ever. phases: asked for every file in it without another word.
    """

    path: bytes
    service: str | None
    phases: tuple[str, ...] = ()

    def holds_for(self, path: bytes) -> bool:
        return path == self.path or path.startswith(self.path.rstrip(os.sep.encode()) + os.sep.encode())


def all_permissions(connection: apsw.Connection) -> list[Permission]:
    rows = all_rows(connection, "SELECT path, service, phases FROM cloud_permission ORDER BY path, service")
    return [Permission(path, service or None, tuple(json.loads(phases))) for path, service, phases in rows]


def allow(connection: apsw.Connection, path: bytes, service: str, phases: Sequence[str] = ()) -> None:
    """phases: asked for every file there, beside those that were said before."""
    before = first_value(
        connection, "SELECT phases FROM cloud_permission WHERE path = ? AND service = ?", (path, service)
    )
    ask_always(connection, path, service, list(dict.fromkeys([*json.loads(before or "[]"), *phases])))


def ask_always(connection: apsw.Connection, path: bytes, service: str, phases: Sequence[str]) -> None:
    """Allow it, and ask these and no others for every file there."""
    connection.execute(
        "INSERT OR REPLACE INTO cloud_permission VALUES (?, ?, ?, ?)",
        (path, service, json.dumps(list(phases)), int(time.time())),
    )


def forbid(connection: apsw.Connection, path: bytes) -> None:
    """Nothing below is ever sent to anybody, whatever is allowed there or above."""
    allow(connection, path, _EVERY_SERVICE)


def forget(connection: apsw.Connection, path: bytes) -> None:
    """As if nothing had been said about this very path."""
    connection.execute("DELETE FROM cloud_permission WHERE path = ?", (path,))


def is_forbidden(permissions: Iterable[Permission], path: bytes) -> bool:
    return any(one.service is None and one.holds_for(path) for one in permissions)


def is_allowed(permissions: Iterable[Permission], path: bytes, service: str) -> bool:
    return any(one.service == service and one.holds_for(path) for one in permissions)
