"""Libraries of older programs: what they know is still known after each migration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engines.analysis.phases import moments
from engines.cancel import Cancelled
from engines.library.columns import COLOURS
from engines.library.database import Database
from engines.library.describe import Record, describe
from engines.library.library import Library
from engines.library.schema import MIGRATIONS
from engines.library.sightings import save_sightings
from engines.library.text import index_media
from engines.search.find import find
from engines.types import Phase, Sighting

# A photo with a tag and a fact, as the first program left it.
FIRST_ROWS = """
INSERT INTO root (id, path, shown) VALUES (1, CAST('/photos' AS BLOB), '/photos');
INSERT INTO folder (id, root_id, path, shown) VALUES (1, 1, x'', '/photos');
INSERT INTO content (id, digest, whole, size_bytes, format, kind, state)
    VALUES (1, x'0badcafe', 1, 9, 'jpeg', 'photo', 'ok');
INSERT INTO media (id, change, state, kind, file_id, folder_id, content_id, added_s, shown_s, typed)
    VALUES (1, 1, 'ok', 'photo', 1, 1, 1, 0, 0, '{"rating": 4}');
INSERT INTO file (id, folder_id, name, shown, stem, media_id, content_id, size_bytes, mtime_ns, waiting)
    VALUES (1, 1, CAST('a.jpg' AS BLOB), 'a.jpg', 'a', 1, 1, 9, 0, 0);
INSERT INTO frame (id, content_id) VALUES (1, 1);
INSERT INTO tag (id, name, folded) VALUES (1, 'Harbour', 'harbour');
INSERT INTO tagging (frame_id, tag_id, source, phase, score) VALUES (1, 1, 'file', 'metadata', 1.0);
INSERT INTO done (content_id, phase, version, at_s) VALUES (1, 'metadata', 1, 0);
INSERT INTO finding VALUES (1, 'metadata', '{"camera": ["Nikon D90", "exif"]}');
UPDATE meta SET value = 1 WHERE key = 'change';
"""
MORE_ROWS = """
INSERT INTO content (id, digest, whole, size_bytes, format, kind, state)
    VALUES (:number, randomblob(16), 1, 9, 'jpeg', 'photo', 'ok');
INSERT INTO media (id, change, state, kind, file_id, folder_id, content_id, added_s, shown_s)
    VALUES (:number, 1, 'ok', 'photo', :number, 1, :number, 0, 0);
INSERT INTO file (id, folder_id, name, shown, stem, media_id, content_id, size_bytes, mtime_ns, waiting)
    VALUES (:number, 1, randomblob(4), 'harbour.jpg', 'a', :number, :number, 9, 0, 0);
