"""What plain words are read as in one library: one that nothing there is called, as the one that was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engines.search.filter import Ground
from engines.search.spelling import meant_word
from engines.search.words import STOP_WORDS, Reading, read_words, terms_of


def read(words: tuple[str, ...], ground: Ground, now: datetime) -> tuple[Reading, ...]:
    """The readings of words that stand together; those that count."""
    return tuple(_corrected(reading, ground) for reading in read_words(words, ground.index.text.tokens, now))


def corrected(words: tuple[str, ...], readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """The words with the misspelt ones as they were read."""
    meant: Mapping[int, str] = {reading.start: reading.meant for reading in readings if reading.meant}
    return tuple(meant.get(place, word) for place, word in enumerate(words))


def counts(word: str) -> bool:
    """Whether a word says anything about a picture."""
    return word.casefold() not in STOP_WORDS


def _corrected(reading: Reading, ground: Ground) -> Reading:
    if reading.is_exact or not reading.written.isalpha():
        return reading
    columns = ground.columns
    if any(ground.index.with_words(term, columns).any() for term in reading.terms):
        return reading  # somebody wrote it so
    meant = meant_word(reading.written, ground.index)
    if meant is None:
        return reading
    return replace(reading, terms=terms_of(meant, ground.index.text.tokens), meant=meant)
