"""How a query was understood, and what is suggested where nothing was found."""

from __future__ import annotations

import pytest

from engines.search.find import find
from engines.search.nodes import Field, Interval
from engines.search.query import parse
from engines.search.suggest import suggest, suggestions
from engines.search.wording import describe
from tests.search.catalogue import NOW, Catalogue
from tests.shelf import Shelf

MEANINGS = {
    "": "everything",
    "dog": "the word dog",
    "dog cat beach": "the words dog, cat and beach",
    '"dog on"': 'the words "dog on" in this order',
    "dog OR cat": "the word dog, or the word cat",
    "(dog OR cat) -iso:>800": "(the word dog, or the word cat), and not iso more than 800",
    "-(dog iso:5)": "not (the word dog, and iso 5)",
    "iso:..400": "iso 400 or less",
    "iso:100..400": "iso from 100 to 400",
    "date:2008": "date in 2008",
    "date:yesterday": "date yesterday (2026-03-30)",
    'date:"last week"': "date in last week (2026-03-23 to 2026-03-29)",
    "tag:dog>0.5": "tag dog more than 0.5",
    'tag:"a<b">=1': "tag a<b 1 or more",
    "camera:canon": 'camera with "canon" in it',
    'camera="EOS 5"': 'camera "EOS 5"',
    "near:38.7,-9.1/5km": "within 5 km of 38.7, -9.1",
    "near:Lisbon": "within 20 km of Lisbon",
    "colour:grey is:video": "colour grey, and is video",
}


@pytest.mark.parametrize(("query", "meaning"), MEANINGS.items())
def test_a_query_can_be_said_in_words(query: str, meaning: str) -> None:
    assert describe(parse(query, NOW)) == meaning


def test_each_part_of_the_text_says_what_it_was_taken_for(catalogue: Catalogue) -> None:
    text = "dogs in 2008 iso:>400"
    parts = find(catalogue.shelf.library, text, now=NOW).understood.parts
    assert [(text[part.start : part.end], part.meaning) for part in parts] == [
        ("dogs in 2008", '"dogs" or "dog" as text and "2008" as text, or as a date'),
        ("iso:>400", "iso more than 400"),
    ]


def test_what_nothing_has_looked_for_yet_is_said(catalogue: Catalogue) -> None:
    understood = find(catalogue.shelf.library, "scene:dog OR has:faces OR dog").understood
    assert understood.notes == ("Nothing has been looked for yet: scene, has:faces.",)


def test_what_was_left_out_is_said(catalogue: Catalogue) -> None:
    understood = find(catalogue.shelf.library, 'dog "…"').understood
    assert understood.notes == ('"…" holds no letter or digit, so it was left out.',)


def test_a_word_that_is_no_word_is_left_out_and_said_to_be(catalogue: Catalogue) -> None:
    assert find(catalogue.shelf.library, "dog \U0001f600").understood.notes == (
        "'\U0001f600' holds no letter or digit, so it was left out.",
    )


def test_a_place_that_no_photo_names_is_not_known(catalogue: Catalogue) -> None:
    known, unknown = (find(catalogue.shelf.library, f"near:{place}").understood.notes for place in ("Oslo", "Atlantis"))
    assert known == ("Where Oslo lies is told by the photos that name it.",)
    assert unknown[0].startswith("No photo names Atlantis, so where it lies is not known")


SUGGESTIONS = {
    "bench": "No file holds 'bench'. Did you mean beach?",
    "camera:cannon": "Did you mean camera:Canon?",
    "place:lisbom": "Did you mean place:Lisbon?",
    "dog iso:7": "Without iso:7 there are ",
    "iso:7 -cat": "Without iso:7 there are ",
    '"dog" type:video iso:<0': "Without iso:<0 there are ",
    "dog oslo suva": "No file holds all of the words. Weaker matches hold some of them.",
}


@pytest.mark.parametrize(("query", "sentence"), SUGGESTIONS.items())
def test_where_nothing_was_found_something_else_is_suggested(catalogue: Catalogue, query: str, sentence: str) -> None:
    assert find(catalogue.shelf.library, query, now=NOW).total == 0
    assert sentence in " ".join(suggest(catalogue.shelf.library, query, NOW))


INSTEAD = {
    "bench iso:>100": "beach iso:>100",
    "camera:cannon dog": "camera:Canon dog",
    "dog iso:7": "dog",
}


@pytest.mark.parametrize(("query", "instead"), INSTEAD.items())
def test_what_is_suggested_can_be_asked(catalogue: Catalogue, query: str, instead: str) -> None:
    first = suggestions(catalogue.shelf.library, query, NOW)[0]
    assert first.query == instead
    assert find(catalogue.shelf.library, instead, now=NOW).total


def test_hits_that_are_not_listed_are_told_of(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"caption": "dog"})
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(path)], {"hidden": True})
    assert suggest(shelf.library, "dog") == [
        "1 that fit are hidden, missing or no media: add is:hidden, is:missing or is:unsupported."
    ]


def test_nothing_is_suggested_where_nothing_is_near(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    for query in ("xylophone", "ab", "camera:canon", "-is:photo"):
        assert suggest(shelf.library, query) == []


def test_a_field_made_by_hand_can_be_described() -> None:
    assert describe(Field("iso", Interval(100, 200), "100..200")) == "iso from 100 to 200"
