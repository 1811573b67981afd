"""The kinds of queries that the design names, and how each is measured."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engines.vocabulary import coco, nodes, spellings
from tests.retrieval.photos import Photos, plain

_DATA = Path(__file__).parent
_LEAST_PHOTOS = 3  # of a name, so that one photo does not decide
_SHORTEST_MISSPELT = 5  # letters
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Asked:
    """words: with nothing but letters and digits. right: the photos that show it. among: those that count, or all."""

    words: str
    right: set[int]
    among: set[int] | None = None

    def hits(self, ranked: Sequence[int]) -> Sequence[int]:
        return ranked if self.among is None else [media_id for media_id in ranked if media_id in self.among]


@dataclass(frozen=True)
class Kind:
    """first: a right photo has to be among so many; 0: measured by average precision."""

    name: str
    first: int
    queries: Sequence[Asked]

    @property
    def measure(self) -> str:
        return f"in the first {self.first}" if self.first else "mean average precision"

    def value(self, asked: Asked, ranked: Sequence[int]) -> float:
        """From 0 to 1, how well the photos, best first, answer one query."""
        hits = asked.hits(ranked)
        if self.first:
            return float(not asked.right.isdisjoint(hits[: self.first]))
        places = [place for place, media_id in enumerate(hits, 1) if media_id in asked.right]
        return float(np.sum([number / place for number, place in enumerate(places, 1)])) / len(asked.right)


def kinds_of_queries(photos: Photos) -> list[Kind]:
    """All kinds, as the design lists them."""
    return [
        Kind("a photo by its caption", 10, [_asked(text, ids) for text, ids in photos.captions()]),
        Kind("things by name", 0, [_asked(name, ids) for name, ids in photos.named(_LEAST_PHOTOS).items()]),
        Kind("kinds of things", 0, list(_of_kinds(photos))),
        Kind("COCO's objects in COCO's photos", 0, list(_of_coco(photos))),
        Kind("free paraphrases", 5, list(_paraphrases(photos))),
        Kind("misspelt words", 5, list(_misspelt(photos))),
    ]


def _asked(text: str, right: set[int], among: set[int] | None = None) -> Asked:
    return Asked(plain_words(text), right, among)


def plain_words(text: str) -> str:
    """Without the signs that mean something in the search language."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def _of_kinds(photos: Photos) -> Iterator[Asked]:
    for row in _table("kinds.tsv"):
        labels = [plain(label) for label in row["labels"].split(";")]
        yield _asked(row["kind"], set().union(*(photos.of_label[label] for label in labels)))


def _of_coco(photos: Photos) -> Iterator[Asked]:
    for label in coco():
        words = {plain(word) for word in (label.raw, *spellings(label.name))}
        right = photos.of_coco.intersection(*[set().union(*(photos.of_label.get(word, set()) for word in words))])
        if right:
            yield _asked(label.name, right, photos.of_coco)


def _paraphrases(photos: Photos) -> Iterator[Asked]:
    for row in _table("paraphrases.tsv"):
        if row["file"] in photos.of_file:
            yield _asked(row["words"], photos.alike(photos.of_file[row["file"]]))


def _misspelt(photos: Photos) -> Iterator[Asked]:
    words = {plain(word) for node in nodes() for word in spellings(node)}
    for name, right in photos.named(_LEAST_PHOTOS).items():
        yield from (_asked(wrong, right) for wrong in _with_a_fault(name) if wrong not in words)


def _with_a_fault(name: str) -> Iterator[str]:
    """The name with one letter left out, one doubled, one another, two changed over; the same ones every time."""
    if len(name) < _SHORTEST_MISSPELT or not name.isalpha():
        return
    dice = random.Random(name)
    place = dice.randrange(1, len(name) - 1)
    before, after = name[:place], name[place:]
    wrong = [
        before + after[1:],
        before + after[0] + after,
        before + dice.choice(_LETTERS.replace(after[0], "")) + after[1:],
        before + after[1] + after[0] + after[2:],
    ]
    yield from (one for one in dict.fromkeys(wrong) if one != name)


def _table(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
