"""Inputs to try a network with, made from its card alone and the same every time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card, Fit, TensorSpec

_LENGTH = 12  # tokens, where any number will do
_WORDS = 300  # ids that every network for texts knows


def example(card: Card, batch: int, seed: int = 5) -> dict[str, NDArray[Any]]:
    """Pictures of noise and edges and, where a network is told how far they reach, such as do not fill their square;
    texts of different lengths.
    """
    chance = np.random.default_rng(seed)
    specs = {spec.name: spec for spec in card.inputs}
    made = {name: _MAKERS[name](spec, card, batch, chance) for name, spec in specs.items()}
    if card.picture is not None and card.picture.fit is Fit.CORNER:
        for pixels, (height, width) in zip(made[card.inputs[0].name], shapes(card, batch), strict=True):
            pixels[height:] = 0
            pixels[:, width:] = 0
    return made


def shapes(card: Card, batch: int) -> list[tuple[int, int]]:
    """Height and width of each picture in its square: the whole, wide, tall, very wide, and so on."""
    assert card.picture is not None
    side, shares = card.picture.side, ((1, 1), (0.667, 1), (1, 0.563), (0.3, 1))
    return [(round(side * shares[row % 4][0]), round(side * shares[row % 4][1])) for row in range(batch)]


def _pictures(spec: TensorSpec, card: Card, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    side = int(spec.shape[1])
    coarse = chance.integers(0, 256, (batch, 8, 8, 3), dtype=np.uint8)
    each = -(-side // 8)
    large = coarse.repeat(each, axis=1).repeat(each, axis=2)[:, :side, :side]
    return np.asarray(np.clip(large + chance.integers(-20, 21, large.shape), 0, 255), np.uint8)


def _extents(spec: TensorSpec, card: Card, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    return np.array(shapes(card, batch), np.int64)


def _tokens(spec: TensorSpec, card: Card, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    """Words, then the end, which has the greatest id, then whatever fills up; see `_mask`."""
    tokens = chance.integers(1, _WORDS, (batch, _length(spec)))
    for row, length in enumerate(_lengths(batch, _length(spec))):
        tokens[row, length - 1 :] = _WORDS + 1
    return np.asarray(tokens, np.int64)


def _mask(spec: TensorSpec, card: Card, batch: int, chance: np.random.Generator) -> NDArray[Any]:
    lengths = np.array(_lengths(batch, _length(spec)))
    return np.asarray(np.arange(_length(spec)) < lengths[:, None], np.int64)


def _length(spec: TensorSpec) -> int:
    size = spec.shape[1]
    return size if isinstance(size, int) else _LENGTH


def _lengths(batch: int, most: int) -> list[int]:
    return [min(most, 3 + 7 * row) for row in range(batch)]


_MAKERS = {"picture": _pictures, "extent": _extents, "tokens": _tokens, "mask": _mask}
