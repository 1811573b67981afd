"""Connections, transactions, migrations, and files that are not what they should be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from engines.errors import LibraryError
from engines.library.database import Database
from engines.library.schema import APPLICATION_ID, MIGRATIONS

_STEPS = ("CREATE TABLE a (x INTEGER) STRICT", "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x * 2")


def _shape(connection: apsw.Connection) -> Sequence[object]:
    return connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    ).fetchall()


def test_a_transaction_that_raises_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db", writable=True)

    def half_a_change() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO meta VALUES ('x', 1)")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 -- raised right above
        half_a_change()
    with database.read() as connection:
        assert connection.execute("SELECT * FROM meta WHERE key = 'x'").fetchall() == []
    database.close()


def test_a_commit_that_fails_is_no_hindrance_to_the_next(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "library.db", writable=True)) as database:
        with pytest.raises(apsw.ConstraintError), database.write() as connection:
            connection.execute(
                "PRAGMA defer_foreign_keys = ON; INSERT INTO folder (root_id, path, shown) VALUES (99, x'00', '')"
            )
        with database.write() as connection:
            assert connection.execute("SELECT count(*) FROM folder").get == 0


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_what_a_person_typed_is_synced_to_the_disk(tmp_path: Path, durable: bool, level: int) -> None:
    database = Database(tmp_path / "library.db", writable=True)
    with database.write(durable=durable) as connection:
        assert connection.pragma("synchronous") == level
    database.close()


def test_readers_see_no_half_finished_transaction(tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db", writable=True)
    with database.write() as writer:
        writer.execute("INSERT INTO meta VALUES ('x', 1)")
        with database.read() as reader:
            assert reader.execute("SELECT count(*) FROM meta WHERE key = 'x'").get == 0
    with database.read() as reader:
        assert reader.execute("SELECT count(*) FROM meta WHERE key = 'x'").get == 1
    database.close()


def test_a_file_of_each_version_before_is_brought_up_to_date(tmp_path: Path) -> None:
    fresh = Database(tmp_path / "fresh.db", writable=True)
    for number in range(len(MIGRATIONS) + 1):
        path = tmp_path / f"from {number}.db"
        Database(path, writable=True, migrations=MIGRATIONS[:number]).close()
        database = Database(path, writable=True)
        with database.read() as connection, fresh.read() as expected:
            assert connection.pragma("user_version") == len(MIGRATIONS)
            assert _shape(connection) == _shape(expected)
        database.close()
    fresh.close()


def test_a_migration_keeps_what_is_there(tmp_path: Path) -> None:
    old = Database(tmp_path / "library.db", writable=True, migrations=_STEPS[:1])
    with old.write() as connection:
        connection.execute("INSERT INTO a VALUES (21)")
    old.close()
    new = Database(tmp_path / "library.db", writable=True, migrations=_STEPS)
    with new.read() as connection:
        assert connection.execute("SELECT x, y FROM a").fetchall() == [(21, 42)]
    new.close()


def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Database(path, writable=True, migrations=_STEPS[:1]).close()
    with pytest.raises(apsw.SQLError):
        Database(path, writable=True, migrations=(_STEPS[0], "ALTER TABLE a ADD COLUMN y; SELECT nonsense"))
    database = Database(path, writable=True, migrations=_STEPS[:1])
    with database.read() as connection:
        assert connection.pragma("user_version") == 1
        assert [row[1] for row in connection.execute("PRAGMA table_info(a)")] == ["x"]
    database.close()


@pytest.mark.parametrize("writable", [True, False])
def test_a_newer_file_is_refused_with_a_sentence_and_untouched(tmp_path: Path, writable: bool) -> None:
    path = tmp_path / "library.db"
    connection = apsw.Connection(str(path))
    connection.execute(f"CREATE TABLE a (x); PRAGMA user_version = 99; PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="made by a newer version of Image Engine"):
        Database(path, writable=writable)
    assert path.read_bytes() == before


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE someone_elses (x)")
    connection.close()
    with pytest.raises(LibraryError, match="not a library of Image Engine"):
        Database(path, writable=True)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(LibraryError, match="is damaged"):
        Database(path, writable=True)


def test_writing_to_a_library_opened_for_reading_is_refused(tmp_path: Path) -> None:
    Database(tmp_path / "library.db", writable=True).close()
    database = Database(tmp_path / "library.db", writable=False)
    with pytest.raises(LibraryError, match="open for reading only"), database.write():
        pass
    database.close()


def test_no_other_sqlite_is_loaded_beside_ours() -> None:
    """Two copies of SQLite in one process drop each other's locks."""
    loaded = "{'_sqlite3', 'PySide6.QtSql'} & set(sys.modules)"
    code = f"import engines.library.library, engines.search.find, sys; print({loaded})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
