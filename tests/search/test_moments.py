"""Where in films a query is found, and films ranked by what one moment shows."""

from __future__ import annotations

import pytest

from engines.errors import UsageError
from engines.library.library import Library
from engines.search import moments as search_moments
from engines.search.alike import find_alike, moments_alike
from engines.search.find import Results, find
from engines.search.likeness import likeness_of_moment
from tests.shelf import Shelf
from tests.watched import film, scene


def told(library: Library, query: str, *, weaker: bool = False) -> tuple[Results, dict[int, list[tuple[float, float]]]]:
    """The hits, and the seconds of their moments, best first."""
    results = find(library, query, weaker=weaker)
    hits = search_moments.moments_of(library, results)
    return results, {media_id: [(hit.start_s, hit.end_s) for hit in found] for media_id, found in hits.items()}


def test_a_hit_in_a_film_says_which_seconds(shelf: Shelf) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog"), scene(20, "cat")])
    _, dogs = told(shelf.library, "dog")
    assert dogs == {media_id: [(10.0, 20.0)]}
    _, cats = told(shelf.library, "cat")
    assert sorted(cats[media_id]) == [(0.0, 10.0), (20.0, 30.0)]


@pytest.mark.parametrize(
    "query", ["object:dog OR object:bicycle", "tag:dog OR tag:bicycle", "object:dog object:bicycle"]
)
def test_moments_of_parts_are_told_where_none_shows_all(shelf: Shelf, query: str) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "dog"), scene(10, "cat"), scene(20, "bicycle")])
    _, hits = told(shelf.library, query)
    assert sorted(hits[media_id]) == [(0.0, 10.0), (20.0, 30.0)]


def test_a_moment_has_its_reasons(shelf: Shelf) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog")])
    hits = search_moments.moments_of(shelf.library, find(shelf.library, "dog"))
    (hit,) = hits[media_id]
    assert hit.time_s == 15.0
    assert "object: dog" in [reason.detail for reason in hit.reasons]
    assert 0.5 < hit.score <= 1


def test_what_is_seen_at_once_comes_before_what_is_seen_in_different_moments(shelf: Shelf) -> None:
    apart = film(shelf, "apart.mp4", [scene(0, "dog"), scene(10, "bicycle"), scene(20, "dog")])
    together = film(shelf, "together.mp4", [scene(0, "cat"), scene(10, "dog", "bicycle")])
    results, hits = told(shelf.library, "dog bicycle", weaker=True)
    scores = dict(zip(results.ids.tolist(), results.scores.tolist(), strict=True))
    assert scores[together] > scores[apart]
    assert hits[together] == [(10.0, 20.0)]


@pytest.mark.parametrize(
    ("query", "seconds"),
    [("object:dog", [(0.0, 10.0), (10.0, 20.0)]), ("object:dog>=2", [(10.0, 20.0)]), ("tag:cat", [(20.0, 30.0)])],
)
def test_fields_of_what_is_seen_find_moments(shelf: Shelf, query: str, seconds: list[tuple[float, float]]) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "dog"), scene(10, "dog", count=3), scene(20, "cat")])
    _, hits = told(shelf.library, query)
    assert sorted(hits[media_id]) == seconds


def test_moments_are_told_only_of_those_that_are_asked_for(shelf: Shelf) -> None:
    first, second = (film(shelf, name, [scene(0, "dog"), scene(10, "cat")]) for name in ("a.mp4", "b.mp4"))
    results = find(shelf.library, "dog")
    assert search_moments.asks_of_moments(results)
    assert set(search_moments.moments_of(shelf.library, results)) == {first, second}
    assert set(search_moments.moments_of(shelf.library, results, [second])) == {second}


def test_a_picture_finds_the_moments_that_look_like_it(shelf: Shelf) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "cat"), scene(10, "dog"), scene(20, "cat")])
    other = film(shelf, "b.mp4", [scene(10, "dog"), scene(0, "cat")])
    like = likeness_of_moment(shelf.library, media_id, 15.0, "a.mp4, 0:15")
    alike = find_alike(shelf.library, like.space, like.vector, without=like.media_id)
    assert alike.results.ids.tolist() == [other]
    found = moments_alike(shelf.library, like.space, like.vector, like.name, [media_id, other])
    assert {one: [(hit.start_s, hit.end_s) for hit in hits] for one, hits in found.items()} == {
        media_id: [(10.0, 20.0)],
        other: [(10.0, 20.0)],
    }
    assert found[other][0].reasons[0].detail == "looks like a.mp4, 0:15: 1.00"


def test_a_second_that_is_no_moment_is_like_nothing(shelf: Shelf) -> None:
    media_id = film(shelf, "a.mp4", [scene(0, "cat")])
    with pytest.raises(UsageError, match=r"not looked at a\.mp4"):
        likeness_of_moment(shelf.library, media_id, 77.0, "a.mp4")


def test_a_query_that_asks_nothing_of_pictures_tells_no_moments(shelf: Shelf) -> None:
    film(shelf, "a.mp4", [scene(0, "dog")])
    results, hits = told(shelf.library, "type:video")
    assert (len(results.ids), hits) == (1, {})
    assert not search_moments.asks_of_moments(results)


def test_a_film_that_nobody_watched_has_no_moments(shelf: Shelf) -> None:
    shelf.put("dog.mp4")
    shelf.take_in()
    results, hits = told(shelf.library, "dog")
    assert (len(results.ids), hits) == (1, {})
