"""Searches that a person keeps: the ones with a name, which are smart albums, and the last ones that were made."""

from __future__ import annotations

import time
from dataclasses import dataclass

import apsw

from engines.errors import LibraryError
from engines.library.database import Database, all_rows, first_value

MOST_RECENT = 50  # searches that are remembered


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A smart album: a name for whatever the query finds."""

    id: int
    name: str
    query: str


class Searches:
    """The tables `saved_search` and `recent_search`; any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def saved(self) -> list[SavedSearch]:
        """All with a name, by name."""
        with self._database.read() as connection:
            rows = all_rows(connection, "SELECT id, name, query FROM saved_search ORDER BY folded")
        return [SavedSearch(*row) for row in rows]

    def save(self, name: str, query: str) -> SavedSearch:
        """Keep a query under a name; the one that had this name before is replaced. Raises LibraryError."""
        name = _checked(name)
        with self._database.write(durable=True) as connection:
            row_id = first_value(
                connection,
                "INSERT INTO saved_search (name, folded, query) VALUES (?, ?, ?) "
                "ON CONFLICT (folded) DO UPDATE SET name = excluded.name, query = excluded.query RETURNING id",
                (name, name.casefold(), query),
            )
        return SavedSearch(row_id, name, query)

    def rename(self, search_id: int, name: str) -> None:
        """Raises LibraryError if another one has the name."""
        name = _checked(name)
        try:
            with self._database.write(durable=True) as connection:
                connection.execute(
                    "UPDATE saved_search SET name = ?, folded = ? WHERE id = ?", (name, name.casefold(), search_id)
                )
        except apsw.ConstraintError as error:
            raise LibraryError(
                "name_taken", f"There is a saved search called {name} already. Choose another name.", name=name
            ) from error

    def delete(self, search_id: int) -> None:
        with self._database.write(durable=True) as connection:
            connection.execute("DELETE FROM saved_search WHERE id = ?", (search_id,))

    def recent(self, limit: int = 10) -> list[str]:
        """The queries that were asked last, the last one first."""
        with self._database.read() as connection:
            rows = all_rows(connection, "SELECT query FROM recent_search ORDER BY at_s DESC LIMIT ?", (limit,))
        return [query for (query,) in rows]

    def remember(self, query: str) -> None:
        """Put this query before the others that were asked; the oldest of too many is forgotten."""
        with self._database.write(durable=True) as connection:
            connection.execute("INSERT OR REPLACE INTO recent_search VALUES (?, ?)", (query, time.time()))
            connection.execute(
                "DELETE FROM recent_search WHERE query NOT IN "
                "(SELECT query FROM recent_search ORDER BY at_s DESC LIMIT ?)",
                (MOST_RECENT,),
            )

    def forget(self) -> None:
        """Forget which queries were asked, but not those with a name."""
        with self._database.write(durable=True) as connection:
            connection.execute("DELETE FROM recent_search")


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise LibraryError("no_name", "A saved search needs a name.")
    return name
