"""What the frames of a film say together: moments, stretches that show much the same, and the film as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engines.inference.sets import in_use
from engines.types import Fact, Findings, Glimpse, Sighting, Tag

_APART_S = 2.0  # a longer gap between two frames' stretches ends a moment
# A tag of a film is seen for a twentieth of it, or in two frames, or surely: one glance of many is often mistaken.
_LEAST_SHARE, _LEAST_FRAMES, _SURE = 0.05, 2, 0.6

Vector = NDArray[np.float32]


def moments_of(glimpses: Sequence[Glimpse]) -> tuple[Glimpse, ...]:
    """Neighbours that show the same, together. glimpses: of a film's frames, in order."""
    groups: list[list[Glimpse]] = []
    total: Vector | None = None  # of the last group, kept up as it grows: a film may be one group of thousands
    for glimpse in glimpses:
        if not groups or not _belongs(glimpse, groups[-1][-1], _unit(total)):
            groups.append([])
            total = None
        groups[-1].append(glimpse)
        weighted = _weighted(glimpse)
        total = weighted if total is None or weighted is None else total + weighted
    return tuple(_together(group) for group in groups)


def of_film(glimpses: Sequence[Glimpse], moments: Sequence[Glimpse], source: Mapping[str, str]) -> dict[str, Findings]:
    """What the phases of networks found in the whole film, by phase. source: by phase, whose its facts are.

    A tag's score is that of the moment that shows it best, its share that of the film's time.
    """
    seconds = _seconds(glimpses)
    frames: defaultdict[tuple[str, str], int] = defaultdict(int)
    for glimpse in glimpses:
        for phase, tags in glimpse.tags.items():
            for tag in tags:
                frames[phase, tag.name] += 1
    found = {
        phase: tuple(
            tag
            for tag in _best_tags(moments, phase, seconds)
            if tag.share >= _LEAST_SHARE or frames[phase, tag.name] >= _LEAST_FRAMES or tag.score >= _SURE
        )
        for phase in {phase for glimpse in glimpses for phase in glimpse.tags}
    }
    most = max((len(glimpse.boxes) for glimpse in glimpses), default=0)
    return {
        "objects": Findings({"object_count": Fact(most, source.get("objects", ""))}, found.get("objects", ())),
        "labels": Findings(tags=found.get("labels", ())),
        "meaning": Findings(
            vector=_mean(moments),
            sightings=_most(moments),
            vectors_at={moment.time_s: moment.vector for moment in moments if moment.vector is not None},
        ),
    }


def _belongs(glimpse: Glimpse, last: Glimpse, mean: Vector | None) -> bool:
    """Whether it goes on with a group. mean: of the group's vectors, None where it has none."""
    if glimpse.start_s - last.end_s > _APART_S:
        return False
    if glimpse.vector is None:
        return mean is None
    return mean is not None and float(mean @ glimpse.vector) >= in_use().alike


def _together(group: Sequence[Glimpse]) -> Glimpse:
    """A moment. Its best frame is the one of the best quality among those that show what most of it shows."""
    mean = _mean(group)
    best = max(group, key=lambda one: one.quality + _likeness(one, mean))
    phases = dict.fromkeys(phase for glimpse in group for phase in glimpse.tags)
    return Glimpse(
        best.time_s,
        group[0].start_s,
        group[-1].end_s,
        best.quality,
        {phase: _mean_tags(group, phase) for phase in phases},
        best.boxes,
        _most(group),
        mean,
    )


def _likeness(glimpse: Glimpse, mean: Vector | None) -> float:
    return float(mean @ glimpse.vector) if mean is not None and glimpse.vector is not None else 0.0


def _mean_tags(group: Sequence[Glimpse], phase: str) -> tuple[Tag, ...]:
    """By how sure the frames are that have them, each for as long as it stands for something."""
    whole = _seconds(group)
    seen: defaultdict[tuple[str, str], list[tuple[Tag, float]]] = defaultdict(list)
    for glimpse in group:
        for tag in glimpse.tags.get(phase, ()):
            seen[tag.name, tag.source].append((tag, _weight(glimpse)))
    found = []
    for (name, source), tags in seen.items():
        there = sum(weight for _, weight in tags)
        score = sum(tag.score * weight for tag, weight in tags) / there
        share = min(1.0, there / whole)
        found.append(Tag(name, round(score, 4), source, max(tag.count for tag, _ in tags), round(share, 3)))
    return tuple(sorted(found, key=lambda tag: -tag.score * tag.share))


def _best_tags(moments: Sequence[Glimpse], phase: str, seconds: float) -> list[Tag]:
    best: dict[str, Tag] = {}
    shares: defaultdict[str, float] = defaultdict(float)
    for moment in moments:
        for tag in moment.tags.get(phase, ()):
            shares[tag.name] += tag.share * _weight(moment) / seconds
            before = best.get(tag.name)
            score, count = (tag.score, tag.count) if before is None else _greater(tag, before)
            best[tag.name] = Tag(tag.name, score, tag.source, count)
    found = [
        Tag(tag.name, tag.score, tag.source, tag.count, round(min(1.0, shares[tag.name]), 3)) for tag in best.values()
    ]
    return sorted(found, key=lambda tag: -tag.score)


def _greater(first: Tag, second: Tag) -> tuple[float, int]:
    return max(first.score, second.score), max(first.count, second.count)


def _most(group: Iterable[Glimpse]) -> tuple[Sighting, ...]:
    """Of each kind the best sighting."""
    best: dict[int, float] = {}
    for glimpse in group:
        for one in glimpse.sightings:
            best[one.kind] = max(one.score, best.get(one.kind, 0.0))
    return tuple(Sighting(kind, score) for kind, score in sorted(best.items()))


def _mean(group: Iterable[Glimpse]) -> Vector | None:
    """(n,) of length 1; each counts for as long as it stands for something."""
    vectors = [weighted for weighted in map(_weighted, group) if weighted is not None]
    return _unit(np.sum(vectors, axis=0)) if vectors else None


def _weighted(glimpse: Glimpse) -> Vector | None:
    return None if glimpse.vector is None else glimpse.vector * np.float32(_weight(glimpse))


def _unit(total: Vector | None) -> Vector | None:
    length = 0.0 if total is None else float(np.linalg.norm(total))
    return np.asarray(total / length, np.float32) if total is not None and length > 0 else None


def _seconds(group: Iterable[Glimpse]) -> float:
    return sum(map(_weight, group)) or 1.0


def _weight(glimpse: Glimpse) -> float:
    """A film of a single frame has no length, and yet shows something."""
    return max(glimpse.seconds, 0.04)
