"""Tags, ratings and marks that are brought up to date without reading the items again leave nothing out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from engines.library import media
from engines.library.library import Library
from engines.library.tag_members import TagMembers, TagMembersStore
from engines.search.explain import explain
from engines.search.find import find, matching
from tests.shelf import Shelf

_PATCHES: list[dict[str, Any]] = [
    *({"tags": {name: holds}} for name in ("Harbour", "boat", "old town") for holds in (True, False, None)),
    {"tags": {"boat": True, "Pier": False}},
    *({"rating": stars} for stars in (4, -1, None)),
    *({name: holds} for name in ("favourite", "picked", "hidden", "removed") for holds in (True, None)),
    {"rating": None, "picked": True, "tags": {"pier": True}},
    {"title": "Boats", "tags": {"boat": True}},
]
_SEEN = (
    "SELECT id, flags, rating, typed FROM media ORDER BY id",
    "SELECT * FROM typed_tag ORDER BY tag_id, media_id",
    "SELECT term, doc, col FROM temp.found ORDER BY doc, col, term",
)


@pytest.fixture
def harbour(shelf: Shelf) -> Shelf:
    """Three photos at a harbour: the first says so itself, the second has a rating, of the third there is a copy."""
    shelf.put("a.jpg", {"keywords": ["Harbour"], "caption": "a boat on the beach"})
    shelf.put("b.jpg", {"rating": 2, "caption": "on the beach"})
    for name in ("c.jpg", "copy.jpg"):
        shelf.put(name, {"title": "Beach"})
    shelf.take_in()
    return shelf


def _ids(shelf: Shelf, *names: str) -> list[int]:
    return [shelf.media_id(shelf.photos / name) for name in names]


def _names(shelf: Shelf, query: str) -> set[str]:
    return {path.name for path in shelf.photos.iterdir() if shelf.media_id(path) in matching(shelf.library, query)}


def _seen(library: Library) -> list[Any]:
    with library.database.read() as connection:
        connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.found USING fts5vocab(main, words, instance)")
        return [connection.execute(query).fetchall() for query in _SEEN]


def _facets(members: TagMembers) -> dict[int, list[int]]:
    return {tag_id: members.of(tag_id).tolist() for tag_id in members.tags.tolist()}


@pytest.mark.parametrize("seed", range(3))
def test_reading_the_items_again_changes_nothing(harbour: Shelf, seed: int) -> None:
    """After any commands, undone and redone."""
    chance, library = random.Random(seed), harbour.library
    everything = _ids(harbour, "a.jpg", "b.jpg", "c.jpg", "copy.jpg")
    for _ in range(25):
        undoable = [edit.id for edit in library.edits() if not edit.undone]
        redoable = [edit.id for edit in library.edits() if edit.undone]
        what = chance.random()
        if what < 0.3 and undoable:
            library.undo(undoable[-1])
        elif what < 0.45 and redoable:
            library.redo(redoable[0])
        else:
            library.type_in(chance.sample(everything, chance.randint(1, 4)), chance.choice(_PATCHES))
        found = _seen(library)
        columns = library.index.columns()
        members = library.index.tag_members(columns)
        assert _facets(members) == _facets(TagMembersStore(library.database).current(columns))
        with library.write() as connection:
            media.refresh(connection, everything)
        assert _seen(library) == found


def test_a_tag_that_a_person_gave_is_a_word_until_it_is_taken_back(harbour: Shelf) -> None:
    edit, _ = harbour.library.type_in(_ids(harbour, "b.jpg", "c.jpg"), {"tags": {"Old Town": True}})
    for query in ("town", '"old town"', "tow*", "town beach", "beach -boat town", "tag:town OR town"):
        assert _names(harbour, query) == {"b.jpg", "c.jpg"}, query
    assert _names(harbour, '"town old"') == _names(harbour, "town boat") == set()
    harbour.library.undo(edit.id)
    assert _names(harbour, "town") == set()
    harbour.library.redo(edit.id)
    harbour.library.type_in(_ids(harbour, "b.jpg"), {"tags": {"Old Town": None}})
    assert _names(harbour, "town") == {"c.jpg"}  # and not its copy


def test_what_a_file_says_is_found_again_when_it_is_no_longer_called_wrong(harbour: Shelf) -> None:
    edit, _ = harbour.library.type_in(_ids(harbour, "a.jpg", "b.jpg"), {"tags": {"harbour": False}})
    assert _names(harbour, "harbour") == set()
    harbour.library.undo(edit.id)
    assert _names(harbour, "harbour") == {"a.jpg"}
    harbour.library.type_in(_ids(harbour, "a.jpg", "b.jpg"), {"tags": {"Harbour": True}})
    assert _names(harbour, "harbour") == {"a.jpg", "b.jpg"}


def test_a_given_tag_counts_as_much_as_one_of_the_file(harbour: Shelf) -> None:
    harbour.library.type_in(_ids(harbour, "b.jpg"), {"tags": {"Harbour": True}})
    for query, texts in (("harbour", 1), ("harbour beach", 2)):
        results = find(harbour.library, query)
        assert set(results.ids.tolist()) == set(_ids(harbour, "a.jpg", "b.jpg"))
        assert results.scores[0] == pytest.approx(results.scores[1])
        assert results.scores.min() > 0.7
        reasons = [[reason.detail for reason in of_hit] for of_hit in explain(harbour.library, results)]
        assert all("tags: *Harbour*" in found and len(found) == texts for found in reasons)


def test_a_misspelt_word_is_read_as_that_of_a_given_tag(harbour: Shelf) -> None:
    harbour.library.type_in(_ids(harbour, "c.jpg"), {"tags": {"Zanzibar": True}})
    assert _names(harbour, "zanzibra") == {"c.jpg"}


def test_a_pair_is_found_by_what_was_given_to_either(shelf: Shelf) -> None:
    taken = {"taken": "2020-05-01T12:00:00"}
    raw = shelf.put("a.nef", taken | {"camera": "x"})
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(raw)], {"tags": {"Lisbon": True}})
    jpeg = shelf.put("a.jpg", taken)
    shelf.take_in()
    assert matching(shelf.library, "lisbon") == [shelf.media_id(jpeg)]


def test_what_was_tagged_stays_found_when_the_program_dies(harbour: Shelf, tmp_path: Path) -> None:
    """Nothing is left for later: a copy of the files, made right after the command, finds it."""
    harbour.library.type_in(_ids(harbour, "c.jpg"), {"tags": {"Lisbon": True}})
    after = tmp_path / "after"
    after.mkdir()
    for part in harbour.library.folder.glob("library.db*"):
        (after / part.name).write_bytes(part.read_bytes())
    with Library(after) as library:
        assert matching(library, "lisbon") == _ids(harbour, "c.jpg")
