"""The columns in memory say what the tables say, however they came there."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.library import column_store
from engines.library.column_store import ColumnStore
from engines.library.columns import COLOURS, FLAGS, MISSING, STATES, Columns
from engines.library.database import Database, all_rows, first_value

Row = dict[str, Any]


class Table:
    """A library with nothing but media rows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / "library.db", writable=True)
        with self.database.write() as connection:
            connection.execute("INSERT INTO root (id, path, shown) VALUES (1, CAST('/photos' AS BLOB), '/photos')")
            connection.execute("INSERT INTO folder VALUES (1, 1, CAST('a' AS BLOB), '/photos/a')")

    def put(self, *rows: Row) -> None:
        """Insert or replace media rows, as one change."""
        with self.database.write() as connection:
            change = first_value(connection, "UPDATE meta SET value = value + 1 WHERE key = 'change' RETURNING value")
            for row in rows:
                full = {"state": "ok", "kind": "photo", "added_s": 1, "shown_s": 1, "change": change} | row
                names = ", ".join(full)
                values = ", ".join(f":{name}" for name in full)
                connection.execute(f"INSERT OR REPLACE INTO media ({names}) VALUES ({values})", full)

    def store(self) -> ColumnStore:
        return ColumnStore(self.database, self.folder / "columns.cache")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path)
    with closing(table.database):
        yield table


def same(first: Columns, second: Columns) -> None:
    assert first.count == second.count
    assert first.change == second.change
    for name in first.values:
        np.testing.assert_array_equal(first[name], second[name], name)
    assert first.newest.tolist() == second.newest.tolist()
    assert first.terms == second.terms
    assert first.folders == second.folders
    assert first.frames.tolist() == second.frames.tolist()


def test_values_lie_at_their_ids(table: Table) -> None:
    table.put({"id": 1, "iso": 400, "latitude": -9.5, "kind": "video"}, {"id": 4, "rating": -1, "state": "corrupt"})
    columns = table.store().current()
    assert columns.count == 5
    assert columns["iso"][[1, 4]].tolist() == [400, MISSING["iso"]]
    assert columns["rating"][[1, 4]].tolist() == [MISSING["rating"], -1]
    assert columns["latitude"][1] == np.float32(-9.5)
    assert np.isnan(columns["latitude"][4])
    assert columns["kind"].tolist() == [0, 2, 0, 0, 1]
    assert [STATES[code] for code in columns["state"]] == ["gone", "ok", "gone", "gone", "corrupt"]


def test_what_is_known_is_told_from_what_is_not(table: Table) -> None:
    table.put({"id": 1, "iso": 0, "quality": 0.0, "taken_s": 0, "rating": 0, "camera": 7}, {"id": 2})
    columns = table.store().current()
    for name in ("iso", "quality", "taken_s", "rating", "camera"):
        assert columns.known(name)[1:].tolist() == [True, False]


def test_numbers_that_no_camera_can_mean_become_the_limit_of_their_column(table: Table) -> None:
    table.put({"id": 1, "iso": 10**15, "rating": -(10**6), "width": -5, "aperture": 1e300, "focal_mm": -1e300})
    columns = table.store().current()
    assert columns["iso"][1] == 2**31 - 1
    assert columns["rating"][1] == -127
    assert columns["width"][1] == -5
    assert columns["aperture"][1] == np.float32(3e38)
    assert columns["focal_mm"][1] == np.float32(-3e38)


def test_flags_and_colours_are_told_by_their_bits(table: Table) -> None:
    for number, name in enumerate(FLAGS):
        table.put({"id": number + 1, "flags": 1 << number})
        assert np.flatnonzero(table.store().current().flag(name)).tolist() == [number + 1]
    table.put({"id": 1, "colours": 0b101}, {"id": 2, "colours": 1 << (len(COLOURS) - 1)})
    columns = table.store().current()
    assert [columns.colour(name)[1] for name in COLOURS[:3]] == [True, False, True]
    assert np.flatnonzero(columns.colour(COLOURS[-1])).tolist() == [2]


def test_changes_are_taken_in_and_earlier_columns_stay_as_long_as_they_were(table: Table) -> None:
    table.put({"id": 1, "iso": 100}, {"id": 2, "iso": 200})
    store = table.store()
    before = store.current()
    table.put({"id": 2, "iso": 250}, {"id": 3, "iso": 300})
    after = store.current()
    assert before.count == 3
    assert after["iso"][1:].tolist() == [100, 250, 300]
    assert after.changed_since(before.change).tolist() == [2, 3]
    assert after.changed_since(after.change).tolist() == []
    assert store.current() is after


def test_newest_first_holds_after_any_changes(table: Table) -> None:
    dice = random.Random(4)
    store = table.store()
    for _ in range(30):
        table.put(
            *(
                {"id": dice.randint(1, 60), "shown_s": dice.choice((-5, 0, 7, 7, 10**10)), "rating": dice.randint(0, 5),
                 "state": dice.choice(("ok", "ok", "missing", "gone"))}
                for _ in range(dice.randint(1, 9))
            )
        )  # fmt: skip
        store.current()
    with table.database.read() as connection:
        expected = all_rows(connection, "SELECT id FROM media WHERE state <> 'gone' ORDER BY shown_s DESC, id DESC")
    assert store.current().newest.tolist() == [media_id for (media_id,) in expected]
    same(store.current(), ColumnStore(table.database, table.folder / "none.cache").current())


def test_room_is_made_for_more_media_than_there_were(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column_store, "_LEAST_SPARE", 2)
    store = table.store()
    for media_id in range(1, 20):
        table.put({"id": media_id, "iso": media_id})
        assert store.current()["iso"][1:].tolist() == list(range(1, media_id + 1))


