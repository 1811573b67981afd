"""Vectors as the meaning phase gives them to real photos: mixtures of what names mean, many near few of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engines.search.text_encoder import TextEncoder, Vector
from engines.vocabulary import nodes

_CHUNK = 20_000  # vectors made at once: 30 MB
# Names in a mixture: like the first one, and any. So two photos have a cosine of 0.57 in the middle, half of them from
# 0.50 to 0.64, and the nearest of 500 is at 0.88; of 45 real ones from COCO it is 0.60, 0.51 to 0.69, and 0.87.
_NEAR, _FAR = 6, 24
_WEIGHTS = (4.0, *[0.7] * (_NEAR - 1), *[0.3] * _FAR)  # of a Dirichlet distribution: how sure a network is of each
_ZIPF = 0.8  # how much more often common things are photographed than rare ones

Names = NDArray[np.int64]


class MadeVectors:
    """The same ones every time. Takes 2 s for what the names mean, and 40 s for 1,000,000."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._names = sorted(nodes())

    def chunks(self, count: int) -> Iterator[tuple[int, Vector]]:
        """So many, some thousand at a time, each with the number of its first one."""
        for start in range(0, count, _CHUNK):
            yield start, self._mixtures(np.random.default_rng((17, start)), min(_CHUNK, count - start))

    def queries(self, count: int) -> Vector:
        """What is asked for, a third each: names, two names in a sentence, and further pictures."""
        random = np.random.default_rng(19)
        third = count // 3
        one, two = random.choice(self._names, (2, third))
        said = [f"{first} next to a {second}" for first, second in zip(one, two, strict=True)]
        names = self._means[random.integers(0, len(self._names), third)]
        return np.concatenate([names, self._encoder.encode_all(said), self._mixtures(random, count - 2 * third)])

    def texts(self, count: int) -> list[str]:
        """Different texts that nobody asked for before."""
        random = np.random.default_rng(23)
        pairs = random.choice(self._names, (2 * count, 2)).tolist()
        return list(dict.fromkeys(f"{first} and {second}" for first, second in pairs))[:count]

    @cached_property
    def _means(self) -> Vector:
        """What each name means, (names, dimensions)."""
        return self._encoder.encode_all(self._names)

    @cached_property
    def _near(self) -> Names:
        """By name, those that mean the most like it, itself first."""
        return np.argsort(-(self._means @ self._means.T), axis=1)[:, :_NEAR]

    def _mixtures(self, random: np.random.Generator, count: int) -> Vector:
        often = 1 / np.arange(1, len(self._names) + 1) ** _ZIPF
        main = random.choice(len(self._names), count, p=often / often.sum())
        named = np.concatenate([self._near[main], random.integers(0, len(self._names), (count, _FAR))], axis=1)
        weights = random.dirichlet(_WEIGHTS, count).astype(np.float32)
        mixed = np.zeros((count, self._means.shape[1]), np.float32)
        for column, weight in zip(named.T, weights.T, strict=True):
            mixed += weight[:, np.newaxis] * self._means[column]
        unit: Vector = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit
