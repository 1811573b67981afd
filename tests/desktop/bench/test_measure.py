"""`bench desktop` measures what a window really does."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.bench.measure import make_library, scene


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A library of a thousand items."""
    make_library(tmp_path / "library", 1_000, lambda text: None)
    return tmp_path / "library"


def test_keys_lead_to_painted_answers(made: Path) -> None:
    found = scene("ask", made)
    assert 0 < found["search behind a key, 95 %"] < found["key to painted answer, 95 %"]


def test_many_items_are_selected_and_tagged(made: Path) -> None:
    found = scene("edit", made)
    assert found["tag 10,000"] > 0
    assert found["undo that"] > 0
    assert found["select all: UI held up, worst"] > 0
