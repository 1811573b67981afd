"""Works off the cloud queue on a small pool of its own: a slow line must not hold up decoding."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.jobs.background import Background
from engines.analysis.asking import chosen_service
from engines.analysis.connecting import connected, start_preparer
from engines.analysis.fence import fence
from engines.analysis.pace import Pace
from engines.analysis.requests import Progress, Report, RequestLoop, request_standing
from engines.cancel import Cancelled, CancelToken
from engines.errors import CloudError, EngineError
from engines.library.cloud.store import CloudStore
from engines.library.library import Library
from engines.settings import Settings
from engines.types import Message

_THREADS = 2  # one for the loop, one for what a person says meanwhile
_TELL_S = 0.2  # between two reports of progress: more often nobody can read
_PATIENCE_S = 5.0  # what is put off for longer keeps no worker processes waiting
_NETWORK_S = 60.0  # until somebody who could not be reached is tried again


class Stage(Enum):
    """What the queue is at."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    OFFLINE = "offline"  # the settings let nothing out
    WAITING = "waiting"  # goes on by itself: nobody could be reached, or the service wants to be left alone
    STOPPED = "stopped"  # only a person can mend it, such as a key that is refused


@dataclass(frozen=True, slots=True)
class Queue:
    """How the queue stands. answered: since it last stood still. failed: given up until somebody asks again.

    trouble: why it stands still, or why the last request will be asked again.
    """

    stage: Stage = Stage.IDLE
    queued: int = 0
    failed: int = 0
    answered: int = 0
    seconds_left: float | None = None
    trouble: Message | None = None

    @property
    def is_empty(self) -> bool:
        return not self.queued and not self.failed and self.stage is not Stage.RUNNING


class Requests(QObject):
    """Made and called in the UI thread. Call start() once the window is there, close() before the library is closed."""

    changed = Signal(object)  # Queue
    files_changed = Signal(list)  # media ids: an answer came
    failed = Signal(object)  # Exception that is our own fault or the library's

    _progressed = Signal(object)  # Queue
    _answered = Signal(list)  # media ids

    def __init__(self, library: Library, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._settings = settings
        self._background = Background(self, threads=_THREADS)
        self._token = CancelToken()
        self._is_running = False
        self._is_asked_again = False  # something came while the run was ending
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.go_on)
        self.queue = Queue()
        self._progressed.connect(self._show)
        self._answered.connect(self.files_changed)

    # what can be asked for

    @Slot()
    def start(self) -> None:
        """Go on with what an earlier session left."""
        self.go_on()

    @Slot()
    def go_on(self) -> None:
        """Ask about all that waits, also about what is asked for in every new file of some folders."""
        self._later.stop()
        if self._is_running:
            self._is_asked_again = True
            return
        self._is_running, self._token = True, CancelToken()
        work = partial(self._work, self._settings, self._token)
        self._background.run(work, owner=self, then=self._take_end, failed=self._take_fault)

    @Slot()
    def pause(self) -> None:
        """Wait until resume(), also after a restart; answers that are on their way are taken."""
        self._do(partial(setattr, self._library.cloud, "paused", True))

    @Slot()
    def resume(self) -> None:
        """Go on, also with what was put off."""
        self._do(self._resume)

    def _resume(self) -> None:
        self._library.cloud.paused = False
        self._library.cloud.hasten()

    def retry(self, request_ids: Collection[int] | None = None) -> None:
        """Ask again for these that failed, or for all; of models too that were given up."""
        self._do(partial(self._retry, request_ids))

    def _retry(self, request_ids: Collection[int] | None) -> None:
        store = self._library.cloud
        store.revive_models(chosen_service(self._settings.cloud).name)
        store.retry(request_ids)
        store.hasten()

    @Slot()
    def cancel(self) -> None:
        """Ask nothing of what waits or failed; answers that came are kept."""
        self._token.cancel()
        self._do(self._library.cloud.cancel)

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        """Ask as these say from now on."""
        before, self._settings = self._settings, settings
        if before.cloud != settings.cloud:
            self.ask_anew()

    def ask_anew(self) -> None:
        """Another key, service or manner: what is under way is broken off and asked again."""
        self._token.cancel()
        self.go_on()

    def close(self) -> None:
        """Break off and wait; what waits is in the library."""
        self._later.stop()
        self._token.cancel()
        self._is_asked_again = False
        self._background.close()

    def _do(self, work: Callable[[], object]) -> None:
        """A word to the queue, then on with it."""
        self._background.run(work, owner=self, then=lambda _: self.go_on(), failed=self.failed.emit)

    # in a thread of the pool

    def _work(self, settings: Settings, token: CancelToken) -> Queue:
        store = self._library.cloud
        try:
            report = self._run(settings, token)
        except Cancelled:
            report = Report()
        except CloudError as error:
            report = Report(stopped=error.message)
        return replace(_standing(store, report.stopped, settings), answered=report.answered)

    def _run(self, settings: Settings, token: CancelToken) -> Report:
        store = self._library.cloud
        if settings.cloud.offline or (store.next_due_s() is None and not store.permissions()):
            return Report()
        service = chosen_service(settings.cloud)
        now = partial(fence, store, settings.cloud, service)
        request_standing(self._library, now())
        if store.next_due_s() is None or store.paused:
            return Report()
        teller = _Teller(self._progressed.emit, *_counted(store))
        with (
            connected(self._library, settings, service, token) as asker,
            ThreadPoolExecutor(settings.cloud.in_flight, "cloud") as threads,
        ):
            return RequestLoop(
                store=store,
                asker=asker,
                service=service,
                settings=settings.cloud,
                fence=now,
                start_preparer=partial(start_preparer, settings, self._library),
                threads=threads,
                token=token,
                tell=teller.tell,
                changed=lambda media_ids: self._answered.emit(sorted(media_ids)),
                patience_s=_PATIENCE_S,
            ).run()

    # back in the UI thread

    def _take_end(self, queue: Queue) -> None:
        self._is_running = False
        self._show(queue)
        if self._is_asked_again:
            self._is_asked_again = False
            self.go_on()
        elif queue.stage is Stage.WAITING:
            self._later.start(round(1000 * max(1.0, queue.seconds_left or _NETWORK_S)))

    def _take_fault(self, error: Exception) -> None:
        message = error.message if isinstance(error, EngineError) else None
        self._take_end(replace(self.queue, stage=Stage.STOPPED, trouble=message))
        self.failed.emit(error)

    @Slot(object)
    def _show(self, queue: Queue) -> None:
        self.queue = queue
        self.changed.emit(queue)


