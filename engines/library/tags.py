"""Which media have a tag: postings by tag, best scores first, corrected by what a person said of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import Database, all_rows, first_value, numbers

# The phases whose tags a network gives to what it sees. They have scores, so they are no words of the full-text index:
# there, a guess would count as much as what a person wrote.
SEEING = ("labels", "objects")


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """Which scores count, 0 to 1, both ends included unless open. Of counts: any numbers."""

    low: float = 0.0
    high: float = 1.0
    low_open: bool = False
    high_open: bool = False

    def holds(self, score: float) -> bool:
        above = score > self.low if self.low_open else score >= self.low
        return above and (score < self.high if self.high_open else score <= self.high)


def save_typed_tags(connection: apsw.Connection, media_id: int, said: Mapping[str, bool]) -> None:
    """Make the rows of `typed_tag` say what the item's `typed` says.

    said: names of tags, each with whether it is right.
    """
    connection.execute("DELETE FROM typed_tag WHERE media_id = ?", (media_id,))
    for name, holds in said.items():  # one row a statement: with INSERT … SELECT each would open a journal of its own
        connection.execute(
            "INSERT INTO typed_tag VALUES ((SELECT id FROM tag WHERE folded = ?), ?, ?)",
            (name.casefold(), media_id, holds),
        )


class Tags:
    """Questions to the tables `tag`, `tagging` and `typed_tag`; any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: Mapping[int, str] = {}

    def names(self) -> Mapping[int, str]:
        """All tags by id."""
        with self._database.read() as connection:
            query = "SELECT id, name FROM tag WHERE id > ?"
            added = all_rows(connection, query, (max(self._names, default=0),))
        if added:
            self._names = {**self._names, **dict(added)}  # a new one: a search may be reading the other
        return self._names

    def frames(self, tag_id: int, scores: ScoreRange) -> NDArray[np.int64]:
        """The frames with this tag at these scores. 70 ns each, as one text; see Text.ids."""
        return self._ids(
            f"SELECT group_concat(frame_id) FROM tagging WHERE tag_id = :tag AND {_limits(scores)}", tag_id, scores
        )

    def counted(self, tag_id: int, counts: ScoreRange) -> NDArray[np.int64]:
        """The frames that show so many of this kind of object."""
        return self._ids(
            "SELECT group_concat(frame_id) FROM tagging INDEXED BY counted "
            f"WHERE phase = 'objects' AND tag_id = :tag AND {_limits(counts, of='count')}",
            tag_id,
            counts,
        )

    def by_second_file(self, tag_id: int, scores: ScoreRange) -> NDArray[np.int64]:
        """The media with this tag on a file beside the main one, such as the raw file of a JPEG. 2 us a second file."""
        return self._ids(
            "SELECT group_concat(media_id) FROM file INDEXED BY file_second "
            "CROSS JOIN frame ON frame.content_id = file.content_id CROSS JOIN tagging ON frame_id = frame.id "
            f"WHERE role <> 'main' AND tag_id = :tag AND {_limits(scores)}",
            tag_id,
            scores,
        )

    def _ids(self, query: str, tag_id: int, scores: ScoreRange) -> NDArray[np.int64]:
        with self._database.read() as connection:
            return numbers(first_value(connection, query, {"tag": tag_id, "low": scores.low, "high": scores.high}))

    def said(self, tag_id: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The media of which a person said that they have this tag, and those of which they said that they have not."""
        with self._database.read() as connection:
            rows = all_rows(connection, "SELECT media_id, holds FROM typed_tag WHERE tag_id = ?", (tag_id,))
        pairs = np.array(rows, np.int64).reshape(-1, 2)
        return pairs[pairs[:, 1] == 1, 0], pairs[pairs[:, 1] == 0, 0]

    def of_media(self, media_ids: Sequence[int], tag_ids: Sequence[int]) -> list[tuple[int, int, float]]:
        """Which of these media have which of these tags, each with its best score on any of the item's files."""
        with self._database.read() as connection:
            return all_rows(connection, _OF_MEDIA, (json.dumps(list(media_ids)), json.dumps(list(tag_ids))))

    def objects_of(self, media_ids: Sequence[int], tag_ids: Sequence[int]) -> list[tuple[int, int, int, float]]:
        """Which of these media show which of these kinds of objects, with how many of them and the best score."""
        with self._database.read() as connection:
            return all_rows(connection, _OBJECTS_OF, (json.dumps(list(media_ids)), json.dumps(list(tag_ids))))

    def counts(self) -> list[tuple[int, int]]:
        """Each tag that is in use, with its number of taggings. It reads all of them: 1 s for 4,000,000."""
        with self._database.read() as connection:
            return all_rows(connection, _COUNTS)


def proposed(database: Database, limit: int = 2_000) -> list[str]:
    """Names of tags to propose: first those that a person gave, the newest first, then the others by name."""
    with database.read() as connection:
        rows = all_rows(connection, _PROPOSED, (limit,))
    return [name for (name,) in rows]


_PROPOSED = """
SELECT name FROM tag LEFT JOIN (SELECT tag_id, max(media_id) AS latest FROM typed_tag WHERE holds = 1 GROUP BY tag_id)
    ON tag_id = tag.id
ORDER BY latest IS NULL, tag.id * (latest IS NOT NULL) DESC, folded LIMIT ?
"""
# What a person said of a tag stands for itself, whatever its other rows say.
_OF_MEDIA = """
WITH given AS (
    SELECT media_id, tag_id, score FROM file JOIN frame USING (content_id) JOIN tagging ON frame_id = frame.id
    UNION ALL SELECT media_id, tag_id, 1.0 FROM typed_tag WHERE holds = 1
)
SELECT media_id, tag_id, max(score) AS best FROM given
WHERE media_id IN (SELECT value FROM json_each(?1)) AND tag_id IN (SELECT value FROM json_each(?2))
  AND NOT EXISTS (SELECT 1 FROM typed_tag AS wrong
                  WHERE wrong.tag_id = given.tag_id AND wrong.media_id = given.media_id AND holds = 0)
GROUP BY media_id, tag_id ORDER BY best DESC
"""
_OBJECTS_OF = """
SELECT media_id, tag_id, max(count), max(score) FROM file JOIN frame USING (content_id)
JOIN tagging ON frame_id = frame.id
WHERE phase = 'objects' AND media_id IN (SELECT value FROM json_each(?1))
  AND tag_id IN (SELECT value FROM json_each(?2))
GROUP BY media_id, tag_id ORDER BY max(score) DESC
"""
_COUNTS = """
SELECT tag_id, sum(uses) FROM (
    SELECT tag_id, count(*) AS uses FROM tagging GROUP BY tag_id
    UNION ALL SELECT tag_id, count(*) FROM typed_tag WHERE holds = 1 GROUP BY tag_id
) GROUP BY tag_id
"""


def _limits(scores: ScoreRange, of: str = "score") -> str:
    return f"{of} {'>' if scores.low_open else '>='} :low AND {of} {'<' if scores.high_open else '<='} :high"
