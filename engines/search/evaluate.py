"""Turns a query's tree into the set of media that fit, and into what their texts are ranked by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

import numpy as np

from engines.cancel import CancelToken
from engines.library.columns import Mask
from engines.library.text import Term, all_of, any_of
from engines.search.filter import Ground, field_mask, text_term, within
from engines.search.nodes import And, Field, Not, Or, Pattern, Phrase, Query, Words
from engines.search.words import Reading, read_words

Leaf = Words | Phrase | Field

# Where all of several words are wanted, the index leaps in the long lists to the entries of the shortest one; a leap
# costs as much as reading so many entries.
_LEAP = 16
_TEXT_FIELDS = ("title", "caption", "description")


@dataclass(frozen=True, slots=True)
class Wording:
    """An expression for the full-text index.

    worth: of each of its terms. holds: the media that hold it. entries: of the index that are read to find these.
    is_needed: only such media can be hits at all.
    """

    expression: str
    worth: tuple[float, ...]
    holds: Mask
    entries: int
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a part of the query finds, and by which words, if any."""

    mask: Mask
    wording: Wording | None = None


class Evaluation:
    """One tree over one library at one moment.

    weaker: of plain words that stand together any one will do, except under a minus sign. Afterwards `leaves` tells
    what each leaf found on its own, and `readings` what each plain word was read as and found; both only of what is
    wanted, not of what a minus sign excludes.
    """

    def __init__(self, ground: Ground, now: datetime, token: CancelToken, *, weaker: bool = False) -> None:
        self.leaves: list[tuple[Leaf, Mask]] = []
        self.readings: list[tuple[Reading, Found]] = []
        self._ground = ground
        self._now = now
        self._token = token
        self._weaker = weaker
        self._is_wanted = True

    def run(self, query: Query) -> Found:
        """What the whole query finds."""
        return self._find(query) or _everything(self._ground)

    def _find(self, query: Query) -> Found | None:
        """None: the part holds no letter or digit, so it asks for nothing."""
        self._token.check()
        match query:
            case And(parts):
                return _both(self._all(parts)) if parts else None
            case Or(parts):
                return _either(self._all(parts))
            case Not(part):
                return self._not(part)
            case _:
                leaf = self._leaf(query)
                if leaf is not None and self._is_wanted:
                    self.leaves.append((query, leaf.mask))
                return leaf

    def _not(self, part: Query) -> Found | None:
        self._is_wanted = not self._is_wanted
        found = self._find(part)
        self._is_wanted = not self._is_wanted
        return Found(~found.mask) if found is not None else None

    def _all(self, parts: Sequence[Query]) -> list[Found]:
        return [found for part in parts if (found := self._find(part)) is not None]

    def _leaf(self, leaf: Leaf) -> Found | None:
        match leaf:
            case Words():
                return self._words(leaf)
            case Phrase(text):
                tokens = self._ground.index.text.tokens(text)
                return self._texts((Term(tokens),)) if tokens else None
            case Field(name, Pattern() as pattern) if name in _TEXT_FIELDS:
                term = text_term(name, pattern, self._ground.index)
                return self._texts((term,)) if term is not None else None
            case Field():
                return Found(field_mask(leaf, self._ground))

    def _words(self, words: Words) -> Found | None:
        readings = read_words(words.words, self._ground.index.text.tokens, self._now)
        found = [self._reading(reading) for reading in readings]
        if self._is_wanted:
            self.readings += zip(readings, found, strict=True)
        return _either(found) if self._weaker and self._is_wanted else _both(found)

    def _reading(self, reading: Reading) -> Found:
        texts = self._texts(reading.terms)
        if reading.when is None or texts.wording is None:
            return texts
        columns = self._ground.columns
        then = within(columns["taken_s"], reading.when, columns.known("taken_s"))
        return Found(texts.mask | then, replace(texts.wording, is_needed=False))

    def _texts(self, terms: Sequence[Term]) -> Found:
        """The media that hold one of the terms. Rare ones are worth more, as in BM25."""
        masks = {term: self._ground.index.with_words(term, self._ground.columns) for term in terms}
        there = [term for term in terms if masks[term].any()] or terms[:1]  # each more makes ranking slower
        mask = reduce(np.logical_or, [masks[term] for term in there])
        entries = int(np.count_nonzero(mask))
        worth = math.log1p(len(mask) / (1 + entries))
        return Found(mask, Wording(any_of([str(term) for term in there]), (worth,) * len(there), mask, entries))


def _everything(ground: Ground) -> Found:
    return Found(~ground.nothing())


def _both(parts: Sequence[Found]) -> Found | None:
    """What all of the parts find."""
    if len(parts) < 2:
        return parts[0] if parts else None
    mask = reduce(np.logical_and, [part.mask for part in parts])
    needed = [part.wording for part in parts if part.wording is not None and part.wording.is_needed]
    if not needed:
        others = _joined([part.wording for part in parts if part.wording is not None], is_needed=False)
        return Found(mask, others)
    entries = [wording.entries for wording in needed]
    return Found(
        mask,
        Wording(
            all_of([wording.expression for wording in needed]),
            tuple(worth for wording in needed for worth in wording.worth),
            reduce(np.logical_and, [wording.holds for wording in needed]),
            min(sum(entries), _LEAP * len(entries) * min(entries)),
        ),
    )


def _either(parts: Sequence[Found]) -> Found | None:
    """What at least one of the parts finds."""
    if len(parts) < 2:
        return parts[0] if parts else None
    wordings = [part.wording for part in parts if part.wording is not None]
    is_needed = len(wordings) == len(parts) and all(wording.is_needed for wording in wordings)
    return Found(reduce(np.logical_or, [part.mask for part in parts]), _joined(wordings, is_needed=is_needed))


def _joined(wordings: Sequence[Wording], *, is_needed: bool) -> Wording | None:
    if not wordings:
        return None
    return Wording(
        any_of([wording.expression for wording in wordings]),
        tuple(worth for wording in wordings for worth in wording.worth),
        reduce(np.logical_or, [wording.holds for wording in wordings]),
        sum(wording.entries for wording in wordings),
        is_needed,
    )
