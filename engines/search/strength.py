"""How surely the networks saw in each picture what a concept asks for, from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engines.library.sightings import Posting, Sightings
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
    strength = np.zeros(count, np.float32)
    _add_labels(strength, [kind for kind in concept.kinds if kind < FIRST_OBJECT], sightings)
    for kind, worth in concept.hints.items():
        ids, scores = _known(sightings.of(kind), count)
        strength[ids] = 1 - (1 - strength[ids]) * (1 - np.float32(worth) * scores)
    others = [(kind, 1.0) for kind in concept.kinds if kind >= FIRST_OBJECT] + list(concept.near.items())
    if not others:
        return strength
    return np.asarray(1 - (1 - strength) * (1 - _best_of(others, sightings, count)))


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


def _add_labels(strength: Floats, kinds: Iterable[int], sightings: Sightings) -> None:
    for kind in kinds:
        ids, scores = _known(sightings.of(kind), len(strength))
        strength[ids] += scores
    seen = np.flatnonzero(strength)
    strength[seen] = np.minimum(strength[seen], 1) ** np.float32(_DOUBT)


def _best_of(things: Iterable[tuple[int, float]], sightings: Sightings, count: int) -> Floats:
    """things: classes, each with its worth."""
    best = np.zeros(count, np.float32)
    for kind, worth in things:
        ids, scores = _known(sightings.of(kind), count)
        best[ids] = np.maximum(best[ids], np.float32(worth) * scores)
    return best


def _known(posting: Posting, count: int) -> tuple[NDArray[np.int64], Floats]:
    """What was added since the columns were read is left out."""
    if not len(posting.ids) or posting.ids.max() < count:
        return posting.ids, posting.scores
    there = posting.ids < count
    return posting.ids[there], posting.scores[there]
