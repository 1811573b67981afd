"""Places and events are known by what is often there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from engines.search.hints import hints
from engines.types import FIRST_OBJECT
from engines.vocabulary import classes_of, coco

TABLE = Path(__file__).resolve().parents[2] / "resources" / "labels" / "hints.tsv"
OVEN = next(FIRST_OBJECT + label.index for label in coco() if label.name == "oven")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("word", ["kitchen", "Kitchens", "Küche", "KUECHE"])
def test_a_kitchen_is_hinted_at_by_an_oven_in_either_language(word: str) -> None:
    found = hints(word)
    assert found is not None
    assert 0 < found.worth[OVEN] < 1


def test_most_words_are_no_place() -> None:
    assert hints("terrier") is None


def test_what_is_often_there_counts_more_than_what_sometimes_is() -> None:
    (car,), (bus,) = ([kind for kind in classes_of(name) if kind >= FIRST_OBJECT] for name in ("car", "bus"))
    street = hints("Straße")
    assert street is not None
    assert street.word == "street"
    assert street.worth[bus] > street.worth[car]


def test_every_hint_is_a_name_and_every_word_stands_once() -> None:
    named = [name for row in rows() for column in ("often", "sometimes") for name in row[column].split(", ") if name]
    words = [word for row in rows() for column in ("english", "german") for word in row[column].split(", ") if word]
    assert all(classes_of(name) for name in named)
    assert len(set(words)) == len(words)


def test_every_german_word_has_an_english_one_of_its_line() -> None:
    for row in rows():
        pairs = [entry.partition(": ") for entry in row["german"].split(", ") if entry]
        assert {english for _, _, english in pairs} <= set(row["english"].split(", "))
