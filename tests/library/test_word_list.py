"""The words that a misspelt one may have meant are found in a list that the next process finds again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.library.word_list import WordList

WORDS = ("2019", "a", "beach", "bäume", "dogs", "x" * 40, "zebra")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    WordList(tmp_path / "words.cache").keep(WORDS, "mine")
    return tmp_path / "words.cache"


def test_those_that_are_in_it_are_found(path: Path) -> None:
    asked = ["aa", "beach", "beaches", "bäume", "baume", "zebra", "zz", "x" * 24, "x" * 40]
    assert list(WordList(path).among(asked, "mine")) == ["beach", "bäume", "zebra"]


def test_what_is_no_word_of_letters_is_not_in_it(path: Path) -> None:
    assert not WordList(path).among(["2019"], "mine")


def test_nothing_is_left_out_without_a_list_of_this_library(path: Path) -> None:
    assert WordList(path).among(["any", "word"], "another") == ["any", "word"]
    assert WordList(path.with_name("none")).among(["any"], "mine") == ["any"]


def test_a_new_list_is_used_at_once(path: Path) -> None:
    words = WordList(path)
    words.keep(["new"], "mine")
    assert list(words.among(["beach", "new"], "mine")) == ["new"]
