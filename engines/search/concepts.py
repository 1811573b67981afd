"""Which of the things that networks know a query's words mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engines.name_vectors import name_vectors
from engines.search.colours import colour_of
from engines.search.hints import Hints, hints
from engines.search.patterns import fold
from engines.search.spelling import english_words
from engines.search.words import forms
from engines.vocabulary import classes_of, nodes, nodes_named, scenes_named

NEAREST = 0.55  # cosine of two short texts; below, 'beach' and 'desk' would have to do with each other
_MOST_NEAR = 8  # names that may stand in for a word; those after them say nothing new
_BESIDE = 0.5  # what a neighbour counts where the word itself names a thing

_LONGEST = 3  # words of one name: 'golden retriever puppy'

Encode = Callable[[str], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Concept:
    """What one word, or a few that are one name, ask for.

    start, end: which of the query's words. kinds: numbers of the classes that are meant (see types.Sighting).
    near, hints: further ones that are like it, or often where it is; each with what it counts, above 0 and at most 1.
    names: of the things meant; empty where only neighbours are known. english: what the text network is told.
    """

    start: int
    end: int
    written: str
    english: str
    names: tuple[str, ...]
    kinds: tuple[int, ...]
    near: Mapping[int, float]
    hints: Mapping[int, float] = field(default_factory=dict)

    @property
    def is_named(self) -> bool:
        """Whether it is a thing that networks know, or a place by what is often there."""
        return bool(self.kinds or self.hints)

    @property
    def is_known(self) -> bool:
        """Whether any network could have seen it."""
        return bool(self.kinds or self.near or self.hints)


def concepts(words: Sequence[str], counts: Callable[[int], bool], encode: Encode | None) -> list[Concept]:
    """What the words ask for, from left to right: the longest names first, else single words.

    counts: whether the word at a place says anything. encode: the text network of engines.name_vectors, always the
    same function, for what it found is remembered; None to go without neighbours.
    """
    is_english = sum(counts(place) and fold(word) in english_words() for place, word in enumerate(words)) > 1
    found: list[Concept] = []
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            written = " ".join(words[start : start + length])
            is_told = counts(start) and counts(start + length - 1)
            names, told = (_named(written, is_english), hints(written)) if is_told else ((), None)
            if names or told or length == 1 or (is_told and any(_scenes(written))):
                break
        if names or told or counts(start):
            found.append(_concept(start, start + length, written, names, told, encode))
        start += length
    return found


def _named(written: str, is_english: bool) -> tuple[str, ...]:
    """The things with this name. is_english: among English words a German one is none: 'roller' is no scooter."""
    names = nodes_named(written)
    if is_english and fold(written) in english_words():
        return tuple(name for name in names if _is_english(written, name))
    return names


def _is_english(written: str, name: str) -> bool:
    return not {fold(word) for word in nodes()[name].english}.isdisjoint(map(fold, forms(fold(written))))


def in_english(words: Sequence[str], found: Sequence[Concept]) -> str:
    """The words as the text network knows them: a German one as the English one."""
    said: list[str] = []
    start = 0
    for concept in found:
        said += words[start : concept.start]
        said.append(concept.english)
        start = concept.end
    return " ".join([*said, *words[start:]])


def _english(written: str, names: tuple[str, ...], told: Hints | None) -> str:
    if names:
        return written if _is_english(written, names[0]) else names[0]
    if told is not None:
        return told.word
    return colour_of(written) or next(_scenes(written), written)


def _scenes(written: str) -> Iterator[str]:
    """Scenes by their German names; an English word is none of these."""
    if fold(written) not in english_words():
        yield from scenes_named(written)


def _concept(
    start: int, end: int, written: str, names: tuple[str, ...], told: Hints | None, encode: Encode | None
) -> Concept:
    kinds = tuple(dict.fromkeys(kind for name in names for kind in classes_of(name)))
    english = _english(written, names, told)
    is_colour = not kinds and bool(colour_of(written))  # which is like no thing: red is no orange
    near = _near(english, names, encode) if encode is not None and not is_colour else {}
    worth = told.worth if told is not None else {}
    return Concept(start, end, written, english, names, kinds, _without(kinds, near), _without(kinds, worth))


def _without(kinds: Sequence[int], worth: Mapping[int, float]) -> Mapping[int, float]:
    return {kind: value for kind, value in worth.items() if kind not in kinds}


@lru_cache(1000)  # who types on asks for the same words again
def _near(written: str, names: tuple[str, ...], encode: Encode) -> Mapping[int, float]:
    """Classes whose names mean something like it."""
    known = name_vectors()
    vector = known.of(names[0]) if names else encode(written.casefold())
    cosines = known.vectors @ vector
    near: dict[int, float] = {}
    for row in np.argsort(-cosines)[: _MOST_NEAR + len(names)].tolist():
        if cosines[row] <= NEAREST:
            break
        worth = (float(cosines[row]) - NEAREST) / (1 - NEAREST) * (_BESIDE if names else 1)
        for kind in classes_of(known.names[row], with_kinds=False):
            near[kind] = max(near.get(kind, 0.0), worth)
    return near
