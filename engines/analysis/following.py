"""Things are followed through films: a detector looks at many frames of the moments that show any, for the tracker.

What it sees is kept as it comes; tracks are made of it when a film is over, so that a film that was left halfway goes
on as if it had not been.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engines.analysis.films import Seen
from engines.analysis.phases import moments, tracks
from engines.analysis.tracker import tracks_of
from engines.library.library import Library
from engines.types import Done, Fact, FilmTask, Findings, Inferred, Message, Sampling, Stretch, Wanted

# As ByteTrack wants them at least; of films with frames that nothing builds on, few others are decoded anyway.
_PER_MINUTE = 360
_APART_S = 1.0  # moments that lie no further apart are looked at as one: things walk from one into the next

Window = tuple[float, float]  # from and to, in seconds


class Following:
    """A films.Task."""

    stage = FilmTask.FOLLOW

    def __init__(self, library: Library) -> None:
        self.phase = tracks()
        self.after = moments()
        self.seeing = (self.phase,)
        self._library = library
        self._sampling = Sampling("uniform", _PER_MINUTE)
        self._windows: dict[bytes, list[Window]] = {}
        self._precision: str | None = None

    def begin(self, film: Wanted, from_s: float) -> Stretch | None:
        """See Task."""
        assert film.digest is not None
        self._windows[film.digest] = joined(self._library.times_of_objects(film.digest))
        return self._from(film.digest, from_s)

    def go_on(self, film: Wanted, stretch: Stretch, through_s: float | None) -> Stretch | None:
        """See Task."""
        assert film.digest is not None
        return self._from(film.digest, through_s) if through_s is not None else None

    def _from(self, digest: bytes, from_s: float) -> Stretch | None:
        """The first of what is left to be looked at."""
        left = next((window for window in self._windows[digest] if window[1] > from_s), None)
        if left is None:
            return None
        return Stretch(max(left[0], from_s), self._sampling, FilmTask.FOLLOW, end_s=left[1])

    def save(self, digest: bytes, seen: Seen, through_s: float) -> None:
        """See Task."""
        for _, inferred in seen:
            self._precision = inferred.done[0].precision
        outlooks = [(frame.time_s, inferred.done[0].findings.boxes) for frame, inferred in seen]
        self._library.save_outlooks(digest, self.phase, outlooks, through_s)

    def finish(self, digest: bytes, problem: Message | None) -> Collection[int]:
        """See Task."""
        self._windows.pop(digest, None)
        network = self.phase.networks[0]
        found = tracks_of(self._library.outlooks(digest, network))
        findings = Findings({"track_count": Fact(len(found), network)}, tracks=found)
        done = Done(self.phase.name, self.phase.version, 0.0, findings, problem, self._precision)
        return self._library.save_inferred([Inferred(digest, (done,))])


def joined(windows: Iterable[Window]) -> list[Window]:
    """Without the short gaps between them. windows: ascending."""
    found: list[Window] = []
    for start_s, end_s in windows:
        if found and start_s - found[-1][1] <= _APART_S:
            found[-1] = found[-1][0], max(end_s, found[-1][1])
        else:
            found.append((start_s, end_s))
    return found
