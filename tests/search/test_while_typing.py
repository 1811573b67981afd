"""Letter by letter, what is found leads to what is about to be typed."""

from __future__ import annotations

import pytest

from engines.search.find import find
from engines.search.while_typing import find_while_typing
from tests.shelf import Shelf


@pytest.fixture
def people(shelf: Shelf) -> Shelf:
    """Three photos with captions."""
    for name, caption in (("a.jpg", "Anna"), ("b.jpg", "Annabel at the beach"), ("c.jpg", "a brown dog")):
        shelf.put(name, {"caption": caption})
    shelf.take_in()
    return shelf


def _names(shelf: Shelf, query: str) -> set[str]:
    found = find_while_typing(shelf.library, query).ids.tolist()
    return {path.name for path in shelf.photos.iterdir() if shelf.media_id(path) in found}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("a", {"a.jpg", "b.jpg", "c.jpg"}),  # so do 'at' and 'a'
        ("ann", {"a.jpg", "b.jpg"}),
        ("anna", {"a.jpg"}),  # somebody wrote it so
        ("annab", {"b.jpg"}),
        ("beac", {"b.jpg"}),
        ("beach ann", {"b.jpg"}),
        ("brown d", {"c.jpg"}),
        ("bech", {"b.jpg"}),  # nothing begins so: it is misspelt
        ("anna ", {"a.jpg"}),
        ("caption:ann", {"a.jpg", "b.jpg"}),
    ],
)
def test_letters_find_what_they_begin(people: Shelf, typed: str, names: set[str]) -> None:
    assert _names(people, typed) == names


def test_a_whole_word_finds_what_it_finds_alone(people: Shelf) -> None:
    for query in ("dog", "beach", "brown dog", ""):
        assert find_while_typing(people.library, query).ids.tolist() == find(people.library, query).ids.tolist()
