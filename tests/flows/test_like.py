"""`search --like FILE`: what looks like a picture, among what fits a query."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.library.library import Library
from engines.library.vector_ledger import Space
from tests.program import Program
from tests.shelf import Shelf

SPACE = Space("meaning", 1, 8)
# By file name, the angle in degrees between its vector and that of the first.
ANGLES = {"0.jpg": 0, "a.jpg": 10, "b.jpg": 30, "c.jpg": 44, "far.jpg": 60, "other.jpg": 120}
FACTS: dict[str, dict[str, Any]] = {
    name: {"caption": f"{name} {'dog' if name in ('b.jpg', 'far.jpg') else 'cat'}"} for name in ANGLES
}


def vector(degrees: float) -> NDArray[np.float32]:
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle), *[0] * 6], np.float32)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with its library beside it; `blind.jpg` was not looked at by a network."""
    shelf = Shelf(tmp_path)
    for name, facts in (FACTS | {"blind.jpg": {"caption": "dog"}}).items():
        shelf.put(name, facts)
    shelf.take_in()
    for name, degrees in ANGLES.items():
        frame, content = owner(shelf.library, shelf.media_id(shelf.photos / name))
        shelf.library.vectors.add(SPACE, np.array([frame]), np.array([content]), vector(degrees)[np.newaxis])
    shelf.library.close()
    return shelf.photos


def owner(library: Library, media_id: int) -> tuple[int, int]:
    with library.database.read() as connection:
        query = "SELECT frame.id, content_id FROM media JOIN frame USING (content_id) WHERE media.id = ?"
        ((frame, content),) = connection.execute(query, (media_id,))
    return frame, content


@pytest.fixture
def program(photos: Path) -> Program:
    return Program(photos.parent / "library")


def names(answer: Any) -> list[str]:
    return [Path(hit["path"]).name for hit in answer["hits"]]


def test_what_looks_like_a_picture_comes_nearest_first(program: Program, photos: Path) -> None:
    answer = program.json("search", "--like", photos / "0.jpg")
    assert names(answer) == ["a.jpg", "b.jpg", "c.jpg"]
    assert answer["like"] == str(photos / "0.jpg")
    assert answer["total"] == 3
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= answer["floor"]
    (reason,) = answer["hits"][0]["reasons"]
    assert reason == {"signal": "meaning", "detail": "looks like 0.jpg: 0.98", "score": pytest.approx(0.985, abs=1e-3)}


def test_less_alike_is_shown_on_request_below_the_floor(program: Program, photos: Path) -> None:
    answer = program.json("search", "--like", photos / "0.jpg", "--weaker")
    assert names(answer) == ["a.jpg", "b.jpg", "c.jpg", "far.jpg", "other.jpg"]
    assert [hit["score"] < answer["floor"] for hit in answer["hits"]] == [False] * 3 + [True] * 2


def test_a_query_filters_what_is_alike_and_is_a_reason_too(program: Program, photos: Path) -> None:
    answer = program.json("search", "--like", photos / "0.jpg", "caption:dog")
    assert names(answer) == ["b.jpg"]
    assert [reason["signal"] for reason in answer["hits"][0]["reasons"]] == ["meaning", "text"]


def test_the_limit_counts_and_the_total_tells_the_rest(program: Program, photos: Path) -> None:
    answer = program.json("search", "--like", photos / "0.jpg", "--limit", "1")
    assert (names(answer), answer["total"]) == (["a.jpg"], 3)


def test_for_people_it_is_said_in_words(program: Program, photos: Path) -> None:
    ran = program("search", "--like", photos / "0.jpg")
    assert "looks like 0.jpg: 0.98" in ran.out
    assert "3 results" in ran.err


def test_a_picture_that_is_nowhere_is_wrong_usage(program: Program, photos: Path) -> None:
    ran = program("search", "--like", photos / "nowhere.jpg")
    assert ran.code == 2
    assert "There is no file" in ran.err


def test_a_file_that_is_no_picture_is_told(program: Program, photos: Path) -> None:
    (photos.parent / "notes.jpg").write_text("not a picture")
    ran = program("search", "--like", photos.parent / "notes.jpg")
    assert ran.code == 1
    assert "notes.jpg" in ran.err


def test_a_library_without_vectors_says_what_to_do(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.close()
    ran = Program(tmp_path / "library")("search", "--like", shelf.photos / "a.jpg")
    assert ran.code == 2
    assert "import a folder" in ran.err


def test_a_picture_outside_the_library_is_looked_at_now(media_folder: Path, tmp_path: Path) -> None:
    animals = [f"photos/coco_{number:012}.jpg" for number in (285, 229997, 12062)]  # two bears, a sheep
    others = [f"photos/coco_{number:012}.jpg" for number in (785, 885, 2149, 7281, 78499)]
    for name in animals[1:] + others:
        (tmp_path / "photos").mkdir(exist_ok=True)
        shutil.copy(media_folder / name, tmp_path / "photos")
    program = Program(tmp_path / "library")
    assert program("import", tmp_path / "photos").code == 0
    before = program.json("status")["files"]
    answer = program.json("search", "--like", media_folder / animals[0], "--weaker")
    assert set(names(answer)[:2]) == {Path(name).name for name in animals[1:]}
    assert len(answer["hits"]) == len(animals[1:] + others)
    assert program.json("status")["files"] == before


def test_a_search_for_nothing_at_all_is_wrong_usage(program: Program) -> None:
    ran = program("search")
    assert ran.code == 2
    assert "Say what to search for" in ran.err
