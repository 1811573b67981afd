"""`bench desktop` measures what a window really does."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.bench.bars import RULES, row
from desktop.bench.libraries import make_library
from desktop.bench.measure import scene


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A library of a thousand items."""
    make_library(tmp_path / "library", 1_000, lambda text: None)
    return tmp_path / "library"


def test_each_of_the_eighteen_bars_is_held_against_something() -> None:
    assert {rule.number for rule in RULES.values()} - {""} == {f"U{number}" for number in range(1, 19)}


def test_what_cannot_be_measured_here_has_no_verdict() -> None:
    assert row("memory at rest", 300, size=100_000).holds is False
    assert row("memory at rest", 300, size=1_000_000).holds is True
    missing = row("frozen, start to a picture of the window", None, "no such program")
    assert (missing.name, missing.holds) == ("U4 frozen, start to a picture of the window", None)


def test_keys_lead_to_painted_answers(made: Path) -> None:
    found = scene("ask", made)
    assert 0 < found["search behind a key, 95 %"] < found["key to painted answer, 95 %"]


def test_many_items_are_selected_and_tagged(made: Path) -> None:
    found = scene("edit", made)
    assert found["tag 10,000"] > 0
    assert found["undo that"] > 0
    assert found["select all: UI held up, worst"] > 0
