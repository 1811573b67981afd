"""What plain words are read as."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from engines.library.term import Term
from engines.search.find import find
from engines.search.words import forms, read_words
from tests.shelf import Shelf

NOW = datetime(2026, 3, 31, 15, 0)


def tokenise(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.lower()))


def written(text: str) -> list[str]:
    return [reading.written for reading in read_words(tuple(text.split()), tokenise, NOW)]


@pytest.mark.parametrize(
    ("one", "many"),
    [("dog", "dogs"), ("beach", "beaches"), ("city", "cities"), ("box", "boxes"), ("glass", "glasses"), ("day", "days"),
     ("person", "people"), ("woman", "women"), ("dish", "dishes")],
)  # fmt: skip
def test_a_noun_stands_for_its_other_number_too(one: str, many: str) -> None:
    assert forms(one) == (one, many)
    assert forms(many) == (many, one)


@pytest.mark.parametrize("word", ["at", "2008", "größe", "s6"])
def test_what_is_no_english_noun_stands_for_itself(word: str) -> None:
    assert forms(word) == (word,)


def test_stop_words_are_left_out_unless_nothing_else_is_said() -> None:
    assert written("a dog on the beach") == ["dog", "beach"]
    assert written("ein Hund am Strand") == ["Hund", "Strand"]
    assert written("to be or not to be") == ["to", "be", "or", "not", "to", "be"]
    assert written("on*") == ["on*"]


def test_words_that_are_a_date_are_read_together() -> None:
    readings = read_words(("dog", "22", "October", "2008", "beach"), tokenise, NOW)
    assert [reading.written for reading in readings] == ["dog", "22 October 2008", "beach"]
    assert [reading.when is not None for reading in readings] == [False, True, False]
    assert readings[1].terms == (Term(("22", "october", "2008")),)


def test_what_holds_no_letter_or_digit_asks_for_nothing() -> None:
    assert written("— …") == []
    assert written("dog — cat") == ["dog", "cat"]


def test_a_word_that_the_index_cuts_is_looked_for_as_a_whole() -> None:
    (reading,) = read_words(("IMG_1203.JPG",), tokenise, NOW)
    assert reading.terms == (Term(("img", "1203", "jpg")),)


def test_of_languages_without_spaces_the_beginning_is_looked_for() -> None:
    (reading,) = read_words(("東京",), tokenise, NOW)
    assert reading.terms == (Term(("東京",), prefix=True),)


def test_a_word_with_a_sharp_s_is_found_however_it_is_written(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"caption": "Große Straße"})
    shelf.take_in()
    for query in ("Straße", "strasse", "STRASSE", "grosse"):
        assert find(shelf.library, query).ids.tolist() == [shelf.media_id(path)]
