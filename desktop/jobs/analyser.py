"""Imports and analyses in a thread of its own: a queue of jobs that can be paused, stopped and gone on with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial

import psutil
from PySide6.QtCore import QObject, QThread, QThreadPool, QTimer, Signal, Slot

from engines.analysis.desk import Desk
from engines.analysis.drive import StartExecutor
from engines.analysis.film_steps import film_steps
from engines.analysis.pace import Pace
from engines.analysis.phases import moments, switched_on
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Progress, Report, Runner
from engines.cancel import Cancelled, CancelToken
from engines.errors import LibraryError, UsageError, WorkerError
from engines.library.library import Library
from engines.settings import Settings
from engines.workers.pool import WorkerPool

_TELL_S = 0.2  # between two reports of progress: more often nobody can read
_POWER_MS = 10_000

MakeExecutor = Callable[[Settings, Library], StartExecutor]
MakeDesk = Callable[[Settings], AbstractContextManager[Desk]]


class Stage(Enum):
    """What the analyser is at."""

    IDLE = "idle"
    SCAN = "scan"
    EXAMINE = "examine"
    INFER = "infer"  # all is examined, and the networks still have pictures to look at
    WATCH = "watch"  # films, moment by moment
    FOLLOW = "follow"  # … and the things in them
    LISTEN = "listen"  # … and what is said
    PAUSED = "paused"
    ON_BATTERY = "on battery"  # paused by itself, goes on when plugged in
    FAULT = "fault"  # waits until a person has seen to it, such as to a full disk


@dataclass(frozen=True, slots=True)
class Activity:
    """What is done now and how far it is. total: 0 while unknown. waiting: titles of the jobs behind it."""

    stage: Stage = Stage.IDLE
    title: str = ""
    done: int = 0
    total: int = 0
    failed: int = 0
    per_second: float = 0.0
    seconds_left: float | None = None
    waiting: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.stage in (Stage.SCAN, Stage.EXAMINE, Stage.INFER, Stage.WATCH, Stage.FOLLOW, Stage.LISTEN)

    @property
    def is_waiting(self) -> bool:
        """Whether something is left to do that does not go on now."""
        return self.stage in (Stage.PAUSED, Stage.ON_BATTERY, Stage.FAULT)


@dataclass(frozen=True, slots=True)
class Job:
    """One entry of the queue: its title, what it asks of a runner, and what it asks to go on after an interruption.

    subject: two waiting jobs of the same title and subject are one.
    """

    title: str
    subject: object
    run: Callable[[Runner], Report] = field(compare=False)
    go_on: Callable[[Runner], Report] = field(compare=False)


class Analyser(QObject):
    """Made and called in the UI thread. What was done when a job is paused or stopped is kept.

    Call start() once the window is there and close() before the library is closed. make_desk: starts the networks;
    without it their phases wait for another time.
    """

    progress = Signal(object)  # Activity, a few times a second
    state_changed = Signal(object)  # Activity: another stage, another queue
    files_added = Signal(list)  # media ids
    files_changed = Signal(list)  # media ids
    finished = Signal(object)  # Report of a job that came to its end
    failed = Signal(object)  # Exception that ended a job

    _next = Signal(object, object)  # what to run, Runner
    _power_seen = Signal(bool)

    def __init__(
        self,
        library: Library,
        settings: Settings,
        parent: QObject | None = None,
        *,
        make_executor: MakeExecutor | None = None,
        make_desk: MakeDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._settings = settings
        self._make_executor = make_executor or _workers
        self._make_desk = make_desk
        self._queue: list[Job] = []
        self._current: Job | None = None
        self._token = CancelToken()
        self._keeps_current = False  # a job that is interrupted goes back to the head of the queue
        self._paused = library.paused
        self._on_battery = False
        self._fault = False
        self.activity = Activity()
        self._make_thread()
        self._power = QTimer(self, interval=_POWER_MS)
        self._power.timeout.connect(self._ask_for_power)

        self._power_seen.connect(self._take_power)
        self._pool = QThreadPool(self)  # for what takes a moment while the thread is at work
        self._pool.setMaxThreadCount(1)

    def _make_thread(self) -> None:
        self._thread = QThread()
        self._thread.setObjectName("analyser")
        self._driver = _Driver()
        self._driver.moveToThread(self._thread)
        self._next.connect(self._driver.run)
        self._driver.progressed.connect(self._take_progress)
        self._driver.added.connect(self.files_added)
        self._driver.changed.connect(self.files_changed)
        self._driver.ended.connect(self._take_end)

    # what can be asked for

    def start(self) -> None:
        """Look for new files in all folders and go on with what an earlier session left."""
        self._thread.start()
        self._watch_power()
        self.look_again()

    @Slot(list)
    def add_paths(self, paths: Sequence[str]) -> None:
        """Take these folders and files, of which there is at least one, into the library."""
        title = self.tr("Adding {name}").format(name=os.path.basename(os.path.abspath(paths[0])))
        if len(paths) > 1:
            title = self.tr("Adding {count} folders and files").format(count=len(paths))
        self._enqueue(_repeatable(title, tuple(paths), lambda runner: runner.import_paths(paths)))

    def look_again(self, root_ids: Iterable[int] | None = None, *, certain: bool = False) -> None:
        """Bring these folders, or all, up to date. certain: what is no longer there is really gone."""
        chosen = None if root_ids is None else tuple(root_ids)
        title = self.tr("Looking for new files")
        subject = (chosen, certain)
        self._enqueue(_repeatable(title, subject, lambda runner: runner.look_again(chosen, certain=certain)))

    def look_into(self, folders: Iterable[str]) -> None:
        """Bring these folders of the library, which are said to have changed, up to date."""
        chosen = tuple(folders)
        title = self.tr("Looking for new files")
        self._enqueue(_repeatable(title, chosen, lambda runner: runner.look_into(chosen)))

    def analyse_again(self, media_ids: Sequence[int] | None = None, names: Sequence[str] | None = None) -> None:
        """Run these phases (all when None) again for these items (all when None); results stay until replaced."""
        due = [phase.name for phase in (*switched_on(self._settings.analysis.phases_off), moments())]
        wanted = due if names is None else [name for name in names if name in due]
        if not wanted:
            self.failed.emit(UsageError("phase_off", "This step of the analysis is switched off in the settings."))
            return
        title = self.tr("Analysing again")
        # Asked twice it would throw away what was done before the interruption.
        subject = (tuple(wanted), None if media_ids is None else tuple(media_ids))
        self._enqueue(Job(title, subject, lambda runner: runner.analyse(wanted, media_ids), _what_is_left))

    @Slot()
    def pause(self) -> None:
        """Wait until resume(), also after a restart."""
        self._remember_pause(True)
        self._interrupt()

    @Slot()
    def resume(self) -> None:
        """Go on, also after a fault; what an earlier session left is looked for."""
        self._fault = False
        self._remember_pause(False)
        if not self._queue and self._current is None:
            self.look_again()
        self._continue()

    @Slot()
    def cancel(self) -> None:
        """Drop the job that runs and all behind it. Files that were not examined are at the next look."""
        self._queue.clear()
        self._keeps_current = False
        self._token.cancel()
        self._continue()

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        """Work as these say from now on."""
        before, self._settings = self._settings, settings
        if (before.analysis, before.folders, before.inference, before.video) == (
            settings.analysis,
            settings.folders,
            settings.inference,
            settings.video,
        ):
            return
        self._watch_power()
        self._interrupt()
        if _wanted(before) != _wanted(settings):
            self.look_again()

    def close(self) -> None:
        """Stop and wait; the queue is looked for again at the next start."""
        self._power.stop()
        self._queue.clear()
        self._keeps_current = False
        self._token.cancel()
        self._thread.quit()
        self._thread.wait()
        self._pool.waitForDone()

    # the queue

    def _enqueue(self, job: Job) -> None:
        if job not in self._queue:
            self._queue.append(job)
        self._continue()

    def _continue(self) -> None:
        """Begin the next job if there is one and nothing speaks against it, and say how things stand."""
        if self._current is None and self._queue and self._held is None:
            self._begin(self._queue.pop(0))
        self._tell()

    def _begin(self, job: Job) -> None:
        self._current, self._keeps_current, self._token = job, True, CancelToken()
        self.activity = Activity(Stage.SCAN, job.title)
        rules = ScanRules(self._settings.folders.exclude, self._settings.folders.follow_links)
        executor = self._make_executor(self._settings, self._library)
        desk = partial(self._make_desk, self._settings) if self._make_desk is not None else None
        runner = Runner(
            self._library,
            rules,
            executor,
            self._token,
            start_desk=desk,
            phases_off=self._settings.analysis.phases_off,
            film_steps=partial(film_steps, self._settings),
            others_wait=lambda: bool(self._queue),
        )
        self._next.emit(job.run, runner)

    def _interrupt(self) -> None:
        """End what runs; it comes back to the head of the queue and goes on when nothing speaks against it."""
        self._token.cancel()
        self._continue()

    @property
    def _held(self) -> Stage | None:
        """Why nothing may run now."""
        if self._fault:
            return Stage.FAULT
        if self._paused:
            return Stage.PAUSED
        return Stage.ON_BATTERY if self._on_battery else None

    def _tell(self) -> None:
        held, waiting = self._held, tuple(job.title for job in self._queue)
        if held is not None:
            self.activity = replace(self.activity, stage=held, waiting=waiting, per_second=0.0, seconds_left=None)
        elif self._current is None:
            self.activity = Activity()
        else:
            self.activity = replace(self.activity, waiting=waiting)
        self.state_changed.emit(self.activity)

    @Slot(object, float, object)
    def _take_progress(self, progress: Progress, per_second: float, seconds_left: float | None) -> None:
        if self._current is None or self._held is not None:
            return
        before, stage = self.activity.stage, Stage(progress.stage)
        self.activity = replace(
            self.activity,
            stage=stage,
            done=progress.done,
            total=progress.total,
            failed=progress.failed,
            per_second=per_second,
            seconds_left=seconds_left,
        )
        (self.progress if stage is before else self.state_changed).emit(self.activity)

    @Slot(object)
    def _take_end(self, outcome: Report | Exception) -> None:
        job, self._current = self._current, None
        if isinstance(outcome, Report):
            self.finished.emit(outcome)
        elif not isinstance(outcome, Cancelled):
            # What the library's disk or the system refuses is tried again when a person has seen to it.
            self._fault = self._keeps_current = isinstance(outcome, LibraryError | WorkerError)
            self.failed.emit(outcome)
        if job is not None and isinstance(outcome, Exception) and self._keeps_current:
            self._queue.insert(0, replace(job, run=job.go_on))
        self._continue()

    # pausing

    def _remember_pause(self, wanted: bool) -> None:
        if self._paused != wanted:
            self._paused = wanted
            self._pool.start(partial(setattr, self._library, "paused", wanted))

    def _watch_power(self) -> None:
        if self._settings.analysis.pause_on_battery:
            self._power.start()
            self._ask_for_power()
        else:
            self._power.stop()
            self._take_power(False)

    @Slot()
    def _ask_for_power(self) -> None:
        self._pool.start(lambda: self._power_seen.emit(_is_on_battery()))

    @Slot(bool)
    def _take_power(self, on_battery: bool) -> None:
        if on_battery == self._on_battery:
            return
        self._on_battery = on_battery
        if on_battery:
            self._interrupt()
        else:
            self._continue()


class _Driver(QObject):
    """Lives in the thread; its signals bring what happens there to the UI thread."""

    progressed = Signal(object, float, object)  # Progress, files a second, seconds left or None
    added = Signal(list)  # media ids
    changed = Signal(list)  # media ids
    ended = Signal(object)  # Report or Exception

    @Slot(object, object)
    def run(self, job: Callable[[Runner], Report], runner: Runner) -> None:
        self._pace, self._stage, self._told = Pace(), "", 0.0
        runner.tell = self._tell
        runner.wrote = self._announce
        outcome: Report | Exception
        try:
            runner.token.check()
            outcome = job(runner)
        except Exception as error:
            outcome = error
        self.ended.emit(outcome)

    def _tell(self, progress: Progress) -> None:
        is_new = progress.stage != self._stage
        if not is_new and progress.done != progress.total and time.monotonic() - self._told < _TELL_S:
            return
        if is_new:
            self._pace, self._stage = Pace(), progress.stage
        self._told = time.monotonic()
        self._pace.note(progress.done)
        left = self._pace.seconds_left(progress.total) if progress.total else None
        self.progressed.emit(progress, self._pace.per_second, left)

    def _announce(self, added: list[int], changed: list[int]) -> None:
        if added:
            self.added.emit(added)
        if changed:
            self.changed.emit(changed)


def _wanted(settings: Settings) -> tuple[object, ...]:
    """What makes other files, or other steps of old ones, pending when it changes."""
    return settings.folders, settings.analysis.networks, settings.analysis.detector, settings.analysis.phases_off


def _repeatable(title: str, subject: object, run: Callable[[Runner], Report]) -> Job:
    return Job(title, subject, run, run)


def _what_is_left(runner: Runner) -> Report:
    return runner.look_again(())


def _workers(settings: Settings, library: Library) -> StartExecutor:
    def start() -> WorkerPool:
        from engines.analysis.pool import start_pool  # in the thread, and only when there is work

        return start_pool(settings, library.worker_log)

    return start


def _is_on_battery() -> bool:
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return battery is not None and battery.power_plugged is False
