"""Expected faults, by whose they are. Anything else that is raised is our own bug and rises.

    EngineError
    ├── UsageError        the person's: a bad query, path, setting
    │   ├── QueryError    … at a place in a query
    │   └── SettingError
    ├── MediaError        one file's
    ├── LibraryError      the library folder's or its disk's
    └── WorkerError       a worker process's
"""

from __future__ import annotations

from typing import Any

from engines.types import Message, State


class EngineError(Exception):
    """A fault with a sentence for the person: what happened, to what, what now."""

    def __init__(self, code: str, text: str, **params: Any) -> None:
        super().__init__(text)
        self.message = Message(code, text, params)


class UsageError(EngineError):
    """What was asked for cannot be meant."""


class SettingError(UsageError):
    """An unknown setting, or a value it cannot have."""


class QueryError(UsageError):
    """A query that cannot be read. start, end: the offending characters of the text."""

    def __init__(self, text: str, *, start: int, end: int, code: str = "query") -> None:
        super().__init__(code, text, start=start, end=end)
        self.start = start
        self.end = end


class MediaError(EngineError):
    """A file that gives no picture. state: CORRUPT, UNSUPPORTED, REFUSED or UNREADABLE."""

    def __init__(self, state: State, text: str, **params: Any) -> None:
        super().__init__(str(state), text, **params)
        self.state = state

    def __reduce__(self) -> tuple[Any, ...]:  # keeps its state on the way back from a worker
        return (_media_error, (self.state, self.message.text, dict(self.message.params)))


def _media_error(state: State, text: str, params: dict[str, Any]) -> MediaError:
    return MediaError(state, text, **params)


class LibraryError(EngineError):
    """The library cannot be opened, read or written."""


class WorkerError(EngineError):
    """A worker process died, hung or ran out of memory."""
