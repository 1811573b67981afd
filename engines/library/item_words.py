"""The words that items are found by, read for many items at once: a few questions instead of five for each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import apsw

from engines.library.database import all_rows
from engines.library.facts_json import load_facts
from engines.library.media import FILES, ItemFile, held_tags, indexed_tags, merged, words_of
from engines.library.tags import SEEING
from engines.types import Facts

_Value = TypeVar("_Value")

_FILES = FILES.replace("WHERE media_id = ?", "WHERE media_id IN (SELECT value FROM json_each(?))").replace(
    "SELECT ", "SELECT media_id, ", 1
)
_TYPED = "SELECT id, typed FROM media WHERE id IN (SELECT value FROM json_each(?)) AND typed <> '{}'"
_FINDINGS = "SELECT content_id, facts FROM finding WHERE content_id IN (SELECT value FROM json_each(?))"
_TAGS = """
SELECT DISTINCT content_id, name FROM frame JOIN tagging ON frame_id = frame.id JOIN tag ON tag.id = tag_id
WHERE content_id IN (SELECT value FROM json_each(?1)) AND phase NOT IN (SELECT value FROM json_each(?2))
"""
_SPOKEN = """
SELECT content_id, text FROM sentence WHERE content_id IN (SELECT value FROM json_each(?)) ORDER BY content_id, start_s
"""


def searched_words(
    connection: apsw.Connection, media_ids: Sequence[int], *, given: bool = True
) -> dict[int, dict[str, str]]:
    """What plain words find these items by, see media.words_of; without those that have no file.

    given: also by tags that a person gave, which the full-text index does not know.
    """
    files: dict[int, list[ItemFile]] = _grouped(
        (media_id, ItemFile(*row)) for media_id, *row in all_rows(connection, _FILES, _ids(media_ids))
    )
    contents = _ids({file.content_id for of_item in files.values() for file in of_item if file.content_id is not None})
    typed: dict[int, dict[str, Any]] = {
        media_id: json.loads(text) for media_id, text in all_rows(connection, _TYPED, _ids(media_ids))
    }
    found: dict[int, list[Facts]] = _grouped(
        (content_id, load_facts(text)) for content_id, text in all_rows(connection, _FINDINGS, contents)
    )
    tags: dict[int, list[str]] = _grouped(all_rows(connection, _TAGS, (*contents, json.dumps(SEEING))))
    texts: dict[int, list[str]] = _grouped(all_rows(connection, _SPOKEN, contents))
    words = {}
    for media_id, of_item in files.items():
        of_item.sort(key=lambda file: file.rank)
        said = typed.get(media_id, {})
        names = [name for file in of_item for name in tags.get(file.content_id or 0, ())]
        judge = held_tags if given else indexed_tags
        held = judge(names, said.get("tags", {}))
        spoken = " ".join(texts.get(of_item[0].content_id or 0, ()))
        words[media_id] = words_of(of_item, merged(of_item, found, said), held, spoken)
    return words


def _ids(ids: Iterable[int]) -> tuple[str]:
    return (json.dumps(list(ids)),)


def _grouped(pairs: Iterable[Any]) -> dict[int, list[_Value]]:
    groups: defaultdict[int, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
