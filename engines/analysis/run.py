"""One run from start to end: scan folders, keep the workers busy, save what they bring, decide what is gone."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from engines.analysis import memory
from engines.analysis.ahead import make_words
from engines.analysis.desk import Desk, NoDesk, StartDesk
from engines.analysis.drive import Executor, StartExecutor, drive
from engines.analysis.film_steps import FilmSteps
from engines.analysis.films import Films, Task
from engines.analysis.following import Following
from engines.analysis.listening import Listening
from engines.analysis.phases import of_networks, of_workers, outgoing, switched_on, with_dependent
from engines.analysis.pipeline import Scanned, ScanRules, is_away, scan, scan_files, scan_known
from engines.analysis.watching import Watching
from engines.cancel import Cancelled, CancelToken
from engines.errors import UsageError
from engines.library.describe import media_at
from engines.library.library import Library
from engines.library.roots import Root, shown
from engines.library.runs import PhaseSpeed, Run
from engines.types import PROBLEM_STATES, Examined, Inferred, Message, Phase, State, Wanted

_SAVE_FILES = 64  # a transaction of at most some 50 ms
_ROUNDS = 3
_WAIT_S = 0.1  # for the networks, once there is nothing else to do
_SAVE_S = 0.5  # … and what was found is on screen within half a second


@dataclass(frozen=True, slots=True)
class Progress:
    """stage: 'scan', 'examine', once all are examined 'infer', and for films what a FilmTask says. total: 0 while
    unknown.

    failed: files without a picture so far.
    """

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
    _counted: set[int] = field(default_factory=set)

    def take(self, scanned: Scanned) -> None:
        """Add what a scan found."""
        self.added += scanned.changes.added
        self.changed += scanned.changes.changed
        self.unchanged += scanned.changes.unchanged
        self.notices += scanned.notices + ([scanned.offline] if scanned.offline is not None else [])

    def count(self, wanted: Wanted, examined: Examined) -> None:
        """Add a file that came back, unless it is no photo or video, or is unreadable and never promised to be one."""
        if examined.content is None and (examined.problem is None or not wanted.offered):
            return
        if wanted.file_id in self._counted:  # in the second round
            return
        self._counted.add(wanted.file_id)
        self.examined += 1
        self.added += not wanted.offered
        failure = _failure(wanted, examined)
        if failure is not None:
            (self.partial if failure.state is State.PARTIAL else self.failed).append(failure)


@dataclass
class Runner:
    """Imports and analyses for one library. start_executor is called only when there is something to examine.

    tell: how far it is. wrote: ids of items that are new, and of items that changed, whenever rows were written.
    start_desk: as late, and whatever it starts ends with the block; None: phases of networks are left for another time.
    phases_off: names of phases that are left out until a person wants them. others_wait: whether another run should
    begin soon; films are then left to it.
    """

    library: Library
    rules: ScanRules
    start_executor: StartExecutor
    token: CancelToken = field(default_factory=CancelToken)
    tell: Callable[[Progress], None] = lambda progress: None
    wrote: Callable[[list[int], list[int]], None] = lambda added, changed: None
    _newest: int = 0  # ids only grow: what lies above was added by this run
    start_desk: StartDesk | None = None
    phases_off: Collection[str] = ()
    film_steps: Callable[[], FilmSteps] = FilmSteps  # what is done with films; asked when it is their turn
    others_wait: Callable[[], bool] = lambda: False

    def import_paths(self, paths: Sequence[str], *, certain: bool = False) -> Report:
        """Scan these files and folders and examine what is new. certain: files that are not there are really gone.

        Raises UsageError for a path that is nowhere; Cancelled when asked to stop: what was done is kept.
        """
        for path in paths:
            self._check(path)
        # The outer folders first: a new root takes over those inside it, which must not be in use by then.
        places = list(dict.fromkeys(self._place(path) for path in sorted(paths, key=os.path.realpath)))
        report = self._run("import", lambda report: self._scan(places, report, certain=certain), certain=certain)
        for root, below, is_folder in places:
            if not is_folder and not self._has(root, below):
                report.notices.append(_no_media(below))
        return report

    def analyse(self, names: Sequence[str], media_ids: Sequence[int] | None) -> Report:
        """Run these phases again for these items, or for all. Results stay until replaced."""

        def prepare(report: Report) -> list[Root]:
            self.library.make_pending(with_dependent(names), media_ids)
            return []

        return self._run("analyse", prepare)

    def look_again(self, root_ids: Collection[int] | None = None, *, certain: bool = False) -> Report:
        """Scan these folders of the library again, or all, and examine what is new or was left by an earlier run.

        certain: see import_paths.
        """
        places = [(root, b"", True) for root in self.library.roots() if root_ids is None or root.id in root_ids]

        def prepare(report: Report) -> list[Root]:
            self._announce(self.library.settle_removed())
            return self._scan(places, report, certain=certain)

        return self._run("import", prepare, certain=certain)

    def look_into(self, folders: Collection[str]) -> Report:
        """Scan these folders of the library, which are said to have changed, with all below them.

        One that is gone: the nearest above it that is there. One that is no longer in the library is left out.
        """
        places = dict.fromkeys(filter(None, map(self._known_place, folders)))
        return self._run("import", lambda report: self._scan(places, report, certain=False))

    def _known_place(self, folder: str) -> tuple[Root, bytes, bool] | None:
        root = self.library.root_of(folder)
        if root is None or not root.whole:
            return None
        below = os.fsencode(folder)[len(root.path) :].lstrip(os.sep.encode())
        while below and not os.path.isdir(os.path.join(root.path, below)):
            below = os.path.dirname(below)
        return root, below, True

    def _run(self, command: str, prepare: Callable[[Report], list[Root]], *, certain: bool = False) -> Report:
        started = time.perf_counter()
        self._newest = self.library.newest_id()
        run_id = self.library.begin_run(command)
        report, meter = Report(), memory.Meter()

        def end() -> None:
            report.seconds = time.perf_counter() - started
            report.peak_memory_mb = meter.sample()
            self.library.end_run(run_id, _as_run(command, report))

        try:
            scanned = prepare(report)
            self._examine(report, meter)
            for root in scanned:
                self._conclude(root, report, certain=certain)
            if report.examined or report.missing:
                self.library.index.settle(self.token)
        except Cancelled:
            end()
            raise
        end()
        return report

    def _check(self, path: str) -> None:
        """Only a known root may be out of reach, and with it what lies there."""
        absolute = os.path.realpath(path)  # of '' it is the folder we happen to be in, which nobody meant
        root = self.library.root_of(absolute)
        is_away = root is not None and not os.path.isdir(root.path)
        if not path or not (os.path.isdir(absolute) or os.path.isfile(absolute) or is_away):
            raise UsageError("no_such_path", f"There is no file or folder '{path}'.", path=path)

    def _has(self, root: Root, below: bytes) -> bool:
        """Whether the file at this place is a photo or video, as far as is known."""
        with self.library.database.read() as connection:
            return media_at(connection, root.id, below) is not None

    def _place(self, path: str) -> tuple[Root, bytes, bool]:
        """The root of a path, where in it, whether it is a folder. For all in a root that is away, the root."""
        absolute = os.path.realpath(path)
        known = self.library.root_of(absolute)
        if known is not None and not os.path.isdir(known.path):
            return known, b"", True
        is_folder = os.path.isdir(absolute)
        root = self.library.add_root(absolute if is_folder else os.path.dirname(absolute), whole=is_folder)
        below = os.fsencode(os.path.relpath(absolute, os.fsdecode(root.path)))
        return root, b"" if below == b"." else below, is_folder

    def _scan(self, places: Iterable[tuple[Root, bytes, bool]], report: Report, *, certain: bool) -> list[Root]:
        """Returns the roots about whose unseen files a conclusion is due."""
        concluding: dict[Root, None] = {}
        named: dict[tuple[Root, bytes], list[bytes]] = {}
        for root, below, is_folder in places:
            if not is_folder:
                folder, name = os.path.split(below)
                named.setdefault((root, folder), []).append(name)
                continue
            scanned = self._scan_folder(root, below, certain=certain)
            report.take(scanned)
            if scanned.offline is None:
                concluding[root] = None
        for (root, folder), names in named.items():  # a folder is listed once, however many of its files were named
            report.take(self._told(scan_files(self.library, root, folder, names)))
        return list(concluding)

    def _told(self, scanned: Scanned) -> Scanned:
        self._announce(scanned.changes.media)
        return scanned

    def _announce(self, media_ids: Collection[int]) -> None:
        added = sorted(media_id for media_id in media_ids if media_id > self._newest)
        changed = sorted(media_id for media_id in media_ids if media_id <= self._newest)
        self._newest = max(added, default=self._newest)
        if added or changed:
            self.wrote(added, changed)

    def _scan_folder(self, root: Root, below: bytes, *, certain: bool) -> Scanned:
        if not root.whole:
            return self._told(scan_known(self.library, root))
        found = lambda files: self.tell(Progress("scan", files))  # noqa: E731
        return scan(
            self.library,
            root,
            self.rules,
            start=below,
            certain=certain,
            token=self.token,
            found=found,
            took=self._announce,
        )

    def _examine(self, report: Report, meter: memory.Meter) -> None:
        due = self._due()
        ids = self._wanted_ids(due)
        if not ids and not any(self._unwatched(task) for task in self._tasks()):
            return
        if self.start_desk is not None:
            report.notices += make_words(due, lambda *far: self.tell(Progress("infer", *far)), self.token)
        clock = _Clock()
        with self.start_executor() as executor, self.start_desk() if self.start_desk else nullcontext(NoDesk()) as desk:
            # A second round is needed when bytes were known by a digest that another file lost in the first.
            for _ in range(_ROUNDS if ids else 0):
                self._examine_files(executor, desk, due, ids, report, clock, meter)
                if desk.failures:  # what waits for these networks would come up for ever
                    break
                ids = self._wanted_ids(due)
                if not ids:
                    break
            for task in self._tasks():
                self._go_through_films(task, executor, desk, report, clock, meter)
            report.notices += desk.failures
            report.speeds = clock.speeds(max(1, len(executor.pids)))

    def _due(self) -> tuple[Phase, ...]:
        wanted = switched_on(self.phases_off)
        return wanted if self.start_desk is not None else of_workers(wanted)

    def _outgoing(self, due: Sequence[Phase]) -> dict[str, Phase]:
        """Earlier versions of what is due whose vectors are still searched."""
        names = {phase.name for phase in of_networks(due)}
        spaces = self.library.vectors.spaces()
        return outgoing((space.phase, space.version) for space in spaces if space.phase in names)

    def _tasks(self) -> list[Task]:
        """What films are gone through for, one after the other."""
        seeing = of_networks(switched_on(self.phases_off))
        if self.start_desk is None:
            return []
        steps, tasks = self.film_steps(), list[Task]()
        if steps.sampling is not None and seeing:
            tasks.append(Watching(self.library, steps.sampling, seeing))
            if steps.tracking and "objects" in {phase.name for phase in seeing}:
                tasks.append(Following(self.library))
        if steps.listening:
            tasks.append(Listening(self.library))
        return tasks

    def _unwatched(self, task: Task) -> list[tuple[Wanted, float]]:
        """Films of which a part is left, with the second from which on."""
        seeing = [phase.name for phase in task.seeing]
        return self.library.unwatched(task.phase, self._away(), after=task.after, seeing=seeing)

    def _away(self) -> list[int]:
        return [root.id for root in self.library.roots() if is_away(root)]

    def _wanted_ids(self, due: Sequence[Phase]) -> Sequence[int]:
        """Without those in roots that are away, also if nobody has noticed yet: they would all be unreadable."""
        return self.library.wanted_ids(due, self._away())

    def _examine_files(
        self,
        executor: Executor,
        desk: Desk,
        due: Sequence[Phase],
        ids: Sequence[int],
        report: Report,
        clock: _Clock,
        meter: memory.Meter,
    ) -> None:
        saver = _Saver(self.library, self._announce)

        def collect(seconds: float) -> None:
            for inferred in desk.collect(seconds):
                clock.count_inferred(inferred)
                saver.add_inferred(inferred)

        def between(seconds: float) -> None:
            collect(seconds)
            saver.flush_if_late()
            meter.sample_sometimes(executor.pids)  # also while large pictures are decoded and nothing comes back

        results = drive(
            executor, self.library.wanted(due, ids, self._outgoing(due)), self.token, between, lambda: desk.has_room
        )
        handed = 0
        try:
            for done, (wanted, examined) in enumerate(results, start=1):
                report.count(wanted, examined)
                clock.count(examined)
                saver.add(examined)
                if examined.to_infer is not None:
                    desk.submit(examined.to_infer)
                    handed += 1
                self.tell(Progress("examine", done, len(ids), len(report.failed)))
            while desk.busy:
                self.token.check()
                between(_WAIT_S)
                self.tell(Progress("infer", clock.inferred, handed, len(report.failed)))
        finally:
            saver.flush()  # what is finished is kept, also when asked to stop

    def _go_through_films(
        self, task: Task, executor: Executor, desk: Desk, report: Report, clock: _Clock, meter: memory.Meter
    ) -> None:
        """Once all else is done."""
        unwatched = self._unwatched(task)
        if not unwatched or desk.failures or self.others_wait():
            return
        films = Films(task, unwatched, desk.submit, self._announce)

        def between(seconds: float) -> None:
            for inferred in desk.collect(seconds):
                clock.count_inferred(inferred)
                films.take_inferred(inferred)
            if desk.failures or self.others_wait():
                films.give_up()
            meter.sample_sometimes(executor.pids)

        results = drive(executor, films, self.token, between, lambda: desk.has_room)
        for wanted, examined in results:
            clock.count(examined)
            films.take(wanted, examined)
            self._tell_films(task, films, report)
        while desk.busy:
            self.token.check()
            between(_WAIT_S)
            self._tell_films(task, films, report)

    def _tell_films(self, task: Task, films: Films, report: Report) -> None:
        self.tell(Progress(str(task.stage), films.done, films.count, len(report.failed)))

    def _conclude(self, root: Root, report: Report, *, certain: bool) -> None:
        conclusion = self.library.conclude(root, certain=certain)
        report.missing += len(conclusion.missing)
        self._announce(conclusion.media)
        if conclusion.doubt is not None:
            text = f"{root.shown}: {conclusion.doubt}"
            report.notices.append(Message("root_doubtful", text, {"folder": root.shown}))


class _Clock:
    """What reading, decoding, each phase and each network took, over all workers. inferred: pictures."""

    def __init__(self) -> None:
        self.inferred = 0
        self._seconds: dict[str, float] = {}
        self._files: Counter[str] = Counter()
        self._alone: set[str] = set()

    def count(self, examined: Examined) -> None:
        for name, seconds in [*examined.seconds.items(), *((done.phase, done.seconds) for done in examined.done)]:
            self._seconds[name] = self._seconds.get(name, 0.0) + seconds
            self._files[name] += 1

    def count_inferred(self, inferred: Inferred) -> None:
        """One thread runs the networks, whatever the number of workers."""
        self.inferred += 1
        for name, seconds in [*inferred.seconds.items(), *((done.phase, done.seconds) for done in inferred.done)]:
            self._seconds[name] = self._seconds.get(name, 0.0) + seconds
            self._files[name] += 1
            self._alone.add(name)

    def speeds(self, workers: int) -> list[PhaseSpeed]:
        return [self._speed(name, files, 1 if name in self._alone else workers) for name, files in self._files.items()]

    def _speed(self, name: str, files: int, at_once: int) -> PhaseSpeed:
        seconds = self._seconds[name]
        return PhaseSpeed(name, files, round(seconds, 3), round(files * at_once / max(seconds, 1e-9), 1))


@dataclass
class _Saver:
    """Gathers results into transactions that are neither long nor late."""

    library: Library
    saved: Callable[[Collection[int]], None]
    _batch: list[Examined] = field(default_factory=list)
    _inferred: list[Inferred] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def add(self, examined: Examined) -> None:
        self._batch.append(examined)
        if len(self._batch) >= _SAVE_FILES:
            self.flush()

    def add_inferred(self, inferred: Inferred) -> None:
        self._inferred.append(inferred)
        if len(self._inferred) >= _SAVE_FILES:
            self.flush()

    def flush_if_late(self) -> None:
        if time.monotonic() - self._since >= _SAVE_S:
            self.flush()

    def flush(self) -> None:
        if self._batch:
            changed = self.library.save(self._batch)
            self._batch.clear()
            self.saved(changed)
        if self._inferred:  # after what the same files were found to hold otherwise
            changed = self.library.save_inferred(self._inferred)
            self._inferred.clear()
            self.saved(changed)
        self._since = time.monotonic()


def _no_media(below: bytes) -> Message:
    """A file that was named: of those found in folders nobody asked for, nothing is said."""
    name = shown(os.path.basename(below))
    return Message("no_media", f"{name} is neither a photo nor a video, so it was left out.", {"name": name})


def _failure(wanted: Wanted, examined: Examined) -> Failure | None:
    content = examined.content
    if content is not None:
        problem = content.problem
        state = content.state or State.OK
    else:
        problem = examined.problem
        state = PROBLEM_STATES.get(problem.code, State.UNREADABLE) if problem is not None else State.OK
    return Failure(wanted.path, state, problem) if problem is not None else None


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
