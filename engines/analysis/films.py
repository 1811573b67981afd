"""Films on their way: a worker takes a stretch of each in turn, the networks see or hear it, the library keeps it.

A stretch of each film has its turn, so that a long one holds up no other; what was seen of it is saved with how far it
went, so that the next run goes on there. What films are gone through for, and what is made of it, is told by a Task:
`watching` for moments, `following` for tracks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from engines.types import Examined, FilmFrame, FilmTask, Inferred, Message, Phase, Stretch, ToInfer, Wanted

_FAULTS = ("crashed", "timed_out", "out_of_memory", "failed")  # that come again, whatever is tried

Seen = Sequence[tuple[FilmFrame, Inferred]]


class Task(Protocol):
    """What films are gone through for. Called by one thread; keeps what it finds in the library."""

    @property
    def phase(self) -> Phase:
        """What is done when a film has come to its end."""
        ...

    @property
    def stage(self) -> FilmTask:
        """What is going on, for people."""
        ...

    @property
    def after(self) -> Phase | None:
        """With which a film has to be done before it is gone through."""
        ...

    @property
    def seeing(self) -> Sequence[Phase]:
        """The phases that say something about each frame."""
        ...

    def begin(self, film: Wanted, from_s: float) -> Stretch | None:
        """Where to begin, or go on; None where nothing is left of it."""
        ...

    def go_on(self, film: Wanted, stretch: Stretch, through_s: float | None) -> Stretch | None:
        """The next stretch. through_s: how far this one went; None: to the film's end."""
        ...

    def save(self, digest: bytes, seen: Seen, through_s: float) -> None:
        """Keep what was seen up to a second."""
        ...

    def finish(self, digest: bytes, problem: Message | None) -> Collection[int]:
        """Write down what the film is now known to be; the items that changed. problem: why it ended early."""
        ...


@dataclass
class _Part:
    """A stretch whose frames are with the networks. seen: what they have said so far, by second."""

    frames: Sequence[FilmFrame]
    through_s: float | None
    is_last: bool
    problem: Message | None = None
    seen: dict[float, Inferred] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return len(self.seen) == len(self.frames)

    @property
    def end_s(self) -> float:
        if self.through_s is not None:
            return self.through_s
        return max((frame.end_s for frame in self.frames), default=0.0)

    def waits_for(self, time_s: float) -> bool:
        """The frame of this second may be in two parts, if it lasts from one into the other."""
        return time_s not in self.seen and any(frame.time_s == time_s for frame in self.frames)


class Films(Iterator[Wanted]):
    """The films to be gone through, as `drive` takes them: it is over whenever no film waits, and may go on later.

    films: each with the second from which on. submit: hands a frame to the networks. saved: told the items that
    changed.
    """

    def __init__(
        self,
        task: Task,
        films: Iterable[tuple[Wanted, float]],
        submit: Callable[[ToInfer], None],
        saved: Callable[[Collection[int]], None],
    ) -> None:
        self._task = task
        self._names = tuple(phase.name for phase in task.seeing)
        self._new = deque(films)
        self._waiting: deque[Wanted] = deque()
        self._submit = submit
        self._saved = saved
        self._parts: dict[bytes, deque[_Part]] = {}
        self.count = len(self._new)
        self.done = 0
        self._given_up = False

    def __next__(self) -> Wanted:
        while self._new:  # all begin before any goes on
            film, from_s = self._new.popleft()
            stretch = self._task.begin(film, from_s)
            if stretch is not None:
                return replace(film, phases=self._names, stretch=stretch)
            assert film.digest is not None
            self._finish(film.digest, None)
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()

    def give_up(self) -> None:
        """Let all films wait for another run; what is under way is still taken."""
        self._new.clear()
        self._waiting.clear()
        self._given_up = True

    def take(self, wanted: Wanted, examined: Examined) -> None:
        """What came back of a stretch; the film waits for its next turn unless it is over, or was given up."""
        assert wanted.digest is not None
        assert wanted.stretch is not None
        watched, stretch = examined.watched, None
        if watched is None:
            problem = examined.problem
            if problem is None or problem.code not in _FAULTS:  # it may be there another time
                self.done += 1
                return
            part = _Part((), None, is_last=True, problem=problem)
        else:
            if watched.problem is None:
                stretch = self._task.go_on(wanted, wanted.stretch, watched.through_s)
            part = _Part(watched.frames, watched.through_s, is_last=stretch is None, problem=watched.problem)
        self._parts.setdefault(wanted.digest, deque()).append(part)
        for frame in part.frames:
            self._submit(frame.to_infer)
        if stretch is not None and not self._given_up:
            self._waiting.append(replace(wanted, stretch=stretch))
        self._save_whole_parts(wanted.digest)

    def take_inferred(self, inferred: Inferred) -> None:
        """What the networks saw in one frame. Frames of which they could not say all are waited for in vain."""
        if len(inferred.done) < len(self._names) or inferred.time_s is None:
            return
        parts = self._parts[inferred.digest]
        part = next(one for one in parts if one.waits_for(inferred.time_s))
        part.seen[inferred.time_s] = inferred
        self._save_whole_parts(inferred.digest)

    def _save_whole_parts(self, digest: bytes) -> None:
        """In their order, so that a film is known up to a second without gaps."""
        parts = self._parts[digest]
        while parts and parts[0].is_whole:
            part = parts.popleft()
            self._task.save(digest, [(frame, part.seen[frame.time_s]) for frame in part.frames], part.end_s)
            if part.is_last:
                self._parts.pop(digest, None)
                self._finish(digest, part.problem)

    def _finish(self, digest: bytes, problem: Message | None) -> None:
        self._saved(self._task.finish(digest, problem))
        self.done += 1
