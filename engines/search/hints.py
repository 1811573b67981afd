"""What pictures of a place, a time or an event often show: a kitchen itself no network knows, but ovens and sinks.

The words are data: resources/labels/hints.tsv.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from engines.search.patterns import fold, foldings
from engines.search.words import forms
from engines.vocabulary import classes_of

_TABLE = Path(__file__).resolve().parents[2] / "resources" / "labels" / "hints.tsv"
_WORTH = {"sometimes": 0.3, "often": 0.6}  # how much a thing that is surely there tells of the place


def hints(written: str) -> Mapping[int, float]:
    """Classes that hint at what a word asks for, each with its worth, above 0 and below 1; none for most words."""
    known = _hints()
    return next((known[form] for form in forms(fold(written)) if form in known), {})


@cache
def _hints() -> Mapping[str, Mapping[int, float]]:
    found: dict[str, Mapping[int, float]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            told = {kind: worth for column, worth in _WORTH.items() for kind in _classes(row[column])}
            words = [*_entries(row["english"]), *_entries(row["german"])]
            found |= {folded: told for word in words for folded in foldings(word)}
    return found


def _classes(cell: str) -> list[int]:
    return [kind for name in _entries(cell) for kind in classes_of(name)]


def _entries(cell: str) -> list[str]:
    return cell.split(", ") if cell else []
