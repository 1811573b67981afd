"""How well pictures show what words ask for: one score from what networks saw and from what that means as a whole.

Each concept of the query is given a strength (see strength.py); a text that holds the word counts as much as a good
sighting, and a picture has the colour that a word names. The strengths are averaged, the rarer concept with more
weight. To that are added the cosine of the whole query and the picture's vector and, for a query of several concepts,
the best of what was seen that is near to the query as a whole. How surely the query was understood scales the sum.

The numbers were chosen with `python -m tests.retrieval`, on every second concept; the figures of the two halves of each
kind of query rise and fall together, and none of the numbers has to be met closely.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engines.library.columns import Mask
from engines.library.sightings import Sightings
from engines.search.concepts import Concept
from engines.search.sense import Sense, Vector
from engines.search.strength import Floats, strength_of, strength_of_text

FLOOR = 0.5  # the score that _LEAST becomes

_LEAST = 0.32  # strength of a hit; of the concepts it was chosen with 3 of 50 that no photo shows have one
_WHOLE = 1.2  # the strength of a picture that leaves no doubt
_OF_TEXT = 0.8  # strength of a word that is told of and not seen
_OF_COLOUR = 0.4  # strength of a colour that a picture has, somewhere
_MEANING = 1.0  # what the cosine counts beside the strengths, which are 0 to 1
_MEANING_OF_KNOWN = 0.5  # where networks know all that is asked for, what they saw says more
_UNSURE = 0.3  # is taken off where only neighbours of what is asked for are known: a chair is no wheelchair
_NEAREST = 1000  # media whose vectors are looked for
_REFINED = 2000  # media of which much was seen whose vectors are read


@dataclass(frozen=True, slots=True)
class Asked:
    """One concept of the query. told: the media whose texts hold it, None for none. coloured: those that have the
    colour that it is, None if it is no colour.
    """

    concept: Concept
    told: Mask | None = None
    coloured: Mask | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it can be found as itself, not only by what is like it."""
        return self.told is not None or self.coloured is not None or self.concept.is_named

    @property
    def is_known(self) -> bool:
        """Whether anything can be found for it."""
        return self.is_sure or self.concept.is_known


@dataclass(frozen=True, slots=True)
class Look:
    """How well pictures show it. text: what was asked for. scores: by media id, 0 to 1, FLOOR and more for hits.
    meaning: by media id, the part that the query as a whole has in it, not its single concepts. worths: of the
    concepts.
    """

    asked: tuple[Asked, ...]
    text: str
    scores: Floats
    meaning: Floats
    worths: tuple[float, ...] = ()


def look(
    asked: Sequence[Asked],
    text: str,
    sightings: Sightings,
    allowed: Mask,
    sense: Sense | None,
    *,
    worths: Sequence[float] | None = None,
) -> Look:
    """text: the whole query. allowed: media that can be hits. worths: of the concepts; None: the rarer, the more."""
    strengths = [_strength(one, sightings, len(allowed)) for one in asked]
    if worths is None:
        worths = [_worth(one, strength) for one, strength in zip(asked, strengths, strict=True)]
    seen, certainty = _seen(asked, strengths, worths, allowed)
    if sense is None:
        return Look(tuple(asked), text, shown(certainty * seen), np.zeros_like(seen), tuple(worths))
    meaning = _meaning(asked, sense.encode(text), seen, allowed, sense)
    if len(asked) > 1:
        meaning += strength_of_text(sense.of_names.encode(text), sightings, len(allowed)) * allowed
    for part in (seen, meaning):  # in their own memory: to get new one takes as long as to multiply
        part *= certainty
    seen += meaning
    return Look(tuple(asked), text, shown(seen), meaning, tuple(worths))


def _worth(one: Asked, strength: Floats) -> float:
    """Of what nothing can be found for, none."""
    return math.log1p(len(strength) / (1 + float(strength.sum()))) if one.is_known else 0.0


def _seen(
    asked: Sequence[Asked], strengths: Sequence[Floats], worths: Sequence[float], allowed: Mask
) -> tuple[Floats, np.float32]:
    """The mean of the concepts' strengths, by media id; and how surely all of it was understood."""
    total, whole, sure = np.zeros(len(allowed), np.float32), sum(worths) or 1.0, 0.0
    for one, strength, worth in zip(asked, strengths, worths, strict=True):
        strength *= np.float32(worth / whole)
        total += strength
        sure += worth if one.is_sure else 0.0
    total *= allowed
    return total, np.float32(1 - _UNSURE * (1 - sure / whole))


def _strength(one: Asked, sightings: Sightings, count: int) -> Floats:
    strength = strength_of(one.concept, sightings, count)
    for mask, least in ((one.told, _OF_TEXT), (one.coloured, _OF_COLOUR)):
        if mask is not None:
            np.maximum(strength, mask * np.float32(least), out=strength)  # where=mask takes four times as long
    return strength


def shown(strength: Floats) -> Floats:
    """The score, from 0 to 1, that a strength is shown as."""
    scores = strength * np.float32(FLOOR / _LEAST)
    sure = np.flatnonzero(strength >= _LEAST)  # few of 1,000,000
    scores[sure] = FLOOR + (1 - FLOOR) * np.minimum((strength[sure] - _LEAST) / (_WHOLE - _LEAST), 1)
    return scores


def _meaning(asked: Sequence[Asked], vector: Vector, seen: Floats, allowed: Mask, sense: Sense) -> Floats:
    meaning = np.zeros(len(allowed), np.float32)
    found = np.flatnonzero(seen > 0)
    if len(found) > _REFINED:
        found = found[np.argpartition(-seen[found], _REFINED)[:_REFINED]]
    nearest, cosines = sense.nearest(vector, allowed, _NEAREST)
    worth = _MEANING_OF_KNOWN if all(one.concept.kinds for one in asked) else _MEANING
    meaning[found] = worth * sense.related(sense.cosines(vector, found), vector)
    meaning[nearest] = worth * sense.related(cosines, vector)
    return meaning
