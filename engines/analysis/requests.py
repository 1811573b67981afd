"""The loop of the cloud queue: takes what waits in the library, has it made ready and asked, writes answers down.

It has no thread of its own. Whoever calls run() lends it worker processes that make pictures ready and a few threads
that wait for replies; the command line calls it in its main thread, the window in one of its pool's.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from engines.analysis.asking import Asker, wish_of
from engines.analysis.cloud_phases import CLOUD_PHASES
from engines.analysis.drive import Outcome
from engines.analysis.fence import Fence, places
from engines.analysis.sending import Parcel, Stretch, make_parcel
from engines.cancel import Cancelled, CancelToken
from engines.cloud.address import Service
from engines.errors import CloudError, EngineError, Remedy
from engines.library.cloud.answers import Author
from engines.library.cloud.queue import Request
from engines.library.cloud.store import CloudStore
from engines.library.library import Library
from engines.settings import Cloud
from engines.types import Done, Message

_PAGE = 64  # requests that are read from the queue together
_TICK_S = 0.05
_PUT_OFF_S = 30.0  # doubled each time
_MOST_PUT_OFF = 6  # then it is given up until somebody asks again
_LAST_WORDS_S = 5.0  # for requests under way when the run ends early
_UNREACHED = 5  # requests in a row that found nobody: then it is not the one picture, and all wait


class Preparer(Protocol):
    """Runs jobs in worker processes; driven by one caller. engines.workers.pool.WorkerPool is one."""

    @property
    def has_room(self) -> bool: ...

    @property
    def busy(self) -> bool: ...

    def submit(self, key: int, function: Callable[..., Any], *args: Any) -> None: ...

    def wait(self, timeout: float) -> Iterable[Outcome]: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """queued: what still waits, with what is under way. trouble: why the last request will be asked again later."""

    answered: int
    failed: int
    queued: int
    trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A request that was given up, and why."""

    path: str
    problem: Message


@dataclass
class Report:
    """What a run did. cached: answered without sending. stopped: why it ended with requests left."""

    answered: int = 0
    cached: int = 0
    put_off: int = 0
    failed: list[Given] = field(default_factory=list)
    stopped: Message | None = None
    seconds: float = 0.0


@dataclass
class Added:
    """What came of asking: how many requests wait now that did not before, and why others do not."""

    waiting: int
    refused: list[Message]


def request(
    store: CloudStore,
    fence: Fence,
    content_ids: Sequence[int],
    phase: str,
    *,
    again: bool = False,
    stretch: Stretch | None = None,
) -> Added:
    """Let a phase be asked for these contents, as far as the fence lets them pass. The only way into the queue.

    stretch: of a video, in seconds. again: send it, whatever was answered before.
    """
    refused, passed = [], []
    for content_id in content_ids:
        refusal = fence.refusal(places(store, content_id))
        if refusal is None:
            passed.append(content_id)
        else:
            refused.append(refusal)
    return Added(store.add(passed, phase, again=again, stretch=stretch), refused)


def request_standing(library: Library, fence: Fence) -> int:
    """Let what is asked for every file of some folders be asked for those that came since; how many requests."""
    added = 0
    for permission in fence.permissions:
        if permission.service != fence.service.name or not permission.phases:
            continue
        contents = contents_at(library, os.fsdecode(permission.path))
        for phase in map(CLOUD_PHASES.__getitem__, permission.phases):
            lacking = library.cloud.never_asked(contents, phase.name, phase.version)
            added += request(library.cloud, fence, lacking, phase.name).waiting
    return added


def contents_at(library: Library, path: str) -> list[int]:
    """The photos and videos that the library knows at a file's place, or in a folder and below it."""
    path = os.path.realpath(path)
    root = library.root_of(path)
    if root is not None:
        relative = os.fsencode(os.path.relpath(path, os.fsdecode(root.path)))
        relative = b"" if relative == b"." else relative
        is_folder = not relative or os.path.isdir(path)
        return library.cloud.contents_at(root.id, relative, is_folder=is_folder)
    below = [root for root in library.roots() if root.path.startswith(os.fsencode(os.path.join(path, "")))]
    found = [library.cloud.contents_at(root.id, b"", is_folder=True) for root in below]
    return list(dict.fromkeys(content_id for contents in found for content_id in contents))


