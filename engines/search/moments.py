"""Where in a film a query is found: its moments looked at like pictures, each with a score and its reasons.

Called for the hits that are shown; what it costs depends on how many of them are films.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.library.columns import KINDS
from engines.library.moments import Filmed
from engines.library.search_index import SearchIndex
from engines.library.tags import ScoreRange
from engines.search.evaluate import Leaf
from engines.search.explain import Reason, seen_reasons
from engines.search.filter import Ground, actions_named, count_range, score_range, tags_named
from engines.search.find import Results, Searchable
from engines.search.moment_look import look_at
from engines.search.nodes import Field, Named, Phrase, Words
from engines.search.sight import Look
from engines.search.spoken import Spoken, spoken_in, wanted_of

_SHARE = 0.8  # of the best moment's score, from which on others of the film are told of as well


@dataclass(frozen=True, slots=True)
class MomentHit:
    """A stretch of a film that fits. time_s: of the frame that shows it. score: above 0, at most 1."""

    start_s: float
    end_s: float
    time_s: float
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """What a field finds in moments. scores, reasons: by row."""

    scores: NDArray[np.float32]
    reasons: Mapping[int, Reason]


def asks_of_moments(results: Results) -> bool:
    """Whether the query asks for something to be seen or heard, so that hits that are films may have moments."""
    return bool(results.looks or _tags(results)) or any(_may_be_said(leaf) for leaf, _ in results.leaves)


def moments_of(
    library: Searchable, results: Results, among: Collection[int] | None = None
) -> dict[int, tuple[MomentHit, ...]]:
    """The moments of each hit that is a film, the best first; none where the query asks nothing of pictures.

    Those that show all that is asked for; where none does, as with OR, those that show some of it; else, and where they
    would be no hits, those in which it is said. among: only of these hits. 10 ms for 100 films.
    """
    index = library.index
    columns = index.columns()
    hits_among = results.ids.tolist() if among is None else among
    ids = [media_id for media_id in hits_among if columns["kind"][media_id] == KINDS.index("video")]
    if not ids:
        return {}
    ground = Ground(index, columns)
    filmed = index.filmed(ids)
    heard = _heard(results, ground, ids)
    seen = _seen(results, ground, filmed, heard)
    unseen = [media_id for media_id in heard if media_id not in seen or seen[media_id][0].score < results.floor]
    return seen | {media_id: _said(heard[media_id], media_id, filmed) for media_id in unseen}


@dataclass(frozen=True, slots=True)
class _Heard:
    """Where words are said in one film. by_leaf: by the part of the query that asks for them."""

    by_leaf: Mapping[Leaf, Sequence[Spoken]]

    @property
    def every(self) -> list[Spoken]:
        return sorted({one for places in self.by_leaf.values() for one in places}, key=lambda one: one.start_s)


def _heard(results: Results, ground: Ground, ids: Sequence[int]) -> dict[int, _Heard]:
    """By film, of those in which something is said that is asked for."""
    wanted = {leaf: asked for leaf, _ in results.leaves if (asked := wanted_of(leaf, ground))}
    if not wanted:
        return {}
    by_film = {
        media_id: _Heard({leaf: spoken_in(transcript, asked, ground) for leaf, asked in wanted.items()})
        for media_id, transcript in ground.index.transcripts(ids).items()
    }
    return {media_id: one for media_id, one in by_film.items() if one.every}


def _said(heard: _Heard, media_id: int, filmed: Filmed) -> tuple[MomentHit, ...]:
    """Each place at which words are said, with the frame of the moment that it lies in."""
    times = [filmed.times(row) for row in np.flatnonzero(filmed.media == media_id).tolist()]
    hits = []
    for one in heard.every:
        shown = (time_s for start_s, end_s, time_s in times if start_s <= one.end_s and one.start_s < end_s)
        reason = Reason("transcript", f"said: {one.said}", 1.0)
        hits.append(MomentHit(one.start_s, one.end_s, next(shown, one.start_s), 1.0, (reason,)))
    return tuple(hits)


def _seen(
    results: Results, ground: Ground, filmed: Filmed, heard: Mapping[int, _Heard]
) -> dict[int, tuple[MomentHit, ...]]:
    """By film, the moments that show what is asked for, if anything is asked of pictures."""
    index = ground.index
    tags = _tags(results)
    if not len(filmed) or not (results.looks or tags):
        return {}
    looks = [look_at(one, filmed, ground.sense) for one in results.looks]
    named = [_with_tag(leaf, filmed, index) for leaf in tags]
    named += [_while_said(leaf, filmed, heard) for leaf, _ in results.leaves if _is_transcript(leaf)]
    parts = np.stack([*(one.scores for one in looks), *(one.scores for one in named)])
    of_all, of_some = parts.min(axis=0), parts.max(axis=0)
    hits: dict[int, tuple[MomentHit, ...]] = {}
    for media_id in np.unique(filmed.media).tolist():
        rows = np.flatnonzero(filmed.media == media_id)
        scores = of_all if of_all[rows].any() else of_some
        told = rows[(scores[rows] > 0) & (scores[rows] >= _SHARE * scores[rows].max())]
        best_first = told[np.argsort(-scores[told], kind="stable")].tolist()
        hits[media_id] = tuple(_hit(row, float(scores[row]), filmed, looks, named) for row in best_first)
    return {media_id: found for media_id, found in hits.items() if found}


def _may_be_said(leaf: Leaf) -> bool:
    return isinstance(leaf, Words | Phrase) or _is_transcript(leaf)


def _is_transcript(leaf: Leaf) -> bool:
    return isinstance(leaf, Field) and leaf.name == "transcript"


def _while_said(leaf: Leaf, filmed: Filmed, heard: Mapping[int, _Heard]) -> _Named:
    """The moments during which the words are said."""
    scores = np.zeros(len(filmed), np.float32)
    reasons: dict[int, Reason] = {}
    for row, media_id in enumerate(filmed.media.tolist()):
        start_s, end_s, _ = filmed.times(row)
        places = heard[media_id].by_leaf.get(leaf, ()) if media_id in heard else ()
        here = next((one for one in places if one.start_s < end_s and start_s < one.end_s), None)
        if here is not None:
            scores[row] = 1.0
            reasons[row] = Reason("transcript", f"said: {here.said}", 1.0)
    return _Named(scores, reasons)


def _tags(results: Results) -> list[Field]:
    return [leaf for leaf, _ in results.leaves if isinstance(leaf, Field) and leaf.name in ("tag", "object", "action")]


def _with_tag(leaf: Field, filmed: Filmed, index: SearchIndex) -> _Named:
    """How surely each moment shows what the field names; 0 where it does not, or not in such numbers."""
    assert isinstance(leaf.test, Named)
    names = index.tags.names()
    named = actions_named if leaf.name == "action" else tags_named
    wanted = {names[tag_id] for tag_id in named(leaf.test.name, names)}
    scores = np.zeros(len(filmed), np.float32)
    reasons: dict[int, Reason] = {}
    for row in range(len(filmed)):
        for tag in filmed.tags(row):
            amount = tag.count if leaf.name == "object" else tag.score
            if tag.name in wanted and tag.score > scores[row] and _allowed(leaf).holds(amount):
                scores[row] = tag.score
                times = f", {tag.count} of them" if tag.count > 1 else ""
                signal = "tag" if leaf.name == "action" else leaf.name
                reasons[row] = Reason(signal, f"{leaf.name}: {tag.name}{times}", tag.score)
    return _Named(scores, reasons)


def _allowed(leaf: Field) -> ScoreRange:
    assert isinstance(leaf.test, Named)
    return count_range(leaf.test.amount) if leaf.name == "object" else score_range(leaf.test.amount)


def _hit(row: int, score: float, filmed: Filmed, looks: Sequence[Look], named: Sequence[_Named]) -> MomentHit:
    seen = filmed.seen(row)
    reasons = [reason for one in looks for reason in seen_reasons(one, row, seen)]
    reasons += [one.reasons[row] for one in named if row in one.reasons]
    start_s, end_s, time_s = filmed.times(row)
    return MomentHit(start_s, end_s, time_s, score, tuple(reasons))
