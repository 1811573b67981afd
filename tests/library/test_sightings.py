"""What networks saw, as searches read it: always what the library says now, from the cache as without it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from engines.library import sightings
from engines.library.search_index import SearchIndex
from engines.types import FIRST_OBJECT, Done, Findings, Sighting, Wanted
from engines.vocabulary import coco, imagenet
from tests.shelf import Shelf, look

DOG = FIRST_OBJECT + next(label.index for label in coco() if label.name == "dog")
BEAGLE = next(label.index for label in imagenet() if label.name == "beagle")


def see(shelf: Shelf, path: Path, seen: Mapping[int, float]) -> None:
    """Let networks see these classes in a photo."""
    with shelf.library.database.read() as connection:
        query = "SELECT file_id FROM place WHERE folder_shown || '/' || shown = ?"
        wanted = Wanted(connection.execute(query, (str(path),)).get, str(path), 0, 0, ())
    findings = Findings(sightings=tuple(Sighting(kind, score) for kind, score in seen.items()))
    shelf.library.save([replace(look(wanted), done=(Done("meaning", 1, 0.0, findings),))])


def found(index: SearchIndex, kind: int) -> dict[int, float]:
    posting = index.sightings(index.columns()).of(kind)
    return dict(zip(posting.ids.tolist(), posting.scores.round(2).tolist(), strict=True))


@pytest.fixture
def photos(shelf: Shelf) -> list[Path]:
    paths = [shelf.put(f"{name}.jpg", {"copyright": name}) for name in "abc"]
    shelf.take_in()
    return paths


def test_each_class_is_found_where_it_was_seen(shelf: Shelf, photos: list[Path]) -> None:
    see(shelf, photos[0], {DOG: 0.9, BEAGLE: 0.3})
    see(shelf, photos[2], {DOG: 0.4})
    first, last = shelf.media_id(photos[0]), shelf.media_id(photos[2])
    assert found(shelf.library.index, DOG) == pytest.approx({first: 0.9, last: 0.4}, abs=0.01)
    assert found(shelf.library.index, BEAGLE) == pytest.approx({first: 0.3}, abs=0.01)
    assert found(shelf.library.index, DOG + 1) == {}


@pytest.mark.parametrize("room", [0, 10_000])
def test_what_is_seen_anew_takes_the_place_of_what_was(
    shelf: Shelf, photos: list[Path], room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sightings, "_LEAST_RECENT", room)
    first, second = shelf.media_id(photos[0]), shelf.media_id(photos[1])
    see(shelf, photos[0], {DOG: 0.8})
    assert found(shelf.library.index, DOG) == pytest.approx({first: 0.8}, abs=0.01)
    see(shelf, photos[0], {BEAGLE: 0.8})
    see(shelf, photos[1], {DOG: 0.6})
    assert found(shelf.library.index, DOG) == pytest.approx({second: 0.6}, abs=0.01)
    see(shelf, photos[1], {DOG: 0.2})
    assert found(shelf.library.index, DOG) == pytest.approx({second: 0.2}, abs=0.01)
    assert found(shelf.library.index, BEAGLE) == pytest.approx({first: 0.8}, abs=0.01)


def test_copies_share_what_was_seen_and_a_raw_file_lends_it_to_its_jpeg(shelf: Shelf) -> None:
    copies = [shelf.put(f"{folder}/a.jpg", "the same") for folder in ("one", "two")]
    facts = {"taken": "2008-10-22T16:28:39", "camera": "Canon EOS 5"}
    jpeg, raw = shelf.put("IMG_1.jpg", facts), shelf.put("IMG_1.dng", facts | {"copyright": "raw"})
    shelf.take_in()
    see(shelf, copies[0], {DOG: 0.8})
    see(shelf, raw, {BEAGLE: 0.6})
    assert set(found(shelf.library.index, DOG)) == {shelf.media_id(path) for path in copies}
    assert set(found(shelf.library.index, BEAGLE)) == {shelf.media_id(jpeg)}
    anew = SearchIndex(shelf.library.database, shelf.photos)
    assert set(found(anew, DOG)) == {shelf.media_id(path) for path in copies}
    assert set(found(anew, BEAGLE)) == {shelf.media_id(jpeg)}


def test_what_a_person_calls_wrong_was_not_seen_nor_any_kind_of_it(shelf: Shelf, photos: list[Path]) -> None:
    first, second = (shelf.media_id(path) for path in photos[:2])
    see(shelf, photos[0], {DOG: 0.8, BEAGLE: 0.5})
    see(shelf, photos[1], {DOG: 0.7})
    assert first in found(shelf.library.index, DOG)
    with shelf.library.write() as connection:
        connection.execute("INSERT INTO tag (id, name, folded) VALUES (900, 'dog', 'dog')")
        connection.execute("INSERT INTO typed_tag VALUES (900, ?, 0)", (first,))
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")
        now = "(SELECT value FROM meta WHERE key = 'change')"
        connection.execute(f"UPDATE media SET change = {now} WHERE id = ?", (first,))
    for index in (shelf.library.index, SearchIndex(shelf.library.database, shelf.photos)):
        assert set(found(index, DOG)) == {second}
        assert found(index, BEAGLE) == {}


def test_the_next_process_starts_from_the_cache_and_sees_what_came_after(shelf: Shelf, photos: list[Path]) -> None:
    see(shelf, photos[0], {DOG: 0.8})
    shelf.library.index.settle()
    cache = shelf.library.folder / "sightings.cache"
    assert cache.is_file()
    see(shelf, photos[1], {DOG: 0.6})
    expected = pytest.approx({shelf.media_id(photos[0]): 0.8, shelf.media_id(photos[1]): 0.6}, abs=0.01)
    assert found(SearchIndex(shelf.library.database, shelf.library.folder), DOG) == expected
    os.truncate(cache, 100)
    assert found(SearchIndex(shelf.library.database, shelf.library.folder), DOG) == expected


def test_what_was_seen_in_an_item_is_told_by_class(shelf: Shelf, photos: list[Path]) -> None:
    see(shelf, photos[0], {DOG: 0.8, BEAGLE: 0.2})
    first, second = (shelf.media_id(path) for path in photos[:2])
    told = shelf.library.index.sightings_of([first, second])
    assert told == {first: pytest.approx({DOG: 0.8, BEAGLE: 0.2}, abs=0.01)}
