"""Words of the library that a misspelt word may have meant."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from difflib import get_close_matches

from engines.library.text import Text
from engines.search.patterns import fold

_SHORTEST = 3  # letters; a shorter word is one letter away from everything


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
