"""Products as lines to edit."""

from __future__ import annotations

import pytest

from desktop.views.cloud.products_text import as_text, from_text, kinds, without

BOX = [0.1, 0.2, 0.3, 0.4]
SEEN = [
    {"name": "Coke can", "confidence": 0.9, "box": BOX},
    {"name": "Coke can", "confidence": 0.7, "box": BOX},
    {"name": "Oat milk", "count": 1},
]


def test_kinds_are_counted_the_most_frequent_first() -> None:
    assert [(kind.name, kind.count, kind.confidence) for kind in kinds(SEEN)] == [
        ("Coke can", 2, 0.9),
        ("Oat milk", 1, None),
    ]
    assert as_text(SEEN) == "2 Coke can\n1 Oat milk"


def test_what_is_not_changed_keeps_its_boxes() -> None:
    assert from_text(as_text(SEEN), SEEN) == SEEN
    assert from_text("2 Coke can\n3 Oat milk", SEEN)[:2] == SEEN[:2]
    assert without(SEEN, "Coke can") == SEEN[2:]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 Tea", [("Tea", 3)]),
        ("3 x Tea", [("Tea", 3)]),
        ("Tea\n\n  tea bags ", [("Tea", 1), ("tea bags", 1)]),
        ("0 Tea", [("Tea", 1)]),
        ("7up", [("7up", 1)]),
        ("2 7up\n7up", [("7up", 3)]),
        ("", []),
        ("12", [("12", 1)]),
    ],
)
def test_lines_are_understood_as_they_are_meant(text: str, found: list[tuple[str, int]]) -> None:
    assert [(one["name"], one["count"]) for one in from_text(text, [])] == found
