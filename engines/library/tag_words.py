"""The words of tags that a person gave, found by the tags' names: to tag 10,000 items touches no full-text index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import Database, all_rows, first_value, numbers
from engines.library.term import Term

GIVEN_IN = "tags"  # the column of the full-text index that they are searched as

# From one tag to the next, however many items have it: 2 us a tag that is in use.
_IN_USE = """
WITH RECURSIVE used (tag_id) AS (
    SELECT min(tag_id) FROM typed_tag
    UNION ALL SELECT (SELECT min(tag_id) FROM typed_tag WHERE tag_id > used.tag_id) FROM used WHERE tag_id IS NOT NULL
)
SELECT id, name FROM used JOIN tag ON id = tag_id
"""
_IDS = """
SELECT group_concat(media_id) FROM typed_tag
WHERE tag_id IN (SELECT value FROM json_each(?)) AND media_id BETWEEN ? AND ? AND holds = 1
"""
_AMONG = """
SELECT DISTINCT media_id FROM json_each(?2) AS item CROSS JOIN typed_tag ON media_id = item.value
WHERE holds = 1 AND +tag_id IN (SELECT value FROM json_each(?1))
"""  # `+`: the index is asked once an item, not once for each tag; hundreds may begin with what is typed
_COUNT = "SELECT count(DISTINCT media_id) FROM typed_tag WHERE tag_id IN (SELECT value FROM json_each(?)) AND holds = 1"


class TagWords:
    """Any thread may ask. tokens: the words of a text, cut and folded as the full-text index does it."""

    def __init__(self, database: Database, tokens: Callable[[str], tuple[str, ...]]) -> None:
        self._database = database
        self._tokens = tokens
        self._turn = Lock()
        self._change = -1
        self._words: Mapping[int, tuple[str, ...]] = {}  # by tag

    def ids(self, term: Term, low: int, high: int) -> NDArray[np.int64]:
        """The media from `low` to `high` (inclusive) with a tag that holds the term, ascending."""
        with self._database.read() as connection:
            tags = self._holding(connection, term)
            found = first_value(connection, _IDS, (json.dumps(tags), low, high)) if tags else None
        return np.unique(numbers(found))

    def among(self, term: Term, media_ids: Sequence[int]) -> list[int]:
        """Those of these media with a tag that holds the term. 1 us a media item."""
        with self._database.read() as connection:
            tags = self._holding(connection, term)
            rows = all_rows(connection, _AMONG, (json.dumps(tags), json.dumps(list(media_ids)))) if tags else []
        return [media_id for (media_id,) in rows]

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of the words that a tag holds, with the number of media that have such a tag."""
        found = []
        with self._database.read() as connection:
            there = {word for of_tag in self._in_use(connection).values() for word in of_tag}
            for word in sorted(there.intersection(words)):
                media = first_value(connection, _COUNT, (json.dumps(self._holding(connection, Term((word,)))),))
                found += [(word, int(media))] if media else []
        return found

    def _holding(self, connection: apsw.Connection, term: Term) -> list[int]:
        """The tags whose name holds the term."""
        if term.columns and GIVEN_IN not in term.columns:
            return []
        return [tag_id for tag_id, words in self._in_use(connection).items() if term.is_in(words)]

    def _in_use(self, connection: apsw.Connection) -> Mapping[int, tuple[str, ...]]:
        """The words of each tag of which a person said something."""
        change = first_value(connection, "SELECT value FROM meta WHERE key = 'change'")
        with self._turn:
            if change != self._change:
                known = self._words
                rows = all_rows(connection, _IN_USE)
                self._words = {tag: known[tag] if tag in known else self._tokens(name) for tag, name in rows}
                self._change = change
            return self._words
