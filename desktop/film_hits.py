"""Where in the films of an answer lies what was asked for: what their tiles show in place of posters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from engines.library.library import Library
from engines.search.alike import moments_alike
from engines.search.find import Results
from engines.search.likeness import Likeness
from engines.search.moments import MomentHit, asks_of_moments, moments_of

Hits = Sequence[MomentHit]  # in one film, the best first


@dataclass(frozen=True)
class FilmHits:
    """Of one answer. Two that ask for the same are equal, whatever was found since."""

    query: str
    like: Likeness | None = field(compare=False)
    results: Results = field(compare=False)
    like_id: int = 0  # two pictures may have one name

    @classmethod
    def of(cls, query: str, like: Likeness | None, results: Results) -> FilmHits | None:
        """None where nothing is asked for that is to be seen or heard."""
        if like is None and not asks_of_moments(results):
            return None
        return cls(query, like, results, id(like) if like is not None else 0)

    def find(self, library: Library, media_ids: Collection[int]) -> Mapping[int, Hits]:
        """Of these hits, of those that are films the moments that fit well enough to be hits themselves.

        For a background thread. Raises LibraryError, InferenceError.
        """
        like, floor = self.like, self.results.floor
        if like is not None:
            found = moments_alike(library, like.space, like.vector, like.name, media_ids)
        else:
            found = moments_of(library, self.results, media_ids)
        good = {media_id: [hit for hit in hits if hit.score >= floor] for media_id, hits in found.items()}
        return {media_id: hits for media_id, hits in good.items() if hits}
