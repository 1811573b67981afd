"""Chooses the frame that stands for a video in the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from av.video.frame import VideoFrame

from engines.media.film import Film

# Past the fade-in or the shaky beginning, yet of the first scene.
_FIRST_SHARE, _EARLIEST_S, _LATEST_S = 0.1, 1.0, 3.0
_LATER_SHARES = (0.3, 0.6, 0.85, 0.0)
_LIVELY = 12.0  # grey levels of spread: black, white, plain titles and fog have less, every ordinary scene more
_MOST_FRAMES = 100  # decoded one by one where no keyframe shows anything


@dataclass(frozen=True, slots=True)
class Poster:
    """time_s: from the beginning of the video."""

    frame: VideoFrame
    time_s: float


def choose(film: Film) -> Poster | None:
    """The first candidate that shows something, else the liveliest; None if no frame can be decoded at all."""
    best: VideoFrame | None = None
    most = -1.0
    for frame in _candidates(film):
        spread = _spread(frame)
        if spread > most:
            best, most = frame, spread
        if spread >= _LIVELY:
            break
    return Poster(best, film.time_of(best)) if best is not None else None


def _candidates(film: Film) -> Iterator[VideoFrame]:
    """Keyframes of several places, the best guess first, then the frames from the beginning one by one."""
    duration_s = film.duration_s or 0.0
    first_s = min(max(_FIRST_SHARE * duration_s, _EARLIEST_S), _LATEST_S, duration_s / 2)
    for time_s in (first_s, *(share * duration_s for share in _LATER_SHARES)):
        film.start_at(time_s)
        yield from islice(film.frames(), 1)
    film.start_at(0)
    yield from islice(film.frames(keyframes_only=False), _MOST_FRAMES)


def _spread(frame: VideoFrame) -> float:
    """Standard deviation of brightness over the picture, 0 to 128 grey levels."""
    small = frame.reformat(64, 36, "gray", interpolation="AREA", threads=1)
    return float(np.std(small.to_ndarray()))
