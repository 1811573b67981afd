"""The parent's side of the workers: jobs in, outcomes out, in the one thread that asks."""

from __future__ import annotations

import math
import pickle
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from engines.errors import EngineError, WorkerError
from engines.workers.child import Fault, Reply, Setup
from engines.workers.handle import Job, Worker
from engines.workers.replies import loads
from engines.workers.slots import Slots

_SLICE = 1.0  # s: the pool's clock never advances by more than twice this at once, see _tick
_FAILED_STARTS = 3  # in a row: then it is not chance

_SENTENCES = {
    "crashed": "{what} crashed the process that worked on it, twice ({how}), and was given up.",
    "timed_out": "{what} took longer than {seconds:g} s and was given up.",
    "out_of_memory": "{what} needs more than {megabytes} MB of memory and was given up.",
    "failed": "{what} could not be worked on because of a fault in this program ({how}).",
}


@dataclass(frozen=True, slots=True)
class Start:
    """What every worker calls before its first job: a function of some module, and its arguments."""

    function: Callable[..., object]
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job, and a worker's life, may cost.

    memory_bytes: that a job may need beside what the worker needs anyway; kept on Linux only.
    seconds: wall time of a job unless it brings its own. jobs, growth_bytes: a worker is renewed after so many jobs, or
    when it holds so much more memory between two jobs than at first (on Linux). start_seconds: until it must be ready.
    nice: how far it gives way to other programs (0 to 19; not on Windows).
    """

    memory_bytes: int = 1536 << 20
    seconds: float = 60.0
    jobs: int = 1000
    growth_bytes: int = 256 << 20
    start_seconds: float = 60.0
    nice: int = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the job that was submitted under `key`: a value, or the error why there is none.

    slot: (slot_bytes,) uint8, read-only: what the job wrote into its shared memory. It belongs to another job after
    release(), which whoever takes an outcome with a slot must call, or sooner or later no job gets one.
    """

    key: Any
    value: Any = None
    error: EngineError | None = None
    slot: NDArray[np.uint8] | None = None
    release: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)


