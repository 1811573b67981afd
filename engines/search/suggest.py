"""What to try instead of a query that found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

import numpy as np

from engines.cancel import CancelToken
from engines.errors import QueryError
from engines.library.columns import TERM_KINDS
from engines.search.chips import written_field
from engines.search.evaluate import Evaluation, Found
from engines.search.filter import Ground
from engines.search.find import Searchable
from engines.search.nodes import And, Pattern, Query, fields
from engines.search.query import parse
from engines.search.spelling import is_word, nearest_name, nearest_word
from engines.search.words import Reading

_MOST_PARTS = 8  # of a query; more are not tried one by one


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence. query: what to ask instead, where that is said. weaker: weaker matches are worth a look."""

    sentence: str
    query: str | None = None
    weaker: bool = False


def suggest(library: Searchable, query: Query | str, now: datetime | None = None) -> list[str]:
    """Sentences, the likeliest first; none if nothing is likely. 15 to 50 ms, so not for every key press."""
    return [one.sentence for one in suggestions(library, query, now)]


def suggestions(library: Searchable, query: Query | str, now: datetime | None = None) -> list[Suggestion]:
    """The same with what to ask instead."""
    now = now or datetime.now()
    tree = parse(query, now) if isinstance(query, str) else query
    ground = Ground(library.index, library.index.columns())
    evaluation = Evaluation(ground, now, CancelToken())
    found = evaluation.run(tree)
    found_ones = [*_other_words(tree, evaluation, ground, now), *_other_names(tree, ground), *_unlisted(found, ground)]
    return found_ones or list(_fewer_parts(tree, ground, now))


def _other_words(query: Query, evaluation: Evaluation, ground: Ground, now: datetime) -> Iterator[Suggestion]:
    """For a word that no file holds, one that some do."""
    missing = [reading for reading, part in evaluation.readings if not part.mask.any()]
    for reading in missing:
        if reading.is_exact and reading.when is None:
            yield _without(query, reading, ground, now)
            continue
        if len(ground.sightings) and is_word(reading.written):
            continue  # nothing of it was seen; it is no other word for that
        tokens = reading.terms[0].tokens
        nearest = nearest_word(tokens[0], ground.index, ground.columns) if len(tokens) == 1 else None
        if nearest is not None:
            sentence = f"No file holds '{reading.written}'. Did you mean {nearest}?"
            yield Suggestion(sentence, _with_other_word(query, reading.written, nearest))
    masks = [part.mask for _, part in evaluation.readings]
    if not missing and masks and not reduce(np.logical_and, masks).any():
        yield Suggestion("No file holds all of the words. Weaker matches hold some of them.", weaker=True)


def _without(query: Query, reading: Reading, ground: Ground, now: datetime) -> Suggestion:
    """For a number or a sign that has to be there as it is, the query without it."""
    told = f"No file holds '{reading.written}'."
    rest = " ".join(_with_other_word(query, reading.written, "").split())
    hits = 0
    with suppress(QueryError):  # it stood alone between parentheses, or beside an OR
        hits = _hits(parse(rest, now), ground, now) if rest else 0
    return Suggestion(f"{told} Without it there are {hits:,}." if hits else told, rest if hits else None)


def _with_other_word(query: Query, written: str, other: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", other, str(query))


def _other_names(query: Query, ground: Ground) -> Iterator[Suggestion]:
    """For a name that nothing in the library has, one that looks like it."""
    for field in fields(query):
        if field.name in TERM_KINDS and isinstance(field.test, Pattern) and field.test.is_plain:
            written = str(field.test)
            nearest = nearest_name(written, ground.columns.terms[field.name].values())
            if nearest is not None and nearest.lower() != written.lower():
                other = str(query).replace(str(field), written_field(field.name, nearest))
                yield Suggestion(f"Did you mean {field.name}:{nearest}?", other)


def _unlisted(found: Found, ground: Ground) -> Iterator[Suggestion]:
    columns = ground.columns
    count = np.count_nonzero(found.mask & ~columns.listed & ~columns.state("gone"))
    if count:
        sentence = f"{count:,} that fit are hidden, missing or no media: add is:hidden, is:missing or is:unsupported."
        yield Suggestion(sentence)


def _fewer_parts(query: Query, ground: Ground, now: datetime) -> Iterator[Suggestion]:
    """Which part leaves nothing over."""
    if not isinstance(query, And) or len(query.parts) > _MOST_PARTS:
        return
    for place, part in enumerate(query.parts):
        rest = And(query.parts[:place] + query.parts[place + 1 :])
        hits = _hits(rest, ground, now)
        if hits:
            yield Suggestion(f"Without {part} there are {hits:,}.", str(rest))


def _hits(query: Query, ground: Ground, now: datetime) -> int:
    found = Evaluation(ground, now, CancelToken()).run(query)
    return int(np.count_nonzero(found.mask & ground.columns.listed))
