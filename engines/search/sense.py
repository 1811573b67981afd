"""What a search knows of meaning: the text network, and the vectors of what pictures show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engines import towns
from engines.inference.sets import STARTER, NetworkSet, set_of, text_card
from engines.library.columns import Columns, Mask
from engines.library.search_index import SearchIndex
from engines.library.vector_ledger import Space
from engines.name_vectors import name_vectors
from engines.search import vector_index
from engines.search.text_encoder import TextEncoder

PHASE = "meaning"  # whose vectors lie in the space of the texts'

_UNRELATED = 0.1  # cosine of two texts without relation, above what names have in common with all texts

Vector = NDArray[np.float32]  # of length 1
Ids = NDArray[np.int64]


@cache
def shared_encoder(networks: NetworkSet = STARTER) -> TextEncoder:
    """The one of this process for this set, loaded with the first text. Raises KeyError if its network is not there."""
    return TextEncoder(text_card(networks))


def warm_up(index: SearchIndex) -> None:
    """Load what plain words need, a second of work: the towns where pictures have positions, and the text network where
    they have vectors. Raises InferenceError.
    """
    if index.columns().known("latitude").any():
        towns.prepare()
    space = index.vectors.searched(PHASE)
    networks = _set_of(space)
    if space is not None and networks is not None:
        shared_encoder(networks).warm_up()


@dataclass(frozen=True)
class Sense:
    """Of one library at one moment. space: None while no picture has a vector that a text can be compared with.

    networks: those that made the vectors.
    """

    encoder: TextEncoder
    index: SearchIndex
    columns: Columns
    space: Space | None
    networks: NetworkSet = STARTER

    @classmethod
    def of(cls, index: SearchIndex, columns: Columns, encoder: TextEncoder | None = None) -> Sense:
        """encoder: in place of that of the networks which made the vectors."""
        space = index.vectors.searched(PHASE)
        networks = _set_of(space)
        if networks is None:
            return cls(encoder or shared_encoder(), index, columns, None)
        return cls(encoder or shared_encoder(networks), index, columns, space, networks)

    def encode(self, text: str) -> Vector:
        """What a text means, to be compared with pictures."""
        return self.encoder.encode(text)

    @property
    def of_names(self) -> TextEncoder:
        """The one whose vectors are compared with those of engines.name_vectors, whatever looked at the pictures."""
        return self.encoder if self.networks.text == STARTER.text else shared_encoder()

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

    def related(self, cosines: Vector, vector: Vector) -> Vector:
        """The cosines of pictures and a text from 0, for what has nothing in common, to 1. vector: the text's."""
        if self.networks.unrelated is not None and self.networks.related is not None:
            share = (cosines - self.networks.unrelated) / (self.networks.related - self.networks.unrelated)
            return np.asarray(np.clip(share, 0, 1), np.float32)
        common = np.float32(name_vectors().mean @ vector)  # what a text has in common with all texts
        return np.asarray(np.maximum((cosines - common - _UNRELATED) / (1 - _UNRELATED), 0), np.float32)


def _set_of(space: Space | None) -> NetworkSet | None:
    """The networks that made the vectors of a space: the starter set's while there is none, None if they are gone."""
    return STARTER if space is None else set_of(space.version, space.dimensions)
