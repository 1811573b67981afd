"""Worker processes: real ones, with real crashes, hangs and kills."""

from __future__ import annotations

import collections
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import psutil
import pytest

from engines.errors import EngineError, LibraryError, MediaError, QueryError, WorkerError
from engines.types import State
from engines.workers import pool as pool_module
from engines.workers.pool import Limits, Outcome, Start, WorkerPool
from engines.workers.slots import Slots
from tests import worker_array_jobs as array_jobs
from tests import worker_jobs as jobs

ROOT = Path(__file__).resolve().parents[1]
SHARED_MEMORY = Path("/dev/shm")

posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and FIFOs are POSIX's")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="what is looked at is Linux's")


@pytest.fixture(autouse=True)
def _no_pytest_in_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spawned process imports the program's main module again; pytest's takes longer than all of ours."""
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    """One worker, ready."""
    with WorkerPool(1) as pool:
        await_start(pool)
        yield pool


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


def all_outcomes(pool: WorkerPool) -> list[Outcome]:
    """In the order in which they came."""
    outcomes: list[Outcome] = []
    while pool.busy:
        outcomes += pool.wait()
    return outcomes


def outcome_of(pool: WorkerPool, function: Callable[..., Any], *args: Any, **options: Any) -> Outcome:
    pool.submit("only", function, *args, **options)
    (outcome,) = all_outcomes(pool)
    return outcome


def error_of(pool: WorkerPool, function: Callable[..., Any], *args: Any, **options: Any) -> EngineError:
    error = outcome_of(pool, function, *args, **options).error
    assert error is not None
    return error


def await_start(pool: WorkerPool) -> None:
    """Have a worker that does what is submitted at once."""
    outcome_of(pool, jobs.echo, None)


def has_begun(fifo: Path) -> IO[str]:
    """The writing end of what a job reads; opening it waits for the reader."""
    return fifo.open("w")


def run_script(script: str, *args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


# Jobs that go well


def test_every_job_comes_back_once_with_its_own_value() -> None:
    waiting = list(range(50))
    values: list[tuple[int, int]] = []
    with WorkerPool(2) as pool:
        while waiting or pool.busy:
            while waiting and pool.has_room:
                number = waiting.pop()
                pool.submit(number, jobs.echo, number * 2)
            values += [(outcome.key, outcome.value) for outcome in pool.wait()]
    assert sorted(values) == [(number, number * 2) for number in range(50)]


def test_jobs_are_begun_in_the_order_of_submission(pool: WorkerPool) -> None:
    keys = []
    for number in (3, 1, 2, 5, 4):
        while not pool.has_room:
            keys += [outcome.key for outcome in pool.wait()]
        pool.submit(number, jobs.echo, number)
    assert [*keys, *(outcome.key for outcome in all_outcomes(pool))] == [3, 1, 2, 5, 4]


def test_there_is_room_for_two_jobs_a_worker(pool: WorkerPool) -> None:
    for number in range(2):
        assert pool.has_room
        pool.submit(number, jobs.echo, number)
    assert not pool.has_room
    with pytest.raises(RuntimeError, match="has_room"):
        pool.submit(2, jobs.echo, 2)


def test_waiting_for_nothing_returns_at_once(pool: WorkerPool) -> None:
    assert not pool.busy
    assert pool.wait() == []


@posix_only
def test_waiting_ends_with_its_timeout(pool: WorkerPool, fifo: Path) -> None:
    pool.submit("held", jobs.hold, fifo)
    assert pool.wait(timeout=0.01) == []
    assert pool.busy


@posix_only
def test_a_job_is_done_while_another_one_lasts(fifo: Path) -> None:
    with WorkerPool(2) as pool:
        pool.submit("long", jobs.hold, fifo)
        pool.submit("short", jobs.echo, 1)
        assert [outcome.key for outcome in pool.wait()] == ["short"]


def test_arguments_and_values_larger_than_a_pipe_pass(pool: WorkerPool) -> None:
    large = b"x" * 3_000_000
    for number in range(2):
        pool.submit(number, jobs.echo, large)
    assert [outcome.value == large for outcome in all_outcomes(pool)] == [True, True]


def test_workers_are_prepared_before_their_first_job() -> None:
    with WorkerPool(1, start=Start(jobs.prepare, ("decoders",))) as pool:
        assert outcome_of(pool, jobs.prepared).value == "decoders"


@posix_only
def test_workers_give_way_use_one_thread_and_load_no_part_of_the_window_or_library() -> None:
    with WorkerPool(1, limits=Limits(nice=3)) as pool:
        found = outcome_of(pool, jobs.circumstances).value
    assert found == {"nice": min(os.nice(0) + 3, 19), "threads": "1", "forbidden": []}


def test_what_workers_print_goes_to_the_log_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "workers.log"
    with WorkerPool(1, log=log) as pool:
        outcome_of(pool, jobs.shout)
    assert sorted(log.read_text().splitlines()) == ["from native code", "from print", "from stderr"]
    assert capfd.readouterr() == ("", "")


def test_without_a_log_what_workers_print_goes_nowhere(pool: WorkerPool, capfd: pytest.CaptureFixture[str]) -> None:
    outcome_of(pool, jobs.shout)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["main.py", "image-engine"])
def test_a_program_started_by_its_file_gets_workers_and_a_clean_stdout(tmp_path: Path, name: str) -> None:
    program = tmp_path / name
    program.write_text(
        f"import json, sys\nsys.path.insert(0, {str(ROOT)!r})\nprint('loaded', file=sys.stderr)\n"
        "if __name__ == '__main__':\n"
        "    from engines.workers.pool import WorkerPool\n"
        "    from tests import worker_jobs as jobs\n"
        "    with WorkerPool(1) as pool:\n"
        "        pool.submit(1, jobs.shout)\n"
        "        pool.wait()\n"
        "        pool.submit(2, jobs.echo, 'done')\n"
        "        print(json.dumps([outcome.value for outcome in pool.wait()]))\n"
    )
    finished = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(finished.stdout) == ["done"]
    assert set(finished.stderr.split()) == {"loaded"}


def test_a_thread_that_is_not_the_main_one_may_have_workers() -> None:
    values = []

    def use_workers() -> None:
        with WorkerPool(1) as pool:
            values.append(outcome_of(pool, jobs.echo, 1).value)

    thread = threading.Thread(target=use_workers)
    thread.start()
    thread.join()
    assert values == [1]


# Errors of jobs


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (array_jobs.raise_media_error, MediaError(State.CORRUPT, "IMG_1.HEIC is cut short.", share=0.4)),
        (array_jobs.raise_query_error, QueryError("There is a bracket too many.", start=3, end=4)),
        (array_jobs.raise_library_error, LibraryError("full", "The disk is full.", free=0)),
    ],
)
def test_our_own_errors_come_back_as_they_are(
    pool: WorkerPool, function: Callable[..., Any], error: EngineError
) -> None:
    back = error_of(pool, function)
    assert (type(back), str(back), back.__dict__) == (type(error), str(error), error.__dict__)


@pytest.mark.parametrize(
    ("function", "how"),
    [
        (jobs.raise_bug, "ValueError: a bug"),
        (array_jobs.raise_error_that_cannot_travel, "EngineError: It carries a function."),
        (jobs.return_what_cannot_travel, "AttributeError: Can't"),
        (jobs.return_what_cannot_be_read, "its result cannot be read: builtins.int is nothing that a worker may send"),
        (jobs.return_what_would_run_a_command, "its result cannot be read: posix.system is nothing"),
        (jobs.exit_politely, "SystemExit: 3"),
    ],
)
def test_a_bug_comes_back_as_failed_with_its_stack(pool: WorkerPool, function: Callable[..., Any], how: str) -> None:
    error = error_of(pool, function, what="IMG_1.JPG")
    assert isinstance(error, WorkerError)
    assert error.message.code == "failed"
    assert str(error).startswith("IMG_1.JPG could not be worked on because of a fault in this program (")
    assert how in str(error)
    assert "Traceback" in error.message.params["traceback"]


def test_a_job_that_raises_costs_no_worker(pool: WorkerPool) -> None:
    before = pool.pids
    error_of(pool, jobs.raise_bug)
    assert pool.pids == before


def test_errors_of_workers_can_be_pickled(pool: WorkerPool) -> None:
    error = error_of(pool, jobs.raise_bug)
    assert pickle.loads(pickle.dumps(error)).message == error.message


# Crashes


@posix_only
def test_a_job_that_crashes_twice_is_given_up_with_a_sentence(pool: WorkerPool) -> None:
    error = error_of(pool, jobs.segfault, what="IMG_1.JPG")
    assert isinstance(error, WorkerError)
    assert error.message.code == "crashed"
    assert str(error) == "IMG_1.JPG crashed the process that worked on it, twice (SIGSEGV), and was given up."


def test_leaving_without_a_word_is_a_crash(pool: WorkerPool) -> None:
    assert error_of(pool, jobs.leave, 7).message.params["how"] == "exit code 7"


def test_a_job_that_crashes_once_succeeds_in_another_worker(pool: WorkerPool, tmp_path: Path) -> None:
    assert outcome_of(pool, jobs.crash_first, tmp_path / "marker").value == "second time"


def test_a_crash_leaves_its_stack_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "workers.log"
    with WorkerPool(1, log=log) as pool:
        outcome_of(pool, jobs.segfault)
    assert "in segfault" in log.read_text()


@posix_only
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_killed_at_work_costs_no_job(
    pool: WorkerPool, fifo: Path, tmp_path: Path, how: signal.Signals
) -> None:
    pool.submit("first", jobs.hold, fifo, tmp_path / "marker")
    pool.submit("second", jobs.echo, 2)
    with has_begun(fifo):
        os.kill(pool.pids[0], how)
        outcomes = {outcome.key: outcome.value for outcome in all_outcomes(pool)}
    assert outcomes == {"first": "second time", "second": 2}


@posix_only
def test_a_worker_killed_while_idle_is_replaced(pool: WorkerPool) -> None:
    (killed,) = pool.pids
    os.kill(killed, signal.SIGKILL)
    assert outcome_of(pool, jobs.pid).value != killed


@posix_only
def test_of_a_hundred_crashes_each_costs_its_culprit_alone(tmp_path: Path) -> None:
    """Innocent jobs are done exactly once, even those that lay behind a crashing one; culprits exactly twice."""
    journal = tmp_path / "journal"
    culprits = frozenset(range(0, 300, 3))
    waiting = list(range(300))
    outcomes: list[Outcome] = []
    with WorkerPool(4, limits=Limits(nice=0)) as pool:
        while waiting or pool.busy:
            while waiting and pool.has_room:
                number = waiting.pop()
                pool.submit(number, jobs.crash_if, number, culprits, journal)
            outcomes += pool.wait()
    assert sorted(outcome.key for outcome in outcomes) == list(range(300))
    assert {outcome.key for outcome in outcomes if outcome.error} == culprits
    assert collections.Counter(map(int, journal.read_text().split())) == {
        number: 2 if number in culprits else 1 for number in range(300)
    }


@linux_only
def test_workers_that_died_leave_nothing_open(pool: WorkerPool) -> None:
    error_of(pool, jobs.leave, 1)
    before = os.listdir("/proc/self/fd")
    error_of(pool, jobs.leave, 1)
    assert len(os.listdir("/proc/self/fd")) == len(before)


# Limits


@posix_only
@pytest.mark.parametrize("function", [jobs.hold, jobs.hold_interpreter])
def test_a_job_that_hangs_is_ended_and_the_next_one_done(
    pool: WorkerPool, fifo: Path, function: Callable[..., Any]
) -> None:
    pool.submit("hung", function, fifo, what="IMG_1.JPG", seconds=0.1)
    pool.submit("next", jobs.echo, 1)
    with has_begun(fifo):
        outcomes = {outcome.key: outcome for outcome in all_outcomes(pool)}
    error = outcomes["hung"].error
    assert isinstance(error, WorkerError)
    assert (error.message.code, str(error)) == ("timed_out", "IMG_1.JPG took longer than 0.1 s and was given up.")
    assert outcomes["next"].value == 1


@posix_only
def test_time_in_which_nobody_looked_is_not_held_against_a_job(
    pool: WorkerPool, fifo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The computer slept for an hour."""
    pool.submit("slow", jobs.hold, fifo, seconds=60)
    with has_begun(fifo) as writer:
        monkeypatch.setattr(pool_module, "time", type("Later", (), {"monotonic": lambda: time.monotonic() + 3600}))
        assert pool.wait(timeout=0.01) == []
        writer.write("awake")
    assert [outcome.value for outcome in all_outcomes(pool)] == ["awake"]


