"""Made rows are what an import would have written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engines.analysis.phases import phases
from engines.bench.made_items import MadeLibrary
from engines.library import media
from engines.library.describe import describe
from engines.library.library import Library
from engines.library.made_rows import MadeRows
from engines.library.originals import damage
from engines.search.find import find
from engines.types import Kind

COUNT = 300


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library") as library:
        rows = MadeRows(library, phases())
        for items in MadeLibrary(COUNT).items():
            rows.add(items)
        yield library


def rows_of(library: Library, query: str) -> list[tuple[Any, ...]]:
    with library.database.read() as connection:
        connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.found USING fts5vocab(main, words, instance)")
        return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM media ORDER BY id",
        "SELECT * FROM term ORDER BY id",
        "SELECT term, doc, col FROM temp.found ORDER BY doc, col, term",
    ],
)
def test_looking_at_them_again_changes_nothing(library: Library, query: str) -> None:
    """So each row says what the files, facts and tags behind it say."""
    before = rows_of(library, query)
    with library.write() as connection:
        media.refresh(connection, range(1, COUNT + 1))
        connection.execute("UPDATE media SET change = change - 1")  # by which refresh() raised it
    assert rows_of(library, query) == before


def test_nothing_is_left_to_be_examined(library: Library) -> None:
    assert not library.wanted_ids(phases())


def test_the_library_is_whole(library: Library) -> None:
    with library.database.read() as connection:
        assert damage(connection) == []


def test_items_are_found_and_told_of_like_imported_ones(library: Library) -> None:
    found = find(library, "type:video", limit=1)
    with library.database.read() as connection:
        record = describe(connection, int(found.ids[0]), phases())
    assert (record["kind"], record["facts"]["codec"], record["path"][:6]) == (Kind.VIDEO, "h264", "/made/")


@pytest.mark.parametrize(
    "query", ["has:caption", "has:title", "has:gps", "has:place", "rating:>=1", "type:video", "has:tags", "colour:red"]
)
def test_some_items_have_what_others_lack(library: Library, query: str) -> None:
    assert 0 < find(library, query, limit=None).total < COUNT
