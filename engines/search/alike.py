"""The media that look like a picture, nearest first, among those that fit a query; of films the moments that do."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from engines.cancel import CancelToken
from engines.library.vector_ledger import Space
from engines.search.explain import Reason, explain
from engines.search.find import Results, Searchable, find
from engines.search.moment_look import cosines_of
from engines.search.moments import MomentHit
from engines.search.nodes import Query
from engines.search.ranking import Ids, Scores
from engines.search.sight import FLOOR
from engines.search.vector_index import Cosines, Vector, nearest

# The cosine from which pictures are alike. Of 45 COCO photos 82 % have one of the same kind of thing above it, and 30 %
# of what is above it is of the same kind; at 0.6 it is 90 % and 18 %, at 0.75 80 % and 41 %.
ALIKE = 0.7
_MOST = 2000  # hits; nobody looks through more, and the index is sure of no more


@dataclass(frozen=True, slots=True)
class Alike:
    """results: the hits by score; total counts up to 2,000. cosines: of the angles between the hits and the picture."""

    results: Results
    cosines: Cosines


def find_alike(
    library: Searchable,
    space: Space,
    vector: Vector,
    query: Query | str = "",
    *,
    without: int | None = None,
    limit: int | None = 100,
    weaker: bool = False,
    token: CancelToken | None = None,
    now: datetime | None = None,
) -> Alike:
    """What fits the query and looks like the picture with this vector, which is of the space.

    without: the picture's own id, lest it be the first hit. weaker: also what is less alike. now: as for find(). Raises
    QueryError, Cancelled, LibraryError.
    """
    started = time.perf_counter()
    fitting = find(library, query, limit=None, order="date", token=token, now=now)
    columns = library.index.columns()
    mask = np.zeros(columns.count, np.bool_)
    mask[fitting.ids] = True
    mask[[] if without is None else without] = False
    near = nearest(library.index, space, vector, mask, columns, _MOST)
    count = len(near.ids) if weaker else int(np.count_nonzero(near.cosines >= ALIKE))
    shown = count if limit is None else min(count, limit)
    ids, cosines = near.ids[:shown], near.cosines[:shown]
    results = replace(
        _only(fitting, ids),
        scores=_scores(cosines),
        total=count,
        floor=FLOOR,
        took_ms=(time.perf_counter() - started) * 1000,
    )
    return Alike(results, cosines)


def explain_alike(
    library: Searchable, alike: Alike, name: str, now: datetime | None = None
) -> list[tuple[Reason, ...]]:
    """The reasons of each hit: how much it looks like the picture of that name, and what of the query it fits."""
    fitting = explain(library, alike.results, now) if alike.results.leaves else [()] * len(alike.cosines)
    return [
        (_likeness(name, cosine), *reasons) for cosine, reasons in zip(alike.cosines.tolist(), fitting, strict=True)
    ]


def moments_alike(
    library: Searchable, space: Space, vector: Vector, name: str, media_ids: Collection[int]
) -> dict[int, tuple[MomentHit, ...]]:
    """The moments of these films that look like the picture of that name, the most alike first.

    Of a film with none that is alike the one that is least unlike it; none of what is no film. 1 ms for 100 films.
    """
    filmed = library.index.filmed(list(media_ids))
    if not len(filmed):
        return {}
    cosines = cosines_of(filmed, library.index.vectors.rows(space), vector)
    scores = _scores(cosines)
    found: dict[int, tuple[MomentHit, ...]] = {}
    for media_id in np.unique(filmed.media).tolist():
        rows = np.flatnonzero(filmed.media == media_id)
        best_first = rows[np.argsort(-cosines[rows], kind="stable")]
        told = best_first[cosines[best_first] >= ALIKE] if cosines[best_first[0]] >= ALIKE else best_first[:1]
        found[media_id] = tuple(
            MomentHit(*filmed.times(row), float(scores[row]), (_likeness(name, float(cosines[row])),))
            for row in told.tolist()
            if cosines[row] > 0
        )
    return found


def _likeness(name: str, cosine: float) -> Reason:
    return Reason("meaning", f"looks like {name}: {cosine:.2f}", max(0.0, min(cosine, 1.0)))


def _only(results: Results, ids: Ids) -> Results:
    """The same with only these of its hits, in this order."""
    order = np.argsort(results.ids)
    places = order[np.searchsorted(results.ids, ids, sorter=order)] if len(ids) else np.empty(0, np.int64)
    return replace(results, ids=ids, leaves=[(leaf, truths[places]) for leaf, truths in results.leaves])


def _scores(cosines: Cosines) -> Scores:
    """What is alike has at least the floor, what is the same picture 1."""
    alike = FLOOR + (1 - FLOOR) * (cosines - ALIKE) / (1 - ALIKE)
    less = FLOOR * np.maximum(cosines, 0) / ALIKE
    return np.where(cosines >= ALIKE, alike, less).clip(0, 1).astype(np.float32)