class _Teller:
    """Tells how the queue stands while it is worked off, a few times a second."""

    def __init__(self, show: Callable[[Queue], None], queued: int, failed: int) -> None:
        self._show = show
        self._failed_before = failed
        self._pace = Pace()
        self._told_s = 0.0
        show(Queue(Stage.RUNNING, queued, failed))

    def tell(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told_s < _TELL_S and progress.queued:
            return
        self._told_s = now
        done = progress.answered + progress.failed
        self._pace.note(done)
        left = self._pace.seconds_left(done + progress.queued)
        failed = self._failed_before + progress.failed
        self._show(Queue(Stage.RUNNING, progress.queued, failed, progress.answered, left, progress.trouble))


def _counted(store: CloudStore) -> tuple[int, int]:
    """How many wait, and how many failed."""
    waiting = store.waiting()
    return sum(one.queued for one in waiting), sum(one.failed for one in waiting)


def _standing(store: CloudStore, stopped: Message | None, settings: Settings) -> Queue:
    """How the queue stands after a run."""
    queued, failed = _counted(store)
    queue = Queue(queued=queued, failed=failed)
    if not queued and stopped is None:
        return replace(queue, stage=Stage.PAUSED if store.paused else Stage.IDLE)
    if settings.cloud.offline:
        return replace(queue, stage=Stage.OFFLINE)
    if store.paused:
        return replace(queue, stage=Stage.PAUSED)
    if stopped is not None:
        is_passing = stopped.code == "cloud_unreachable"
        return replace(queue, stage=Stage.WAITING if is_passing else Stage.STOPPED, trouble=stopped)
    due_s = store.next_due_s()
    if due_s is None:  # what waits lies on a drive that is away
        return queue
    return replace(queue, stage=Stage.WAITING, seconds_left=due_s - time.time())
