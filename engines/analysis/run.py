"""One run from start to end: scan folders, keep the workers busy, save what they bring, decide what is gone."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from engines.analysis import memory
from engines.analysis.examine import examine
from engines.analysis.phases import phases
from engines.analysis.pipeline import Scanned, ScanRules, scan, scan_file, scan_known
from engines.cancel import Cancelled, CancelToken
from engines.errors import EngineError, UsageError, WorkerError
from engines.library.library import Library
from engines.library.roots import Root
from engines.library.runs import PhaseSpeed, Run
from engines.types import PROBLEM_STATES, Content, Examined, Message, State, Wanted

_SAVE_FILES = 64  # a transaction of at most some 50 ms
_SAVE_S = 0.5  # … and what was found is on screen within half a second
_WAIT_S = 0.1  # how long a cancel may go unnoticed


class Outcome(Protocol):
    """What came of one job: a value, or the error that was raised or that ended its worker."""

    @property
    def key(self) -> Any: ...

    @property
    def value(self) -> Any: ...

    @property
    def error(self) -> EngineError | None: ...


class Executor(Protocol):
    """Runs jobs elsewhere; driven by one caller. engines.workers.WorkerPool is one."""

    @property
    def has_room(self) -> bool: ...

    @property
    def is_idle(self) -> bool: ...

    @property
    def pids(self) -> Sequence[int]: ...

    def submit(self, key: int, function: Callable[[Wanted], Examined], wanted: Wanted) -> None: ...

    def wait(self, timeout: float) -> Iterable[Outcome]: ...


StartExecutor = Callable[[], AbstractContextManager[Executor]]


@dataclass(frozen=True, slots=True)
class Progress:
    """stage: 'scan' or 'examine'. total: 0 while unknown. failed: files without a picture so far."""

    stage: str
    done: int
    total: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gives no or only a part of its picture, and why."""

    path: str
    state: State
    problem: Message


