"""From a query to the media that fit it, best first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from engines.cancel import CancelToken
from engines.library.columns import Mask
from engines.library.search_index import SearchIndex
from engines.search.evaluate import Evaluation, Found, Leaf
from engines.search.filter import Ground
from engines.search.nodes import Choice, Query, fields
from engines.search.query import parse
from engines.search.ranking import Ids, Scores, best_first, by_words, newest
from engines.search.sight import FLOOR, Look
from engines.search.text_encoder import TextEncoder
from engines.search.understand import Understood, understand

_TOLD = 0.7  # texts that hold all words are worth this and more: no guess comes before them

_UNLISTED = (
    "hidden",
    "removed",
    "missing",
    "excluded",
    "unsupported",
)  # what only a query finds that asks for it by is: or state:


class Searchable(Protocol):
    """What a search needs of a library."""

    @property
    def index(self) -> SearchIndex: ...


@dataclass(frozen=True, slots=True)
class Results:
    """The hits, best first: ids (int64) and their scores (float32, above 0, at most 1).

    total: how many there are, also beyond the limit. took_ms: without the reading of the query. leaves: the parts of
    the query that can be a reason to be a hit, each with a truth a hit. looks: what pictures were looked at for.
    """

    query: Query
    ids: Ids
    scores: Scores
    total: int
    floor: float
    took_ms: float
    understood: Understood
    leaves: Sequence[tuple[Leaf, NDArray[np.bool_]]]
    looks: Sequence[Look]


def find(
    library: Searchable,
    query: Query | str,
    *,
    limit: int | None = 100,
    order: Literal["relevance", "date"] = "relevance",
    weaker: bool = False,
    token: CancelToken | None = None,
    now: datetime | None = None,
    encoder: TextEncoder | None = None,
) -> Results:
    """The media that fit: the texts that hold the words, and the pictures that show what they mean.

    limit: None for all. order: 'date' is newest first. weaker: behind them also what fits only some of the plain words.
    now: local time, from which 'yesterday' is told. encoder: None for the one of this process. Raises QueryError,
    Cancelled, LibraryError, InferenceError.

    Scores: what fits has FLOOR at least, fields alone 1, texts that hold all words 0.7 and more, pictures by how surely
    they show what is asked for; what `weaker` adds has less.
    """
    now, token = now or datetime.now(), token or CancelToken()
    tree = parse(query, now) if isinstance(query, str) else query
    started = time.perf_counter()
    columns = library.index.columns()
    ground = Ground(library.index, columns, encoder)
    listed = _listed(tree, ground)
    evaluation = Evaluation(ground, now, token, allowed=listed)
    found = evaluation.run(tree)
    mask = found.mask & listed
    ids, scores = _ordered(found, mask, ground, limit, order)
    total = int(np.count_nonzero(mask))
    if weaker:
        evaluation = Evaluation(ground, now, token, allowed=listed, weaker=True)
        weak = evaluation.run(tree)
        rest = weak.mask & listed & ~mask
        total += int(np.count_nonzero(rest))
        more, more_scores = _weaker(evaluation, weak, rest, ground, None if limit is None else limit - len(ids))
        ids, scores = np.concatenate([ids, more]), np.concatenate([scores, more_scores])
    token.check()
    took_ms = (time.perf_counter() - started) * 1000
    reasons = [(leaf, leaf_mask[ids]) for leaf, leaf_mask in evaluation.leaves]
    looks = [look for _, look in evaluation.looks]
    understood = understand(tree, ground, now, evaluation.looks)
    return Results(tree, ids, scores, total, FLOOR, took_ms, understood, reasons, looks)


def matching(library: Searchable, query: Query | str, *, now: datetime | None = None) -> list[int]:
    """The ids of all media that fit, newest first. Raises QueryError, LibraryError."""
    return [int(media_id) for media_id in find(library, query, limit=None, order="date", now=now).ids]


def _listed(tree: Query, ground: Ground) -> Mask:
    """What may be a hit at all: what is hidden, removed, missing or no media only if the query asks for such."""
    columns = ground.columns
    asked = {
        field.test.value for field in fields(tree) if field.name in ("is", "state") and isinstance(field.test, Choice)
    }
    if asked.isdisjoint(_UNLISTED):
        return columns.listed
    listed = ~columns.state("gone")
    for state in ("missing", "excluded", "unsupported"):
        if state not in asked:
            listed &= ~columns.state(state)
    for flag in ("hidden", "removed"):
        if flag not in asked:
            listed &= ~columns.flag(f"is_{flag}")
    return listed


def _ordered(
    found: Found, mask: Mask, ground: Ground, limit: int | None, order: Literal["relevance", "date"]
) -> tuple[Ids, Scores]:
    """The first hits with their scores."""
    columns = ground.columns
    if found.wording is None and found.seen is None:
        ids = newest(mask, columns, limit)
        return ids, np.ones(len(ids), np.float32)
    if order == "date":
        ids = newest(mask, columns, limit)
        wanted = np.zeros_like(mask)
        wanted[ids] = True
        return ids, _scores(found, wanted, ground)[ids]
    scores = _scores(found, mask, ground)
    ids = best_first(np.flatnonzero(mask & (scores > FLOOR)), scores, columns, limit)
    if limit is None or len(ids) < limit:
        rest = mask.copy()
        rest[ids] = False
        ids = np.concatenate([ids, newest(rest, columns, None if limit is None else limit - len(ids))])
    return ids, scores[ids]


def _scores(found: Found, mask: Mask, ground: Ground) -> Scores:
    """By media id: FLOOR where nothing more is known."""
    scores = np.full(len(mask), FLOOR, np.float32) if found.seen is None else np.maximum(found.seen, FLOOR)
    told, fitting = by_words(found, mask, ground.index)
    text = (_TOLD + (1 - _TOLD) * fitting).astype(np.float32)
    seen = np.zeros(1, np.float32) if found.seen is None else found.seen[told]
    scores[told] = text + (1 - text) * seen
    return scores


def _weaker(evaluation: Evaluation, found: Found, weak: Mask, ground: Ground, limit: int | None) -> tuple[Ids, Scores]:
    """The first of what fits less, with scores below the floor: by the share of the words' worth that texts hold, or by
    what pictures show.
    """
    ids = np.flatnonzero(weak)
    covered, whole = np.zeros(len(ids)), 0.0
    for _, part in evaluation.readings:
        worth = part.wording.worth[0] if part.wording is not None else 0.0
        covered += worth * part.mask[ids]
        whole += worth
    scores = np.zeros(len(weak), np.float32) if found.seen is None else np.minimum(found.seen, FLOOR)
    scores[ids] = np.maximum(scores[ids], FLOOR * covered / (whole or 1.0))
    ids = best_first(ids, scores, ground.columns, limit)
    return ids, scores[ids]
