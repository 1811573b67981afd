"""What the names in the vocabulary mean: a vector of the text network for each, as data, so that none is made at start.

`python -m engines.inference.starter_conversion.name_vectors` makes resources/labels/names.npz again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).resolve().parents[1] / "resources" / "labels" / "names.npz"

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class NameVectors:
    """names: all of the vocabulary, sorted. vectors: (n, dimensions), of length 1. network: SHA-256 of the text
    network that made them, with whose vectors alone they may be compared.
    """

    names: tuple[str, ...]
    vectors: Vectors
    network: str

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each name."""
        return {name: row for row, name in enumerate(self.names)}

    @cached_property
    def mean(self) -> Vectors:
        """(dimensions,), the average: how near a text is to things in general."""
        return np.asarray(self.vectors.mean(axis=0), np.float32)

    def of(self, name: str) -> Vectors:
        """Raises KeyError for a name that is not in the vocabulary."""
        return np.asarray(self.vectors[self.rows[name]], np.float32)


@cache
def name_vectors() -> NameVectors:
    """1 MB, read when it is first asked for."""
    with np.load(FILE) as file:
        vectors = file["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return NameVectors(tuple(file["names"].tolist()), vectors, str(file["network"]))
