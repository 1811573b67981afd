"""How well pictures show what words ask for: one score from what networks saw and from what that means as a whole.

Each concept of the query is given a strength: the sum of the labels that are one of it, joined with the best of the
objects (1 - (1 - labels)(1 - objects)), with neighbours for less; a text that holds the word counts as much as a good
sighting. The strengths are averaged, the rarer concept with more weight, and the cosine of the whole query to the
picture's vector is added. The numbers were tried on 225 captions and 138 names and kinds of things; the results of the
two halves of the captions rise and fall together, and none of the numbers has to be met closely.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.library.columns import Mask
from engines.library.sightings import Posting, Sightings
from engines.search.concepts import Concept
from engines.search.sense import Ids, Sense
from engines.types import FIRST_OBJECT

FLOOR = 0.5  # the score that LEAST becomes

_LEAST = 0.32  # strength; with it 24 of 26 names that photos show are found, and 9 of 70 things that none shows
_WHOLE = 1.2  # the strength of a picture that leaves no doubt
_OF_TEXT = 0.8  # strength of a word that is told of and not seen
_MEANING = 1.0  # what the cosine counts beside the strengths, which are 0 to 1
_MEANING_OF_KNOWN = 0.5  # where networks know all that is asked for, what they saw says more
_NEAREST = 1000  # media whose vectors are looked for
_REFINED = 2000  # media of which much was seen whose vectors are read

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Look:
    """How well pictures show it. text: what was asked for. scores: by media id, 0 to 1, FLOOR and more for hits.
    meaning: by media id, the part of it that the picture as a whole has.
    """

    concepts: tuple[Concept, ...]
    text: str
    scores: Floats
    meaning: Floats


def look(
    concepts: Sequence[Concept],
    texts: Sequence[Mask | None],
    text: str,
    sightings: Sightings,
    allowed: Mask,
    sense: Sense | None,
) -> Look:
    """texts: of each concept the media that tell of it. text: the whole query. allowed: media that can be hits."""
    total, whole = np.zeros(len(allowed), np.float32), 0.0
    for concept, told in zip(concepts, texts, strict=True):
        strength = _strength(concept, sightings, len(allowed))
        if told is not None:
            np.maximum(strength, _OF_TEXT, out=strength, where=told)
        elif not concept.is_known:
            continue
        worth = math.log1p(len(allowed) / (1 + float(strength.sum())))
        strength *= worth
        total += strength
        whole += worth
    total /= whole or 1.0
    total *= allowed
    meaning = _meaning(concepts, text, total, allowed, sense)
    total += meaning
    return Look(tuple(concepts), text, shown(total), meaning)


def shown(strength: Floats) -> Floats:
    """The score, from 0 to 1, that a strength is shown as."""
    above = FLOOR + (1 - FLOOR) * np.minimum((strength - _LEAST) / (_WHOLE - _LEAST), 1)
    return np.where(strength < _LEAST, strength * np.float32(FLOOR / _LEAST), above).astype(np.float32)


def _strength(concept: Concept, sightings: Sightings, count: int) -> Floats:
    labels = [sightings.of(kind) for kind in concept.kinds if kind < FIRST_OBJECT]
    strength = np.zeros(count, np.float32)
    for posting in labels:
        ids, scores = _known(posting, count)
        strength[ids] += scores
    if len(labels) > 1:
        np.minimum(strength, 1, out=strength)
    others = [(kind, 1.0) for kind in concept.kinds if kind >= FIRST_OBJECT] + list(concept.near.items())
    if not others:
        return strength
    rest = np.ones(count, np.float32)  # what the objects and neighbours leave open
    for kind, worth in others:
        ids, scores = _known(sightings.of(kind), count)
        rest[ids] = np.minimum(rest[ids], 1 - np.float32(worth) * scores)
    return np.asarray(1 - (1 - strength) * rest)


def _known(posting: Posting, count: int) -> tuple[Ids, Floats]:
    """What was added since the columns were read is left out."""
    if not len(posting.ids) or posting.ids.max() < count:
        return posting.ids, posting.scores
    there = posting.ids < count
    return posting.ids[there], posting.scores[there]


def _meaning(concepts: Sequence[Concept], text: str, seen: Floats, allowed: Mask, sense: Sense | None) -> Floats:
    meaning = np.zeros(len(allowed), np.float32)
    if sense is None:
        return meaning
    vector = sense.encode(text)
    found = np.flatnonzero(seen)
    if len(found) > _REFINED:
        found = found[np.argpartition(-seen[found], _REFINED)[:_REFINED]]
    nearest, cosines = sense.nearest(vector, allowed, _NEAREST)
    worth = _MEANING_OF_KNOWN if all(concept.kinds for concept in concepts) else _MEANING
    meaning[found] = worth * sense.related(sense.cosines(vector, found), vector)
    meaning[nearest] = worth * sense.related(cosines, vector)
    return meaning
