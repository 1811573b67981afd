"""Films on their way: a worker chooses frames of a stretch, the networks see them, the library keeps what they saw.

A stretch of each film has its turn, so that a long one holds up no other; what was seen of it is saved with how far it
went, so that the next run goes on there. When a film has come to its end its moments are gathered.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from engines.analysis.moments import moments_of, of_film
from engines.analysis.phases import moments
from engines.library.library import Library
from engines.types import (
    Done,
    Examined,
    FilmFrame,
    Findings,
    Glimpse,
    Inferred,
    Message,
    Phase,
    Sampling,
    Stretch,
    ToInfer,
    Wanted,
)

_FAULTS = ("crashed", "timed_out", "out_of_memory", "failed")  # that come again, whatever is tried


@dataclass
class _Part:
    """A stretch whose frames are with the networks. seen: what they have said so far, by second."""

    frames: Sequence[FilmFrame]
    through_s: float | None
    problem: Message | None = None
    seen: dict[float, Inferred] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return len(self.seen) == len(self.frames)

    def waits_for(self, time_s: float) -> bool:
        """The frame of this second may be in two parts, if it lasts from one into the other."""
        return time_s not in self.seen and any(frame.time_s == time_s for frame in self.frames)


class Films(Iterator[Wanted]):
    """The films to be watched, as `drive` takes them: it is over whenever no film waits, and may go on later.

    seeing: the phases of networks that look at each frame. submit: hands a frame to the networks. saved: told the items
    that changed.
    """

    def __init__(
        self,
        library: Library,
        films: Iterable[tuple[Wanted, float]],
        sampling: Sampling,
        seeing: Sequence[Phase],
        submit: Callable[[ToInfer], None],
        saved: Callable[[Collection[int]], None],
    ) -> None:
        self._library = library
        self._phase = moments()
        self._seeing = seeing
        names = tuple(phase.name for phase in self._seeing)
        self._waiting = deque(replace(film, phases=names, stretch=Stretch(from_s, sampling)) for film, from_s in films)
        self._submit = submit
        self._saved = saved
        self._parts: dict[bytes, deque[_Part]] = {}
        self._precisions: dict[str, str | None] = {}
        self.count = len(self._waiting)
        self.done = 0
        self._given_up = False

    def __next__(self) -> Wanted:
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()

    def give_up(self) -> None:
        """Let all films wait for another run; what is under way is still taken."""
        self._waiting.clear()
        self._given_up = True

    def take(self, wanted: Wanted, examined: Examined) -> None:
        """What came back of a stretch; the film waits for its next turn unless it is over, or was given up."""
        assert wanted.digest is not None
        watched = examined.watched
        if watched is None:
            problem = examined.problem
            if problem is None or problem.code not in _FAULTS:  # it may be there another time
                self.done += 1
                return
            part = _Part((), None, problem)
        else:
            part = _Part(watched.frames, watched.through_s, watched.problem)
        self._parts.setdefault(wanted.digest, deque()).append(part)
        for frame in part.frames:
            self._submit(frame.to_infer)
        if part.through_s is not None and wanted.stretch is not None and not self._given_up:
            self._waiting.append(replace(wanted, stretch=replace(wanted.stretch, start_s=part.through_s)))
        self._save_whole_parts(wanted.digest)

    def take_inferred(self, inferred: Inferred) -> None:
        """What the networks saw in one frame. Frames of which they could not say all are waited for in vain."""
        if len(inferred.done) < len(self._seeing) or inferred.time_s is None:
            return
        self._precisions |= {done.phase: done.precision for done in inferred.done}
        parts = self._parts[inferred.digest]
        part = next(one for one in parts if one.waits_for(inferred.time_s))
        part.seen[inferred.time_s] = inferred
        self._save_whole_parts(inferred.digest)

    def _save_whole_parts(self, digest: bytes) -> None:
        """In their order, so that a film is known up to a second without gaps."""
        parts = self._parts[digest]
        while parts and parts[0].is_whole:
            part = parts.popleft()
            seen = [(_glimpse(frame, part.seen[frame.time_s]), frame.thumbnail) for frame in part.frames]
            last_s = max((frame.end_s for frame in part.frames), default=0.0)
            self._library.save_stretch(digest, self._phase, seen, last_s if part.through_s is None else part.through_s)
            if part.through_s is None:
                self._finish(digest, part.problem)

    def _finish(self, digest: bytes, problem: Message | None) -> None:
        glimpses = self._library.glimpses(digest)
        gathered = moments_of(glimpses)
        sources = {phase.name: phase.networks[0] for phase in self._seeing}
        found = of_film(glimpses, gathered, sources) if glimpses else {}
        dones = [
            Done(phase.name, phase.version, 0.0, found[phase.name], precision=self._precisions.get(phase.name))
            for phase in self._seeing
            if phase.name in found
        ]
        whole = Done(self._phase.name, self._phase.version, 0.0, Findings(moments=gathered), problem)
        self._saved(self._library.save_film(Inferred(digest, (whole, *dones)), gathered))
        self._parts.pop(digest, None)
        self.done += 1


def _glimpse(frame: FilmFrame, inferred: Inferred) -> Glimpse:
    """A frame with what the phases say of it."""
    found = [done.findings for done in inferred.done]
    return Glimpse(
        frame.time_s,
        frame.start_s,
        frame.end_s,
        frame.quality,
        {done.phase: done.findings.tags for done in inferred.done if done.findings.tags},
        tuple(box for one in found for box in one.boxes),
        tuple(sighting for one in found for sighting in one.sightings),
        next((one.vector for one in found if one.vector is not None), None),
    )
