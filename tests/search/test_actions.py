"""What people do in films and photos, where the full networks named it."""

from __future__ import annotations

import numpy as np
import pytest

from engines.search import moments
from engines.search.explain import explain
from engines.search.find import find, matching
from engines.types import Glimpse, Tag
from engines.vocabulary import activities
from tests.shelf import Shelf
from tests.watched import film


def doing(start_s: float, *names: str, score: float = 0.6) -> Glimpse:
    """Ten seconds in which people do this, as CLIP says it."""
    vector = np.zeros(384, np.float32)
    vector[int(start_s / 10)] = 1
    tags = tuple(Tag(name, score, "clip-vit-b32") for name in names)
    return Glimpse(start_s + 5, start_s, start_s + 10, 0.5, {"labels": tags}, (), (), vector)


@pytest.fixture
def films(shelf: Shelf) -> tuple[int, int]:
    """Somebody runs and swims; and a beach on which nobody does anything."""
    active = film(shelf, "active.mp4", [doing(0, "beach"), doing(10, "running", "beach"), doing(20, "swimming")])
    return active, film(shelf, "calm.mp4", [doing(0, "beach", score=0.9)])


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("action:running", True),
        ("action:Laufen", True),
        ("action:swim*", True),
        ("action:running>0.5", True),
        ("action:running>0.9", False),
        ("action:hiking", False),
        ("action:beach", False),  # it is a place
    ],
)
def test_films_are_found_by_what_is_done(shelf: Shelf, films: tuple[int, int], query: str, is_found: bool) -> None:
    assert matching(shelf.library, query) == ([films[0]] if is_found else [])


def test_the_moment_of_an_action_is_told_with_its_reason(shelf: Shelf, films: tuple[int, int]) -> None:
    results = find(shelf.library, "action:running")
    (hit,) = moments.moments_of(shelf.library, results)[films[0]]
    assert (hit.start_s, hit.end_s) == (10.0, 20.0)
    assert [reason.detail for reason in hit.reasons] == ["action: running"]
    assert [reason.detail for reason in explain(shelf.library, results)[0]] == ["action: running"]


def test_there_are_many_activities() -> None:
    assert "running" in activities()
    assert "beach" not in activities()
    assert len(activities()) >= 150
