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
from engines.library.term import Term
from engines.library.text import Expression, all_of, any_of
from engines.search.colours import colour_named
from engines.search.concepts import Concept, concepts, in_english
from engines.search.filter import Ground, field_mask, text_term, within
from engines.search.moment_look import by_moments
from engines.search.nodes import And, Field, Not, Or, Pattern, Phrase, Query, Words
from engines.search.readings import corrected, counts, read
from engines.search.sight import FLOOR, Asked, Look, look
from engines.search.strength import Floats
from engines.search.words import Reading

Leaf = Words | Phrase | Field

# Where all of several words are wanted, the index leaps in the long lists to the entries of the shortest one; a leap
# costs as much as reading so many entries.
_LEAP = 16
_TEXT_FIELDS = ("title", "caption", "description", "transcript")

_BEYOND_DOUBT = 0.6  # score of what `-dog` leaves out
_WEAKEST = 0.1  # score of what is told of below the floor


@dataclass(frozen=True, slots=True)
class Wording:
    """An expression for the full-text index.

    worth: of each of its terms. holds: the media that hold it. entries: of the index that are read to find these.
    is_needed: only such media can be hits at all.
    """

    expression: Expression
    worth: tuple[float, ...]
    holds: Mask
    entries: int
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a part of the query finds, and by which words, if any. seen: how well pictures show it, by media id."""

    mask: Mask
    wording: Wording | None = None
    seen: Floats | None = None


class Evaluation:
    """One tree over one library at one moment.

    weaker: of plain words that stand together any one will do, except under a minus sign. Afterwards `leaves` tells
    what each leaf found on its own, `readings` what each plain word was read as and which texts hold it, and `looks`
    what pictures show of each leaf's words; all only of what is wanted, not of what a minus sign excludes. allowed:
    media that can be hits at all.
    """

    def __init__(
        self, ground: Ground, now: datetime, token: CancelToken, *, allowed: Mask | None = None, weaker: bool = False
    ) -> None:
        self.leaves: list[tuple[Leaf, Mask]] = []
        self.readings: list[tuple[Reading, Found]] = []
        self.looks: list[tuple[Words, Look]] = []
        self._ground = ground
        self._now = now
        self._token = token
        self._weaker = weaker
        self._is_wanted = True
        self._allowed = ground.columns.listed if allowed is None else allowed

    def run(self, query: Query) -> Found:
        """What the whole query finds."""
        return self._find(query) or _everything(self._ground)

    def _find(self, query: Query) -> Found | None:
        """None: the part holds no letter or digit, so it asks for nothing."""
        self._token.check()
        match query:
            case And(parts):
                return self._every(parts)
            case Or(parts):
                return _either(self._all(parts))
            case Not(part):
                return self._not(part)
            case _:
                leaf = self._leaf(query)
                if leaf is not None and self._is_wanted:
                    self.leaves.append((query, leaf.mask))
                return leaf

    def _every(self, parts: Sequence[Query]) -> Found | None:
        """Fields first: only among what they leave over do pictures have to be looked at."""
        allowed = self._allowed
        found = []
        for part in sorted(parts, key=_needs_look):
            one = self._find(part)
            if one is not None:
                found.append(one)
                if not _needs_look(part):
                    self._allowed = self._allowed & one.mask
        self._allowed = allowed
        return _both(found)

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
        readings = read(words.words, self._ground, self._now)
        found = [self._reading(reading) for reading in readings]
        if self._is_wanted:
            self.readings += zip(readings, found, strict=True)
        told = _either(found) if self._is_weak else _both(found)
        if told is None or not len(self._ground.sightings):
            return told
        return self._with_seen(words, told, list(zip(readings, found, strict=True)))

    def _with_seen(self, words: Words, told: Found, readings: Sequence[tuple[Reading, Found]]) -> Found:
        """What texts tell, and what pictures show; of that under a minus sign only what is out of question."""
        allowed = self._allowed
        for reading, part in readings:
            if reading.is_exact and not self._is_weak:
                allowed = allowed & part.mask
        plain = [(reading, part) for reading, part in readings if not reading.is_exact]
        if not plain or not allowed.any():
            return told
        spelled = corrected(words.words, tuple(reading for reading, _ in readings))
        exact = {place for reading, _ in readings if reading.is_exact for place in range(reading.start, reading.end)}
        sense = self._ground.sense if self._is_wanted else None
        meant = concepts(
            spelled,
            lambda place: place not in exact and counts(spelled[place]),
            sense.of_names.encode if sense else None,
        )
        asked = [Asked(concept, _told(concept, plain), self._coloured(spelled, concept)) for concept in meant]
        text = in_english(spelled, meant)
        seen = look(asked, text, self._ground.sightings, allowed, sense)
        if not self._is_wanted:
            return Found(told.mask | (seen.scores >= _BEYOND_DOUBT))
        least = _WEAKEST if self._is_weak else FLOOR
        seen = by_moments(seen, sense, least, self._ground.index, self._ground.columns)
        self.looks.append((words, seen))
        return Found(told.mask | (seen.scores >= least), told.wording, seen.scores)

    def _coloured(self, words: Sequence[str], concept: Concept) -> Mask | None:
        """The media that have the colour a concept of one word is; None if it is none."""
        colour = colour_named(words, concept.start) if concept.end == concept.start + 1 else ""
        return self._ground.columns.colour(colour) if colour else None

    @property
    def _is_weak(self) -> bool:
        return self._weaker and self._is_wanted

    def _reading(self, reading: Reading) -> Found:
        texts = self._texts(reading.terms)
        if texts.wording is None or (reading.when is None and not reading.place):
            return texts
        columns = self._ground.columns
        if reading.when is not None:
            also = within(columns["taken_s"], reading.when, columns.known("taken_s"))
        else:
            also = self._ground.taken_in(reading.place)
        return Found(texts.mask | also, replace(texts.wording, is_needed=False))

    def _texts(self, terms: Sequence[Term]) -> Found:
        """The media that hold one of the terms. Rare ones are worth more, as in BM25."""
        masks = {term: self._ground.index.with_words(term, self._ground.columns) for term in terms}
        there = [term for term in terms if masks[term].any()] or terms[:1]  # each more makes ranking slower
        mask = reduce(np.logical_or, [masks[term] for term in there])
        entries = int(np.count_nonzero(mask))
        worth = math.log1p(len(mask) / (1 + entries))
        return Found(mask, Wording(any_of(there), (worth,) * len(there), mask, entries))


def _needs_look(query: Query) -> bool:
    """Whether there are plain words in it, which pictures are looked at for."""
    match query:
        case Words():
            return True
        case Not(part):
            return _needs_look(part)
        case And(parts) | Or(parts):
            return any(map(_needs_look, parts))
    return False


def _told(concept: Concept, readings: Sequence[tuple[Reading, Found]]) -> Mask | None:
    """The media whose texts hold all words of it."""
    masks = [part.mask for reading, part in readings if concept.start <= reading.start < concept.end]
    told = reduce(np.logical_and, masks) if masks else None
    return told if told is not None and told.any() else None


def _everything(ground: Ground) -> Found:
    return Found(~ground.nothing())


def _both(parts: Sequence[Found]) -> Found | None:
    """What all of the parts find."""
    if len(parts) < 2:
        return parts[0] if parts else None
    mask = reduce(np.logical_and, [part.mask for part in parts])
    seen = _seen(parts, np.minimum)
    needed = [part.wording for part in parts if part.wording is not None and part.wording.is_needed]
    if not needed:
        others = _joined([part.wording for part in parts if part.wording is not None], is_needed=False)
        return Found(mask, others, seen)
    entries = [wording.entries for wording in needed]
    expression = all_of([wording.expression for wording in needed])
    leaps = not any(term.prefix for term in expression.terms)
    return Found(
        mask,
        Wording(
            expression,
            tuple(worth for wording in needed for worth in wording.worth),
            reduce(np.logical_and, [wording.holds for wording in needed]),
            min(sum(entries), _LEAP * len(entries) * min(entries)) if leaps else sum(entries),
        ),
        seen,
    )


def _seen(parts: Sequence[Found], join: np.ufunc) -> Floats | None:
    scores = [part.seen for part in parts if part.seen is not None]
    return reduce(join, scores) if scores else None


def _either(parts: Sequence[Found]) -> Found | None:
    """What at least one of the parts finds."""
    if len(parts) < 2:
        return parts[0] if parts else None
    wordings = [part.wording for part in parts if part.wording is not None]
    is_needed = len(wordings) == len(parts) and all(wording.is_needed for wording in wordings)
    mask = reduce(np.logical_or, [part.mask for part in parts])
    return Found(mask, _joined(wordings, is_needed=is_needed), _seen(parts, np.maximum))


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
