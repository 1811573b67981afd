"""Puts hits into order: by how well their words fit, or newest first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.library.columns import Columns, Mask
from engines.library.search_index import SearchIndex
from engines.search.evaluate import Found

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

RANKED = 1000  # hits at most have their texts looked at, those added last: 1 to 2 us each
_PASSED_OVER = 60_000  # entries of the full-text index at most are read for that: 60 ns each
_CHUNK = 65_536  # media; a few chunks nearly always hold as many hits as are asked for
_FEW = 500  # hits; so many are sorted in 0.1 ms, while finding them in the order of all takes 1 ms at 1,000,000


def newest(mask: Mask, columns: Columns, limit: int | None) -> Ids:
    """The ids in the mask, newest first; the first `limit` of them."""
    if np.count_nonzero(mask) <= _FEW:
        few = np.flatnonzero(mask)
        return few[np.lexsort((-few, -columns["shown_s"][few]))][:limit]
    if limit is None:
        return columns.newest[mask[columns.newest]]
    found, missing = [], limit
    for start in range(0, len(columns.newest), _CHUNK):
        chunk = columns.newest[start : start + _CHUNK]
        hits = chunk[mask[chunk]][:missing]
        found.append(hits)
        missing -= len(hits)
        if not missing:
            break
    return np.concatenate(found) if found else np.empty(0, np.int64)


def by_words(found: Found, mask: Mask, index: SearchIndex) -> tuple[Ids, NDArray[np.float64]]:
    """How well the texts of the hits in the mask fit, of those that hold the words: ids, and scores above 0, below 1.

    All such hits, or as many of those added last as RANKED and the length of the index's lists allow.
    """
    wording = found.wording
    if wording is None:
        return np.empty(0, np.int64), np.empty(0)
    holds, low = wording.holds, 0
    if wording.entries > _PASSED_OVER:
        if any(term.prefix for term in wording.expression.terms):  # its list is made of those of all words, whole
            return np.empty(0, np.int64), np.empty(0)
        held = np.flatnonzero(holds)
        low = int(held[-max(1, len(held) * _PASSED_OVER // wording.entries)])
    ids = low + np.flatnonzero(mask[low:] & holds[low:])[-RANKED:]
    if not len(ids):
        return np.empty(0, np.int64), np.empty(0)
    wanted = np.zeros(ids[-1] - ids[0] + 1, np.bool_)
    wanted[ids - ids[0]] = True
    ids, scores = index.text.rank(wording.expression, wording.worth, wanted, int(ids[0]))
    return ids, scores / sum(wording.worth)


def best_first(ids: Ids, scores: Scores, columns: Columns, limit: int | None) -> Ids:
    """The first ids by score; of equal ones the newest first, then the one added last. scores: by media id."""
    if limit is not None and len(ids) > limit > 0:
        least = -np.partition(-scores[ids], limit - 1)[limit - 1]
        ids = ids[scores[ids] >= least]
    return ids[np.lexsort((-ids, -columns["shown_s"][ids], -scores[ids]))][:limit]
