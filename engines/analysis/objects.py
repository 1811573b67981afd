"""The objects phase: which things are to be seen, where, and how many of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engines.analysis.shown import shown
from engines.inference.catalogue import Card, Task, cards
from engines.inference.placement import placement
from engines.types import Box, Fact, Findings, Outputs, Tag
from engines.vocabulary import ancestors, coco

Floats = NDArray[np.float32]


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    network = _finder(outputs)
    boxes = boxes_in(outputs, size)
    return Findings({"object_count": Fact(len(boxes), network)}, _tags(boxes, network), boxes=boxes)


def boxes_in(outputs: Outputs, size: tuple[int, int], least: float | None = None) -> tuple[Box, ...]:
    """What is seen where, the surest first. least: score from which on; None: that at which things are shown."""
    network = _finder(outputs)
    return tuple(sorted(_boxes(cards()[network], outputs[network], size, least), key=lambda box: -box.score))


def seen_in(outputs: Outputs) -> Mapping[str, Floats]:
    """What the one network among these that finds objects says."""
    return outputs[_finder(outputs)]


def _finder(outputs: Outputs) -> str:
    return next(name for name in outputs if cards()[name].task is Task.OBJECTS)


def _boxes(card: Card, seen: Mapping[str, Floats], size: tuple[int, int], least: float | None) -> Iterator[Box]:
    """Each thing once, with its box as fractions of the picture. size: of that, width and height."""
    assert card.picture is not None
    limit = least if least is not None else shown().objects.score if card.score is None else card.score
    places = placement(*size, card.picture.side, card.picture.fit).to_picture(seen["boxes"])
    for index, row in _best(seen["scores"], limit) if card.one_each else _distinct(seen["scores"], places, limit):
        left, top, width, height = (round(float(value), 4) for value in places[row])
        yield Box(coco()[index].name, round(float(seen["scores"][row, index]), 4), left, top, width, height, card.name)


def _best(scores: Floats, limit: float) -> Iterator[tuple[int, int]]:
    """Label and row of each thing, of a network whose rows are things of their own."""
    labels = scores.argmax(axis=1)
    for row in np.flatnonzero(scores.max(axis=1) >= limit).tolist():
        yield int(labels[row]), row


def _distinct(scores: Floats, places: Floats, limit: float) -> Iterator[tuple[int, int]]:
    """Label and row of each thing, of a network that may see one thing in many rows."""
    overlap = shown().objects.overlap
    for label in coco():
        of_label = scores[:, label.index]
        sure = np.flatnonzero(of_label >= limit)
        for row in sure[distinct(places[sure], of_label[sure], overlap)].tolist():
            yield label.index, row


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


def overlap(first: Box, second: Box) -> float:
    """Intersection over union of two boxes of one picture."""
    corners = [np.array([box.left, box.top, box.width, box.height], np.float32) for box in (first, second)]
    return _shared(corners[0], corners[1])


def _shared(first: Floats, second: Floats) -> float:
    """Intersection over union."""
    start = np.maximum(first[:2], second[:2])
    end = np.minimum(first[:2] + first[2:], second[:2] + second[2:])
    common = float(np.prod(np.maximum(end - start, 0)))
    union = float(np.prod(first[2:]) + np.prod(second[2:])) - common
    return common / union if union > 0 else 0.0


def _tags(boxes: Sequence[Box], network: str) -> tuple[Tag, ...]:
    """One for each kind of thing and each kind above: two dogs and a cat are three animals."""
    scores: dict[str, list[float]] = defaultdict(list)
    for box in boxes:
        for name in (box.label, *ancestors(box.label)):
            scores[name].append(box.score)
    return tuple(Tag(name, max(of_name), network, len(of_name)) for name, of_name in scores.items())
