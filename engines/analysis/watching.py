"""Films are watched: the phases of networks look at chosen frames, of which moments are made when a film is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from engines.analysis.films import Seen
from engines.analysis.moments import moments_of, of_film
from engines.analysis.phases import moments
from engines.library.library import Library
from engines.types import (
    Done,
    Fact,
    FilmFrame,
    FilmTask,
    Findings,
    Glimpse,
    Inferred,
    Message,
    Phase,
    Sampling,
    Stretch,
    Wanted,
)


class Watching:
    """A films.Task. seeing: the phases of networks that look at each frame."""

    stage = FilmTask.WATCH
    after = None

    def __init__(self, library: Library, sampling: Sampling, seeing: Sequence[Phase]) -> None:
        self.phase = moments()
        self.seeing = seeing
        self._library = library
        self._sampling = sampling
        self._precisions: dict[str, str | None] = {}

    def begin(self, film: Wanted, from_s: float) -> Stretch | None:
        """See Task."""
        return Stretch(from_s, self._sampling)

    def go_on(self, film: Wanted, stretch: Stretch, through_s: float | None) -> Stretch | None:
        """See Task."""
        return replace(stretch, start_s=through_s) if through_s is not None else None

    def save(self, digest: bytes, seen: Seen, through_s: float) -> None:
        """See Task."""
        for _, inferred in seen:
            self._precisions |= {done.phase: done.precision for done in inferred.done}
        glimpses = []
        for frame, inferred in seen:
            assert frame.thumbnail is not None
            glimpses.append((_glimpse(frame, inferred), frame.thumbnail))
        self._library.save_stretch(digest, self.phase, glimpses, through_s)

    def finish(self, digest: bytes, problem: Message | None) -> Collection[int]:
        """See Task."""
        glimpses = self._library.glimpses(digest)
        gathered = moments_of(glimpses)
        sources = {phase.name: phase.networks[0] for phase in self.seeing}
        found = of_film(glimpses, gathered, sources) if glimpses else {}
        dones = [
            Done(phase.name, phase.version, 0.0, found[phase.name], precision=self._precisions.get(phase.name))
            for phase in self.seeing
            if phase.name in found
        ]
        seen_by = Fact([phase.name for phase in self.seeing], self.phase.name)
        whole = Done(
            self.phase.name, self.phase.version, 0.0, Findings({"watched_by": seen_by}, moments=gathered), problem
        )
        return self._library.save_film(Inferred(digest, (whole, *dones)), gathered)


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
