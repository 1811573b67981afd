"""Keeping worker processes busy with files, and turning what ends a worker into a result like any other."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engines.analysis import squares
from engines.analysis.phases import chosen, of_networks
from engines.analysis.worker import SOUND_BYTES, examine, frames_at_once
from engines.cancel import CancelToken
from engines.errors import EngineError, WorkerError
from engines.types import Examined, FilmTask, Message, ToInfer, Wanted, Watched

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

    @property
    def slot(self) -> NDArray[np.uint8] | None: ...

    @property
    def release(self) -> Callable[[], None]: ...


class Executor(Protocol):
    """Runs jobs elsewhere; driven by one caller. engines.workers.pool.WorkerPool is one."""

    @property
    def has_room(self) -> bool: ...

    @property
    def pids(self) -> Sequence[int]: ...

    def submit(self, key: int, function: Callable[..., Examined], wanted: Wanted, *, slot_bytes: int = 0) -> None: ...

    def wait(self, timeout: float) -> Iterable[Outcome]: ...


StartExecutor = Callable[[], AbstractContextManager[Executor]]


def drive(
    executor: Executor,
    files: Iterator[Wanted],
    token: CancelToken,
    between: Callable[[float], None] = lambda seconds: None,
    has_room: Callable[[], bool] = lambda: True,
) -> Iterator[tuple[Wanted, Examined]]:
    """Keep the executor full until every file came back, in the order they are finished.

    files: asked again for another after its end as long as one is under way. between: called whenever there is a
    moment, at least ten times a second; it may wait for so many seconds, which is none while workers work. has_room:
    whether another file should be begun. Raises Cancelled.
    """
    out: dict[int, Wanted] = {}
    upcoming = next(files, None)
    while upcoming is not None or out:
        token.check()
        while upcoming is not None and executor.has_room and has_room():
            out[upcoming.file_id] = upcoming
            executor.submit(upcoming.file_id, examine, upcoming, slot_bytes=_slot_bytes(upcoming))
            upcoming = next(files, None)
        for outcome in executor.wait(_WAIT_S) if out else ():
            wanted = out.pop(outcome.key)
            yield wanted, _taken(outcome) if outcome.error is None else _as_failed(wanted, outcome.error)
        upcoming = upcoming if upcoming is not None else next(files, None)
        between(0.0 if out else _WAIT_S)


def _slot_bytes(wanted: Wanted) -> int:
    if wanted.stretch is not None and wanted.stretch.task is FilmTask.LISTEN:
        return SOUND_BYTES
    size = squares.bytes_of(squares.seen_by(of_networks(chosen(wanted.phases))))
    return size if wanted.stretch is None else size * frames_at_once(size, wanted.stretch.task)


def _taken(outcome: Outcome) -> Examined:
    """The result, with the squares taken out of the shared memory that others wait for."""
    examined: Examined = outcome.value
    if outcome.slot is not None:
        if examined.to_infer is not None:
            examined = replace(examined, to_infer=_with_squares(examined.to_infer, outcome.slot))
        if examined.watched is not None:
            examined = replace(examined, watched=_with_all_squares(examined.watched, outcome.slot))
    outcome.release()
    return examined


def _with_squares(to_infer: ToInfer, slot: NDArray[np.uint8]) -> ToInfer:
    if to_infer.samples:
        return replace(to_infer, sound=slot[: 2 * to_infer.samples].view(np.int16).copy())
    return replace(to_infer, squares=squares.read(to_infer.networks, slot))


def _with_all_squares(watched: Watched, slot: NDArray[np.uint8]) -> Watched:
    """Those of its frames lie there one after the other."""
    frames, start = [], 0
    for frame in watched.frames:
        frames.append(replace(frame, to_infer=_with_squares(frame.to_infer, slot[start:])))
        start += squares.bytes_of(frame.to_infer.networks)
    return replace(watched, frames=tuple(frames))


def _as_failed(wanted: Wanted, error: EngineError) -> Examined:
    """What is written down about a file that ended its worker, so that it is not tried again until it changes."""
    name = os.path.basename(wanted.path)
    code = error.message.code if isinstance(error, WorkerError) else "failed"
    what = _REASONS.get(code, "met a fault of this program")
    if code not in _REASONS:
        log.error("%s %s: %s\n%s", name, what, error, error.message.params.get("traceback", ""))
    text = f"{name} {what}; it will be tried again when it changes."
    return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=Message(code, text, {"name": name}))
