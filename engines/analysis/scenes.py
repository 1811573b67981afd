"""The labels phase with CLIP: what a picture shows, where it was taken, what people do there, and of what event."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engines.analysis import labels
from engines.analysis.zero_shot import LABEL, Floats, Words, limits, names, words
from engines.inference.sets import FULL, text_card
from engines.types import Fact, Findings, Outputs, Tag

NETWORK = "clip-vit-b32"


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    known = words(text_card(FULL))
    vector = outputs[NETWORK]["vectors"]
    probabilities = likely(outputs)
    tags = [*labels.tags_of(probabilities, NETWORK), *_scenes(known, vector)]
    said = {tag.name: tag for tag in sorted(tags, key=lambda tag: tag.score)}  # of two with one name the surer
    best = tuple(sorted(said.values(), key=lambda tag: -tag.score))
    return Findings({"raw_labels": Fact(labels.raw_of(probabilities), NETWORK)}, best)


def likely(outputs: Outputs) -> Floats:
    """(1000,), how likely each class of ImageNet is; 0 where it would embarrass beside people."""
    probabilities = words(text_card(FULL)).probabilities(outputs[NETWORK]["vectors"], LABEL)
    return labels.told(probabilities, outputs)


def _scenes(known: Words, vector: Floats) -> Iterator[Tag]:
    for sort, of_sort in names().items():
        scores = known.probabilities(vector, sort)
        for index in np.argsort(-scores)[: limits().most]:
            if scores[index] >= limits().score:
                yield Tag(of_sort[index], round(min(float(scores[index]), 1.0), 4), NETWORK)
