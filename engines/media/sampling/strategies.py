"""Which frames of a stretch are worth a look: four strategies, each a function of a footage."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engines.media.sampling.amounts import LEAST
from engines.media.sampling.footage import EXACT_S, Footage
from engines.media.sampling.glance import Glance, change, recolouring
from engines.media.sampling.shots import OTHER, boundaries

_GAP_S = 1.0  # between two keyframes that are compared; in some codecs every frame is one
_LONGEST_GAP_S = 2.5  # so much may pass unseen between two keyframes that look alike; a shot worth finding is longer
_EDGE_S = 0.25  # from a boundary, where fields of two shots mix and the camera still settles
_CALM_S = 20.0  # a shot in which little happens is looked at again after so long
_MOVED = 32.0  # grey levels of change from one frame that was looked at to one that is worth a look as well
_LEAST_SPREAD = 12.0  # of brightness: less has black, fog, or a hand before the lens
_DARK, _BRIGHT = 40.0, 215.0  # mean brightness of a well exposed picture


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame to look at, and the part of the film that it stands for. All in seconds from the film's beginning."""

    time_s: float
    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s


Strategy = Callable[[Footage, float], list[Sample]]  # per_minute: frames in a minute at most


def uniform(footage: Footage, per_minute: float) -> list[Sample]:
    """The beginning of each equal part, and nothing is decoded to find them."""
    step_s = 60.0 / per_minute
    first, end = (math.ceil(time_s / step_s - 1e-6) for time_s in (footage.start_s, footage.end_s))
    return [Sample(number * step_s, number * step_s, (number + 1) * step_s) for number in range(first, end)]


def keyframes(footage: Footage, per_minute: float) -> list[Sample]:
    """The keyframes, as far as they are far enough apart; the decoder skips the rest."""
    return _standing_for(list(footage.keyframe_times(60.0 / per_minute)), footage)


def motion(footage: Footage, per_minute: float) -> list[Sample]:
    """A frame whenever enough has moved since the one before."""
    chosen: list[Glance] = []
    least_s = 60.0 / per_minute
    for glance in footage.frames(footage.start_s, footage.end_s):
        since_s = glance.time_s - chosen[-1].time_s if chosen else math.inf
        if since_s >= _CALM_S or (since_s >= least_s and change(chosen[-1], glance) >= _MOVED):
            chosen.append(glance)
    return _standing_for([glance.time_s for glance in chosen], footage)


def adaptive(footage: Footage, per_minute: float) -> list[Sample]:
    """The sharpest well exposed frame of each shot, more where a long shot changes; of too many shots the longest."""
    glances = list(looked_into(footage))
    if not glances:
        return []
    end_s = max(glances[-1].time_s, _end_of(footage, glances))
    edges = [footage.start_s, *boundaries(glances), end_s]
    parts = [part for edge in itertools.pairwise(edges) for part in _parts(_between(glances, *edge), *edge)]
    most = max(LEAST, math.ceil(per_minute * (end_s - footage.start_s) / 60))
    chosen = sorted(parts, key=lambda part: (part.is_first, part.shot_seconds), reverse=True)[:most]
    return _samples(sorted(chosen, key=lambda part: part.start_s))


STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {"adaptive": adaptive, "uniform": uniform, "keyframes": keyframes, "motion": motion}
)


def _standing_for(times: Sequence[float], footage: Footage) -> list[Sample]:
    """Each stands for the time up to the next one."""
    ends = [*times[1:], footage.end_s]
    return [Sample(time_s, time_s, end_s) for time_s, end_s in zip(times, ends, strict=True)]


def looked_into(footage: Footage) -> Iterator[Glance]:
    """The keyframes; between two that differ, or lie far apart, every frame."""
    before: Glance | None = None
    for key in footage.keyframes(_GAP_S):
        if before is not None:
            yield before
            if key.time_s - before.time_s > _LONGEST_GAP_S or recolouring(before, key) > OTHER:
                yield from _inside(footage, before.time_s, key.time_s)
        before = key
    if before is not None:
        yield before
        if footage.end_s - before.time_s > _GAP_S:
            yield from _inside(footage, before.time_s, footage.end_s)


def _inside(footage: Footage, start_s: float, end_s: float) -> Iterator[Glance]:
    frames = footage.frames(start_s, end_s)
    return (glance for glance in frames if start_s + EXACT_S < glance.time_s and glance.time_s >= footage.start_s)


def _end_of(footage: Footage, glances: Sequence[Glance]) -> float:
    """The film may end before the stretch does; its last frame is shown about as long as the one before."""
    if len(glances) < 2:
        return min(footage.end_s, glances[-1].time_s + _GAP_S)
    return min(footage.end_s, 2 * glances[-1].time_s - glances[-2].time_s)


@dataclass(frozen=True, slots=True)
class _Part:
    """Of a shot, which lasts until shot_end_s. is_first: no other part of the shot comes before it."""

    glances: Sequence[Glance]
    start_s: float
    shot_end_s: float
    shot_seconds: float
    is_first: bool


def _between(glances: Sequence[Glance], start_s: float, end_s: float) -> list[Glance]:
    return [glance for glance in glances if start_s - EXACT_S <= glance.time_s < end_s - EXACT_S]


def _parts(glances: Sequence[Glance], start_s: float, end_s: float) -> Iterator[_Part]:
    """A shot cut where it no longer looks like its beginning."""
    first = 0
    for place, glance in enumerate(glances):
        since_s = glance.time_s - glances[first].time_s
        if since_s >= _CALM_S or (since_s >= _LONGEST_GAP_S and change(glances[first], glance) >= _MOVED):
            yield _part(glances, first, place, start_s, end_s)
            first = place
    if glances:
        yield _part(glances, first, len(glances), start_s, end_s)


def _part(glances: Sequence[Glance], first: int, end: int, shot_s: float, shot_end_s: float) -> _Part:
    start_s = glances[first].time_s if first else shot_s
    return _Part(glances[first:end], start_s, shot_end_s, shot_end_s - shot_s, is_first=first == 0)


def _samples(parts: Sequence[_Part]) -> list[Sample]:
    """Each stands for all of its shot up to the next part that was chosen."""
    ends = [*(part.start_s for part in parts[1:]), math.inf]
    return [
        Sample(_best(part).time_s, part.start_s, min(part.shot_end_s, end_s))
        for part, end_s in zip(parts, ends, strict=True)
    ]


def _best(part: _Part) -> Glance:
    end_s = part.glances[-1].time_s
    inner = [one for one in part.glances if part.start_s + _EDGE_S <= one.time_s <= part.shot_end_s - _EDGE_S]
    middle_s = (part.start_s + end_s) / 2
    return max(
        inner or part.glances, key=lambda one: (_is_well_exposed(one), one.sharpness, -abs(one.time_s - middle_s))
    )


def _is_well_exposed(glance: Glance) -> bool:
    return glance.spread >= _LEAST_SPREAD and _DARK <= glance.brightness <= _BRIGHT
