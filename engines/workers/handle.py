"""One worker process as its parent holds it: started, spoken to, ended."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any, Self

from engines.secret import hold_back
from engines.workers.child import Call, Setup, serve
from engines.workers.slots import Slot

# A message this small fits into the pipe of every system (macOS and Windows: 8 KB), so that sending it to a worker that
# is busy, or hangs, does not block.
_SENT_AHEAD = 4096  # bytes

_END_SECONDS = 5.0  # a killed process takes up to 100 ms to give its memory back; one waiting for a dead disk, for ever


@dataclass(slots=True, eq=False)
class Job:
    """One job on its way. call: pickled (function, args); seconds: what it may take; crashes: workers it has cost."""

    key: Any
    what: str
    call: bytes
    seconds: float
    slot_bytes: int
    slot: Slot | None = None
    crashes: int = 0


@dataclass(slots=True, eq=False)
class Worker:
    """A process, the parent's end of its pipe, and the jobs in its hands: the first is being done, a second waits.

    deadline: when, by the pool's clock, the first job or the start must be over; None: nothing is under way.
    """

    process: multiprocessing.process.BaseProcess
    connection: Connection[Any, Any]
    deadline: float | None
    jobs: deque[Job] = field(default_factory=deque)
    is_ready: bool = False
    is_fresh: bool = True
    is_reserved: bool = False  # it does a job that has cost a worker already: nobody else's shall be lost with it

    @classmethod
    def launch(cls, setup: Setup, deadline: float) -> Self:
        """A new process; it is ready once it has said so. Raises OSError if the system grants none."""
        hold_back()  # children inherit the environment
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, setup), name="worker", daemon=True)
        try:
            with _sigint_held_back():
                process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()  # so that the end of the process is the end of the pipe
        return cls(process, ours, deadline)

    def takes(self, job: Job, *, ahead: bool) -> bool:
        """Whether the job can be sent now: to a worker that waits or, ahead, to one that does its last."""
        if not self.is_ready or self.is_reserved:
            return False
        return len(self.jobs) == 1 and len(job.call) <= _SENT_AHEAD if ahead else not self.jobs

    def send(self, job: Job, address: tuple[str, int, int] | None) -> bool:
        """Whether the job is on its way; if not, the process has ended."""
        try:
            self.connection.send(Call(job.call, address))
        except OSError:
            return False
        self.jobs.append(job)
        self.is_fresh = False
        return True

    def end(self, *, kill: bool = True) -> str:
        """Make sure that the process has ended; how it did, in words. kill: do not wait for it to end by itself."""
        self.connection.close()
        if kill:
            self.process.kill()
        self.process.join(_END_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_END_SECONDS)
        return _how_it_ended(self.process.exitcode)


def _how_it_ended(code: int | None) -> str:
    if code is None:
        return "it could not be ended"
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


@contextmanager
def _sigint_held_back() -> Iterator[None]:
    """Start a process that Ctrl+C does not reach before it ignores it: children inherit what this thread blocks."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starting it, which the first process would do, unblocks SIGINT
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
