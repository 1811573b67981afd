"""Words of the library that a misspelt word may have meant."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from engines.inference.catalogue import Task, starter_cards
from engines.inference.text import known_words
from engines.library.search_index import SearchIndex
from engines.library.text import Text
from engines.search.patterns import fold
from engines.vocabulary import nodes, nodes_named, spellings

_SHORTEST = 4  # letters; a shorter word is one letter away from everything
_TWO_FAULTS = 7  # letters of a word that may be two letters away from what was meant


def meant_word(written: str, index: SearchIndex) -> str | None:
    """What a word was meant to be that is none: of the words of the library and of the vocabulary the nearest.

    written: a word that no file holds. None if it is a word, be it one that nothing is called by here, or is like none.
    """
    word = fold(written)
    if len(word) < _SHORTEST or not word.isalpha() or nodes_named(written) or word in english_words():
        return None
    near = _one_letter_away(word)
    known = {found: count for found, count in index.text.known(near) if len(found) >= _SHORTEST}
    known |= {name: known.get(name, 0) + 1 for name in near & _vocabulary().keys()}
    if known:
        return _as_spelled(max(sorted(known), key=lambda one: (one[0] == word[0], known[one])))
    return _as_spelled(_two_letters_away(word))


def _two_letters_away(word: str) -> str | None:
    """Nobody mistakes the first letter and another one."""
    if len(word) < _TWO_FAULTS:
        return None
    near = _one_letter_away(word)
    alike = (one for one in sorted(_vocabulary()) if one[0] == word[0] and abs(len(one) - len(word)) <= 2)
    return next((one for one in alike if not near.isdisjoint(_one_letter_away(one))), None)


def _as_spelled(word: str | None) -> str | None:
    return None if word is None else _vocabulary().get(word, word)


@cache
def _vocabulary() -> Mapping[str, str]:
    """The words of all names, as they are compared and as they are spelled."""
    words = (word for name in nodes() for spelling in spellings(name) for word in re.split(r"[^\w]+", spelling))
    known: dict[str, str] = {}
    for word in words:
        if len(word) >= _SHORTEST:
            known.setdefault(fold(word), word)
    return known


@cache
def english_words() -> frozenset[str]:
    """The words that the text network knows whole: who writes one of them means it."""
    return next(known_words(card) for card in starter_cards().values() if card.task is Task.TEXT)


def nearest_word(word: str, text: Text) -> str | None:
    """The commonest indexed word that is one letter away: one more, one less, another, or two changed over.

    word: one token, as the index folds it.
    """
    if len(word) < _SHORTEST:
        return None
    known = text.known(_one_letter_away(word))
    return max(known, key=lambda found: found[1])[0] if known else None


def nearest_name(written: str, names: Iterable[str]) -> str | None:
    """The name, or the word of a name, that looks most like what was written."""
    spellings = {fold(part): part for name in names for part in (*re.findall(r"\w+", name), name)}
    nearest = get_close_matches(fold(written), spellings, 1, 0.7)
    return spellings[nearest[0]] if nearest else None


def _one_letter_away(word: str) -> set[str]:
    letters = string.ascii_lowercase
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    less = {before + after[1:] for before, after in cuts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    other = {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    more = {before + letter + after for before, after in cuts for letter in letters}
    return (less | swapped | other | more) - {word}
