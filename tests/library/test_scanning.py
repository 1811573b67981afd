"""What a scan concludes, and when it concludes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.shelf import Shelf


def test_new_files_are_added_and_examined_once(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.put("sub/b.jpg")
    assert shelf.take_in().added == 2
    again = shelf.take_in()
    assert (again.added, again.changed, again.unchanged, again.examined) == (0, 0, 2, 0)
    assert shelf.states() == {"ok": 2}


def test_a_changed_file_is_examined_again_and_keeps_its_item(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"camera": "Nikon D90"})
    shelf.take_in()
    before = shelf.media_id(path)
    shelf.put("a.jpg", {"camera": "Canon EOS 6D"})
    assert shelf.take_in().changed == 1
    assert shelf.media_id(path) == before
    assert shelf.record(path)["facts"]["camera"] == "Canon EOS 6D"
    assert shelf.count("content") == 1, "what the old bytes were is of no use any more"


def test_a_vanished_file_is_missing_and_comes_back_whole(shelf: Shelf) -> None:
    paths = [shelf.put(f"{number}.jpg") for number in range(3)]
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(paths[0])], {"rating": 4})
    kept = paths[0].rename(shelf.photos.parent / "kept")
    assert shelf.take_in().missing == 1
    assert shelf.states() == {"ok": 2, "missing": 1}
    kept.rename(paths[0])
    assert shelf.take_in().examined == 0
    assert shelf.states() == {"ok": 3}
    assert shelf.record(paths[0])["facts"]["rating"] == 4


def test_an_unreachable_root_is_offline_and_nothing_is_concluded(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(f"{number}.jpg")
    shelf.take_in()
    away = shelf.photos.rename(shelf.photos.parent / "away")
    report = shelf.take_in()
    assert report.missing == 0
    assert "cannot be reached" in report.notices[0].text
    assert shelf.states() == {"offline": 3}
    away.rename(shelf.photos)
    assert shelf.take_in().examined == 0
    assert shelf.states() == {"ok": 3}


def test_an_empty_mount_point_is_offline_not_a_deletion(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(f"{number}.jpg")
    shelf.take_in()
    away = shelf.photos.rename(shelf.photos.parent / "away")
    shelf.photos.mkdir()
    assert "empty" in shelf.take_in().notices[0].text
    assert shelf.states() == {"offline": 3}
    shelf.photos.rmdir()
    away.rename(shelf.photos)
    shelf.take_in()
    assert shelf.states() == {"ok": 3}


def test_an_emptied_folder_is_believed_when_someone_confirms(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    path.unlink()
    assert "--confirm-missing" in shelf.take_in().notices[0].text
    assert shelf.take_in(certain=True).missing == 1
    assert shelf.states() == {"missing": 1}


def test_many_missing_files_are_marked_in_several_transactions(shelf: Shelf) -> None:
    """Each gives the items it changes the same number."""
    paths = [shelf.put(f"{number}.jpg") for number in range(700)]
    shelf.take_in()
    for path in paths:
        path.unlink()
    assert shelf.take_in(certain=True).missing == 700
    with shelf.library.database.read() as connection:
        assert connection.execute("SELECT count(DISTINCT change) FROM media WHERE state = 'missing'").get > 1


def test_single_files_of_a_folder_that_is_away_are_offline_whatever_someone_confirms(shelf: Shelf) -> None:
    shelf.take_in(shelf.put("a.jpg"))
    shelf.photos.rename(shelf.photos.parent / "away")
    assert "cannot be reached" in shelf.take_in(certain=True).notices[0].text
    assert shelf.states() == {"offline": 1}


def test_new_files_of_a_root_that_is_back_are_examined_at_once(shelf: Shelf) -> None:
    old = [shelf.put(f"old/{number}.jpg") for number in range(9)]
    shelf.take_in()
    items = [shelf.media_id(path) for path in old]
    away = shelf.photos.rename(shelf.photos.parent / "away")
    shelf.take_in()
    away.rename(shelf.photos)
    (shelf.photos / "old").rename(shelf.photos / "renamed")
    shelf.put("new.jpg")
    assert shelf.take_in().notices == []
    assert shelf.states() == {"ok": 10}
    assert [shelf.media_id(shelf.photos / "renamed" / path.name) for path in old] == items


def test_new_files_of_a_root_that_lost_many_are_examined_nevertheless(shelf: Shelf) -> None:
    paths = [shelf.put(f"{number}.jpg") for number in range(9)]
    shelf.take_in()
    for path in paths[:8]:
        path.unlink()
    shelf.take_in()
    shelf.put("new.jpg")
    shelf.take_in()
    assert shelf.executor.examined == ["new.jpg"]


def test_files_of_a_drive_that_nobody_has_missed_yet_are_not_called_unreadable(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    shelf.library.make_pending(["content"])
    shelf.photos.rename(shelf.photos.parent / "away")
    report = shelf.take_in(shelf.put("b.jpg", folder=path.parents[1] / "other").parent)
    assert (report.failed, shelf.executor.examined) == ([], ["b.jpg"])


def test_a_root_that_lost_many_files_at_once_is_offline_until_someone_confirms(shelf: Shelf) -> None:
    paths = [shelf.put(f"{number}.jpg") for number in range(60)]
    shelf.take_in()
    for path in paths[:6]:
        path.unlink()
    report = shelf.take_in()
    assert report.missing == 0
    assert "6 of its 60 files were not there" in report.notices[0].text
    assert shelf.states() == {"offline": 60}
    assert shelf.take_in(certain=True).missing == 6
    assert shelf.states() == {"ok": 54, "missing": 6}


def test_a_few_files_of_a_small_folder_may_vanish(shelf: Shelf) -> None:
    paths = [shelf.put(f"{number}.jpg") for number in range(8)]
    shelf.take_in()
    for path in paths[:4]:
        path.unlink()
    assert shelf.take_in().missing == 4


def test_files_of_an_unreadable_folder_are_kept(shelf: Shelf) -> None:
    for name in ("sub/a.jpg", "sub/deep/b.jpg", "c.jpg"):
        shelf.put(name)
    shelf.take_in()
    root = shelf.library.roots()[0]
    shelf.library.end_scan(root, {b"": frozenset([b"c.jpg"]), b"sub": None})
    assert shelf.count("file WHERE presence = 'unseen'") == 0
    shelf.library.end_scan(root, {b"": frozenset([b"c.jpg"])})
    assert shelf.count("file WHERE presence = 'unseen'") == 2, "while a folder that is not there is"


def test_a_deleted_folder_takes_its_files_along(shelf: Shelf) -> None:
    path = shelf.put("sub/deep/a.jpg")
    shelf.put("b.jpg")
    shelf.take_in()
    path.unlink()
    path.parent.rmdir()
    path.parent.parent.rmdir()
    assert shelf.take_in().missing == 1


def test_scanning_a_folder_below_a_root_says_nothing_about_the_rest(shelf: Shelf) -> None:
    shelf.put("a.jpg").with_name("sub").mkdir()
    inside = shelf.put("sub/b.jpg")
    shelf.put("sub/c.jpg")
    shelf.take_in()
    (shelf.photos / "a.jpg").unlink()
    inside.unlink()
    assert shelf.take_in(shelf.photos / "sub").missing == 1
    assert shelf.states() == {"ok": 2, "missing": 1}
    assert len(shelf.library.roots()) == 1


def test_nested_roots_have_each_file_once(shelf: Shelf) -> None:
    inside = shelf.put("trip/a.jpg")
    shelf.put("b.jpg")
    shelf.take_in(inside.parent)
    item = shelf.media_id(inside)
    report = shelf.take_in()
    assert (report.added, report.unchanged) == (1, 1)
    assert shelf.media_id(inside) == item
    assert [os.fsdecode(root.path) for root in shelf.library.roots()] == [str(shelf.photos)]


def test_a_folder_that_becomes_whole_takes_over_those_inside_it(shelf: Shelf) -> None:
    inside, beside = shelf.put("trip/a.jpg"), shelf.put("b.jpg")
    shelf.take_in(beside)
    shelf.take_in(inside.parent)
    item = shelf.media_id(inside)
    shelf.take_in()
    assert (shelf.count("root"), shelf.count("file"), shelf.media_id(inside)) == (1, 2, item)


def test_a_folder_named_before_the_one_around_it_is_taken_over_in_time(shelf: Shelf) -> None:
    inside = shelf.put("trip/new/a.jpg").parents[1]
    assert shelf.take_in(inside, shelf.photos).added == 1
    assert (shelf.count("root"), shelf.count("file")) == (1, 1)


def test_a_single_file_brings_in_nothing_else(shelf: Shelf) -> None:
    one, other = shelf.put("a.jpg"), shelf.put("b.jpg")
    assert shelf.take_in(one).added == 1
    assert shelf.states() == {"ok": 1}
    assert shelf.take_in(other).added == 1
    assert shelf.take_in().unchanged == 2
    assert shelf.library.roots()[0].whole


def test_own_library_inside_a_root_is_left_out(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.library:
        (tmp_path / "library" / "trap.jpg").write_text("not ours to import")
        shelf.put("a.jpg")
        assert shelf.take_in(tmp_path).added == 1


def test_links_are_left_out_so_that_each_file_is_met_once(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    (shelf.photos / "again.jpg").symlink_to(path)
    (shelf.photos / "loop").symlink_to(shelf.photos)
    assert shelf.take_in().added == 1


@pytest.mark.parametrize(
    "name",
    [
        b"not utf-8 \xff\xfe.jpg",
        "übung 🏔 \u202erl.jpg".encode(),
        b"n" * 251 + b".jpg",
        b"new\nline.jpg",
        b"'; DROP TABLE file.jpg",
    ],
)
def test_hostile_names_are_imported_and_shown(shelf: Shelf, name: bytes) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(shelf.photos), name)))
    path.write_text("x")
    assert shelf.take_in().added == 1
    assert shelf.record(path)["path"] == str(path)
    assert shelf.take_in().unchanged == 1


def test_a_file_from_a_far_future_is_imported_and_shown(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    os.utime(path, (10_000_000_000, 10_000_000_000))  # the year 2286, whose nanoseconds need more than 64 bits
    shelf.take_in()
    assert shelf.states() == {"ok": 1}
    assert shelf.record(path)["files"][0]["modified"].startswith("2262-04-11")
    assert shelf.take_in().examined == 0


def test_a_new_sidecar_is_read_without_examining_the_photo_again(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"rating": 1, "camera": "Nikon D90"})
    shelf.take_in()
    shelf.put("a.xmp", {"rating": 5, "keywords": ["harbour"]})
    assert shelf.take_in().changed == 1
    record = shelf.record(path)
    assert (record["facts"]["rating"], record["origins"]["rating"]) == (5, "sidecar")
    assert record["facts"]["camera"] == "Nikon D90"
    assert [tag["name"] for tag in record["tags"]] == ["harbour"]
    (shelf.photos / "a.xmp").unlink()
    shelf.take_in()
    assert shelf.record(path)["facts"]["rating"] == 1
    assert shelf.record(path)["tags"] == []
