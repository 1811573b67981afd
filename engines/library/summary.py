"""What several items have in common, counted in the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engines.library.columns import KINDS, Columns


@dataclass(frozen=True, slots=True)
class Summary:
    """first_s, last_s: local seconds since 1970 of the first and last one with a date. rating: None where they differ.

    cameras: with how many items each, the most frequent first.
    """

    count: int
    photos: int
    videos: int
    size_bytes: int
    first_s: int | None
    last_s: int | None
    rating: int | None
    favourites: int
    cameras: tuple[tuple[str, int], ...]


def summary(columns: Columns, media_ids: Sequence[int]) -> Summary:
    """Of these items; those that the columns do not know yet are left out. 10 ms for 1,000,000."""
    ids = np.asarray(media_ids, np.int64)
    ids = ids[ids < columns.count]
    taken = columns["taken_s"][ids[columns.known("taken_s")[ids]]]
    ratings = np.unique(np.where(columns.known("rating")[ids], columns["rating"][ids], 0))
    kinds = columns["kind"][ids]
    numbers, counts = np.unique(columns["camera"][ids], return_counts=True)
    cameras = [
        (columns.terms["camera"].get(int(term), ""), int(uses)) for term, uses in zip(numbers, counts, strict=True)
    ]
    return Summary(
        count=len(ids),
        photos=int(np.count_nonzero(kinds == KINDS.index("photo"))),
        videos=int(np.count_nonzero(kinds == KINDS.index("video"))),
        size_bytes=int(np.maximum(columns["size_bytes"][ids], 0).sum()),
        first_s=int(taken.min()) if len(taken) else None,
        last_s=int(taken.max()) if len(taken) else None,
        rating=int(ratings[0]) if len(ratings) == 1 else None,
        favourites=int(np.count_nonzero(columns.flag("is_favourite")[ids])),
        cameras=tuple(sorted((one for one in cameras if one[0]), key=lambda one: -one[1])),
    )
