"""Where people are, by the detector that is shipped: on OpenCV's own runner, for workers load no back end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card, Task, starter_cards
from engines.inference.placement import placement
from engines.inference.prepare import GREY, prepare
from engines.types import Pixels
from engines.vocabulary import coco

_PERSON = "person"
_PARTS = 2  # a side; those who are small in the picture are looked for in parts of it, which overlap
_OVERLAP = 0.25  # of a part
_AWAY = 3  # as if from so far away: a face that fills the picture is nobody to the detector, one in its middle is
_AWAY_SIDE = 480  # px, of that look; a little more than the detector sees


@dataclass(frozen=True, slots=True)
class _Look:
    """A view of the picture. left, top: where it begins there. scale: px of the picture for one of its own."""

    pixels: Pixels
    left: float
    top: float
    scale: float = 1.0


def people_in(pixels: Pixels, score: float) -> NDArray[np.float32]:
    """(N, 4) left, top, width, height in px: everybody at least so sure, most of them several times.

    pixels: (H, W, 3) RGB, upright. score: 0 to 1. Raises InferenceError if the network's file is missing or another.
    """
    found = []
    for look in (_from_far(pixels), _Look(pixels, 0, 0), *_parts(pixels)):
        boxes = _people(look.pixels, score) * look.scale
        boxes[:, :2] += look.left, look.top
        found.append(boxes)
    return np.concatenate(found)


def _from_far(pixels: Pixels) -> _Look:
    """The picture with grey all around it."""
    height, width = pixels.shape[:2]
    scale = _AWAY * max(height, width) / _AWAY_SIDE
    small_width, small_height = max(1, round(width / scale)), max(1, round(height / scale))
    left, top = (_AWAY_SIDE - small_width) // 2, (_AWAY_SIDE - small_height) // 2
    square = np.full((_AWAY_SIDE, _AWAY_SIDE, 3), GREY, np.uint8)
    small = cv2.resize(pixels, (small_width, small_height), interpolation=cv2.INTER_AREA)
    square[top : top + small_height, left : left + small_width] = small
    return _Look(square, -left * scale, -top * scale, scale)


def _parts(pixels: Pixels) -> Iterator[_Look]:
    height, width = pixels.shape[:2]
    high, wide = (max(1, round(side * (1 + _OVERLAP) / _PARTS)) for side in (height, width))
    for top in (0, height - high):
        for left in (0, width - wide):
            yield _Look(pixels[top : top + high, left : left + wide], left, top)


def _people(pixels: Pixels, score: float) -> NDArray[np.float32]:
    height, width = pixels.shape[:2]
    card, network, label = _detector()
    assert card.picture is not None
    network.setInput(prepare(pixels, card)[np.newaxis])
    boxes, scores = network.forward(("boxes", "scores"))
    sure = boxes[0][scores[0][:, label] >= score]
    shares = placement(width, height, card.picture.side, card.picture.fit).to_picture(sure)
    return shares * np.array([width, height] * 2, np.float32)


@cache
def _detector() -> tuple[Card, cv2.dnn.Net, int]:
    card = next(card for card in starter_cards().values() if card.task is Task.OBJECTS)
    label = next(one.index for one in coco() if one.name == _PERSON)
    return card, cv2.dnn.readNetFromONNX(np.frombuffer(card.read(card.network), np.uint8)), label
