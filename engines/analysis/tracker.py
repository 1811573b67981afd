"""Follows things through the frames of a film: boxes that belong together become a track each.

Two rounds a frame, as ByteTrack showed (Zhang et al. 2022, written anew from the paper): sure boxes are given to tracks
first; what is left of the tracks then looks among the faint ones, for what is half hidden is seen faintly. Where a
track should be by now is told by how it moved; whoever was hidden for a moment is found again there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from lap import lapjv
from numpy.typing import NDArray

from engines.types import Box, Track

FAINT = 0.1  # score; below, there is more noise than there are things

_SURE = 0.4  # as objects are shown
_BEGIN = 0.5  # a faint thing goes on with a track, but begins none
_FRAMES = 3  # in which a thing has to be seen to be one
_LOST_S = 2.0  # hidden for longer: another one, as far as anybody can tell
_MARGIN = 0.3  # of a box's sides, by which all are grown: at 6 frames a second a small thing leaves its own place
_OVERLAP, _FAINT_OVERLAP = 0.2, 0.4  # of grown boxes, as intersection over union
_SPEED_FRAMES = 6  # of the last second: where one hides another, boxes jump
_SAME_PLACE = 0.5  # intersection over union, from which on a truck is the bus that was seen before
_STEP_S = 0.5  # at most, that a single frame stands for

Boxes = NDArray[np.float64]  # (n, 4) left, top, width, height


@dataclass
class _Following:
    """A thing under way: the seconds at which it was seen, where, and its best box with its second."""

    best: tuple[Box, float]
    moments: list[float]
    places: list[Boxes]

    @classmethod
    def begin(cls, box: Box, time_s: float) -> _Following:
        return cls((box, time_s), [time_s], [_place(box)])

    @property
    def seen_s(self) -> float:
        """When it was seen last."""
        return self.moments[-1]

    def at(self, time_s: float) -> Boxes:
        """Where it should be, at the speed of its last second; its size jitters more than it changes."""
        speed = np.zeros(4)
        if len(self.moments) > 1:
            times = np.array(self.moments[-_SPEED_FRAMES:])
            places = np.stack(self.places[-_SPEED_FRAMES:])
            middles = places[:, :2] + places[:, 2:] / 2
            times -= times.mean()
            speed[:2] = times @ middles / (times @ times)
        return self.places[-1] + speed * (time_s - self.seen_s)

    def see(self, box: Box, time_s: float) -> None:
        self.moments.append(time_s)
        self.places.append(_place(box))
        if box.score > self.best[0].score:
            self.best = box, time_s

    def is_double_of(self, other: _Following) -> bool:
        """Whether it is the same thing under another name: the other is mostly where it is, and there for longer."""
        if self.best[0].label == other.best[0].label or len(other.moments) <= len(self.moments):
            return False
        there = [other.place_at(time_s) for time_s in self.moments]
        same = [
            where is not None and float(_overlaps(place[None], where[None])[0, 0]) >= _SAME_PLACE
            for place, where in zip(self.places, there, strict=True)
        ]
        return sum(same) > len(same) / 2

    def place_at(self, time_s: float) -> Boxes | None:
        """Where it was seen at this very second."""
        place = bisect_left(self.moments, time_s)
        return self.places[place] if place < len(self.moments) and self.moments[place] == time_s else None

    def track(self) -> Track:
        """seconds: each frame stands for the time up to the next one of the track, unless that is long."""
        gaps = np.minimum(np.diff(self.moments), _STEP_S)
        return Track(self.moments[0], self.moments[-1], round(float(gaps.sum() + np.median(gaps)), 3), *self.best)


def tracks_of(outlooks: Iterable[tuple[float, Sequence[Box]]]) -> tuple[Track, ...]:
    """The things that were seen, as they begin. outlooks: seconds of a film, ascending, and what is seen then."""
    under_way: defaultdict[str, list[_Following]] = defaultdict(list)
    ended: list[_Following] = []
    for time_s, boxes in outlooks:
        seen: defaultdict[str, list[Box]] = defaultdict(list)
        for box in boxes:
            seen[box.label].append(box)
        for label in {*seen, *under_way}:
            there = [one for one in under_way[label] if time_s - one.seen_s <= _LOST_S]
            ended += [one for one in under_way[label] if time_s - one.seen_s > _LOST_S]
            under_way[label] = _gone_on(there, seen[label], time_s)
    every = [*ended, *(one for of_label in under_way.values() for one in of_label)]
    things = [one for one in every if len(one.moments) >= _FRAMES]
    found = [one.track() for one in _without_doubles(things)]
    return tuple(sorted(found, key=lambda track: (track.start_s, track.end_s)))


def _without_doubles(things: Sequence[_Following]) -> Iterator[_Following]:
    """Each is compared only with those that were seen in one of its frames: of a long film there are thousands."""
    there: defaultdict[float, list[_Following]] = defaultdict(list)
    for thing in things:
        for time_s in thing.moments:
            there[time_s].append(thing)
    for thing in things:
        beside = {id(other): other for time_s in thing.moments for other in there[time_s]}
        if not any(thing.is_double_of(other) for other in beside.values()):
            yield thing


def _gone_on(following: list[_Following], boxes: Sequence[Box], time_s: float) -> list[_Following]:
    """All of one label after another frame."""
    sure = [box for box in boxes if box.score >= _SURE]
    faint = [box for box in boxes if box.score < _SURE]
    taken: set[int] = set()
    for one, box in _pairs(following, sure, time_s, _OVERLAP):
        following[one].see(sure[box], time_s)
        taken.add(box)
    missed = [one for one in following if one.seen_s < time_s]
    for one, box in list(_pairs(missed, faint, time_s, _FAINT_OVERLAP)):
        missed[one].see(faint[box], time_s)
    begun = [box for number, box in enumerate(sure) if number not in taken and box.score >= _BEGIN]
    return [*following, *(_Following.begin(box, time_s) for box in begun)]


def _pairs(
    following: Sequence[_Following], boxes: Sequence[Box], time_s: float, least: float
) -> Iterator[tuple[int, int]]:
    """Which goes on as which, so that all together overlap as much as they can."""
    if not following or not boxes:
        return
    expected = np.stack([one.at(time_s) for one in following])
    cost = 1.0 - _overlaps(_grown(expected), _grown(np.stack([_place(box) for box in boxes])))
    _, chosen, _ = lapjv(cost, extend_cost=True, cost_limit=1.0 - least)
    yield from ((one, int(box)) for one, box in enumerate(chosen) if box >= 0)


def _place(box: Box) -> Boxes:
    return np.array((box.left, box.top, box.width, box.height))


def _grown(boxes: Boxes) -> Boxes:
    margins = boxes[:, 2:] * _MARGIN
    return np.concatenate([boxes[:, :2] - margins, boxes[:, 2:] + 2 * margins], axis=1)


def _overlaps(first: Boxes, second: Boxes) -> Boxes:
    """(n, m) intersection over union of each with each."""
    start = np.maximum(first[:, None, :2], second[None, :, :2])
    end = np.minimum((first[:, :2] + first[:, 2:])[:, None], (second[:, :2] + second[:, 2:])[None])
    common = np.clip(end - start, 0, None).prod(axis=2)
    areas = first[:, 2:].prod(axis=1)[:, None] + second[:, 2:].prod(axis=1)[None] - common
    return np.asarray(common / np.maximum(areas, 1e-12))
