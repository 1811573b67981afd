"""How a query was understood, in words a person can check, and what to try when nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from engines.cancel import CancelToken
from engines.library.columns import TERM_KINDS
from engines.search.evaluate import Evaluation, Found
from engines.search.filter import Ground, has_data
from engines.search.nodes import And, Choice, Field, Near, Not, Or, Pattern, Phrase, Query, Words, fields
from engines.search.spelling import nearest_name, nearest_word
from engines.search.wording import describe
from engines.search.words import Reading, read_words

_MOST_PARTS = 8  # of a query that found nothing; more are not tried one by one


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the query's text, from start to end, and what it was taken for."""

    start: int
    end: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Understood:
    """meaning: of the whole. notes: what was left out, or cannot be found yet. suggestions: if nothing was found."""

    meaning: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    suggestions: tuple[str, ...] = ()


def understand(query: Query, ground: Ground, now: datetime) -> Understood:
    """What the query was taken for, before anything is looked up but its words."""
    leaves = list(_leaves(query))
    parts = tuple(Part(leaf.start, leaf.end, _meaning(leaf, ground, now)) for leaf in leaves)
    return Understood(describe(query), parts, tuple(_notes(query, leaves, ground)))


def suggest(query: Query, found: Found, evaluation: Evaluation, ground: Ground, now: datetime) -> tuple[str, ...]:
    """What to try instead of a query that found nothing."""
    suggestions = [*_other_words(evaluation, ground), *_other_names(query, ground)]
    if (unlisted := np.count_nonzero(found.mask & ~ground.columns.listed & ~ground.columns.state("gone"))) > 0:
        suggestions.append(
            f"{unlisted} that fit are hidden, missing or no media: add is:hidden, is:missing or is:unsupported."
        )
    if not suggestions:
        suggestions = list(_fewer_parts(query, evaluation, ground, now))
    return tuple(suggestions)


def _leaves(query: Query) -> Iterator[Words | Phrase | Field]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield query


def _meaning(leaf: Words | Phrase | Field, ground: Ground, now: datetime) -> str:
    if not isinstance(leaf, Words):
        return describe(leaf)
    readings = read_words(leaf.words, ground.index.text.tokens, now)
    return " and ".join(map(_reading, readings)) or "nothing, for it holds no letter or digit"


def _reading(reading: Reading) -> str:
    others = [f'"{term.tokens[0]}"' for term in reading.terms[1:]]
    spellings = " or ".join([f'"{reading.written}"', *others])
    return f"{spellings} as text, or as a date" if reading.when is not None else f"{spellings} as text"


def _notes(query: Query, leaves: list[Words | Phrase | Field], ground: Ground) -> Iterator[str]:
    later = dict.fromkeys(_asked(field) for field in fields(query) if not has_data(field))
    if later:
        yield f"Nothing has been looked for yet: {', '.join(later)}."
    for leaf in leaves:
        if isinstance(leaf, Phrase) and not ground.index.text.tokens(leaf.text):
            yield f"{leaf} holds no letter or digit, so it was left out."
        if isinstance(leaf, Field) and isinstance(leaf.test, Near) and leaf.test.place is not None:
            yield f"Where {leaf.test.place} lies is told by the photos that name it."


def _asked(field: Field) -> str:
    return f"{field.name}:{field.test.value}" if isinstance(field.test, Choice) else field.name


def _other_words(evaluation: Evaluation, ground: Ground) -> Iterator[str]:
    """For a word that no file holds, one that some do."""
    missing = [reading for reading, part in evaluation.readings if not part.mask.any()]
    for reading in missing:
        tokens = reading.terms[0].tokens
        nearest = nearest_word(tokens[0], ground.index.text) if len(tokens) == 1 else None
        if nearest is not None:
            yield f"No file holds '{reading.written}'. Did you mean {nearest}?"
    masks = [part.mask for _, part in evaluation.readings]
    if not missing and masks and not np.logical_and.reduce(masks).any():
        yield "No file holds all of the words. Weaker matches hold some of them."


def _other_names(query: Query, ground: Ground) -> Iterator[str]:
    """For a name that nothing in the library has, one that looks like it."""
    for field in fields(query):
        if field.name in TERM_KINDS and isinstance(field.test, Pattern) and field.test.is_plain:
            names = ground.columns.terms[field.name].values()
            written = str(field.test)
            nearest = nearest_name(written, names)
            if nearest is not None and nearest.lower() != written.lower():
                yield f"Did you mean {field.name}:{nearest}?"


def _fewer_parts(query: Query, evaluation: Evaluation, ground: Ground, now: datetime) -> Iterator[str]:
    """Which part leaves nothing over."""
    if not isinstance(query, And) or len(query.parts) > _MOST_PARTS:
        return
    for place, part in enumerate(query.parts):
        rest = And(query.parts[:place] + query.parts[place + 1 :])
        found = Evaluation(ground, now, CancelToken()).run(rest)
        hits = np.count_nonzero(found.mask & ground.columns.listed)
        if hits:
            yield f"Without {part} there are {hits:,}."
