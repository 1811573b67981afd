"""What runs inside a worker process: it sets itself up, then does one job after the other until its parent is gone.

Only the standard library is imported at the top. What a job imports finds the output redirected and the thread pools of
the numerical libraries set to one, which they read while they are loaded.
"""

from __future__ import annotations

import errno
import faulthandler
import io
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from multiprocessing.shared_memory import SharedMemory

    from engines.errors import EngineError

# As many processes as cores, each with as many threads as cores, is slower than one thread each.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


class Setup(NamedTuple):
    """What a worker process is told at its birth.

    start: pickled (function, args) to be called before the first job. memory_bytes: address space that jobs may add to
    what is in use after that. jobs: after so many it leaves. growth_bytes: it leaves when it holds so much more after a
    job than before the first. nice: added to the parent's. log: file that its output is appended to.
    """

    start: bytes | None
    memory_bytes: int
    jobs: int
    growth_bytes: int
    nice: int
    log: str | None


class Call(NamedTuple):
    """One job on its way in. job: pickled (function, args); slot: name, offset and size of its shared memory."""

    job: bytes
    slot: tuple[str, int, int] | None


class Fault(NamedTuple):
    """A job's end that is not the file's own doing: code of the WorkerError, its short reason, and the stack."""

    code: str
    how: str
    stack: str


class Reply(NamedTuple):
    """What came of one job. leaving: the process ends now; what lies in its pipe must be done by another."""

    value: Any = None
    error: EngineError | Fault | None = None
    leaving: bool = False


def serve(connection: Connection[Any, Any], setup: Setup) -> NoReturn:
    """Do jobs until the parent closes its end; the first message says what went wrong at the start ('': nothing).

    The process ends by os._exit: neither do destructors of half-broken decoders run, nor can one of them hang.
    """
    with suppress(EOFError, OSError):  # the parent has gone, or gives this worker up
        complaint = _start(setup)
        connection.send_bytes(complaint.encode())
        if not complaint:
            _Loop(setup).run(connection)
    os._exit(0)


class _Loop:
    """Jobs and the count of what they leave behind."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._done = 0
        self._most_bytes = _resident_bytes() + setup.growth_bytes
        self._segments: dict[str, SharedMemory] = {}

    def run(self, connection: Connection[Any, Any]) -> None:
        leaving = False
        while not leaving:
            body, leaving = self._reply(connection.recv())
            connection.send_bytes(body)

    def _reply(self, call: Call) -> tuple[bytes, bool]:
        """The pickled Reply, and whether it says that this worker leaves."""
        self._done += 1
        error: EngineError | Fault
        try:
            value = self._result(call)
            leaving = self._is_worn()
            return pickle.dumps(Reply(value, None, leaving)), leaving
        except (Exception, SystemExit) as fault:
            error = _brought_home(fault)
        leaving = self._is_worn() or (isinstance(error, Fault) and error.code == "out_of_memory")
        return pickle.dumps(Reply(None, error, leaving)), leaving

    def _is_worn(self) -> bool:
        return self._done >= self._setup.jobs or _resident_bytes() > self._most_bytes

    def _result(self, call: Call) -> Any:
        function, args = pickle.loads(call.job)
        if call.slot is None:
            return function(*args)
        return function(*args, slot=self._slot(*call.slot))

    def _slot(self, name: str, offset: int, size: int) -> Any:
        from engines.workers.slots import attach, part

        if name not in self._segments:
            self._segments[name] = attach(name)
        return part(self._segments[name], offset, size)


def _start(setup: Setup) -> str:
    """Set the process up; the stack of what went wrong, '' if nothing."""
    try:
        _prepare(setup)
        if setup.start:
            function, args = pickle.loads(setup.start)
            function(*args)
        _limit_memory(setup.memory_bytes)
    except Exception:
        return traceback.format_exc()
    return ""


def _brought_home(error: BaseException) -> EngineError | Fault:
    """The error as it can travel: our own as they are, memory and bugs as what they are to the parent."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return Fault("out_of_memory", "", "")

    from engines.errors import EngineError  # not at the top, and not without memory: it brings numpy along

    if isinstance(error, EngineError) and _travels(error):
        return error
    how = "".join(traceback.format_exception_only(error)).strip()
    return Fault("failed", how, "".join(traceback.format_exception(error)))


def _travels(error: EngineError) -> bool:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its parameters raise
        return False
    return True


def _prepare(setup: Setup) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C means the parent, which then closes the pipe
    _redirect_output(setup.log)
    faulthandler.enable(2)
    os.environ.update(_ONE_THREAD)
    if sys.platform != "win32":
        import resource

        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        os.nice(setup.nice)
        # A core dump of a worker is a copy of somebody's pictures, and as large as its memory.
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _end_with_parent()


def _redirect_output(log: str | None) -> None:
    """Send what is printed, by native libraries too, to the log: the parent's stdout is for JSON and nothing else."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    target = os.open(log or os.devnull, flags, 0o600)
    for stream in (1, 2):
        os.dup2(target, stream)
    os.close(target)
    for text in (sys.stdout, sys.stderr):
        if isinstance(text, io.TextIOWrapper):  # None in a program without console
            text.reconfigure(line_buffering=True)  # a crash flushes nothing


if sys.platform == "win32":

    def _end_with_parent() -> None:
        """End when the parent does, even in the middle of a job (written for Windows, where it has not been run)."""
        import threading

        parent = multiprocessing.parent_process()
        assert parent is not None
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()

    def _exit_after(sentinel: int) -> NoReturn:
        wait([sentinel])
        os._exit(0)

else:

    def _end_with_parent() -> None:
        """End when the parent does, even in the middle of a job that holds the interpreter lock.

        The sentinel is a pipe that nobody writes to; the kernel announces its end by SIGIO, which kills. A thread would
        need the interpreter lock, and PR_SET_PDEATHSIG fires as soon as the *thread* ends that started this process.
        """
        import fcntl

        parent = multiprocessing.parent_process()
        assert parent is not None
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
        if wait([parent.sentinel], timeout=0):  # it was gone before anyone listened
            os._exit(0)


def _limit_memory(further_bytes: int) -> None:
    """Let this process map only so much more than now (Linux; macOS does not obey it, Windows has nothing like it)."""
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = _statm(0) + further_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _resident_bytes() -> int:
    """Memory this process holds; 0 off Linux, where workers are then renewed by number of jobs alone."""
    return _statm(1) if sys.platform == "linux" else 0


def _statm(field: int) -> int:
    """Bytes from /proc/self/statm: field 0 is the address space, 1 what of it is resident."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[field]) * os.sysconf("SC_PAGE_SIZE")
