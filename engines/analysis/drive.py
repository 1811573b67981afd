"""Keeping worker processes busy with files, and turning what ends a worker into a result like any other."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from engines.analysis.worker import examine
from engines.cancel import CancelToken
from engines.errors import EngineError, WorkerError
from engines.types import Examined, Message, Wanted

log = logging.getLogger(__name__)

_WAIT_S = 0.1  # how long a cancel may go unnoticed
_REASONS = {
    "crashed": "makes the decoder crash",
    "timed_out": "takes too long to decode",
    "out_of_memory": "needs more memory to decode than a file may have",
}


class Outcome(Protocol):
    """What came of one job: a value, or the error that was raised or that ended its worker."""

    @property
    def key(self) -> Any: ...

    @property
    def value(self) -> Any: ...

    @property
    def error(self) -> EngineError | None: ...


class Executor(Protocol):
    """Runs jobs elsewhere; driven by one caller. engines.workers.pool.WorkerPool is one."""

    @property
    def has_room(self) -> bool: ...

    @property
    def pids(self) -> Sequence[int]: ...

    def submit(self, key: int, function: Callable[[Wanted], Examined], wanted: Wanted) -> None: ...

    def wait(self, timeout: float) -> Iterable[Outcome]: ...


StartExecutor = Callable[[], AbstractContextManager[Executor]]


def drive(
    executor: Executor, files: Iterator[Wanted], token: CancelToken, between: Callable[[], None] = lambda: None
) -> Iterator[tuple[Wanted, Examined]]:
    """Keep the executor full until every file came back, in the order they are finished.

    between: called whenever there is a moment, at least ten times a second. Raises Cancelled.
    """
    out: dict[int, Wanted] = {}
    upcoming = next(files, None)
    while upcoming is not None or out:
        token.check()
        while upcoming is not None and executor.has_room:
            out[upcoming.file_id] = upcoming
            executor.submit(upcoming.file_id, examine, upcoming)
            upcoming = next(files, None)
        for outcome in executor.wait(_WAIT_S):
            wanted = out.pop(outcome.key)
            yield wanted, outcome.value if outcome.error is None else _as_failed(wanted, outcome.error)
        between()


def _as_failed(wanted: Wanted, error: EngineError) -> Examined:
    """What is written down about a file that ended its worker, so that it is not tried again until it changes."""
    name = os.path.basename(wanted.path)
    code = error.message.code if isinstance(error, WorkerError) else "failed"
    what = _REASONS.get(code, "met a fault of this program")
    if code not in _REASONS:
        log.error("%s %s: %s\n%s", name, what, error, error.message.params.get("traceback", ""))
    text = f"{name} {what}; it will be tried again when it changes."
    return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=Message(code, text, {"name": name}))
