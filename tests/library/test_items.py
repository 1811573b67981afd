"""Which files make an item, and what an item keeps."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from engines.analysis.phases import chosen
from engines.library.describe import all_records
from engines.search.find import find
from engines.types import Done, Examined, Fact, Findings, Wanted
from tests.shelf import Shelf, look

TAKEN = {"taken": "2020-05-01T12:00:00"}


def test_a_renamed_file_keeps_everything(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"camera": "Nikon D90"})
    shelf.put("b.jpg")
    shelf.take_in()
    item = shelf.media_id(path)
    shelf.library.type_in([item], {"rating": 5, "title": "Harbour"})
    moved = path.rename(path.with_name("renamed.jpg"))
    report = shelf.take_in()
    assert (report.added, report.missing) == (1, 0)
    assert shelf.media_id(moved) == item
    assert shelf.record(moved)["facts"] == {"camera": "Nikon D90", "rating": 5, "title": "Harbour"}
    assert shelf.states() == {"ok": 2}
    assert shelf.count("file") == 2


def test_what_is_typed_before_a_file_is_known_to_be_moved_is_kept(shelf: Shelf) -> None:
    path, _ = shelf.put("a.jpg"), shelf.put("b.jpg")
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(path)], {"rating": 5, "title": "Pier"})
    moved = path.rename(path.with_name("renamed.jpg"))

    def type_meanwhile(wanted: Wanted) -> Examined:
        shelf.library.type_in([shelf.media_id(moved)], {"title": "Harbour"})
        return look(wanted)

    shelf.executor.look = type_meanwhile
    shelf.take_in()
    assert shelf.record(moved)["facts"] == {"rating": 5, "title": "Harbour"}


def test_a_moved_folder_is_no_mass_deletion(shelf: Shelf) -> None:
    paths = [shelf.put(f"old/{number}.jpg") for number in range(40)]
    shelf.take_in()
    items = [shelf.media_id(path) for path in paths]
    (shelf.photos / "old").rename(shelf.photos / "new")
    assert shelf.take_in().notices == []
    assert [shelf.media_id(shelf.photos / "new" / path.name) for path in paths] == items
    assert shelf.states() == {"ok": 40}


def test_a_file_moved_to_another_root_keeps_its_item(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.put("b.jpg")
    shelf.take_in()
    item = shelf.media_id(path)
    other = shelf.photos.parent / "other"
    other.mkdir()
    moved = path.rename(other / "a.jpg")
    shelf.take_in(shelf.photos, other)
    assert shelf.media_id(moved) == item


def test_a_copy_is_an_item_of_its_own_that_starts_with_what_was_typed(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"camera": "Nikon D90"})
    shelf.take_in()
    shelf.library.type_in([shelf.media_id(path)], {"rating": 3})
    copy = shelf.put("copy.jpg", path.read_text())
    shelf.take_in()
    assert shelf.media_id(copy) != shelf.media_id(path)
    assert shelf.record(copy)["facts"] == {"camera": "Nikon D90", "rating": 3}
    assert shelf.count("content") == 1
    shelf.library.type_in([shelf.media_id(copy)], {"rating": 1})
    assert shelf.record(path)["facts"]["rating"] == 3


def test_a_copy_without_sidecar_leaves_the_tags_of_the_other_alone(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", "same")
    sidecar = shelf.put("a.jpg.xmp", {"keywords": ["harbour"]})
    shelf.put("b.jpg", "same")
    shelf.take_in()
    assert [tag["name"] for tag in shelf.record(path)["tags"]] == ["harbour"]
    sidecar.unlink()
    shelf.take_in()
    assert shelf.record(path)["tags"] == []


def test_what_is_learnt_again_from_one_copy_is_searched_in_all(shelf: Shelf) -> None:
    paths = [shelf.put(name, "same") for name in ("a.jpg", "b.jpg")]
    shelf.take_in()
    shelf.executor.look = _with_title("Lighthouse")
    shelf.library.make_pending(["metadata"])
    shelf.take_in()
    assert sorted(find(shelf.library, "lighthouse").ids) == sorted(shelf.media_id(path) for path in paths)


def _with_title(title: str) -> Callable[[Wanted], Examined]:
    """Examine as usual, but find this title."""

    def examine(wanted: Wanted) -> Examined:
        (phase,) = chosen(["metadata"])
        done = Done(phase.name, phase.version, 0.0, Findings({"title": Fact(title, "exif")}))
        return replace(look(wanted), done=(done,))

    return examine


def test_editing_one_copy_leaves_the_other_as_it_was(shelf: Shelf) -> None:
    path, copy = shelf.put("a.jpg", {"camera": "Nikon D90"}), shelf.put("b.jpg", {"camera": "Nikon D90"})
    shelf.take_in()
    shelf.put("b.jpg", {"camera": "Canon EOS 6D"})
    shelf.take_in()
    assert shelf.record(path)["facts"]["camera"] == "Nikon D90"
    assert shelf.record(copy)["facts"]["camera"] == "Canon EOS 6D"


def test_two_files_that_swap_names_swap_contents_not_rows(shelf: Shelf) -> None:
    one, other = shelf.put("a.jpg", {"camera": "Nikon D90"}), shelf.put("b.jpg", {"camera": "Canon EOS 6D"})
    shelf.take_in()
    parked = one.rename(shelf.photos / "parked")
    other.rename(one)
    parked.rename(other)
    shelf.take_in()
    assert shelf.record(one)["facts"]["camera"] == "Canon EOS 6D"
    assert shelf.record(other)["facts"]["camera"] == "Nikon D90"
    assert shelf.count("file") == 2


def test_raw_and_jpeg_of_one_shot_are_one_item_with_the_jpeg_in_front(shelf: Shelf) -> None:
    raw = shelf.put("IMG_1.NEF", TAKEN | {"iso": 200, "width": 9000})
    jpeg = shelf.put("img_1.jpg", TAKEN | {"width": 6000})
    shelf.take_in()
    assert shelf.media_id(raw) == shelf.media_id(jpeg)
    record = shelf.record(raw)
    assert record["path"] == str(jpeg)
    assert [file["role"] for file in record["files"]] == ["main", "raw"]
    assert record["facts"]["iso"] == 200, "what only the raw file says counts for the shot"
    assert record["facts"]["width"] == 6000, "but the size is that of the picture in front"
    assert shelf.states() == {"ok": 1}


def test_an_item_that_becomes_part_of_another_while_all_are_listed_is_left_out(shelf: Shelf) -> None:
    paths = [shelf.put(name, TAKEN | {"title": name}) for name in ("a.jpg", "b.jpg", "c.nef")]
    shelf.take_in()
    with shelf.library.database.read() as connection:
        records = all_records(connection, chosen(["metadata"]), None)
        assert next(records)["path"] == str(paths[0])
        paths[2].rename(paths[1].with_suffix(".nef"))
        shelf.take_in()
        assert [record["path"] for record in records] == [str(paths[1])]


def test_raw_and_jpeg_of_different_shots_stay_apart(shelf: Shelf) -> None:
    raw = shelf.put("IMG_1.NEF", TAKEN)
    jpeg = shelf.put("IMG_1.jpg", {"taken": "2021-05-01T12:00:00"})
    shelf.take_in()
    assert shelf.media_id(raw) != shelf.media_id(jpeg)


def test_a_jpeg_that_was_edited_into_another_shot_leaves_its_raw_file(shelf: Shelf) -> None:
    raw = shelf.put("IMG_1.NEF", TAKEN)
    jpeg = shelf.put("IMG_1.jpg", TAKEN | {"width": 10})
    shelf.take_in()
    shelf.put("IMG_1.jpg", {"taken": "2021-05-01T12:00:00"})
    shelf.take_in()
    assert shelf.media_id(raw) != shelf.media_id(jpeg)
    assert shelf.states() == {"ok": 2}


def test_an_edited_pair_that_still_belongs_together_stays_one_item(shelf: Shelf) -> None:
    raw = shelf.put("IMG_1.NEF", TAKEN | {"iso": 200})
    jpeg = shelf.put("IMG_1.jpg", TAKEN)
    shelf.take_in()
    item = shelf.media_id(jpeg)
    shelf.library.type_in([item], {"rating": 5})
    shelf.put("IMG_1.jpg", TAKEN | {"title": "Cropped"})
    shelf.take_in()
    assert shelf.media_id(raw) == shelf.media_id(jpeg) == item
    assert shelf.record(raw)["facts"]["rating"] == 5


def test_when_the_jpeg_is_gone_the_raw_file_comes_to_the_front(shelf: Shelf) -> None:
    raw = shelf.put("IMG_1.NEF", TAKEN)
    shelf.put("other.jpg")
    jpeg = shelf.put("IMG_1.jpg", TAKEN | {"title": "x"})
    shelf.take_in()
    jpeg.unlink()
    shelf.take_in()
    assert shelf.record(raw)["path"] == str(raw)
    assert shelf.states() == {"ok": 2}


def test_a_live_photo_is_one_item(shelf: Shelf) -> None:
    photo = shelf.put("IMG_2.HEIC", {"live_id": "A1"})
    video = shelf.put("IMG_2.MOV", {"live_id": "A1", "duration_s": 2.9})
    shelf.take_in()
    record = shelf.record(video)
    assert record["path"] == str(photo)
    assert [file["role"] for file in record["files"]] == ["main", "live"]
    assert "duration_s" not in record["facts"]


def test_a_film_that_only_shares_a_name_with_a_photo_is_an_item_of_its_own(shelf: Shelf) -> None:
    photo = shelf.put("IMG_3.HEIC", {"live_id": "A1"})
    video = shelf.put("IMG_3.MOV", {"duration_s": 2.9})
    shelf.take_in()
    assert shelf.media_id(photo) != shelf.media_id(video)


def test_what_the_user_typed_survives_analysis_and_outranks_the_file(shelf: Shelf) -> None:
    path = shelf.put("a.jpg", {"rating": 2, "title": "From the camera"})
    shelf.take_in()
    item = shelf.media_id(path)
    shelf.library.type_in([item], {"title": "Mine"})
    shelf.library.make_pending(["metadata"])
    assert shelf.take_in().examined == 1
    assert shelf.record(path)["facts"] == {"rating": 2, "title": "Mine"}
    shelf.library.type_in([item], {"title": None})
    assert shelf.record(path)["facts"]["title"] == "From the camera"


def test_a_file_of_another_suffix_is_an_item_once_its_content_says_so(shelf: Shelf) -> None:
    path = shelf.put("scan_without_suffix")
    assert shelf.take_in().added == 1
    assert shelf.take_in().unchanged == 1
    assert shelf.record(path)["state"] == "ok"


def test_a_file_that_is_neither_photo_nor_video_is_looked_at_once_and_counts_for_nothing(shelf: Shelf) -> None:
    shelf.put("notes.txt")
    shelf.executor.look = lambda wanted: Examined(wanted.file_id, wanted.size, wanted.mtime_ns)
    report = shelf.take_in()
    assert (report.added, report.examined, shelf.executor.examined) == (0, 0, ["notes.txt"])
    assert shelf.take_in().unchanged == 0
    assert shelf.executor.examined == []
    assert shelf.states() == {}


def test_the_modification_time_is_that_of_the_bytes_that_were_read(shelf: Shelf) -> None:
    path = shelf.put("a.jpg")
    shelf.take_in()
    with shelf.library.database.read() as connection:
        assert connection.execute("SELECT mtime_ns FROM file").get == os.stat(path).st_mtime_ns


def test_words_find_folders_above_an_absorbed_root(shelf: Shelf) -> None:
    shelf.put("trip/a.jpg")
    shelf.take_in(shelf.photos / "trip")
    assert len(find(shelf.library, "photos").ids) == 0
    shelf.take_in()
    assert len(find(shelf.library, "photos").ids) == 1


def test_words_find_folders_from_the_root_on_and_nothing_above_it(shelf: Shelf) -> None:
    shelf.put("lisbon/a.jpg")
    shelf.take_in()
    above = shelf.photos.parent.name
    assert len(find(shelf.library, "lisbon").ids) == len(find(shelf.library, "photos").ids) == 1
    assert len(find(shelf.library, f'"{above}"').ids) == 0
