"""What a person leaves out, removed folders and excluded names, is out of view; nothing typed is lost."""

from __future__ import annotations

from contextlib import nullcontext

from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Report, Runner
from engines.library.roots import Root
from engines.search.find import find
from tests.shelf import Shelf


def look_again(shelf: Shelf, *exclude: str) -> Report:
    return Runner(shelf.library, ScanRules(exclude), lambda: nullcontext(shelf.executor)).look_again()


def only_root(shelf: Shelf) -> Root:
    (root,) = shelf.library.roots()
    return root


def found(shelf: Shelf, query: str = "") -> int:
    return len(find(shelf.library, query).ids)


def test_a_removed_folder_leaves_the_view_and_nothing_else(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.remove_root(only_root(shelf))
    assert (shelf.states(), found(shelf), found(shelf, "is:excluded")) == ({"excluded": 1}, 0, 1)
    assert shelf.library.roots() == []
    assert [root.shown for root in shelf.library.removed_roots()] == [str(shelf.photos)]
    assert path.exists()
    assert look_again(shelf).examined == 0


def test_what_was_typed_is_there_when_the_folder_comes_back(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    media_id = shelf.media_id(path)
    shelf.library.type_in([media_id], {"rating": 4})
    shelf.library.remove_root(only_root(shelf))
    report = shelf.take_in()
    assert (report.added, report.unchanged, report.examined) == (0, 1, 0)
    assert (shelf.states(), shelf.library.removed_roots()) == ({"ok": 1}, [])
    assert shelf.media_id(path) == media_id
    assert shelf.library.facts(media_id)["rating"].value == 4


def test_a_part_of_a_removed_folder_may_come_back_alone(shelf: Shelf) -> None:
    inside, outside = shelf.put("sub/deep/a.jpg"), shelf.put("b.jpg")
    shelf.take_in()
    ids = [shelf.media_id(path) for path in (inside, outside)]
    shelf.library.type_in(ids, {"rating": 5})
    shelf.library.remove_root(only_root(shelf))
    shelf.take_in(shelf.photos / "sub")
    assert shelf.states() == {"ok": 1, "excluded": 1}
    assert shelf.media_id(inside) == ids[0]
    shelf.take_in()
    assert shelf.states() == {"ok": 2}
    assert [shelf.media_id(path) for path in (inside, outside)] == ids


def test_a_removed_folder_inside_a_new_one_is_part_of_it(shelf: Shelf) -> None:
    inside = shelf.put("sub/a.jpg")
    shelf.take_in(shelf.photos / "sub")
    media_id = shelf.media_id(inside)
    shelf.library.remove_root(only_root(shelf))
    shelf.take_in()
    assert (shelf.states(), shelf.media_id(inside), shelf.library.removed_roots()) == ({"ok": 1}, media_id, [])


def test_a_removal_that_was_interrupted_is_finished_at_the_next_look(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    with shelf.library.write() as connection:
        connection.execute("UPDATE root SET removed = 1")
    assert shelf.states() == {"ok": 1}
    look_again(shelf)
    assert shelf.states() == {"excluded": 1}


def test_forgetting_a_removed_folder_drops_what_was_typed(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"camera": "Nikon D90"})
    shelf.take_in()
    media_id = shelf.media_id(path)
    shelf.library.type_in([media_id], {"rating": 4})
    root = only_root(shelf)
    shelf.library.remove_root(root)
    shelf.library.forget_root(root)
    assert (shelf.count("file"), shelf.count("content"), shelf.library.removed_roots()) == (0, 0, [])
    assert shelf.count("media WHERE typed <> '{}'") == 0
    shelf.take_in()
    assert "rating" not in shelf.library.facts(shelf.media_id(path))


def test_a_folder_that_is_in_the_library_cannot_be_forgotten(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.forget_root(only_root(shelf))
    assert shelf.states() == {"ok": 1}


def test_what_a_new_pattern_leaves_out_is_excluded_and_not_missing(shelf: Shelf) -> None:
    for number in range(20):
        shelf.put(f"exports/{number}.jpg")
    kept = shelf.put("a.jpg")
    shelf.take_in()
    report = look_again(shelf, "exports")
    assert (report.missing, report.notices) == (0, []), "twenty of twenty-one would be a drive that went away"
    assert shelf.states() == {"excluded": 20, "ok": 1}
    assert shelf.media_id(kept) in find(shelf.library, "").ids


def test_without_the_pattern_they_are_back_with_what_was_typed(shelf: Shelf) -> None:
    path = shelf.put("a.tif")
    shelf.put("b.jpg")
    shelf.take_in()
    media_id = shelf.media_id(path)
    shelf.library.type_in([media_id], {"rating": 3})
    look_again(shelf, "*.tif")
    assert shelf.states() == {"excluded": 1, "ok": 1}
    assert look_again(shelf).examined == 0
    assert shelf.states() == {"ok": 2}
    assert shelf.library.facts(media_id)["rating"].value == 3


def test_an_excluded_file_that_is_deleted_meanwhile_stays_excluded(shelf: Shelf) -> None:
    path = shelf.put("a.tif")
    shelf.put("b.jpg")
    shelf.take_in()
    look_again(shelf, "*.tif")
    path.unlink()
    assert look_again(shelf).missing == 0
    assert shelf.states() == {"excluded": 1, "ok": 1}


def test_a_copy_elsewhere_keeps_what_was_typed_when_its_folder_is_forgotten(shelf: Shelf) -> None:
    for folder in ("one", "other"):
        shelf.put(f"{folder}/a.jpg", "the same")
        shelf.take_in(shelf.photos / folder)
    other = shelf.media_id(shelf.photos / "other" / "a.jpg")
    shelf.library.type_in([other], {"rating": 2})
    (one,) = [root for root in shelf.library.roots() if root.shown.endswith("one")]
    shelf.library.remove_root(one)
    shelf.library.forget_root(one)
    assert shelf.library.facts(other)["rating"].value == 2
    assert shelf.states() == {"ok": 1}
