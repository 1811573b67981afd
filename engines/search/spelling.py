"""Words of the library that a misspelt word may have meant."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from engines.inference.catalogue import Task, starter_cards
from engines.inference.text import known_words
from engines.library.columns import Columns
from engines.library.search_index import SearchIndex
from engines.search.colours import colour_of
from engines.search.hints import hinted_words, hints
from engines.search.patterns import fold
from engines.vocabulary import nodes, nodes_named, spellings

_SHORTEST = 4  # letters; a shorter word is one letter away from everything
_LEAST = 3  # letters of a word that another one may have been meant for
_TWO_FAULTS = 7  # letters of a word that may be two letters away from what was meant


def meant_word(written: str, index: SearchIndex, columns: Columns) -> str | None:
    """What a word was meant to be that is none: of the words of the library and of the vocabulary the nearest.

    written: a word that no file holds. None if it is a word, be it one that nothing is called by here, or is like none.
    """
    word = fold(written)
    if not word.isalpha() or is_word(written) or word in _vocabulary():
        return None
    if len(word) < _SHORTEST:
        return _short_word(word)
    near = _one_letter_away(word)
    known = {found: count for found, count in index.known_words(near, columns) if len(found) >= _SHORTEST}
    known |= {name: known.get(name, 0) + 1 for name in near & _vocabulary().keys() if len(name) >= _SHORTEST}
    if known:
        return _as_spelled(max(sorted(known), key=lambda one: (one[0] == word[0], known[one])))
    return _as_spelled(_two_letters_away(word))


def is_word(written: str) -> bool:
    """Whether it is one, and means itself."""
    return bool(nodes_named(written) or hints(written) or colour_of(written)) or fold(written) in english_words()


def _short_word(word: str) -> str | None:
    """Of a short word only two letters that changed places are seen: 'dgo'."""
    return _as_spelled(next((name for name in sorted(_swapped(word)) if name in _vocabulary()), None))


def _two_letters_away(word: str) -> str | None:
    """Nobody mistakes the first letter and another one."""
    if len(word) < _TWO_FAULTS:
        return None
    near = _one_letter_away(word)
    alike = (one for one in _by_first_letter().get(word[0], ()) if _has_most_letters(one, word))
    return next((one for one in alike if not near.isdisjoint(_one_letter_away(one))), None)


def _has_most_letters(one: str, other: str) -> bool:
    """Whether two letters at most of either are not in the other, wherever they stand: 100 times as fast to tell as
    whether they are two letters away from each other, and true of few that are not.
    """
    if abs(len(one) - len(other)) > 2:
        return False
    rest = list(other)
    for letter in one:
        if letter in rest:
            rest.remove(letter)
    common = len(other) - len(rest)
    return max(len(one), len(other)) - common <= 2


@cache
def _by_first_letter() -> Mapping[str, tuple[str, ...]]:
    words: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(_vocabulary()):
        words[word[0]].append(word)
    return {letter: tuple(of_letter) for letter, of_letter in words.items()}


def _as_spelled(word: str | None) -> str | None:
    return None if word is None else _vocabulary().get(word, word)


@cache
def _vocabulary() -> Mapping[str, str]:
    """The words of all names, as they are compared and as they are spelled."""
    texts = [*(spelling for name in nodes() for spelling in spellings(name)), *sorted(hinted_words())]
    known: dict[str, str] = {}
    for word in (word for text in texts for word in re.split(r"[^\w]+", text)):
        if len(word) >= _LEAST:
            known.setdefault(fold(word), word)
    return known


@cache
def english_words() -> frozenset[str]:
    """The words that the text network knows whole: who writes one of them means it."""
    return next(known_words(card) for card in starter_cards().values() if card.task is Task.TEXT)


def nearest_word(word: str, index: SearchIndex, columns: Columns) -> str | None:
    """The commonest indexed word that is one letter away: one more, one less, another, or two changed over.

    word: one token, as the index folds it.
    """
    if len(word) < _SHORTEST:
        return None
    known = index.known_words(_one_letter_away(word), columns)
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
    other = {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    more = {before + letter + after for before, after in cuts for letter in letters}
    return (less | _swapped(word) | other | more) - {word}


def _swapped(word: str) -> set[str]:
    pairs = range(len(word) - 1)
    return {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in pairs} - {word}
