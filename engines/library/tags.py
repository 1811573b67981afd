"""Which media have a tag: postings by tag, best scores first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.library.database import Database, all_rows, first_value


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """Which scores count, 0 to 1, both ends included unless open."""

    low: float = 0.0
    high: float = 1.0
    low_open: bool = False
    high_open: bool = False


class Tags:
    """Questions to the tables `tag` and `tagging`; any thread may ask."""

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
            found = first_value(connection, query, {"tag": tag_id, "low": scores.low, "high": scores.high})
        return np.fromstring(found, np.int64, sep=",") if found else np.empty(0, np.int64)

    def of_media(self, media_ids: Sequence[int], tag_ids: Sequence[int]) -> list[tuple[int, int, float]]:
        """Which of these media have which of these tags, each with its best score on any of the item's files."""
        with self._database.read() as connection:
            return all_rows(
                connection,
                "SELECT media_id, tag_id, max(score) FROM file JOIN frame USING (content_id) "
                "JOIN tagging ON frame_id = frame.id WHERE media_id IN (SELECT value FROM json_each(?)) "
                "AND tag_id IN (SELECT value FROM json_each(?)) GROUP BY media_id, tag_id ORDER BY max(score) DESC",
                (json.dumps(list(media_ids)), json.dumps(list(tag_ids))),
            )

    def counts(self) -> list[tuple[int, int]]:
        """Each tag that is in use, with its number of taggings. It reads all of them: 1 s for 4,000,000."""
        with self._database.read() as connection:
            return all_rows(connection, "SELECT tag_id, count(*) FROM tagging GROUP BY tag_id")


def _limits(scores: ScoreRange) -> str:
    return f"score {'>' if scores.low_open else '>='} :low AND score {'<' if scores.high_open else '<='} :high"
