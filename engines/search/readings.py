"""What plain words are read as in one library: one that nothing there is called, as the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engines.search.filter import Ground
from engines.search.places import named_by
from engines.search.words import STOP_WORDS, Reading, read_words, terms_of


def read(words: tuple[str, ...], ground: Ground, now: datetime) -> tuple[Reading, ...]:
    """The readings of words that stand together; those that count."""
    readings = read_words(words, ground.index.text.tokens, now)
    return tuple(_corrected(reading, ground) for reading in _with_places(words, readings, ground))


def corrected(words: tuple[str, ...], readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """The words with the misspelt ones as they were read."""
    meant: Mapping[int, str] = {reading.start: reading.meant for reading in readings if reading.meant}
    return tuple(meant.get(place, word) for place, word in enumerate(words))


def counts(word: str) -> bool:
    """Whether a word says anything about a picture."""
    return word.casefold() not in STOP_WORDS


def _with_places(words: Sequence[str], readings: Sequence[Reading], ground: Ground) -> Iterator[Reading]:
    """One reading for all words of a place's name; what is a date stays one."""
    dated = {place for reading in readings if reading.when is not None for place in range(reading.start, reading.end)}
    free = ["" if place in dated else word for place, word in enumerate(words)]
    named = {start: (end, name) for start, end, name in named_by(free, ground)}
    covered = {place for start, (end, _) in named.items() for place in range(start, end)}
    places = [
        Reading(name, terms_of(name, ground.index.text.tokens), None, start, end, place=name)
        for start, (end, name) in named.items()
    ]
    yield from sorted([*places, *(one for one in readings if one.start not in covered)], key=lambda one: one.start)


def _corrected(reading: Reading, ground: Ground) -> Reading:
    if reading.is_exact or not reading.written.isalpha():
        return reading
    columns = ground.columns
    if any(ground.index.with_words(term, columns).any() for term in reading.terms):
        return reading  # somebody wrote it so
    meant = ground.meant(reading.written)
    if meant is None:
        return reading
    return replace(reading, terms=terms_of(meant, ground.index.text.tokens), meant=meant)