@dataclass
class RequestLoop:
    """Works off one library's queue at one service.

    fence: asked anew for what is permitted, right before each picture is made ready. start_preparer: called only when
    there is something to ask. threads: as many as `in_flight` at least. changed: told the media that an answer changed.
    patience_s: how long what was put off is waited for; None: until all is done.
    """

    store: CloudStore
    asker: Asker
    service: Service
    settings: Cloud
    fence: Callable[[], Fence]
    start_preparer: Callable[[], AbstractContextManager[Preparer]]
    threads: Executor
    token: CancelToken
    tell: Callable[[Progress], None] = lambda progress: None
    changed: Callable[[set[int]], None] = lambda media_ids: None
    put_off_s: float = _PUT_OFF_S
    patience_s: float | None = None
    _page: deque[Request] = field(default_factory=deque)
    _making: dict[int, Request] = field(default_factory=dict)
    _ready: deque[tuple[Request, Parcel]] = field(default_factory=deque)
    _asking: dict[Future[tuple[Done, Author, bool]], Request] = field(default_factory=dict)
    _report: Report = field(default_factory=Report)
    _unreached: int = 0
    _trouble: Message | None = None

    def run(self) -> Report:
        """Until nothing waits any more, or nothing can be asked. Raises Cancelled: what was answered is kept."""
        started = time.perf_counter()
        if not self._has_work():
            return self._report
        if self.store.paused:
            self._hold()
            return self._report
        with self.start_preparer() as preparer:
            try:
                while self._report.stopped is None and self._has_work():
                    self.token.check()
                    if self.store.paused:
                        self._hold()
                    else:
                        self._make_ready(preparer)
                        self._ask()
                    self._take_parcels(preparer)
                    self._take_answers(0.0 if preparer.busy else _TICK_S)
                    self.asker.tick()
            finally:
                self._wait_for_last()
        self._report.seconds = time.perf_counter() - started
        return self._report

    def _has_work(self) -> bool:
        if self._page or self._making or self._ready or self._asking:
            return True
        due_s = self.store.next_due_s()
        return due_s is not None and (self.patience_s is None or due_s < time.time() + self.patience_s)

    def _hold(self) -> None:
        """While a person wants the queue to wait, only answers that are on their way are taken."""
        self._page.clear()
        self._ready.clear()
        if not self._making and not self._asking:
            self._report.stopped = Message("cloud_paused", "The queue is paused; what waits goes on waiting.")

    @property
    def _under_way(self) -> list[int]:
        requests = [*self._page, *self._making.values(), *(one for one, _ in self._ready), *self._asking.values()]
        return [request.id for request in requests]

    def _make_ready(self, preparer: Preparer) -> None:
        """Have pictures made for what can be asked soon, no more: they are held in memory."""
        if not self._page:
            self._page.extend(self.store.due(time.time(), self._under_way, _PAGE))
        while self._page and preparer.has_room and len(self._making) + len(self._ready) < 2 * self.settings.in_flight:
            request = self._page.popleft()
            refusal = self.fence().refusal(places(self.store, request.content_id, request.path))
            if refusal is not None:
                self._give_up(request, refusal)
            elif request.phase not in CLOUD_PHASES:
                self._give_up(request, Message("cloud_no_phase", f"Nobody knows how to ask for {request.phase}."))
            else:
                self._making[request.id] = request
                preparer.submit(request.id, make_parcel, wish_of(request, self.settings, self.service))

    def _take_parcels(self, preparer: Preparer) -> None:
        for outcome in preparer.wait(_TICK_S) if preparer.busy else ():
            request = self._making.pop(outcome.key)
            if outcome.error is not None:
                self._give_up(request, outcome.error.message)
            else:
                self._ready.append((request, outcome.value))

    def _ask(self) -> None:
        while self._ready and len(self._asking) < self.settings.in_flight:
            request, parcel = self._ready.popleft()
            self._asking[self.threads.submit(self.asker.ask, request, parcel)] = request

    def _take_answers(self, timeout_s: float) -> None:
        if not self._asking:
            time.sleep(timeout_s)
            return
        for future in wait(self._asking, timeout_s, FIRST_COMPLETED).done:
            self._take_answer(self._asking.pop(future), future)

    def _take_answer(self, request: Request, future: Future[tuple[Done, Author, bool]]) -> None:
        try:
            done, author, cached = future.result()
        except Cancelled:
            return
        except CloudError as error:
            self._refused(request, error)
        except EngineError as error:
            self._give_up(request, error.message)
        else:
            self.changed(self.store.save_answer(request, done, author))
            self._report.answered += 1
            self._report.cached += cached
            self._unreached, self._trouble = 0, None
            self._told()

    def _refused(self, request: Request, error: CloudError) -> None:
        """What only a person can mend, or a network that is back, stops the run and leaves all requests waiting."""
        self._unreached = self._unreached + 1 if error.message.code == "cloud_unreachable" else 0
        if error.remedy is Remedy.STOP or self._unreached >= _UNREACHED:
            self._report.stopped = error.message
        elif error.remedy is Remedy.LATER and request.tries < _MOST_PUT_OFF:
            wait_s = max(error.after_s or 0.0, self.put_off_s * 2**request.tries)
            self.store.put_off(request.id, time.time() + wait_s)
            self._report.put_off += 1
            self._trouble = error.message
            self._told()
        else:
            self._give_up(request, error.message)

    def _give_up(self, request: Request, problem: Message) -> None:
        self.store.fail(request.id, problem)
        self._report.failed.append(Given(request.path, problem))
        self._told()

    def _told(self) -> None:
        queued = sum(one.queued for one in self.store.waiting())
        self.tell(Progress(self._report.answered, len(self._report.failed), queued, self._trouble))

    def _wait_for_last(self) -> None:
        """Answers that were paid for are taken, also when the run ends early."""
        until = time.monotonic() + _LAST_WORDS_S
        while self._asking and time.monotonic() < until:
            self.asker.tick()
            self._take_answers(_TICK_S)