"""
METADATA = Phase("metadata", 1)


def made_by(version: int, rows: str, folder: Path) -> None:
    """The library that a program left behind whose last migration was this one."""
    folder.mkdir()
    database = Database(folder / "library.db", writable=True, migrations=MIGRATIONS[:version])
    with database.write() as connection:
        connection.execute(rows)
    database.close()


def opened(folder: Path) -> Record:
    with Library(folder) as library, library.database.read() as connection:
        return describe(connection, 1, [METADATA, Phase("objects", 1)])


def test_a_library_from_before_the_networks_keeps_what_it_knows(tmp_path: Path) -> None:
    made_by(1, FIRST_ROWS, tmp_path / "library")
    record = opened(tmp_path / "library")
    (tag,) = record["tags"]
    assert (tag["name"], tag["count"], tag["origin"]["source"], tag["origin"]["precision"]) == (
        "Harbour",
        1,
        "file",
        None,
    )
    assert (record["facts"]["camera"], record["facts"]["rating"], record["objects"]) == ("Nikon D90", 4, [])
    assert [phase["state"] for phase in record["phases"]] == ["done", "pending"]


def test_words_are_gathered_again_in_steps_that_may_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_by(4, FIRST_ROWS, tmp_path / "library")
    database = Database(tmp_path / "library" / "library.db", writable=True, migrations=MIGRATIONS[:4])
    with database.write() as connection:
        for number in range(2, 6):
            connection.execute(MORE_ROWS, {"number": number})
    database.close()
    monkeypatch.setattr("engines.library.library._INDEX_ITEMS", 2)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        Library(tmp_path / "library", tell=stop)
    with Library(tmp_path / "library", tell=lambda done, total: told.append((done, total))) as library:
        assert told == [(2, 5), (4, 5), (5, 5), (5, 5)]
        assert sorted(find(library, "nikon OR harbour").ids.tolist()) == [1, 2, 3, 4, 5]


def test_the_folders_of_a_library_from_before_they_could_be_removed_are_in_it(tmp_path: Path) -> None:
    made_by(5, FIRST_ROWS, tmp_path / "library")
    with Library(tmp_path / "library") as library:
        assert [root.shown for root in library.roots()] == ["/photos"]
        assert library.removed_roots() == []


def test_a_library_from_before_the_sightings_takes_them_in(tmp_path: Path) -> None:
    made_by(6, FIRST_ROWS, tmp_path / "library")
    with Library(tmp_path / "library") as library:
        assert not len(library.index.sightings(library.index.columns()))
        with library.write() as connection:
            save_sightings(connection, 1, (Sighting(3, 0.5),))
        assert library.index.sightings_of([1]) == {1: {3: pytest.approx(0.5, abs=0.01)}}


def test_a_library_from_before_moments_keeps_what_was_seen_in_its_films(tmp_path: Path) -> None:
    film = "UPDATE content SET kind = 'video'; UPDATE media SET kind = 'video';"
    made_by(7, FIRST_ROWS + film, tmp_path / "library")
    record = opened(tmp_path / "library")
    (tag,) = record["tags"]
    assert (tag["name"], tag["share"], record["moments"]) == ("Harbour", 1.0, [])
    with Library(tmp_path / "library") as library:
        ((wanted, from_s),) = library.unwatched(moments())
    assert (Path(wanted.path).name, from_s) == ("a.jpg", 0.0)


def test_a_library_from_before_speech_keeps_its_words_and_has_none_said(tmp_path: Path) -> None:
    made_by(9, FIRST_ROWS, tmp_path / "library")
    record = opened(tmp_path / "library")
    assert (record["tracks"], record["transcript"]) == ([], None)
    with Library(tmp_path / "library") as library:
        assert find(library, "nikon").ids.tolist() == [1]
        assert find(library, "has:transcript OR tracks:>=0").ids.tolist() == []


def test_tags_given_in_an_older_library_are_found_until_they_are_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There they were words of each item; these are taken out in steps that may be stopped."""
    made_by(10, FIRST_ROWS, tmp_path / "library")
    database = Database(tmp_path / "library" / "library.db", writable=True, migrations=MIGRATIONS[:10])
    with database.write() as connection:
        connection.execute("DELETE FROM meta WHERE key = 'words_through'")
        connection.execute("INSERT INTO tag VALUES (2, 'Pier', 'pier')")
        for number in range(2, 5):
            connection.execute(MORE_ROWS, {"number": number})
            connection.execute('UPDATE media SET typed = \'{"tags": {"Pier": true}}\' WHERE id = ?', (number,))
            connection.execute("INSERT INTO typed_tag VALUES (2, ?, 1)", (number,))
            index_media(connection, number, {"name": "harbour.jpg", "tags": "Pier"})
    database.close()
    monkeypatch.setattr("engines.library.library._INDEX_ITEMS", 2)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Library(tmp_path / "library", tell=stop)
    with Library(tmp_path / "library") as library:
        assert sorted(find(library, "harbour pier").ids.tolist()) == [2, 3, 4]
        library.type_in([2, 4], {"tags": {"Pier": None}})
        assert find(library, "harbour pier").ids.tolist() == [3]


def test_a_red_car_of_an_older_library_is_red(tmp_path: Path) -> None:
    shares = {"grey": 0.3, "green": 0.1, "red": 0.06, "blue": 0.04}
    colours = [{"name": name, "share": share, "hex": "#000000"} for name, share in shares.items()]
    facts = json.dumps({"colours": [colours, "pixels"]})
    rows = f"{FIRST_ROWS} INSERT INTO finding VALUES (1, 'content', '{facts}'); UPDATE media SET colours = 4;"
    made_by(8, rows, tmp_path / "library")
    with Library(tmp_path / "library") as library:
        columns = library.index.columns()
        assert [name for name in COLOURS if columns.colour(name)[1]] == ["grey", "red"]
        assert columns.changed_since(1).tolist() == [1]
