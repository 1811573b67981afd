"""What a person changes: undone and redone also after a restart, and never overruled by what a machine finds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from engines.library.database import Database
from engines.library.edits import KEPT_S
from engines.library.library import Library
from engines.library.schema import EDITS, MIGRATIONS
from engines.search.explain import explain
from engines.search.find import find, matching
from engines.types import Done, Examined, Findings, Tag, Wanted
from tests.shelf import Shelf, look


def _names(shelf: Shelf, query: str) -> set[str]:
    names = {shelf.media_id(path): path.name for path in shelf.photos.iterdir()}
    return {names[media_id] for media_id in matching(shelf.library, query)}


def _ids(shelf: Shelf, *names: str) -> list[int]:
    return [shelf.media_id(shelf.photos / name) for name in names]


def _sees_a_dog(wanted: Wanted) -> Examined:
    """What a network would bring back: every picture shows a dog, to 80 %."""
    examined = look(wanted)
    seen = Findings(tags=(Tag("dog", 0.8, "network"),))
    done = (Done(one.phase, one.version, 0.0, seen) if one.phase == "content" else one for one in examined.done)
    return Examined(examined.file_id, examined.size, examined.mtime_ns, examined.content, tuple(done))


@pytest.fixture
def dogs(shelf: Shelf) -> Shelf:
    """Three photos in which a network sees a dog; in c.jpg it is a cat."""
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        shelf.put(name)
    shelf.executor.look = _sees_a_dog
    shelf.take_in()
    return shelf


def test_a_command_can_be_undone_and_redone(shelf: Shelf) -> None:
    shelf.put("a.jpg", {"rating": 2})
    shelf.put("b.jpg")
    shelf.take_in()
    edit, changed = shelf.library.type_in(_ids(shelf, "a.jpg", "b.jpg"), {"rating": 4}, "rate")
    assert (edit.command, edit.items, sorted(changed)) == ("rate", 2, sorted(_ids(shelf, "a.jpg", "b.jpg")))
    assert _names(shelf, "rating:4") == {"a.jpg", "b.jpg"}
    assert sorted(shelf.library.undo(edit.id)) == sorted(changed)
    assert _names(shelf, "rating:2") == {"a.jpg"}
    assert _names(shelf, "has:rating") == {"a.jpg"}
    shelf.library.redo(edit.id)
    assert _names(shelf, "rating:4") == {"a.jpg", "b.jpg"}


def test_what_was_done_can_be_undone_after_a_restart(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    item = shelf.media_id(path)
    first, _ = shelf.library.type_in([item], {"title": "Pier", "favourite": True})
    second, _ = shelf.library.type_in([item], {"title": "Harbour", "tags": {"Lisbon": True}})
    shelf.library.close()
    shelf.library = Library(shelf.library.folder)
    assert [edit.id for edit in shelf.library.edits()] == [first.id, second.id]
    shelf.library.undo(second.id)
    assert shelf.record(path)["typed"] == {"title": "Pier", "favourite": True, "tags": {}}
    shelf.library.undo(first.id)
    assert shelf.record(path)["facts"] == {}
    assert _names(shelf, "is:favourite") == set()
    assert [edit.undone for edit in shelf.library.edits()] == [True, True]


def test_only_what_changes_something_is_kept(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(path)], {"rating": 3})
    edit, changed = shelf.library.type_in([shelf.media_id(path)], {"rating": 3})
    assert (edit.items, changed, len(shelf.library.edits())) == (0, [], 1)


def test_commands_are_undone_last_one_first(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    first, _ = shelf.library.type_in([shelf.media_id(path)], {"rating": 1})
    second, _ = shelf.library.type_in([shelf.media_id(path)], {"rating": 2})
    with pytest.raises(KeyError):
        shelf.library.undo(first.id)
    shelf.library.undo(second.id)
    shelf.library.undo(first.id)
    with pytest.raises(KeyError):
        shelf.library.redo(second.id)


def test_a_new_command_ends_what_could_be_redone(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    first, _ = shelf.library.type_in([shelf.media_id(path)], {"rating": 1})
    shelf.library.undo(first.id)
    second, _ = shelf.library.type_in([shelf.media_id(path)], {"rating": 2})
    assert [edit.id for edit in shelf.library.edits()] == [second.id]
    assert second.id > first.id


def test_commands_are_forgotten_after_thirty_days(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(path)], {"rating": 1})
    with shelf.library.write() as connection:
        connection.execute("UPDATE edit SET at_s = at_s - ?", (KEPT_S + 1,))
    edit, _ = shelf.library.type_in([shelf.media_id(path)], {"rating": 2})
    assert [kept.id for kept in shelf.library.edits()] == [edit.id]
    assert shelf.count("edited") == 1


def test_a_tag_of_the_users_is_found_like_any_other(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "c.jpg"), {"tags": {"Katze": True}})
    for query in ("tag:katze", "katze", "tag:Katze>0.9"):
        assert _names(dogs, query) == {"c.jpg"}
    assert _names(dogs, "tag:katze<0.9") == set()
    assert [reason.detail for reason in explain(dogs.library, find(dogs.library, "tag:katze"))[0]] == ["tag: Katze"]


def test_one_tag_has_one_spelling(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "a.jpg"), {"tags": {"DOG": True, " Rex ": True}})
    assert dogs.record(dogs.photos / "a.jpg")["typed"]["tags"] == {"dog": True, "Rex": True}


def test_a_tag_that_is_wrong_finds_nothing_any_more(dogs: Shelf) -> None:
    edit, _ = dogs.library.type_in(_ids(dogs, "c.jpg"), {"tags": {"dog": False}})
    for query in ("tag:dog", "dog", "tag:dog>0.5"):
        assert _names(dogs, query) == {"a.jpg", "b.jpg"}
    assert _names(dogs, "-has:tags") == {"c.jpg"}
    assert dogs.record(dogs.photos / "c.jpg")["tags"] == []
    dogs.library.undo(edit.id)
    assert _names(dogs, "tag:dog") == {"a.jpg", "b.jpg", "c.jpg"}


def test_a_tag_that_is_right_is_certain(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "a.jpg"), {"tags": {"dog": True}})
    assert _names(dogs, "tag:dog>0.9") == {"a.jpg"}
    assert _names(dogs, "tag:dog<0.9") == {"b.jpg", "c.jpg"}
    (tag, count) = dogs.library.index.tags.of_media(_ids(dogs, "a.jpg"), range(1, 9))[0][1:]
    assert (dogs.library.index.tags.names()[tag], count) == ("dog", 1.0)


def test_corrections_survive_another_analysis(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "c.jpg"), {"tags": {"dog": False, "cat": True}})
    dogs.library.make_pending(["content"])
    dogs.take_in()
    assert dogs.executor.examined == ["a.jpg", "b.jpg", "c.jpg"]
    assert _names(dogs, "tag:dog") == {"a.jpg", "b.jpg"}
    assert _names(dogs, "cat") == {"c.jpg"}


def test_corrections_survive_a_rewritten_file_and_a_moved_one(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "c.jpg"), {"tags": {"dog": False}})
    dogs.put("c.jpg", "other bytes")
    dogs.take_in()
    assert _names(dogs, "tag:dog") == {"a.jpg", "b.jpg"}
    (dogs.photos / "c.jpg").rename(dogs.photos / "d.jpg")
    dogs.take_in()
    assert _names(dogs, "tag:dog") == {"a.jpg", "b.jpg"}


def test_a_correction_of_one_copy_is_none_of_the_other(dogs: Shelf) -> None:
    dogs.put("copy.jpg", "c.jpg")
    dogs.take_in()
    dogs.library.type_in(_ids(dogs, "c.jpg"), {"tags": {"dog": False}})
    assert _names(dogs, "tag:dog") == {"a.jpg", "b.jpg", "copy.jpg"}


def test_what_is_removed_stays_away_until_it_is_undone(dogs: Shelf) -> None:
    edit, _ = dogs.library.type_in(_ids(dogs, "a.jpg", "b.jpg"), {"removed": True}, "remove")
    assert (dogs.photos / "a.jpg").is_file()
    dogs.take_in()
    assert _names(dogs, "type:photo") == {"c.jpg"}
    assert _names(dogs, "is:removed") == {"a.jpg", "b.jpg"}
    dogs.library.undo(edit.id)
    assert _names(dogs, "type:photo") == {"a.jpg", "b.jpg", "c.jpg"}


def test_a_copy_of_what_was_removed_is_a_new_photo(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "a.jpg"), {"removed": True, "rating": 4}, "remove")
    dogs.put("copy.jpg", "a.jpg")
    dogs.take_in()
    assert _names(dogs, "rating:4") == {"copy.jpg"}
    assert _names(dogs, "is:duplicate") == set()


def test_what_is_hidden_is_found_only_when_asked_for(dogs: Shelf) -> None:
    dogs.library.type_in(_ids(dogs, "a.jpg"), {"hidden": True}, "hide")
    assert _names(dogs, "dog") == {"b.jpg", "c.jpg"}
    assert _names(dogs, "dog is:hidden") == {"a.jpg"}


def test_a_pair_keeps_the_tags_of_both(shelf: Shelf) -> None:
    taken = {"taken": "2020-05-01T12:00:00"}
    raw = shelf.put("a.nef", taken | {"camera": "x"})
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(raw)], {"tags": {"raw": True}})
    jpeg = shelf.put("a.jpg", taken)

    def tag_meanwhile(wanted: Wanted) -> Examined:
        shelf.library.type_in([shelf.media_id(jpeg)], {"tags": {"jpeg": True}})
        return look(wanted)

    shelf.executor.look = tag_meanwhile
    shelf.take_in()
    assert shelf.record(jpeg)["typed"]["tags"] == {"raw": True, "jpeg": True}
    assert matching(shelf.library, "tag:raw tag:jpeg") == [shelf.media_id(jpeg)]


def test_a_library_from_before_edits_keeps_what_was_typed(tmp_path: Path) -> None:
    before = MIGRATIONS[: MIGRATIONS.index(EDITS)]
    with closing(Database(tmp_path / "library.db", writable=True, migrations=before)) as old, old.write() as connection:
        connection.execute(
            "INSERT INTO media (change, state, typed, added_s, shown_s) VALUES (1, 'ok', '{\"rating\":5}', 0, 0)"
        )
    with Library(tmp_path) as library:
        edit, changed = library.type_in([1], {"favourite": True})
        library.undo(edit.id)
        with library.database.read() as connection:
            assert connection.execute("SELECT typed FROM media").get == '{"rating":5}'
    assert changed == [1]
