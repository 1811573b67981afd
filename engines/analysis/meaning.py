"""The meaning phase: what searches need of labels and objects, be they faint, and a vector for all of it together.

The vector lies near those of texts that say the same: a convex combination of semantic embeddings (Norouzi et al.
2013), of all names, each as much as the networks are sure of it. Measured on 225 captions, neither the shown name
alone, nor its parents with it, nor the square of the scores did better than the middle of a name's English words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engines.analysis import labels, objects
from engines.name_vectors import name_vectors
from engines.types import FIRST_OBJECT, Findings, Outputs, Sighting
from engines.vocabulary import Label, coco, imagenet

Vector = NDArray[np.float32]

# A score from which on a thing is kept for searches. Much less than is shown as a tag: with the limits of tags a right
# photo was among the first five for 77 % of the names, with these for 92 %.
_LABEL, _OBJECT = 0.02, 0.05
_LEAST = 0.02  # of an object in the vector; below, there is something of everything in every picture


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    return findings_of(labels.likely(outputs), objects.seen_in(outputs)["scores"])


def findings_of(probabilities: Vector, scores: Vector) -> Findings:
    """What searches need of a picture. probabilities: (1000,) of the labels. scores: (boxes, 80) of the objects."""
    best = scores.max(axis=0, initial=0.0)
    return Findings(vector=_vector_of(probabilities, best), sightings=sightings_of(probabilities, best))


def sightings_of(probabilities: Vector, best: Vector) -> tuple[Sighting, ...]:
    """probabilities: (1000,) of the labels. best: (80,), of each object the surest."""
    whole = [Sighting(label.index, float(probabilities[label.index])) for label in imagenet() if not label.hidden]
    single = [Sighting(FIRST_OBJECT + label.index, float(best[label.index])) for label in coco() if not label.hidden]
    return (*(one for one in whole if one.score >= _LABEL), *(one for one in single if one.score >= _OBJECT))


def _vector_of(probabilities: Vector, best: Vector) -> Vector | None:
    """(384,) of length 1; None where the networks see nothing at all."""
    vector = probabilities @ _vectors_of_labels() + np.where(best < _LEAST, 0, best) @ _vectors_of_objects()
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length, np.float32) if length > 0 else None


@cache
def _vectors_of_labels() -> Vector:
    return _vectors(imagenet())


@cache
def _vectors_of_objects() -> Vector:
    return _vectors(coco())


def _vectors(classes: Sequence[Label]) -> Vector:
    """(classes, 384); of a hidden class zeros."""
    known = name_vectors()
    nothing = np.zeros_like(known.mean)
    return np.array([nothing if label.hidden else known.of(label.name) for label in classes])
