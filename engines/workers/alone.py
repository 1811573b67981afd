"""One process of its own that does one call after the other and keeps what they leave behind, such as a loaded network.

Like a worker it costs its caller nothing but the call when it crashes or hangs; it is started again with the next one,
and then remembers nothing. Arrays go in and come out through shared memory. Used by one thread.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import WorkerError
from engines.workers.child import Call, Fault, Reply, Setup
from engines.workers.handle import Worker
from engines.workers.replies import loads
from engines.workers.slots import Slot, Slots

_UNLIMITED = 1 << 50  # bytes and jobs: a GPU's driver alone maps hundreds of gigabytes
_START_S = 60.0
_POLL_S = 0.1  # between two looks at what a call tells meanwhile

Memory = NDArray[np.uint8]
Meanwhile = Callable[[Memory], None]


def _nothing(memory: Memory) -> None:
    """For calls that tell nothing."""


class Alone:
    """log: file for what native libraries complain about. starts: how often the process was started."""

    def __init__(self, log: Path | None = None) -> None:
        self.starts = 0
        self._log = str(log) if log else None
        self._worker: Worker | None = None
        self._slots: Slots | None = None
        self._slot: Slot | None = None

    @property
    def pid(self) -> int | None:
        """None while there is no process."""
        return self._worker.process.pid if self._worker is not None else None

    def memory(self, size: int) -> Memory:
        """Shared memory of at least so many bytes, which calls see as `slot`; what lay there before is lost.

        Raises WorkerError if the system grants none.
        """
        if self._slots is None or self._slots.total_bytes < size:
            roomy = 1 << (size - 1).bit_length()  # so that it seldom grows: the process keeps the old ones mapped
            slots = Slots(roomy)
            self._slot = slots.lease(roomy)
            if self._slots is not None:
                self._slots.close()
            self._slots = slots
        assert self._slot is not None
        return self._slots.writable(self._slot)

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        seconds: float,
        shared: bool = False,
        meanwhile: Meanwhile = _nothing,
    ) -> Any:
        """What the function returns there. shared: it is given the memory as `slot`. meanwhile: called ten times a
        second with that memory.

        Raises what the function raised, if that is an error of ours; WorkerError ('crashed', 'timed_out',
        'out_of_memory', 'failed') if the process died, was given up, or met a bug.
        """
        worker = self._started()
        address = None
        if shared:
            assert self._slots is not None
            assert self._slot is not None
            address = self._slots.address(self._slot)
        with suppress(OSError):  # the process has ended, which the wait finds out
            worker.connection.send(Call(pickle.dumps((function, args)), address))
        return self._answer(worker, time.monotonic() + seconds, meanwhile if shared else _nothing)

    def close(self) -> None:
        """End the process, which forgets everything, and give the memory back."""
        self._end()
        if self._slots is not None:
            self._slots.close()
            self._slots = self._slot = None

    def _started(self) -> Worker:
        if self._worker is None:
            setup = Setup(None, _UNLIMITED, _UNLIMITED, _UNLIMITED, 0, self._log)
            self._worker = Worker.launch(setup, time.monotonic() + _START_S)
            self.starts += 1
            complaint = self._received(self._worker, time.monotonic() + _START_S, _nothing)
            if complaint:
                self._end()
                raise WorkerError("start", f"A process for networks could not be started: {complaint.decode()}")
        return self._worker

    def _answer(self, worker: Worker, deadline: float, meanwhile: Meanwhile) -> Any:
        body = self._received(worker, deadline, meanwhile)
        try:
            reply: Reply = loads(body)
        except Exception as error:  # whatever a broken process may have sent
            self._end()
            raise WorkerError("crashed", f"The process for networks sent nonsense ({error}).") from error
        if isinstance(reply.error, Fault):
            self._end()
            text = reply.error.how or "it ran out of memory"
            raise WorkerError(
                reply.error.code, f"The process for networks failed: {text}.", traceback=reply.error.stack
            )
        if reply.error is not None:
            raise reply.error
        return reply.value

    def _received(self, worker: Worker, deadline: float, meanwhile: Meanwhile) -> bytes:
        while not wait([worker.connection, worker.process.sentinel], timeout=_POLL_S):
            if time.monotonic() > deadline:
                self._end()
                raise WorkerError("timed_out", "The process for networks did not answer and was ended.")
            if self._slots is not None and self._slot is not None:
                meanwhile(self._slots.writable(self._slot))
        try:
            return worker.connection.recv_bytes()
        except (EOFError, OSError):
            how = self._end()
            raise WorkerError("crashed", f"The process for networks died ({how}).", how=how) from None

    def _end(self) -> str:
        worker, self._worker = self._worker, None
        return worker.end() if worker is not None else ""
