"""Words for colours, which pictures have in plain sight: no network is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from engines.library.columns import COLOURS
from engines.search.patterns import fold, foldings

# Further words, English then German; German ones are also meant with an ending: 'rotes Auto'.
_ENGLISH = {
    "red": "crimson scarlet reddish", "yellow": "yellowish golden", "green": "greenish", "cyan": "turquoise",
    "blue": "bluish", "purple": "violet lilac", "pink": "rosy", "grey": "gray greyish silver", "brown": "brownish",
}  # fmt: skip
_GERMAN = {
    "black": "schwarz", "white": "weiß", "grey": "grau silbern", "red": "rot rötlich", "orange": "orangefarben",
    "yellow": "gelb golden", "green": "grün", "cyan": "türkis", "blue": "blau", "purple": "violett lila",
    "pink": "rosa", "brown": "braun",
}  # fmt: skip
_ENDINGS = ("", "e", "er", "es", "en", "em")


def colour_named(words: Sequence[str], place: int) -> str:
    """The colour that the word at this place asks for, '' for none; 'orange' at the end is a fruit."""
    colour = colour_of(words[place])
    return "" if colour == "orange" and place == len(words) - 1 else colour


def colour_of(word: str) -> str:
    """The colour with this name, '' if it is none."""
    return _names().get(fold(word), "")


@cache
def _names() -> Mapping[str, str]:
    names = {colour: colour for colour in COLOURS}
    for colour, words in _ENGLISH.items():
        names |= dict.fromkeys(words.split(), colour)
    for colour, words in _GERMAN.items():
        stems = [stem for word in words.split() for stem in foldings(word)]
        names |= {stem + ending: colour for stem in stems for ending in _ENDINGS}
    return names
