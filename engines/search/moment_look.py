"""Looks at moments of films as `sight` looks at pictures, and ranks films by what their best moment shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from engines.library.columns import KINDS, Columns, Mask
from engines.library.moments import Filmed
from engines.library.search_index import SearchIndex
from engines.library.vector_rows import VectorRows
from engines.search.sense import Ids, Sense, Vector
from engines.search.sight import Asked, Look, look

_MOST = 300  # films at most are ranked by their moments, the most promising: 10 ms

_NOTHING = np.empty(0, np.int64), np.empty(0, np.float32)


@dataclass(frozen=True)
class MomentSense(Sense):
    """What the vectors of moments have to do with a text; ids are rows of `filmed`."""

    filmed: Filmed = field(default_factory=Filmed.empty)

    @classmethod
    def over(cls, filmed: Filmed, sense: Sense) -> MomentSense:
        return cls(sense.encoder, sense.index, sense.columns, sense.space, sense.networks, filmed)

    def nearest(self, vector: Vector, allowed: Mask, limit: int) -> tuple[Ids, Vector]:
        """None: all of them are asked about anyway."""
        return _NOTHING

    def cosines(self, vector: Vector, ids: Ids) -> Vector:
        """-1 where a moment has no vector."""
        if self.space is None or not len(ids):
            return np.full(len(ids), -1, np.float32)
        return cosines_of(self.filmed, self.index.vectors.rows(self.space), vector)[ids]


def cosines_of(filmed: Filmed, rows: VectorRows, vector: Vector) -> Vector:
    """How near each moment is to a picture or a text, by row; -1 where a moment has no vector."""
    found = np.full(len(filmed), -1, np.float32)
    places = rows.of_frames(filmed.frames)
    there = np.flatnonzero(places >= 0)
    _, found[there] = rows.cosines(places[there], vector)
    return found


def look_at(seen: Look, filmed: Filmed, sense: Sense | None) -> Look:
    """The same question to moments: scores and meaning by row of `filmed`. Texts and colours are the whole film's."""
    asked = [
        Asked(
            one.concept,
            None if one.told is None else one.told[filmed.media],
            None if one.coloured is None else one.coloured[filmed.media],
        )
        for one in seen.asked
    ]
    own = MomentSense.over(filmed, sense) if sense is not None else None
    everywhere = np.ones(len(filmed), np.bool_)
    return look(asked, seen.text, filmed.sightings, everywhere, own, worths=seen.worths)


def by_moments(seen: Look, sense: Sense | None, least: float, index: SearchIndex, columns: Columns) -> Look:
    """The look with the scores of films brought down to those of their best moments.

    A film's sightings are the best of all its moments: what is seen in different ones is not seen together. Of a single
    concept both are the same. least: the score of a hit.
    """
    if len(seen.asked) < 2:
        return seen
    hits = np.flatnonzero(seen.scores >= least)
    films = hits[columns["kind"][hits] == KINDS.index("video")]
    if not len(films):
        return seen
    promising = films[np.argsort(-seen.scores[films])[:_MOST]]
    filmed = index.filmed(promising.tolist())
    if not len(filmed):
        return seen
    best = np.zeros(len(seen.scores), np.float32)
    np.maximum.at(best, filmed.media, look_at(seen, filmed, sense).scores)
    scores = seen.scores.copy()
    watched = np.unique(filmed.media)
    scores[watched] = np.minimum(scores[watched], best[watched])
    return replace(seen, scores=scores)
