"""The objects phase: which things are to be seen, where, and how many of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engines.analysis.shown import shown
from engines.inference.catalogue import starter_cards
from engines.inference.placement import placement
from engines.types import Box, Fact, Findings, Outputs, Tag
from engines.vocabulary import ancestors, coco

NETWORK = "yolov3-tiny"

Floats = NDArray[np.float32]


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    boxes = sorted(_boxes(outputs[NETWORK], size), key=lambda box: -box.score)
    return Findings({"object_count": Fact(len(boxes), NETWORK)}, _tags(boxes), boxes=tuple(boxes))


def _boxes(seen: Mapping[str, Floats], size: tuple[int, int]) -> Iterator[Box]:
    """Each thing once, with its box as fractions of the picture. size: of that, width and height."""
    picture = starter_cards()[NETWORK].picture
    assert picture is not None
    places = placement(*size, picture.side).to_picture(seen["boxes"])
    limits = shown().objects
    for label in coco():
        scores = seen["scores"][:, label.index]
        sure = np.flatnonzero(scores >= limits.score)
        for row in sure[distinct(places[sure], scores[sure], limits.overlap)]:
            left, top, width, height = (round(float(value), 4) for value in places[row])
            yield Box(label.name, round(float(scores[row]), 4), left, top, width, height, NETWORK)


def distinct(boxes: Floats, scores: Floats, overlap: float) -> list[int]:
    """The rows of the boxes that stand for a thing each, the best first.

    boxes: (N, 4) left, top, width, height. A box is dropped that shares more than `overlap` (intersection over union)
    with a better one.
    """
    kept: list[int] = []
    for row in np.argsort(-scores, kind="stable").tolist():
        if all(_shared(boxes[row], boxes[other]) <= overlap for other in kept):
            kept.append(row)
    return kept


def _shared(first: Floats, second: Floats) -> float:
    """Intersection over union."""
    start = np.maximum(first[:2], second[:2])
    end = np.minimum(first[:2] + first[2:], second[:2] + second[2:])
    common = float(np.prod(np.maximum(end - start, 0)))
    union = float(np.prod(first[2:]) + np.prod(second[2:])) - common
    return common / union if union > 0 else 0.0


def _tags(boxes: Sequence[Box]) -> tuple[Tag, ...]:
    """One for each kind of thing and each kind above: two dogs and a cat are three animals."""
    scores: dict[str, list[float]] = defaultdict(list)
    for box in boxes:
        for name in (box.label, *ancestors(box.label)):
            scores[name].append(box.score)
    return tuple(Tag(name, max(of_name), NETWORK, len(of_name)) for name, of_name in scores.items())
