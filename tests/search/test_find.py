"""In which order hits come, and what may be a hit at all."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engines.cancel import Cancelled, CancelToken
from engines.errors import QueryError
from engines.search import ranking
from engines.search.explain import explain
from engines.search.find import Results, find, matching
from engines.search.query import parse
from engines.search.sight import FLOOR
from engines.search.suggest import suggest
from tests.search.catalogue import Catalogue
from tests.shelf import Shelf

_SIGNS = st.sampled_from(
    ['"', "'", "*", "^", "(", ")", "%", "_", "\\", "[", "{", ":", "+", "-", " ", "NEAR", "dog", "name:", "path:",
     "tag:", "title:", "folder:", "camera:", "near:"]
)  # fmt: skip


def names(shelf: Shelf, results: Results) -> list[str]:
    paths = {shelf.media_id(path): path.stem for path in shelf.photos.rglob("*") if path.is_file()}
    return [paths[media_id] for media_id in results.ids.tolist()]


def hits(shelf: Shelf, query: str, limit: int | None = None, *, weaker: bool = False) -> list[str]:
    return names(shelf, find(shelf.library, query, limit=limit, weaker=weaker))


@pytest.fixture
def dogs(shelf: Shelf) -> Shelf:
    """Where a dog is told of in different places; the last file is the newest."""
    texts = {
        "titled": {"title": "dog", "caption": "at home"},
        "told": {"caption": "a dog at home"},
        "both": {"title": "dog", "caption": "a dog at home"},
        "told later": {"caption": "our dog outside"},
        "cat": {"caption": "a cat at home"},
    }
    for name, facts in texts.items():  # one after the other, so that they are added in this order
        shelf.put(f"{name}.jpg", facts)
        shelf.take_in()
    return shelf


def test_the_better_a_text_fits_the_earlier_it_comes_and_of_equal_ones_the_newest(dogs: Shelf) -> None:
    assert hits(dogs, "dog") == ["both", "titled", "told later", "told"]


def test_by_date_the_newest_comes_first(dogs: Shelf) -> None:
    results = find(dogs.library, "dog", order="date")
    assert names(dogs, results) == ["told later", "both", "told", "titled"]
    assert results.scores[1] == max(results.scores)


def test_scores_say_how_well_words_fit_and_fields_fit_wholly(dogs: Shelf) -> None:
    assert find(dogs.library, "is:photo").scores.tolist() == [1.0] * 5
    scores = find(dogs.library, "dog").scores
    assert FLOOR < scores.min() < scores.max() < 1


def test_a_rare_word_counts_more_than_a_common_one(shelf: Shelf) -> None:
    shelf.put("rare.jpg", {"caption": "tulip"})
    for number in range(4):
        shelf.put(f"common {number}.jpg", {"caption": "dog", "copyright": str(number)})
    shelf.take_in()
    assert hits(shelf, "dog OR tulip", limit=1) == ["rare"]


def test_hits_beyond_those_whose_texts_are_looked_at_follow_newest_first(
    dogs: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "RANKED", 2)
    assert hits(dogs, "dog") == ["both", "told later", "told", "titled"]
    monkeypatch.setattr(ranking, "_PASSED_OVER", 1)
    assert hits(dogs, "dog") == ["told later", "both", "told", "titled"]


def test_where_a_word_or_a_field_will_do_both_are_hits(dogs: Shelf) -> None:
    dogs.library.type_in([dogs.media_id(dogs.photos / "cat.jpg")], {"rating": 5})
    results = find(dogs.library, "outside OR rating:5")
    assert names(dogs, results) == ["told later", "cat"]
    assert results.scores[1] == FLOOR


def test_only_the_asked_number_of_hits_is_returned_and_all_are_counted(dogs: Shelf) -> None:
    results = find(dogs.library, "dog", limit=1)
    assert len(results.ids) == 1
    assert results.total == 4


def test_weaker_hits_hold_some_of_the_words_and_come_behind_below_the_floor(dogs: Shelf) -> None:
    assert hits(dogs, "cat home tulip") == []
    results = find(dogs.library, "dog outside", weaker=True)
    assert names(dogs, results) == ["told later", "both", "told", "titled"]
    assert results.total == 4
    assert results.scores[0] > results.floor > results.scores[1] > 0
    assert hits(dogs, "dog outside", limit=2, weaker=True) == ["told later", "both"]


def test_weaker_hits_keep_to_fields_and_to_what_is_excluded(dogs: Shelf) -> None:
    assert hits(dogs, "dog tulip caption:home", weaker=True) == ["both", "told", "titled"]
    assert hits(dogs, "cat tulip -(cat home)", weaker=True) == []
    assert hits(dogs, "dog tulip -(dog home)", weaker=True) == ["told later"]


def test_everything_is_found_by_an_empty_query_newest_first(dogs: Shelf) -> None:
    assert hits(dogs, "") == ["cat", "told later", "both", "told", "titled"]


def test_nothing_found_is_an_answer(dogs: Shelf) -> None:
    results = find(dogs.library, "tulip")
    assert (results.ids.tolist(), results.scores.tolist(), results.total) == ([], [], 0)


def test_an_empty_library_has_no_hits(shelf: Shelf) -> None:
    for query in ("", "dog", "-dog", "rating:5", "tag:dog", "near:Lisbon", "camera:canon", "is:duplicate"):
        assert find(shelf.library, query).total == 0


def test_what_changes_is_found_at_once(dogs: Shelf) -> None:
    assert hits(dogs, "tulip") == hits(dogs, "tag:tulip") == hits(dogs, "rating:5") == []
    dogs.put("new.jpg", {"caption": "tulip", "keywords": ["tulip"], "rating": 5})
    dogs.put("told.jpg", {"caption": "a tulip instead"})
    dogs.take_in()
    assert hits(dogs, "tulip") == ["new", "told"]
    assert hits(dogs, "tag:tulip") == hits(dogs, "rating:5") == ["new"]
    assert "told" not in hits(dogs, "dog")


def test_a_tag_on_the_raw_file_counts_for_the_pair(shelf: Shelf) -> None:
    facts = {"taken": "2008-10-22T16:28:39", "camera": "Canon EOS 5"}
    shelf.put("IMG_1.jpg", facts)
    shelf.put("IMG_1.dng", facts | {"keywords": ["dog"]})
    shelf.take_in()
    assert find(shelf.library, "tag:dog").total == find(shelf.library, "").total == 1
    assert find(shelf.library, "tag:dog type:raw name:IMG_1").total == 1
    assert find(shelf.library, "tag:dog<0.5").total == 0


def test_copies_share_what_is_known_of_their_content(shelf: Shelf) -> None:
    for name in ("a.jpg", "b.jpg"):
        shelf.put(name, {"keywords": ["dog"]})
    shelf.take_in()
    assert sorted(hits(shelf, "tag:dog is:duplicate")) == ["a", "b"]


def test_a_query_may_be_given_as_text_or_as_its_tree(dogs: Shelf) -> None:
    assert matching(dogs.library, parse("dog")) == matching(dogs.library, "dog")


def test_a_wrong_query_raises_what_its_reader_raises(dogs: Shelf) -> None:
    with pytest.raises(QueryError):
        find(dogs.library, "camra:x")


def test_a_search_that_is_no_longer_wanted_stops(dogs: Shelf) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        find(dogs.library, "dog", token=token)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=30), st.lists(_SIGNS, max_size=6).map("".join)))
@example('"NEAR(a b)" caption:^dog {title}:x')
@example("name:%_*[! path:\\ folder:\\ tag:[a camera:((( place:.*")
@example("a\x00b \ud800 title:\ud800 name:*\ud800")
def test_no_text_reaches_the_database_as_anything_but_text(catalogue: Catalogue, query: str) -> None:
    with suppress(QueryError):
        results = find(catalogue.shelf.library, query, weaker=True)
        explain(catalogue.shelf.library, results)
        suggest(catalogue.shelf.library, query)