def test_folders_and_terms_come_with_the_columns(table: Table) -> None:
    store = table.store()
    store.current()
    with table.database.write() as connection:
        connection.execute("INSERT INTO term VALUES (7, 'camera', 'Canon EOS 5'), (8, 'lens', 'EF50mm')")
        connection.execute("INSERT INTO folder VALUES (2, 1, CAST('b' AS BLOB), '/photos/b')")
    table.put({"id": 1, "camera": 7, "folder_id": 1}, {"id": 2, "lens": 8, "folder_id": 2}, {"id": 3, "folder_id": 99})
    columns = store.current()
    assert columns.terms["camera"] == {7: "Canon EOS 5"}
    assert columns.with_terms("camera", [7])[1:].tolist() == [True, False, False]
    assert columns.in_folders([2])[1:].tolist() == [False, True, False]
    assert columns.in_folders([])[1:].tolist() == [False, False, False]


def test_a_root_that_goes_offline_takes_its_media_along(table: Table) -> None:
    table.put({"id": 1, "folder_id": 1}, {"id": 2})
    store = table.store()
    assert not store.current().offline.any()
    with table.database.write() as connection:
        connection.execute("UPDATE root SET offline = 'It is not plugged in.'")
    assert store.current().offline.tolist() == [False, True, False]


def test_a_removed_root_takes_its_folders_along(table: Table) -> None:
    store = table.store()
    assert store.current().folders.keys() == {1}
    with table.database.write() as connection:
        connection.execute("DELETE FROM root")
        connection.execute("INSERT INTO root (id, path, shown) VALUES (1, CAST('/x' AS BLOB), '/x')")
        connection.execute("INSERT INTO folder VALUES (1, 1, CAST('y' AS BLOB), '/x/y')")
    assert store.current().folders[1].path == "/x/y"


def test_copies_of_what_is_still_there_are_duplicates(table: Table) -> None:
    table.put(
        {"id": 1, "content_id": 5}, {"id": 2, "content_id": 5}, {"id": 3, "content_id": 6}, {"id": 4}, {"id": 5},
        {"id": 6, "content_id": 7}, {"id": 7, "content_id": 7, "state": "missing"},
    )  # fmt: skip
    assert np.flatnonzero(table.store().current().duplicated).tolist() == [1, 2]


def test_media_are_found_by_the_frames_of_their_content(table: Table) -> None:
    store = table.store()
    for content_id in (5, 6, 9):
        with table.database.write() as connection:
            connection.execute(
                "INSERT INTO content (id, digest, whole, size_bytes, state) VALUES (?1, CAST(?1 AS BLOB), 1, 1, 'ok')",
                (content_id,),
            )
            connection.executemany("INSERT INTO frame (content_id) VALUES (?)", [(content_id,)] * 2)
        table.put({"id": content_id, "content_id": content_id}, {"id": content_id + 10, "content_id": content_id})
        store.current()
    found = store.current().with_frames(np.array([2, 5, 6, 4000]))
    assert np.flatnonzero(found).tolist() == [5, 9, 15, 19]
    assert not store.current().with_frames(np.empty(0, np.int64)).any()


# the cache


def saved(table: Table, rows: int = 50) -> ColumnStore:
    """A store that has written its cache."""
    table.put(*({"id": media_id, "iso": media_id} for media_id in range(1, rows + 1)))
    store = table.store()
    store.current()
    assert store.save()
    return store


def test_the_cache_gives_what_was_saved_and_the_tables_what_changed_since(table: Table) -> None:
    saved(table)
    table.put({"id": 3, "iso": 333}, {"id": 99, "iso": 1})
    with table.database.write() as connection:  # seen only by who reads the tables: this change has no number
        connection.execute("UPDATE media SET iso = 7 WHERE id = 5")
    columns = table.store().current()
    assert columns["iso"][[3, 5, 99]].tolist() == [333, 5, 1]
    assert columns.newest.tolist() == [99, *range(50, 0, -1)]


def test_the_cache_is_written_again_only_after_many_changes(table: Table) -> None:
    store = saved(table)
    table.put({"id": 1, "iso": 8})
    store.current()
    assert not store.save()
    table.put(*({"id": media_id, "iso": 8} for media_id in range(1, 10)))
    store.current()
    assert store.save()


def damage(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[:-9])


def test_without_a_sound_cache_everything_is_read_from_the_tables(table: Table) -> None:
    saved(table)
    fresh = ColumnStore(table.database, table.folder / "none.cache").current()
    cache = table.folder / "columns.cache"
    damage(cache)
    same(table.store().current(), fresh)
    cache.unlink()
    same(table.store().current(), fresh)


def test_the_cache_of_another_library_is_not_believed(table: Table, tmp_path: Path) -> None:
    saved(table)
    (tmp_path / "other").mkdir()
    other = Table(tmp_path / "other")
    with closing(other.database):
        other.put({"id": 1, "iso": 5})
        shutil.copy(table.folder / "columns.cache", other.folder / "columns.cache")
        assert other.store().current().count == 2


def test_a_cache_from_after_a_restored_backup_is_not_believed(table: Table) -> None:
    table.put({"id": 1, "iso": 100})
    with table.database.write() as connection:
        before = first_value(connection, "SELECT value FROM meta WHERE key = 'change'")
    saved(table)
    with table.database.write() as connection:
        connection.execute("DELETE FROM media WHERE id > 1")
        connection.execute("UPDATE media SET iso = 100")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'change'", (before,))
    assert table.store().current()["iso"].tolist()[1:] == [100]


def test_a_folder_that_cannot_be_written_costs_only_the_cache(table: Table) -> None:
    table.put({"id": 1})
    store = ColumnStore(table.database, table.folder / "no such folder" / "columns.cache")
    assert store.current().count == 2
    assert not store.save()
