"""Searches are kept by name, and the last ones are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engines.errors import LibraryError
from engines.library import searches as module
from engines.library.database import Database
from engines.library.schema import MIGRATIONS, SEARCHES
from engines.library.searches import SavedSearch, Searches


@pytest.fixture
def searches(tmp_path: Path) -> Iterator[Searches]:
    with closing(Database(tmp_path / "library.db", writable=True)) as database:
        yield Searches(database)


def test_searches_have_names_and_stand_by_them(searches: Searches) -> None:
    second = searches.save("  Zoo  2019 ", "folder:zoo")
    first = searches.save("beach", "tag:beach")
    assert searches.saved() == [first, second]
    assert second == SavedSearch(second.id, "Zoo 2019", "folder:zoo")


def test_saving_under_a_name_again_replaces_the_query(searches: Searches) -> None:
    before = searches.save("Beach", "tag:beach")
    after = searches.save("BEACH", "tag:coast")
    assert searches.saved() == [SavedSearch(before.id, "BEACH", "tag:coast")] == [after]


def test_a_search_can_be_renamed_and_deleted(searches: Searches) -> None:
    kept = searches.save("Beach", "tag:beach")
    gone = searches.save("City", "tag:city")
    searches.rename(kept.id, "beach")
    searches.delete(gone.id)
    assert searches.saved() == [SavedSearch(kept.id, "beach", "tag:beach")]


def test_two_searches_have_two_names(searches: Searches) -> None:
    searches.save("Beach", "tag:beach")
    city = searches.save("City", "tag:city")
    with pytest.raises(LibraryError, match="called BEACH already"):
        searches.rename(city.id, "BEACH")
    with pytest.raises(LibraryError, match="needs a name"):
        searches.save(" ", "tag:city")
    assert [one.name for one in searches.saved()] == ["Beach", "City"]


def test_the_last_searches_are_remembered_once_each(searches: Searches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECENT", 3)
    for query in ("a", "b", "c", "a", "d"):
        searches.remember(query)
    assert searches.recent() == ["d", "a", "c"]
    assert searches.recent(1) == ["d"]
    searches.forget()
    assert searches.recent() == []


def test_a_library_from_before_keeps_its_rows_and_gets_room_for_searches(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(Database(path, writable=True, migrations=MIGRATIONS[: MIGRATIONS.index(SEARCHES)])) as before:
        with before.write(durable=True) as connection:
            connection.execute(
                "INSERT INTO media (change, state, typed, added_s, shown_s) VALUES (1, 'ok', '{}', 1, 1)"
            )
        with before.read() as connection:
            assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'saved_search'").fetchall()
    with closing(Database(path, writable=True)) as now:
        Searches(now).save("Beach", "tag:beach")
        with now.read() as connection:
            assert connection.execute("SELECT count(*) FROM media").get == 1
    with closing(Database(path, writable=True)) as again:
        assert [one.query for one in Searches(again).saved()] == ["tag:beach"]