@linux_only
@pytest.mark.parametrize("function", [array_jobs.allocate, jobs.map_memory])
def test_a_job_that_needs_too_much_memory_is_given_up(function: Callable[..., Any]) -> None:
    with WorkerPool(1, limits=Limits(memory_bytes=200 << 20)) as pool:
        error = error_of(pool, function, 400 << 20, what="IMG_1.JPG")
    assert isinstance(error, WorkerError)
    assert error.message.code == "out_of_memory"
    assert str(error) == "IMG_1.JPG needs more than 200 MB of memory and was given up."


@linux_only
def test_the_limit_of_memory_is_for_the_job_and_not_for_what_was_loaded_before() -> None:
    with WorkerPool(1, start=Start(array_jobs.leak, (300 << 20,)), limits=Limits(memory_bytes=200 << 20)) as pool:
        assert outcome_of(pool, array_jobs.allocate, 100 << 20).value == 100 << 20


@linux_only
def test_after_running_out_of_memory_a_worker_is_renewed_and_loses_no_job() -> None:
    with WorkerPool(1, limits=Limits(memory_bytes=200 << 20)) as pool:
        before = outcome_of(pool, jobs.pid).value
        pool.submit("hungry", array_jobs.allocate, 400 << 20)
        pool.submit("next", jobs.pid)
        outcomes = {outcome.key: outcome for outcome in all_outcomes(pool)}
    assert outcomes["hungry"].error is not None
    assert outcomes["next"].value != before


