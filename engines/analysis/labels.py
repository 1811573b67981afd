"""The labels phase: what a picture shows as a whole, in people's words."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.analysis.objects import seen_in
from engines.analysis.shown import shown
from engines.types import Fact, Findings, Outputs, Tag
from engines.vocabulary import ancestors, coco, imagenet

NETWORK = "efficientnet-lite2"

Floats = NDArray[np.float32]


def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
    raw = raw_of(outputs[NETWORK]["probabilities"])
    return Findings({"raw_labels": Fact(raw, NETWORK)}, tags_of(likely(outputs), NETWORK))


def likely(outputs: Outputs) -> Floats:
    """(1000,), how likely each class is; 0 where it would embarrass beside people."""
    return told(outputs[NETWORK]["probabilities"], outputs)


def told(probabilities: Floats, outputs: Outputs) -> Floats:
    """The same, with 0 for what would embarrass where the network for objects sees a person."""
    kept = np.where(_beside_people(), 0, probabilities) if _sees_person(outputs) else probabilities
    return np.asarray(kept, np.float32)


def tags_of(probabilities: Floats, network: str) -> tuple[Tag, ...]:
    """The names and kinds that are likely enough, the likeliest first."""
    names, belongs = _names()
    kinds = _kinds()
    limits = shown().labels
    found = [
        Tag(name, round(min(float(score), 1.0), 4), network)
        for name, score in zip(names, probabilities @ belongs, strict=True)
        if score >= limits.own.get(name, limits.kind_score if name in kinds else limits.score)
    ]
    return tuple(sorted(found, key=lambda tag: -tag.score))


def raw_of(probabilities: Floats) -> list[dict[str, Any]]:
    """The network's own best labels, hidden ones too: what all tags were made from."""
    limits = shown().labels
    best = np.argsort(-probabilities)[: limits.raw]
    return [
        {"label": imagenet()[index].raw, "score": round(float(probabilities[index]), 4)}
        for index in best
        if probabilities[index] >= limits.raw_score
    ]


def _sees_person(outputs: Outputs) -> bool:
    person = next(label.index for label in coco() if label.name == "person")
    return bool(seen_in(outputs)["scores"][:, person].max() >= shown().beside_people.person_score)


@cache
def _names() -> tuple[tuple[str, ...], Floats]:
    """All names, and which class counts for which: (1000, names), 0 or 1. Hidden classes count for none."""
    members = {label.index: (label.name, *ancestors(label.name)) for label in imagenet() if not label.hidden}
    names = tuple(dict.fromkeys(name for of_class in members.values() for name in of_class))
    belongs = np.zeros((len(imagenet()), len(names)), np.float32)
    for index, of_class in members.items():
        belongs[index, [names.index(name) for name in of_class]] = 1
    return names, belongs


@cache
def _kinds() -> frozenset[str]:
    """The names that stand above others."""
    return frozenset(name for label in imagenet() for name in ancestors(label.name))


@cache
def _beside_people() -> NDArray[np.bool_]:
    """(1000,), true for the classes that are not named where there are people."""
    kinds = set(shown().beside_people.kinds)
    return np.array([not kinds.isdisjoint((label.name, *ancestors(label.name))) for label in imagenet()])
