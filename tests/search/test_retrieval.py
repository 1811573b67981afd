"""People find what they look for in real photos: what tests/retrieval.py measures, with a little room below."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.library.library import Library
from tests.retrieval.__main__ import import_photos
from tests.retrieval.measures import Figures, measure

pytestmark = pytest.mark.timeout(900)  # s; the import of 166 photos takes 40 s on two busy cores


@pytest.fixture(scope="module")
def figures(media_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = media_folder.resolve()
    place = tmp_path_factory.mktemp("retrieval") / "library"
    import_photos(folder, place)
    with Library(place, writable=False) as library:
        return measure(library, folder)


def test_every_kind_of_query_is_answered_better_than_by_the_plain_fusion(figures: Figures) -> None:
    lost = {row.kind.name: (row.mean, row.plain_mean) for row in figures.rows if row.mean <= row.plain_mean}
    assert len(figures.rows) == 6
    assert not lost


@pytest.mark.parametrize(
    ("kind", "queries", "bar"),
    [("a photo by its caption", 300, 0.93), ("things by name", 20, 0.65), ("kinds of things", 20, 0.69),
     ("COCO's objects in COCO's photos", 50, 0.83), ("free paraphrases", 100, 0.70), ("misspelt words", 40, 0.9)],
)  # fmt: skip
def test_people_find_what_they_ask_for(figures: Figures, kind: str, queries: int, bar: float) -> None:
    row = figures.row(kind)
    assert len(row.ours) >= queries
    assert row.mean >= bar


def test_nothing_found_is_an_answer_for_what_no_photo_shows(figures: Figures) -> None:
    for floor in (figures.chosen, figures.held_out):
        assert len(floor.absent) == 50
        assert floor.ghosts <= 0.1
        assert floor.found >= 0.9
