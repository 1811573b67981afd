"""What pictures of a place, a time or an event often show: a kitchen itself no network knows, but ovens and sinks.

The words are data: resources/labels/hints.tsv, explained in the card beside it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engines.search.patterns import fold, foldings
from engines.search.words import forms
from engines.vocabulary import classes_of

_TABLE = Path(__file__).resolve().parents[2] / "resources" / "labels" / "hints.tsv"
_WORTH = {"sometimes": 0.3, "often": 0.6}  # how much a thing that is surely there tells of the place


@dataclass(frozen=True, slots=True)
class Hints:
    """word: what was asked for, in English. worth: of classes that tell of it, above 0 and below 1."""

    word: str
    worth: Mapping[int, float]


def hints(written: str) -> Hints | None:
    """What tells of the thing with this name, in either language; None for most words."""
    known = _hints()
    return next((known[form] for form in forms(fold(written)) if form in known), None)


@cache
def hinted_words() -> frozenset[str]:
    """All words that something hints at, as the table spells them."""
    return frozenset(word for row in _rows() for word, _ in _words(row))


@cache
def _hints() -> Mapping[str, Hints]:
    found: dict[str, Hints] = {}
    for row in _rows():
        worth = {kind: worth for column, worth in _WORTH.items() for kind in _classes(row[column])}
        found |= {folded: Hints(english, worth) for word, english in _words(row) for folded in foldings(word)}
    return found


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _words(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each word with the English one for it."""
    yield from ((word, word) for word in _entries(row["english"]))
    for entry in _entries(row["german"]):
        word, _, english = entry.partition(": ")
        yield word, english


def _classes(cell: str) -> list[int]:
    return [kind for name in _entries(cell) for kind in classes_of(name)]


def _entries(cell: str) -> list[str]:
    return cell.split(", ") if cell else []
