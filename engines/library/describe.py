"""All that is known about one item, as the record that `show` prints and `export` streams."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import apsw

from engines.library import media
from engines.library.facts_json import load_message
from engines.types import Phase

Record = dict[str, Any]  # ready for JSON

_ITEM = """
SELECT media.id, media.kind, media.state, root.offline, added_s, typed, content_id, file.problem, content.problem
FROM media JOIN file ON file.id = file_id JOIN folder ON folder.id = file.folder_id JOIN root ON root.id = root_id
LEFT JOIN content ON content.id = file.content_id
WHERE media.id = ?
"""
_FILES = """
SELECT root.path, folder.path, file.name, role, presence, file.size_bytes, mtime_ns, sidecar, format, hex(digest), whole
FROM file JOIN folder ON folder.id = folder_id JOIN root ON root.id = root_id LEFT JOIN content ON content.id = content_id
WHERE media_id = ? ORDER BY file.id = ? DESC, file.id
"""
_TAGS = """
SELECT tag.name, score, source, tagging.phase, version, at_s
FROM frame JOIN tagging ON frame_id = frame.id JOIN tag ON tag.id = tag_id
LEFT JOIN done ON done.content_id = frame.content_id AND done.phase = tagging.phase
WHERE frame.content_id = ? ORDER BY score DESC, tag.name
"""


def describe(connection: apsw.Connection, media_id: int, phases: Sequence[Phase]) -> Record:
    """Everything about one item. Raises KeyError if it has no file."""
    row = connection.execute(_ITEM, (media_id,)).fetchone()
    if row is None:
        raise KeyError(media_id)
    _, kind, state, offline, added_s, typed, content_id, *problems = row
    facts = media.known_facts(connection, media_id)
    files = _files(connection, media_id)
    problem = next((load_message(text) for text in problems if text), None)
    return {
        "path": files[0]["path"],
        "kind": kind,
        "state": "offline" if offline else state,
        "problem": {"code": problem.code, "text": problem.text} if problem is not None else None,
        "facts": {name: fact.value for name, fact in sorted(facts.items())},
        "origins": {name: fact.source for name, fact in sorted(facts.items())},
        "typed": json.loads(typed),
        "tags": _tags(connection, content_id),
        "objects": [],
        "added": _time(added_s),
        "files": files,
        "phases": _phases(connection, content_id, phases),
    }


def all_records(
    connection: apsw.Connection, phases: Sequence[Phase], media_ids: Sequence[int] | None
) -> Iterator[Record]:
    """The records of these items, or of every item that has a file, one after the other."""
    if media_ids is None:
        rows = connection.execute("SELECT id FROM media WHERE state <> 'gone' ORDER BY id").fetchall()
        media_ids = [media_id for (media_id,) in rows]
    for media_id in media_ids:
        yield describe(connection, int(media_id), phases)


def media_at(connection: apsw.Connection, root_id: int, relative: bytes) -> int | None:
    """The item of the file at this place."""
    folder, name = os.path.split(relative)
    found: int | None = connection.execute(
        "SELECT media_id FROM file JOIN folder ON folder.id = folder_id WHERE root_id = ? AND path = ? AND name = ?",
        (root_id, folder, name),
    ).get
    return found


def _files(connection: apsw.Connection, media_id: int) -> list[Record]:
    main = connection.execute("SELECT file_id FROM media WHERE id = ?", (media_id,)).get
    files = []
    for root, folder, name, role, presence, size, mtime_ns, sidecar, form, digest, whole in connection.execute(
        _FILES, (media_id, main)
    ):
        files.append(
            {
                "path": os.fsdecode(os.path.join(root, folder, name)),
                "role": role,
                "presence": presence,
                "size_bytes": size,
                "modified": _time(mtime_ns / 1e9),
                "sidecar": os.fsdecode(sidecar) if sidecar else None,
                "format": form,
                "digest": digest.lower() if digest else None,
                "digest_of_whole_file": bool(whole),
            }
        )
    return files


def _tags(connection: apsw.Connection, content_id: int | None) -> list[Record]:
    return [
        {
            "name": name,
            "score": score,
            "origin": {"source": source, "phase": phase, "version": version, "at": _time(at_s), "where": "local"},
        }
        for name, score, source, phase, version, at_s in connection.execute(_TAGS, (content_id,))
    ]


def _phases(connection: apsw.Connection, content_id: int | None, phases: Sequence[Phase]) -> list[Record]:
    rows = connection.execute("SELECT phase, version, problem, at_s FROM done WHERE content_id = ?", (content_id,))
    done = {phase: rest for phase, *rest in rows}
    records = []
    for phase in phases:
        version, problem, at_s = done.get(phase.name, (None, None, None))
        message = load_message(problem)
        state = "pending" if version != phase.version else "failed" if message else "done"
        records.append(
            {
                "name": phase.name,
                "version": version,
                "state": state,
                "problem": message.text if message is not None else None,
                "at": _time(at_s),
            }
        )
    return records


def _time(seconds: float | None) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds is not None else None
