"""Parts of names and paths are found in memory as they are in the table `file`, whatever changed since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.library import media
from engines.library.columns import Columns
from engines.library.file_names import FileNamesStore
from engines.library.library import Library
from engines.library.made_rows import MadeItem, MadeRows
from engines.library.names import Names
from engines.types import Kind

PLACES = (
    ("2010/2010-03-05 Lake", "IMG_0449.jpg"),
    ("2010/2010-03-05 Lake", "IMG_449.JPG"),
    ("2010/2010-03-05 Lake", "449.jpg"),
    ("2010/lake", "Topalo.tar.gz"),
    ("2010/lake/Topalo", "a.jpg"),
    ("2011", "2010 topalo.jpg"),
    ("Ärger", "Größe_100%.png"),
    ("Ärger", "größe [1].png"),
    ("x.y", "no suffix"),
    ("x.y", "aaab.jpg"),
    ("x.y", "line\nbreak.jpg"),
)
NAMES = """
*449* img_0449 IMG_0449.jpg img_*9 *449 *449.jpg 449* * ** a*a*b aab *ö*E* Grö*% gr*[1] topalo topalo.tar line*break
*zzz* *_*.
"""
PATHS = """
2010/*topalo 2010*topalo lake/topalo lake/topalo*a Lake/IMG_*9.J /2011/2010 made/2010/ lake*lake ke/img_0449.jpg ke/mg
x.y/aab x.y/a*ab 2010\\2010 ärger Ärger/*% topalo/*topalo * zzz /made/2010/lake/topalo/a.jpg 2010*/*/*449
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library") as library:
        rows = MadeRows(library, ())
        rows.add([MadeItem(folder, name, Kind.PHOTO, "jpeg", 1, 0, {}) for folder, name in PLACES])
        yield library


def kept(library: Library) -> FileNamesStore:
    """What the next process starts with."""
    cache = library.folder / "names.cache"
    FileNamesStore(library.database, cache).save(library.index.columns())
    return FileNamesStore(library.database, cache)


def rename(library: Library, media_id: int, name: str) -> Columns:
    with library.write() as connection:
        connection.execute("UPDATE file SET shown = ? WHERE media_id = ?", (name, media_id))
        media.refresh(connection, [media_id])
    return library.index.columns()


@pytest.mark.parametrize("pattern", NAMES.split())
def test_names_are_found_as_in_the_table(library: Library, pattern: str) -> None:
    pieces = tuple(pattern.split("*"))
    found = kept(library).by_name(pieces, library.index.columns())
    assert sorted(found.tolist()) == sorted(Names(library.database).by_name(pieces).tolist())


@pytest.mark.parametrize("pattern", PATHS.split())
def test_paths_are_found_as_in_the_table(library: Library, pattern: str) -> None:
    pieces = tuple(pattern.split("*"))
    found = kept(library).by_path(pieces, library.index.columns())
    assert sorted(found.tolist()) == sorted(Names(library.database).by_path(pieces).tolist())


def test_a_file_that_was_renamed_is_found_by_its_new_name_alone(library: Library) -> None:
    store = kept(library)
    columns = rename(library, 3, "holiday.jpg")
    assert store.by_name(("", "449", ""), columns).tolist() == [1, 2]
    assert store.by_path(("lake", "holi"), columns).tolist() == [3]


def test_the_table_is_asked_where_most_is_not_known(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept(library)
    monkeypatch.setattr("engines.library.file_names._MOST_CHANGED", 0)
    columns = rename(library, 3, "holiday.jpg")
    assert store.by_name(("holi", ""), columns).tolist() == [3]
    assert sorted(store.by_path(("lake/img",), columns).tolist()) == [1, 2]


def test_without_a_cache_the_table_is_asked(library: Library) -> None:
    store = FileNamesStore(library.database, library.folder / "nothing here")
    assert store.by_name(("", "449"), library.index.columns()).tolist() == [1, 2, 3]


def test_a_piece_is_found_across_the_edge_of_what_is_compared_at_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = kept(library)
    for size in range(1, 12):
        monkeypatch.setattr("engines.library.file_names._CHUNK", size)
        assert store.by_name(("", "449", ""), library.index.columns()).tolist() == [1, 2, 3]
