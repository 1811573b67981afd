"""How surely the networks saw in each picture what a concept asks for, from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engines.library.sightings import STEPS, Sightings
from engines.name_vectors import name_vectors
from engines.search.concepts import Concept
from engines.types import FIRST_OBJECT
from engines.vocabulary import classes_of

Floats = NDArray[np.float32]

_DOUBT = 1.3  # power of the labels' sum: a faint label is wrong more often than it says
_RELATED = 0.3  # cosine of a whole query and a name, from which on the thing counts
_NAMES = 32  # that are nearest to a whole query; those after them say nothing new


def strength_of(concept: Concept, sightings: Sightings, count: int) -> Floats:
    """By media id: the labels that are one of it, joined with what hints at it and with the best of the objects and
    neighbours. count: of media ids.
    """
    strength = _of_labels([kind for kind in concept.kinds if kind < FIRST_OBJECT], sightings, count)
    for kind, worth in concept.hints.items():
        posting = sightings.of(kind).below(count)
        strength[posting.ids] = 1 - (1 - strength[posting.ids]) * (1 - np.float32(worth) * posting.scores)
    others = [(kind, 1.0) for kind in concept.kinds if kind >= FIRST_OBJECT] + list(concept.near.items())
    return _joined(strength, _best_of(others, sightings, count)) if others else strength


def _joined(one: Floats, other: Floats) -> Floats:
    """1 - (1 - one)(1 - other), in their memory: at 1,000,000 media half of the time is spent on getting new one."""
    for strength in (one, other):
        np.subtract(1, strength, out=strength)
    one *= other
    return np.subtract(1, one, out=one)


def strength_of_text(vector: Floats, sightings: Sightings, count: int) -> Floats:
    """By media id: the best of the things whose names mean something like a whole text. vector: of the text."""
    known = name_vectors()
    cosines = known.vectors @ vector
    nearest = [row for row in np.argsort(-cosines)[:_NAMES].tolist() if cosines[row] > _RELATED]
    things = [
        (kind, (float(cosines[row]) - _RELATED) / (1 - _RELATED))
        for row in nearest
        for kind in classes_of(known.names[row], with_kinds=False)
    ]
    return _best_of(things, sightings, count)


def _of_labels(kinds: Sequence[int], sightings: Sightings, count: int) -> Floats:
    """What the sum of the labels is worth."""
    if not kinds:
        return np.zeros(count, np.float32)
    total = np.zeros(count, np.uint16)  # in 255ths; all labels of a picture are 1 together, but for rounding
    for kind in kinds:
        posting = sightings.of(kind).below(count)
        np.add.at(total, posting.ids, posting.steps.astype(np.uint16))  # half the time of total[ids] += steps
    return _worth().take(total, mode="clip")


@cache
def _worth() -> Floats:
    """By a sum in 255ths: to take it from here is 20 times as fast as to raise to a power."""
    return np.asarray((np.arange(STEPS + 1) / STEPS) ** _DOUBT, np.float32)


def _best_of(things: Iterable[tuple[int, float]], sightings: Sightings, count: int) -> Floats:
    """things: classes, each with its worth."""
    best = np.zeros(count, np.float32)
    for kind, worth in things:
        posting = sightings.of(kind).below(count)
        np.maximum.at(best, posting.ids, np.float32(worth) * posting.scores)
    return best
