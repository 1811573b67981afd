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
from engines.search.understand import Understood, understand

FLOOR = (
    0.5  # what fits has at least this score; by words alone 0.5 to 1, by fields alone 1; what --weaker adds has less
)

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
    the query that can be a reason to be a hit, each with a truth a hit.
    """

    query: Query
    ids: Ids
    scores: Scores
    total: int
    floor: float
    took_ms: float
    understood: Understood
    leaves: Sequence[tuple[Leaf, NDArray[np.bool_]]]


def find(
    library: Searchable,
    query: Query | str,
    *,
    limit: int | None = 100,
    order: Literal["relevance", "date"] = "relevance",
    weaker: bool = False,
    token: CancelToken | None = None,
    now: datetime | None = None,
) -> Results:
    """The media that fit.

    limit: None for all. order: 'date' is newest first. weaker: behind them also what fits only some of the plain words.
    now: local time, from which 'yesterday' is told. Raises QueryError, Cancelled, LibraryError.
    """
    now, token = now or datetime.now(), token or CancelToken()
    tree = parse(query, now) if isinstance(query, str) else query
    started = time.perf_counter()
    ground = Ground(library.index, library.index.columns())
    evaluation = Evaluation(ground, now, token)
    found = evaluation.run(tree)
    mask = found.mask & _listed(tree, ground)
    ids, scores = _ordered(found, mask, ground, limit, order)
    total = int(np.count_nonzero(mask))
    if weaker:
        evaluation = Evaluation(ground, now, token, weaker=True)
        weak = evaluation.run(tree).mask & _listed(tree, ground) & ~mask
        total += int(np.count_nonzero(weak))
        more, more_scores = _weaker(evaluation, weak, ground, None if limit is None else limit - len(ids))
        ids, scores = np.concatenate([ids, more]), np.concatenate([scores, more_scores])
    token.check()
    took_ms = (time.perf_counter() - started) * 1000
    reasons = [(leaf, leaf_mask[ids]) for leaf, leaf_mask in evaluation.leaves]
    return Results(tree, ids, scores, total, FLOOR, took_ms, understand(tree, ground, now), reasons)


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
    if found.wording is None:
        ids = newest(mask, columns, limit)
        return ids, np.ones(len(ids), np.float32)
    if order == "date":
        ids = newest(mask, columns, limit)
        wanted = np.zeros_like(mask)
        wanted[ids] = True
        fitting = np.zeros(columns.count)
        ranked, scores = by_words(found, wanted, ground.index)
        fitting[ranked] = scores
        return ids, _above_floor(fitting[ids])
    ranked, scores = best_first(*by_words(found, mask, ground.index), columns)
    ranked, scores = ranked[:limit], scores[:limit]
    rest = mask.copy()
    rest[ranked] = False
    others = newest(rest, columns, None if limit is None else limit - len(ranked))
    return np.concatenate([ranked, others]), _above_floor(np.concatenate([scores, np.zeros(len(others))]))


def _above_floor(fitting: NDArray[np.float64]) -> Scores:
    return (FLOOR + (1 - FLOOR) * fitting).astype(np.float32)


def _weaker(evaluation: Evaluation, weak: Mask, ground: Ground, limit: int | None) -> tuple[Ids, Scores]:
    """The first of what fits only some of the plain words: ids, scores below the floor by the share of their worth."""
    ids = np.flatnonzero(weak)
    covered, whole = np.zeros(len(ids)), 0.0
    for _, part in evaluation.readings:
        worth = part.wording.worth[0] if part.wording is not None else 0.0
        covered += worth * part.mask[ids]
        whole += worth
    ids, scores = best_first(ids, FLOOR * covered / (whole or 1.0), ground.columns)
    return ids[:limit], scores[:limit].astype(np.float32)
