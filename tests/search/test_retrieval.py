"""People find what they look for in real photos: what tests/retrieval.py measures, with a little room below."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.library.library import Library
from tests.retrieval import Figures, import_photos, measure

pytestmark = pytest.mark.timeout(900)  # s; the import of 166 photos takes 40 s on two busy cores


@pytest.fixture(scope="module")
def figures(media_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = media_folder.resolve()
    place = tmp_path_factory.mktemp("retrieval") / "library"
    import_photos(folder, place)
    with Library(place, writable=False) as library:
        return measure(library, folder)


def test_names_find_the_photos_that_show_it(figures: Figures) -> None:
    assert len(figures.precision) >= 20
    assert figures.mean_precision >= 0.64


def test_a_photo_is_found_by_any_of_its_captions(figures: Figures) -> None:
    assert len(figures.ranks) >= 200
    assert figures.captions_first >= 0.95


def test_misspelt_names_are_understood(figures: Figures) -> None:
    assert len(figures.misspelt) >= 40
    assert figures.misspelt_found >= 0.8


def test_nothing_found_is_an_answer_for_what_no_photo_shows(figures: Figures) -> None:
    assert len(figures.absent) == 50
    assert figures.absent_found <= 0.14
    assert figures.present_found >= 0.85