class WorkerPool:
    """Worker processes and the jobs they do.

        with WorkerPool(2, start=Start(load_decoders)) as pool:
            while files or pool.busy:
                while files and pool.has_room:
                    pool.submit(files[-1].id, examine, files.pop())
                for outcome in pool.wait(timeout=0.1):
                    save(outcome)

    Every job comes back exactly once. Jobs are begun in the order of submission and come back as they end. A job that
    costs a worker (a crash, kill -9, the system's OOM killer) is done once more, by a fresh worker with nothing else in
    its hands, before it comes back as WorkerError 'crashed'; one that takes too long ('timed_out') or needs too much
    memory ('out_of_memory') is not. An EngineError that a job raises comes back as it is, any other exception as
    WorkerError 'failed' with the stack in params['traceback'].

    All methods are to be called by one thread. `wait` is where workers are listened to, timed and replaced. Workers end
    with this process, however it ends. What they print goes to `log`, or nowhere.
    """

    def __init__(
        self,
        count: int,
        *,
        start: Start | None = None,
        limits: Limits | None = None,
        shared_bytes: int = 48 << 20,
        log: Path | None = None,
    ) -> None:
        """Start `count` processes; they get ready while this one goes on. shared_bytes: all slots together."""
        self._limits = limits or Limits()
        self._setup = Setup(
            start=pickle.dumps((start.function, start.args)) if start else None,
            memory_bytes=self._limits.memory_bytes,
            jobs=self._limits.jobs,
            growth_bytes=self._limits.growth_bytes,
            nice=self._limits.nice,
            log=str(log) if log else None,
        )
        self._count = count
        self._slots = Slots(shared_bytes)
        self._workers: list[Worker] = []
        self._queue: deque[Job] = deque()
        self._suspects: deque[Job] = deque()  # have cost a worker once
        self._unfinished = 0
        self._outcomes: list[Outcome] = []
        self._failed_starts = 0
        self._failure: WorkerError | None = None
        self._clock = 0.0
        self._ticked = time.monotonic()
        self._complete()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def has_room(self) -> bool:
        """Whether another job may be submitted: each worker has one to do and one to go on with."""
        return self._unfinished < 2 * self._count

    @property
    def busy(self) -> bool:
        """Whether jobs are to be waited for."""
        return self._unfinished > 0

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers that run now, for accounts of memory."""
        return [worker.process.pid for worker in self._workers if worker.process.pid]

    def submit(
        self,
        key: Any,
        function: Callable[..., Any],
        *args: Any,
        what: str = "A job",
        seconds: float | None = None,
        slot_bytes: int = 0,
    ) -> None:
        """Have `function(*args)` called in a worker; the outcome carries `key`.

        function must be importable by its module and name; args must pickle. what: the subject of sentences about it.
        slot_bytes: the function is given `slot`, a writable (slot_bytes,) uint8 array, by keyword, and the job waits
        until so much shared memory is free. Raises RuntimeError without room, ValueError for more than there is in all.
        """
        if not self.has_room:
            raise RuntimeError("submit() needs has_room")
        if slot_bytes > self._slots.total_bytes:
            raise ValueError(f"a slot of {slot_bytes} bytes does not fit into {self._slots.total_bytes}")
        call = pickle.dumps((function, args))
        seconds = self._limits.seconds if seconds is None else seconds
        self._queue.append(Job(key, what, call, seconds, slot_bytes))
        self._unfinished += 1
        self._tick()
        self._dispatch()

    def wait(self, timeout: float | None = None) -> list[Outcome]:
        """The outcomes there are, waiting up to `timeout` seconds (None: for ever) for a first one; [] if none came.

        Returns at once while no job is under way. Raises WorkerError 'start' when no worker is left and several in a
        row could not start.
        """
        until = math.inf if timeout is None else time.monotonic() + timeout
        self._dispatch()  # slots may have been released since
        while True:
            left = until - time.monotonic()
            self._poll(max(0.0, min(left, _SLICE, self._until_deadline())) if self.busy and self._workers else 0.0)
            if self._outcomes or left <= 0 or not self.busy:
                outcomes, self._outcomes = self._outcomes, []
                return outcomes
            if self._failure and not self._workers:
                raise self._failure

    def close(self) -> None:
        """End all workers; jobs that have not come back are given up. Views that were not released stay readable."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._queue.clear()
        self._suspects.clear()
        self._unfinished = self._count = 0
        self._slots.close()

    def _poll(self, seconds: float) -> None:
        """Wait for a sign of life or death, take in what came, put everybody back to work."""
        heard = wait([worker.connection for worker in self._workers], seconds)
        self._tick()
        for worker in [worker for worker in self._workers if worker.connection in heard]:
            self._listen(worker)
        self._end_overdue()
        self._complete()
        self._dispatch()

    def _tick(self) -> None:
        """Advance the clock of deadlines, by little only if nobody looked at it for long.

        Else a computer that slept (on Windows the clock goes on meanwhile) or a Ctrl+Z would cost every job under way.
        """
        now = time.monotonic()
        self._clock += min(now - self._ticked, 2 * _SLICE)
        self._ticked = now

    def _until_deadline(self) -> float:
        """Seconds until the first worker is overdue."""
        deadlines = (worker.deadline for worker in self._workers if worker.deadline is not None)
        return min(deadlines, default=math.inf) - self._clock

    def _complete(self) -> None:
        while len(self._workers) < self._count and not self._failure:
            try:
                worker = Worker.launch(self._setup, self._clock + self._limits.start_seconds)
            except OSError as error:
                self._note_failed_start(f"the system grants no process: {error.strerror}")
                return  # it may at the next poll
            self._workers.append(worker)

    def _note_failed_start(self, complaint: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS:
            text = f"Worker processes cannot start: {complaint.strip().splitlines()[-1]}"
            self._failure = WorkerError("start", text, traceback=complaint)

    def _dispatch(self) -> None:
        """Give out jobs: suspects each to a fresh worker, others in their order to those who wait, then ahead.

        Nothing is sent ahead while a worker gets ready: it could lie behind a long job there, and that worker be idle.
        Where no more workers can be started, any is fresh enough.
        """
        for worker in self._workers:
            if self._suspects and (worker.is_fresh or self._failure) and worker.takes(self._suspects[0], ahead=False):
                worker.is_reserved = self._send(worker, self._suspects)
        all_ready = all(worker.is_ready for worker in self._workers)
        for ahead in (False, True) if all_ready else (False,):
            for worker in self._workers:
                if not self._queue or not self._has_slot(self._queue[0]):
                    return
                if worker.takes(self._queue[0], ahead=ahead):
                    self._send(worker, self._queue)

    def _has_slot(self, job: Job) -> bool:
        if job.slot_bytes and job.slot is None:
            job.slot = self._slots.lease(job.slot_bytes)
        return not job.slot_bytes or job.slot is not None

    def _send(self, worker: Worker, jobs: deque[Job]) -> bool:
        job = jobs[0]
        if not worker.send(job, self._slots.address(job.slot) if job.slot else None):
            return False  # its end is noticed by the next poll
        jobs.popleft()
        if len(worker.jobs) == 1:
            worker.deadline = self._clock + job.seconds
        return True

    def _listen(self, worker: Worker) -> None:
        """Take in what a worker has sent, which may be its death. One message: a next one is heard by the next poll."""
        try:
            if worker.is_ready:
                self._hear_reply(worker, worker.connection.recv_bytes())
            else:
                self._hear_start(worker, worker.connection.recv_bytes().decode())
        except (EOFError, OSError):
            self._bury(worker)

    def _hear_start(self, worker: Worker, complaint: str) -> None:
        if complaint:
            self._dismiss(worker)
            self._note_failed_start(complaint)
        else:
            worker.is_ready = True
            worker.deadline = None
            self._failed_starts = 0
            self._failure = None

    def _hear_reply(self, worker: Worker, body: bytes) -> None:
        job = worker.jobs.popleft()
        worker.is_reserved = False
        worker.deadline = self._clock + worker.jobs[0].seconds if worker.jobs else None
        reply = _unpickled(body)
        if isinstance(reply.error, Fault):
            self._finish(job, error=self._error(job, *reply.error))
        else:
            self._finish(job, reply.value, reply.error)
        if reply.leaving:
            self._dismiss(worker)

    def _bury(self, worker: Worker) -> None:
        """A process has ended unasked: its job is tried once more, those behind it go to others."""
        guilty = worker.jobs.popleft() if worker.jobs else None
        how = self._dismiss(worker, kill=False)
        if not worker.is_ready:
            self._note_failed_start(f"one ended at once ({how})")
        if guilty is None:
            return
        guilty.crashes += 1
        if guilty.crashes == 1:
            self._suspects.append(guilty)
        else:
            self._finish(guilty, error=self._error(guilty, "crashed", how))

    def _end_overdue(self) -> None:
        for worker in list(self._workers):
            if worker.deadline is None or self._clock < worker.deadline:
                continue
            late = worker.jobs.popleft() if worker.jobs else None
            self._dismiss(worker)
            if late:
                self._finish(late, error=self._error(late, "timed_out"))
            else:
                self._note_failed_start(f"one was not ready after {self._limits.start_seconds:g} s")

    def _dismiss(self, worker: Worker, *, kill: bool = True) -> str:
        """End a worker and take back the jobs in its hands; how it ended."""
        self._workers.remove(worker)
        self._queue.extendleft(reversed(worker.jobs))
        worker.jobs.clear()
        return worker.end(kill=kill)

    def _finish(self, job: Job, value: Any = None, error: EngineError | None = None) -> None:
        self._unfinished -= 1
        slot = job.slot
        if slot is None:
            self._outcomes.append(Outcome(job.key, value, error))
        elif error:
            self._slots.free(slot)
            self._outcomes.append(Outcome(job.key, error=error))
        else:
            view = self._slots.view(slot)
            self._outcomes.append(Outcome(job.key, value, slot=view, release=lambda: self._slots.free(slot)))

    def _error(self, job: Job, code: str, how: str = "", stack: str = "") -> WorkerError:
        megabytes = self._limits.memory_bytes >> 20
        text = _SENTENCES[code].format(what=job.what, how=how, seconds=job.seconds, megabytes=megabytes)
        known = {"what": job.what, "how": how, "seconds": job.seconds, "megabytes": megabytes, "traceback": stack}
        return WorkerError(code, text, **known)


def _unpickled(body: bytes) -> Reply:
    """A reply; one that cannot be read here, being a bug in what a job returned, reads as that fault."""
    try:
        reply: Reply = loads(body)
    except Exception as error:  # whatever the value's classes raise
        return Reply(error=Fault("failed", f"its result cannot be read: {error}", traceback.format_exc()))
    return reply
