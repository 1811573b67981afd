"""The ranking that the design starts from and asks to be beaten, on what a library has stored of its photos."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.library.library import Library
from engines.search.sense import Sense
from engines.types import FIRST_OBJECT
from engines.vocabulary import coco, imagenet

_UNRELATED = 0.3  # cosine, from which on a label counts
_MEANING = 0.3  # what the cosine of query and picture counts


class PlainFusion:
    """score = max over labels and objects of p · max(0, cos(query, name) - 0.3), plus 0.3 · cos(query, picture).

    A name is that of the network's own list up to the first comma.
    """

    def __init__(self, library: Library) -> None:
        columns = library.index.columns()
        self._sense = Sense.of(library.index, columns)
        self._ids = columns.newest
        names = [label.raw.partition(",")[0] for label in (*imagenet(), *coco())]
        kinds = [label.index for label in imagenet()] + [FIRST_OBJECT + label.index for label in coco()]
        self._names = self._sense.of_names.encode_all(names)
        sightings = library.index.sightings(columns)
        self._seen = np.zeros((len(kinds), columns.count), np.float32)
        for row, kind in enumerate(kinds):
            posting = sightings.of(kind)
            self._seen[row, posting.ids] = posting.scores

    def rank(self, words: str) -> list[int]:
        """All photos, best first."""
        scores = self._scores(words)[self._ids]
        return [int(media_id) for media_id in self._ids[np.argsort(-scores, kind="stable")]]

    def _scores(self, words: str) -> NDArray[np.float32]:
        vector = self._sense.encode(words)
        related = np.maximum(self._names @ self._sense.of_names.encode(words) - _UNRELATED, 0)
        seen = (self._seen * related[:, np.newaxis]).max(axis=0)
        seen[self._ids] += _MEANING * np.maximum(self._sense.cosines(vector, self._ids), 0)
        return np.asarray(seen, np.float32)