def test_a_worker_is_renewed_after_its_number_of_jobs() -> None:
    with WorkerPool(1, limits=Limits(jobs=3)) as pool:
        pids = [outcome_of(pool, jobs.pid).value for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


@linux_only
def test_a_worker_that_has_grown_is_renewed() -> None:
    with WorkerPool(1, limits=Limits(growth_bytes=64 << 20)) as pool:
        pids = [outcome_of(pool, array_jobs.leak, 40 << 20).value for _ in range(3)]
    assert pids[0] == pids[1] != pids[2]


# Starting


@pytest.mark.parametrize(
    ("start", "complaint"),
    [
        (Start(jobs.fail_to_prepare), "Worker processes cannot start: ImportError: No module named 'heif'"),
        (Start(jobs.leave, (9,)), r"Worker processes cannot start: one ended at once \(exit code 9\)"),
    ],
)
def test_workers_that_cannot_start_end_the_work_with_what_they_said(start: Start, complaint: str) -> None:
    with WorkerPool(2, start=start) as pool:
        pool.submit(1, jobs.echo, 1)
        with pytest.raises(WorkerError, match=complaint):
            all_outcomes(pool)


@posix_only
def test_workers_that_never_get_ready_end_the_work() -> None:
    with WorkerPool(1, start=Start(jobs.never_get_ready), limits=Limits(start_seconds=0.2)) as pool:
        pool.submit(1, jobs.echo, 1)
        with pytest.raises(WorkerError, match=r"one was not ready after 0\.2 s"):
            all_outcomes(pool)


def test_a_worker_that_fails_to_start_once_is_started_again(tmp_path: Path) -> None:
    with WorkerPool(1, start=Start(jobs.fail_to_prepare_first, (1, tmp_path))) as pool:
        assert outcome_of(pool, jobs.echo, 1).value == 1


def test_when_one_worker_starts_after_all_the_others_are_tried_again(tmp_path: Path) -> None:
    with WorkerPool(2, start=Start(jobs.fail_to_prepare_first, (3, tmp_path))) as pool:
        await_start(pool)
        assert len(pool.pids) == 2


@contextmanager
def no_files_left() -> Iterator[None]:
    """A moment in which the system lets this process open nothing, so start no other."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@linux_only
def test_a_system_that_grants_no_process_is_named() -> None:
    with no_files_left(), WorkerPool(1) as pool:
        pool.submit(1, jobs.echo, 1)
        with pytest.raises(WorkerError, match="the system grants no process: Too many open files"):
            pool.wait()


@linux_only
def test_a_system_that_grants_processes_again_gets_the_work_done() -> None:
    with no_files_left():
        pool = WorkerPool(1)
    with pool:
        assert outcome_of(pool, jobs.echo, 1).value == 1


# Ending


@linux_only
def test_when_the_parent_is_killed_its_workers_and_shared_memory_go_too(tmp_path: Path) -> None:
    """One worker is idle, one in the midst of Python code, one in native code that keeps the interpreter lock."""
    fifos = [tmp_path / "python", tmp_path / "native"]
    for path in fifos:
        os.mkfifo(path)
    script = (
        "import sys; from pathlib import Path; from tests import worker_jobs as jobs, worker_array_jobs as array_jobs\n"
        "from engines.workers.pool import WorkerPool\n"
        "pool = WorkerPool(3)\n"
        "pool.submit(0, array_jobs.fill, 1, slot_bytes=9)\n"
        "pool.submit(1, jobs.hold, Path(sys.argv[1]))\n"
        "pool.submit(2, jobs.hold_interpreter, Path(sys.argv[2]))\n"
        "while True: pool.wait(0.1)"
    )
    before = set(SHARED_MEMORY.iterdir())
    parent = subprocess.Popen([sys.executable, "-c", script, *map(str, fifos)], cwd=ROOT, stderr=subprocess.DEVNULL)
    with has_begun(fifos[0]), has_begun(fifos[1]):
        orphans = [os.pidfd_open(child.pid) for child in psutil.Process(parent.pid).children()]
        parent.kill()
        parent.wait()
        for orphan in orphans:
            assert select.select([orphan], [], [], 60)[0], "a process lives on without its parent"
            os.close(orphan)
    assert len(orphans) == 4  # three workers and the keeper of shared memory's names
    assert set(SHARED_MEMORY.iterdir()) <= before


@posix_only
def test_ctrl_c_reaches_the_parent_alone(fifo: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests import worker_jobs as jobs, worker_array_jobs as array_jobs\n"
        "from engines.workers.pool import WorkerPool\n"
        "with WorkerPool(1) as pool:\n"
        "    pool.submit(1, jobs.hold, Path(sys.argv[1]))\n"
        "    try: pool.wait()\n"
        "    except KeyboardInterrupt: print('interrupted', flush=True)\n"
        "    print(pool.wait()[0].value)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(fifo)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout is not None
    with parent, has_begun(fifo) as writer:
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.stdout.readline() == "interrupted\n"
        writer.write("went on")
        writer.close()
        assert parent.stdout.read() == "went on\n"


@posix_only
def test_closing_gives_up_what_is_under_way(fifo: Path) -> None:
    with WorkerPool(2) as pool:
        await_start(pool)
        pool.submit(1, jobs.hold, fifo)
        pids = pool.pids
        with has_begun(fifo):
            pool.close()
        assert pool.wait() == []
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert not pool.has_room


# Shared memory


def test_a_slot_shows_what_the_job_wrote_and_cannot_be_written(pool: WorkerPool) -> None:
    pool.submit(7, array_jobs.fill, 7, slot_bytes=1_000_000)
    pool.submit(8, array_jobs.fill, 8, slot_bytes=1000)
    for outcome in all_outcomes(pool):
        assert outcome.slot is not None
        assert outcome.value == len(outcome.slot)
        assert np.all(outcome.slot == outcome.key)
        assert not outcome.slot.flags.writeable


def test_a_job_waits_for_its_slot_until_another_is_released() -> None:
    with WorkerPool(1, shared_bytes=1000) as pool:
        first = outcome_of(pool, array_jobs.fill, 1, slot_bytes=600)
        pool.submit(2, array_jobs.fill, 2, slot_bytes=600)
        assert pool.wait(timeout=0.05) == []
        first.release()
        assert [outcome.key for outcome in pool.wait()] == [2]


@pytest.mark.parametrize("function", [array_jobs.fill_and_crash, array_jobs.fill_and_raise])
def test_a_job_that_goes_wrong_gives_its_slot_back(function: Callable[..., Any]) -> None:
    with WorkerPool(1, shared_bytes=1000) as pool:
        assert outcome_of(pool, function, slot_bytes=600).slot is None
        assert outcome_of(pool, array_jobs.fill, 3, slot_bytes=600).value == 600


def test_a_slot_larger_than_all_is_refused(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pool.submit(1, array_jobs.fill, 1, slot_bytes=49 << 20)


@linux_only
def test_closing_leaves_no_shared_memory_and_what_was_seen_stays_readable() -> None:
    before = set(SHARED_MEMORY.iterdir())
    with WorkerPool(1) as pool:
        outcome = outcome_of(pool, array_jobs.fill, 5, slot_bytes=100)
        assert set(SHARED_MEMORY.iterdir()) - before
    outcome.release()
    assert set(SHARED_MEMORY.iterdir()) <= before
    assert outcome.slot is not None
    assert outcome.slot.tolist() == [5] * 100


def test_a_program_with_slots_ends_without_a_word_about_leaks() -> None:
    finished = run_script(
        "from tests import worker_jobs as jobs, worker_array_jobs as array_jobs\n"
        "from engines.workers.pool import WorkerPool\n"
        "with WorkerPool(2) as pool:\n"
        "    for number in range(4): pool.submit(number, array_jobs.fill, number, slot_bytes=100)\n"
        "    while pool.busy: outcomes = pool.wait()\n"
        "print(outcomes[-1].slot.sum() >= 0)"
    )
    assert (finished.stdout, finished.stderr) == ("True\n", "")


def test_parts_of_shared_memory_never_overlap_and_gaps_are_used_again() -> None:
    slots = Slots(1024)
    leases = [slots.lease(size) for size in (100, 300, 100)]
    first, middle, last = leases
    assert first is not None
    assert middle is not None
    assert last is not None
    assert first.offset + 100 <= middle.offset
    assert middle.offset + 300 <= last.offset
    slots.free(middle)
    assert slots.lease(900) is None
    refill = slots.lease(290)
    assert refill is not None
    assert refill.offset == middle.offset
    slots.close()


def test_releasing_twice_takes_nothing_from_who_came_after() -> None:
    slots = Slots(100)
    first = slots.lease(100)
    assert first is not None
    slots.free(first)
    assert slots.lease(100) is not None
    slots.free(first)
    assert slots.lease(100) is None
    slots.close()
