"""Brings items up to date of which a person typed only tags, ratings and marks: a few statements for all of them.

10,000 items take a fifth of a second; to read their files, facts and tags again would take two.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

import apsw

from engines.library import media
from engines.library.columns import FLAGS
from engines.library.database import all_rows, first_value
from engines.library.item_words import searched_words
from engines.library.tags import SEEING
from engines.library.text import index_media

_MARKS = {"favourite": "is_favourite", "picked": "is_picked", "hidden": "is_hidden", "removed": "is_removed"}
NAMES = frozenset({"tags", "rating", *_MARKS})

_UNSAY = "DELETE FROM typed_tag WHERE tag_id = ? AND media_id IN (SELECT value FROM json_each(?))"
_SAY = """
INSERT INTO typed_tag SELECT ?1, media.id, said.value FROM media CROSS JOIN json_each(typed, '$.tags') AS said
WHERE media.id IN (SELECT value FROM json_each(?2)) AND said.key = ?3
"""
# What files and services say, whatever they said it of: networks' tags are no words, see tags.SEEING.
_FOUND = f"""
file CROSS JOIN frame ON frame.content_id = file.content_id CROSS JOIN tagging ON frame_id = frame.id
    AND phase NOT IN ({", ".join(f"'{phase}'" for phase in SEEING)})
"""
_WITH_FOUND = f"""
SELECT DISTINCT media_id FROM json_each(?1) AS item CROSS JOIN {_FOUND} AND tag_id IN (SELECT value FROM json_each(?2))
WHERE media_id = item.value
"""
_HAS_TAGS = f"""
EXISTS (SELECT 1 FROM typed_tag WHERE media_id = media.id AND holds = 1) OR EXISTS (
    SELECT 1 FROM {_FOUND} WHERE file.media_id = media.id AND NOT EXISTS (
        SELECT 1 FROM typed_tag AS wrong
        WHERE wrong.media_id = media.id AND wrong.tag_id = tagging.tag_id AND holds = 0))
"""
_IS_MARKED = {flag: f"coalesce(typed ->> '{name}', 0)" for name, flag in _MARKS.items()}
_RATE = "UPDATE media SET rating = typed ->> 'rating' WHERE id IN (SELECT value FROM json_each(?))"
_RATED_BY_FILES = """
SELECT DISTINCT media_id FROM json_each(?) AS item CROSS JOIN media ON media.id = item.value
CROSS JOIN file ON media_id = media.id LEFT JOIN finding ON finding.content_id = file.content_id
WHERE typed ->> 'rating' IS NULL AND (facts -> 'rating' IS NOT NULL OR sidecar_facts -> 'rating' IS NOT NULL)
"""


def refresh(connection: apsw.Connection, media_ids: Sequence[int], names: Collection[str], tags: Sequence[str]) -> None:
    """Make of the columns, tags and words of these items again what depends on what was typed.

    names: of NAMES, those of which something was typed. tags: of which something was said.
    """
    ids = json.dumps(list(media_ids))
    if tags:
        _say(connection, ids, tags)
    holds = {flag: _IS_MARKED[flag] for name, flag in _MARKS.items() if name in names}
    holds |= {"has_tags": _HAS_TAGS} if tags else {}
    flags = " | ".join(
        [f"flags & ~{_bits(holds)}", *(f"(({sql}) << {FLAGS.index(name)})" for name, sql in holds.items())]
    )
    change = first_value(connection, "UPDATE meta SET value = value + 1 WHERE key = 'change' RETURNING value")
    connection.execute(
        f"UPDATE media SET change = ?, flags = {flags} WHERE id IN (SELECT value FROM json_each(?))", (change, ids)
    )
    if "rating" in names:
        _rate(connection, ids)


def _bits(flags: Collection[str]) -> int:
    return sum(1 << FLAGS.index(name) for name in flags)


def _say(connection: apsw.Connection, ids: str, tags: Sequence[str]) -> None:
    """Make the rows of `typed_tag` say what is typed now, and the words where a file itself has one of the tags."""
    tag_ids = []
    for name in tags:
        tag = first_value(connection, "SELECT id FROM tag WHERE folded = ?", (name.casefold(),))
        connection.execute(_UNSAY, (tag, ids))
        connection.execute(_SAY, (tag, ids, name))
        tag_ids.append(tag)
    found = [media_id for (media_id,) in all_rows(connection, _WITH_FOUND, (ids, json.dumps(tag_ids)))]
    for media_id, words in searched_words(connection, found, given=False).items():
        index_media(connection, media_id, words)


def _rate(connection: apsw.Connection, ids: str) -> None:
    """Where a person says nothing any more, the files do."""
    connection.execute(_RATE, (ids,))
    rated = [media_id for (media_id,) in all_rows(connection, _RATED_BY_FILES, (ids,))]
    if rated:
        media.refresh(connection, rated, words=False)
