"""Fixtures that every part of the suite may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

MEDIA = Path(__file__).resolve().parents[2] / "shared" / "media"


@pytest.fixture(scope="session")
def media_folder() -> Path:
    """Real photos, videos and broken files with labels.csv; they lie beside the checkout, not in it."""
    if not (MEDIA / "labels.csv").is_file():
        pytest.skip(f"the test media are not at {MEDIA}")
    return MEDIA
