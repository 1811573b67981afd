"""Plain words for colours ask for what pictures have."""

from __future__ import annotations

import pytest

from engines.search.colours import colour_named


@pytest.mark.parametrize(
    ("text", "place", "colour"),
    [("red car", 0, "red"), ("rotes Auto", 0, "red"), ("die grüne Wiese", 1, "green"), ("weißer Hund", 0, "white"),
     ("gray cat", 0, "grey"), ("orange dahlia", 0, "orange"), ("an orange", 1, ""), ("red car", 1, "")],
)  # fmt: skip
def test_words_of_either_language_are_colours(text: str, place: int, colour: str) -> None:
    assert colour_named(text.split(), place) == colour
