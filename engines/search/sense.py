"""What a search knows of meaning: the text network, and the vectors of what pictures show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engines import towns
from engines.inference.catalogue import Task, starter_cards
from engines.library.columns import Columns, Mask
from engines.library.search_index import SearchIndex
from engines.library.vector_ledger import Space
from engines.search import vector_index
from engines.search.text_encoder import TextEncoder

PHASE = "meaning"  # whose vectors lie in the space of the texts'

Vector = NDArray[np.float32]  # of length 1
Ids = NDArray[np.int64]


@cache
def shared_encoder() -> TextEncoder:
    """The one of this process, loaded with the first text."""
    return TextEncoder(next(card for card in starter_cards().values() if card.task is Task.TEXT))


def warm_up(index: SearchIndex) -> None:
    """Load what plain words need, a second of work: the towns where pictures have positions, and the text network where
    they have vectors. Raises InferenceError.
    """
    if index.columns().known("latitude").any():
        towns.prepare()
    if index.vectors.searched(PHASE) is not None:
        shared_encoder().warm_up()


@dataclass(frozen=True)
class Sense:
    """Of one library at one moment. space: None while no picture has a vector."""

    encoder: TextEncoder
    index: SearchIndex
    columns: Columns
    space: Space | None

    @classmethod
    def of(cls, index: SearchIndex, columns: Columns, encoder: TextEncoder | None = None) -> Sense:
        return cls(encoder or shared_encoder(), index, columns, index.vectors.searched(PHASE))

    def encode(self, text: str) -> Vector:
        """What a text means."""
        return self.encoder.encode(text)

    def nearest(self, vector: Vector, allowed: Mask, limit: int) -> tuple[Ids, Vector]:
        """The media in the mask whose pictures are nearest to it: ids, and cosines."""
        if self.space is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found = vector_index.nearest(self.index, self.space, vector, allowed, self.columns, limit)
        return found.ids, found.cosines

    def cosines(self, vector: Vector, ids: Ids) -> Vector:
        """How near the pictures of these media are to it; -1 where there is no vector."""
        if self.space is None or not len(ids):
            return np.full(len(ids), -1, np.float32)
        found = vector_index.cosines(self.index, self.space, vector, ids, self.columns)
        return np.nan_to_num(found, nan=-1)
