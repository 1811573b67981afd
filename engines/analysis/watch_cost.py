"""What looking into films comes to, before it is done: frames, and seconds of this computer."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from engines.analysis.phases import moments, of_networks, switched_on
from engines.analysis.squares import seen_by
from engines.inference.sets import in_use
from engines.library.columns import KINDS
from engines.library.library import Library
from engines.library.runs import Run
from engines.media.sampling.amounts import LEAST, USUAL_PER_MINUTE
from engines.settings import Settings
from engines.types import Kind, Phase, Sampling

_RUNS = 20  # in which to look for the speed of the networks
_ENOUGH = 50  # frames that a speed is sure from

# Measured with `bench video` on 15 real films, most of them H.264 of 720p: of a minute, frames that are decoded to
# choose some, and seconds that one core needs for it.
_DECODED = {"adaptive": 750, "uniform": 600, "keyframes": 30, "motion": 1500}
_READ_S = {"adaptive": 2.0, "uniform": 1.2, "keyframes": 0.8, "motion": 8.0}
_KEPT_S = 0.05  # for the sharpness and the small picture of a frame that is looked at
_USUAL_FRAME_S = {"starter": 0.1, "full": 0.6}  # of the networks of a set, on two cores, until they were measured here


@dataclass(frozen=True, slots=True)
class WatchCost:
    """Of so many films that play film_s in all. decoded: to choose the frames that are looked at, at most so many.

    seconds: roughly, with nothing else to do. is_measured: the networks' speed on this computer is known.
    """

    films: int
    film_s: float
    decoded: int
    frames: int
    seconds: float
    is_measured: bool


def cost(lengths_s: Sequence[float], sampling: Sampling, frame_s: float, *, is_measured: bool = True) -> WatchCost:
    """lengths_s: of the films. frame_s: seconds that the networks need for a frame."""
    per_minute = sampling.per_minute or USUAL_PER_MINUTE[sampling.strategy]
    least = LEAST if sampling.strategy == "adaptive" else 1
    frames = sum(max(least, math.ceil(per_minute * length_s / 60)) for length_s in lengths_s)
    film_s = math.fsum(lengths_s)
    decoded = max(frames, round(_DECODED[sampling.strategy] * film_s / 60))
    seconds = _READ_S[sampling.strategy] * film_s / 60 + frames * (_KEPT_S + frame_s)
    return WatchCost(len(lengths_s), film_s, decoded, frames, seconds, is_measured)


def cost_of_rest(library: Library, settings: Settings, away: Collection[int] = ()) -> WatchCost | None:
    """Of the films of which something is left to be looked into; None where the settings want none to be.

    away: ids of the roots whose files cannot be had now.
    """
    sampling = settings.video.sampling()
    if sampling is None:
        return None
    films = library.unwatched(moments(), away)
    known = library.lengths([film.file_id for film, _ in films])
    left = [max(0.0, known.get(film.file_id, 0.0) - from_s) for film, from_s in films]
    return _priced(library, settings, left, sampling)


def cost_of_all(library: Library, settings: Settings) -> WatchCost | None:
    """Of all films that are shown, whether they were looked into or not."""
    sampling = settings.video.sampling()
    if sampling is None:
        return None
    columns = library.index.columns()
    films = columns.listed & (columns["kind"] == KINDS.index(Kind.VIDEO))
    lengths = columns["duration_s"][films]
    return _priced(library, settings, np.nan_to_num(lengths).tolist(), sampling)


def _priced(library: Library, settings: Settings, lengths_s: Sequence[float], sampling: Sampling) -> WatchCost:
    measured = frame_seconds(library.last_runs(_RUNS), of_networks(switched_on(settings.analysis.phases_off)))
    frame_s = _USUAL_FRAME_S[in_use().name] if measured is None else measured
    return cost(lengths_s, sampling, frame_s, is_measured=measured is not None)


def frame_seconds(runs: Sequence[Run], seeing: Sequence[Phase]) -> float | None:
    """What the networks of these phases needed for a frame in the last run in which they saw enough; None: in none."""
    wanted = set(seen_by(seeing))
    for run in runs:
        speeds = {phase.name: phase for phase in run.phases if phase.name in wanted and phase.files >= _ENOUGH}
        if wanted and speeds.keys() == wanted:
            return sum(speed.seconds / speed.files for speed in speeds.values())
    return None
