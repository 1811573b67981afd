"""Pictures as the networks take them, one after the other in the shared memory by which they leave a worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card, cards

if TYPE_CHECKING:
    from engines.types import Frame, Phase, Pixels


def seen_by(phases: Iterable[Phase]) -> tuple[str, ...]:
    """The networks that have to see a picture for these phases; those for texts do not."""
    names = dict.fromkeys(name for phase in phases for name in phase.networks)
    return tuple(name for name in names if cards()[name].picture is not None)


def bytes_of(networks: Iterable[str]) -> int:
    """How much memory the squares of these networks take."""
    return sum(_side(cards()[name]) ** 2 * 3 for name in networks)


def write(frame: Frame, networks: Iterable[str], slot: NDArray[np.uint8]) -> None:
    """Prepare a picture for each of these networks. slot: (bytes_of(networks),)."""
    from engines.inference.prepare import prepare  # loads OpenCV

    start = 0
    for name in networks:
        square = prepare(frame.pixels, cards()[name]).reshape(-1)
        slot[start : start + square.size] = square
        start += square.size


def read(networks: Sequence[str], slot: NDArray[np.uint8]) -> Mapping[str, Pixels]:
    """What write() left there, as (side, side, 3) copies: the slot is free for others afterwards."""
    squares = {}
    start = 0
    for name in networks:
        side = _side(cards()[name])
        squares[name] = slot[start : start + side * side * 3].reshape(side, side, 3).copy()
        start += side * side * 3
    return squares


def _side(card: Card) -> int:
    assert card.picture is not None
    return card.picture.side
