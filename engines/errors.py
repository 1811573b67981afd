"""Expected faults, by whose they are. Anything else that is raised is our own bug and rises.

EngineError
├── UsageError        the person's: a bad query, path, setting
│   ├── QueryError    … at a place in a query
│   └── SettingError
├── MediaError        one file's
├── LibraryError      the library folder's or its disk's
├── CloudError        a service's, or of the way to it
└── WorkerError       a worker process's
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from engines.types import Message, State


class EngineError(Exception):
    """A fault with a sentence for the person: what happened, to what, what now."""

    def __init__(self, code: str, text: str, **params: Any) -> None:
        super().__init__(text)
        self.message = Message(code, text, params)

    def __reduce__(self) -> tuple[Any, ...]:  # else pickle calls __init__ with `args` alone, which is too few
        return (_restored, (type(self), self.args, self.__dict__))


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


class LibraryError(EngineError):
    """The library cannot be opened, read or written."""


class InferenceError(EngineError):
    """A network cannot be loaded or run."""


class Remedy(StrEnum):
    """What can be done after a service refused."""

    NONE = "none"  # this request will never be answered
    LATER = "later"  # the same may be answered later
    NEXT_MODEL = "next_model"  # another model may answer
    DEAD_MODEL = "dead_model"  # another model may, this one never will
    STOP = "stop"  # no request will, until a person has done something


class CloudError(EngineError):
    """A service cannot be reached, will not answer, or answers nonsense. after_s: when it wants to be asked again."""

    def __init__(
        self, code: str, text: str, *, remedy: Remedy = Remedy.NONE, after_s: float | None = None, **params: Any
    ) -> None:
        super().__init__(code, text, **params)
        self.remedy = remedy
        self.after_s = after_s


class WorkerError(EngineError):
    """A worker process died, hung or ran out of memory."""


def _restored(kind: type[EngineError], args: tuple[Any, ...], attributes: dict[str, Any]) -> EngineError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error