@dataclass
class Report:
    """What a run did. failed: files without a picture; partial: files with a damaged one; missing: files now gone."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    examined: int = 0
    missing: int = 0
    failed: list[Failure] = field(default_factory=list)
    partial: list[Failure] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)
    speeds: list[PhaseSpeed] = field(default_factory=list)
    seconds: float = 0.0
    peak_memory_mb: float = 0.0


@dataclass
class Runner:
    """Imports and analyses for one library. start_executor is called only when there is something to examine."""

    library: Library
    rules: ScanRules
    start_executor: StartExecutor
    token: CancelToken = field(default_factory=CancelToken)
    tell: Callable[[Progress], None] = lambda progress: None

    def import_paths(self, paths: Sequence[str], *, certain: bool = False) -> Report:
        """Scan these files and folders and examine what is new. certain: files that are not there are really gone.

        Raises UsageError for a path that is nowhere; Cancelled when asked to stop: what was done is kept.
        """
        places = [self._place(path) for path in paths]
        return self._run("import", lambda report: self._scan(places, report), certain=certain)

    def analyse(self, names: Sequence[str], media_ids: Sequence[int] | None) -> Report:
        """Run these phases again for these items, or for all. Results stay until replaced."""

        def prepare(report: Report) -> list[Root]:
            self.library.make_pending(names, media_ids)
            return []

        return self._run("analyse", prepare)

    def _run(self, command: str, prepare: Callable[[Report], list[Root]], *, certain: bool = False) -> Report:
        started = time.perf_counter()
        run_id = self.library.begin_run(command)
        report, meter = Report(), memory.Meter()
        scanned = prepare(report)
        self._examine(report, meter)
        for root in scanned:
            self._conclude(root, report, certain=certain)
        report.seconds = time.perf_counter() - started
        report.peak_memory_mb = meter.sample()
        self.library.end_run(run_id, _as_run(command, report))
        return report

    def _place(self, path: str) -> tuple[Root, bytes, bool]:
        """The root of a path, where in it, and whether it is a folder. Only a known root may be out of reach."""
        absolute = os.path.realpath(path)
        known = self.library.root_of(absolute)
        if not os.path.exists(absolute) and known is None:
            raise UsageError("no_such_path", f"There is no file or folder {path}.", path=path)
        is_folder = os.path.isdir(absolute) or (known is not None and os.fsencode(absolute) == known.path)
        root = self.library.add_root(absolute if is_folder else os.path.dirname(absolute), whole=is_folder)
        below = os.fsencode(os.path.relpath(absolute, os.fsdecode(root.path)))
        return root, b"" if below == b"." else below, is_folder

    def _scan(self, places: Iterable[tuple[Root, bytes, bool]], report: Report) -> list[Root]:
        """Returns the roots about whose unseen files a conclusion is due."""
        concluding = []
        for root, below, is_folder in places:
            scanned = self._scan_place(root, below, is_folder)
            report.added += len(scanned.changes.added)
            report.changed += len(scanned.changes.changed)
            report.unchanged += scanned.changes.unchanged
            report.notices += scanned.notices + ([scanned.offline] if scanned.offline is not None else [])
            if scanned.offline is None:
                concluding.append(root)
        return concluding

    def _scan_place(self, root: Root, below: bytes, is_folder: bool) -> Scanned:
        if not is_folder:
            return scan_file(self.library, root, below)
        if not root.whole:
            return scan_known(self.library, root)
        found = lambda files: self.tell(Progress("scan", files))  # noqa: E731
        return scan(self.library, root, self.rules, start=below, token=self.token, found=found)

    def _examine(self, report: Report, meter: memory.Meter) -> None:
        due = phases()
        ids = self.library.wanted_ids(due)
        if not ids:
            return
        spent: Counter[str] = Counter()
        files: Counter[str] = Counter()
        with self.start_executor() as executor:
            saver = _Saver(self.library, report)
            try:
                for wanted, examined in _drive(
                    executor, self.library.wanted(due, ids), self.token, saver.flush_if_late
                ):
                    _count_time(examined, spent, files)
                    saver.add(wanted, examined)
                    meter.sample_sometimes(executor.pids)
                    self.tell(Progress("examine", report.examined, len(ids), len(report.failed)))
            except Cancelled:
                saver.flush()  # what is finished is kept
                raise
            saver.flush()
            workers = max(1, len(executor.pids))
        report.speeds = [
            PhaseSpeed(
                name, files[name], round(spent[name], 3), round(files[name] / max(spent[name], 1e-9) * workers, 1)
            )
            for name in spent
        ]

    def _conclude(self, root: Root, report: Report, *, certain: bool) -> None:
        lost, reason = self.library.conclude(root, certain=certain)
        if reason is None:
            report.missing += len(lost)
        else:
            report.notices.append(Message("root_doubtful", f"{root.shown}: {reason}", {"folder": root.shown}))


@dataclass
class _Saver:
    """Gathers results into transactions that are neither long nor late."""

    library: Library
    report: Report
    _batch: list[Examined] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def add(self, wanted: Wanted, examined: Examined) -> None:
        self.report.examined += 1
        failure = _failure(wanted, examined)
        if failure is not None:
            (self.report.partial if failure.state is State.PARTIAL else self.report.failed).append(failure)
        self._batch.append(examined)
        if len(self._batch) >= _SAVE_FILES:
            self.flush()

    def flush_if_late(self) -> None:
        if time.monotonic() - self._since >= _SAVE_S:
            self.flush()

    def flush(self) -> None:
        if self._batch:
            self.library.save(self._batch)
            self._batch.clear()
        self._since = time.monotonic()


def _drive(
    executor: Executor, files: Iterator[Wanted], token: CancelToken, between: Callable[[], None]
) -> Iterator[tuple[Wanted, Examined]]:
    """Keep the executor full until every file came back. between: called while waiting. Raises Cancelled."""
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
    reasons = {
        "crashed": "makes the decoder crash",
        "timed_out": "takes too long to decode",
        "out_of_memory": "needs more memory to decode than a file may have",
    }
    code = error.message.code if isinstance(error, WorkerError) else "failed"
    what = reasons.get(code, f"met a fault of this program ({error})")
    text = f"{name} {what}; it will be tried again when it changes."
    return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=Message(code, text, {"name": name}))


def _failure(wanted: Wanted, examined: Examined) -> Failure | None:
    content: Content | None = examined.content
    if content is not None:
        problem = content.problem
        state = content.state or State.OK
    else:
        problem = examined.problem
        state = PROBLEM_STATES.get(problem.code, State.UNREADABLE) if problem is not None else State.OK
    return Failure(wanted.path, state, problem) if problem is not None else None


def _count_time(examined: Examined, spent: Counter[str], files: Counter[str]) -> None:
    for name, seconds in [*examined.seconds.items(), *((done.phase, done.seconds) for done in examined.done)]:
        spent[name] += seconds  # type: ignore[assignment]  # typeshed: Counter holds int; it adds floats as well
        files[name] += 1


def _as_run(command: str, report: Report) -> Run:
    counts = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "examined": report.examined,
        "failed": len(report.failed),
        "missing": report.missing,
    }
    return Run(command, time.time(), report.seconds, counts, report.speeds, report.peak_memory_mb)
