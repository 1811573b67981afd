"""Asking running work to stop: a token that is checked once a file."""

from __future__ import annotations

import threading


class Cancelled(Exception):  # noqa: N818 -- not a fault: nobody shows or logs it
    """The work was asked to stop and did."""


class CancelToken:
    """Set once by whoever started the work, read by whoever does it; any thread may do either."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise Cancelled if cancel() was called."""
        if self._event.is_set():
            raise Cancelled
