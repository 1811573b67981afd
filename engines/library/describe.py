"""All that is known about one item, as the record that `show` prints and `export` streams."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import apsw

from engines.library import media
from engines.library.cloud.answers import answers_of
from engines.library.database import Row, all_rows, first_row, first_value
from engines.library.facts_json import load_message
from engines.library.moments import Moment, moments_of
from engines.library.tracks import tracks_of
from engines.library.transcripts import Transcript, transcripts_of
from engines.types import Phase, Track
from engines.versions import split

Record = dict[str, Any]  # ready for JSON

_ITEM = """
SELECT place.shown, media.kind, media.state, offline, added_s, typed, media.content_id, place.problem, content.problem
FROM media JOIN place USING (file_id) LEFT JOIN content ON content.id = media.content_id
WHERE media.id = ?
"""
_FILES = """
SELECT root_path, folder_path, name, role, presence, place.size_bytes, mtime_ns, sidecar, format, hex(digest), whole
FROM place LEFT JOIN content ON content.id = content_id
WHERE media_id = ?1 ORDER BY file_id = (SELECT file_id FROM media WHERE id = ?1) DESC, file_id
"""
_PLACES = """
SELECT media.id, root_path, folder_path, name, kind, media.state, offline
FROM json_each(?) AS wanted JOIN media ON media.id = wanted.value JOIN place USING (file_id)
"""
_TAGS = """
SELECT tag.name, score, count, share, source, tagging.phase, version, precision, done.at_s, coalesce(is_local, 1)
FROM frame JOIN tagging ON frame_id = frame.id JOIN tag ON tag.id = tag_id
LEFT JOIN cloud_answer ON cloud_answer.content_id = frame.content_id AND cloud_answer.phase = tagging.phase
LEFT JOIN done ON done.content_id = frame.content_id AND done.phase = tagging.phase
WHERE frame.content_id = ? ORDER BY score DESC, tag.name
"""
_BOXES = """
SELECT tag.name, score, left, top, width, height, source, box.phase, version, precision, at_s
FROM frame JOIN box ON frame_id = frame.id JOIN tag ON tag.id = tag_id
LEFT JOIN done ON done.content_id = frame.content_id AND done.phase = box.phase
WHERE frame.content_id = ? ORDER BY score DESC, box.id
"""


def describe(connection: apsw.Connection, media_id: int, phases: Sequence[Phase]) -> Record:
    """Everything about one item. Raises KeyError if it has no file."""
    record = _record(connection, media_id, phases)
    if record is None:
        raise KeyError(media_id)
    return record


def _record(connection: apsw.Connection, media_id: int, phases: Sequence[Phase]) -> Record | None:
    """As of one moment, for an import may be writing; None if it has no file."""
    with connection:
        row = first_row(connection, _ITEM, (media_id,))
        record = _described(connection, media_id, row, phases) if row is not None else None
    return record


def _described(connection: apsw.Connection, media_id: int, row: Row, phases: Sequence[Phase]) -> Record:
    name, kind, state, offline, added_s, typed, content_id, *problems = row
    facts = media.known_facts(connection, media_id)
    files = _files(connection, media_id)
    problem = next((load_message(text, about=name) for text in problems if text), None)
    return {
        "path": files[0]["path"],
        "kind": kind,
        "state": "offline" if offline else state,
        "problem": {"code": problem.code, "text": problem.text} if problem is not None else None,
        "facts": {name: fact.value for name, fact in sorted(facts.items())},
        "origins": {name: fact.source for name, fact in sorted(facts.items())},
        "typed": json.loads(typed),
        "tags": _tags(connection, content_id, json.loads(typed).get("tags", {})),
        "objects": _objects(connection, content_id, json.loads(typed).get("tags", {})),
        "moments": [_moment(moment) for moment in moments_of(connection, [media_id]).get(media_id, ())],
        "tracks": [_track(track) for track in tracks_of(connection, [media_id]).get(media_id, ())],
        "transcript": _transcript(transcripts_of(connection, [media_id]).get(media_id)),
        "answers": answers_of(connection, content_id),
        "added": _time(added_s),
        "files": files,
        "phases": _phases(connection, content_id, name, [one for one in phases if one.kind in (None, kind)]),
    }


def _moment(moment: Moment) -> Record:
    """share: of the moment's time. objects: those of its best frame."""
    return {
        "start_s": round(moment.start_s, 3),
        "end_s": round(moment.end_s, 3),
        "time_s": round(moment.time_s, 3),
        "quality": moment.quality,
        "tags": [
            {"name": tag.name, "score": tag.score, "count": tag.count, "share": tag.share, "source": tag.source}
            for tag in moment.tags
        ],
        "objects": [
            {"label": box.label, "score": box.score, "box": [box.left, box.top, box.width, box.height]}
            for box in moment.boxes
        ],
    }


def _track(track: Track) -> Record:
    """seconds: during which it was seen. best_s: when its box was the best."""
    box = track.box
    return {
        "label": track.label,
        "score": box.score,
        "start_s": round(track.start_s, 3),
        "end_s": round(track.end_s, 3),
        "seconds": round(track.seconds, 3),
        "best_s": round(track.best_s, 3),
        "box": [box.left, box.top, box.width, box.height],
        "source": box.source,
    }


def _transcript(transcript: Transcript | None) -> Record | None:
    if transcript is None:
        return None
    sentences = [
        {
            "start_s": round(one.start_s, 3),
            "end_s": round(one.end_s, 3),
            "text": one.text,
            "words": [[word.text, word.start_s, word.end_s, word.score] for word in one.words],
        }
        for one in transcript.sentences
    ]
    return {"language": transcript.language, "sentences": sentences}


def all_records(
    connection: apsw.Connection, phases: Sequence[Phase], media_ids: Sequence[int] | None
) -> Iterator[Record]:
    """The records of these items, or of every item that has a file and was not removed, one after the other.

    What an import makes part of another item meanwhile is left out.
    """
    if media_ids is None:
        rows = all_rows(
            connection, "SELECT id FROM media WHERE state <> 'gone' AND typed ->> 'removed' IS NULL ORDER BY id"
        )
        media_ids = [media_id for (media_id,) in rows]
    for media_id in media_ids:
        record = _record(connection, int(media_id), phases)
        if record is not None:
            yield record


def media_at(connection: apsw.Connection, root_id: int, relative: bytes) -> int | None:
    """The item of the file at this place."""
    folder, name = os.path.split(relative)
    query = "SELECT media_id FROM place WHERE root_id = ? AND folder_path = ? AND name = ?"
    found: int | None = first_value(connection, query, (root_id, folder, name))
    return found


def _files(connection: apsw.Connection, media_id: int) -> list[Record]:
    files = []
    found = all_rows(connection, _FILES, (media_id,))
    for root, folder, name, role, presence, size, mtime_ns, sidecar, form, digest, whole in found:
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


def _tags(connection: apsw.Connection, content_id: int | None, said: Mapping[str, bool]) -> list[Record]:
    """Without those of which a person said that they are wrong. said: names of tags with whether they are right."""
    mine = _origin("user", None, None, None, None)
    right = [
        {"name": name, "score": 1.0, "count": 1, "share": 1.0, "origin": mine} for name, holds in said.items() if holds
    ]
    return right + [
        {"name": name, "score": score, "count": count, "share": share, "origin": _origin(*origin)}
        for name, score, count, share, *origin in connection.execute(_TAGS, (content_id,))
        if said.get(name, True)
    ]


def _objects(connection: apsw.Connection, content_id: int | None, said: Mapping[str, bool]) -> list[Record]:
    """Boxes as left, top, width, height in fractions of the upright picture."""
    return [
        {"label": label, "score": score, "box": box, "origin": _origin(*origin)}
        for label, score, *box, source, phase, version, precision, at_s in connection.execute(_BOXES, (content_id,))
        for origin in [(source, phase, version, precision, at_s)]
        if said.get(label, True)
    ]


def _origin(
    source: str,
    phase: str | None,
    version: int | None,
    precision: str | None,
    at_s: int | None,
    is_local: int = 1,
) -> Record:
    """Who said so. version and weights tell what of; a sidecar's tags have neither, for no phase reads it."""
    return {
        "source": source,
        "phase": phase,
        **version_record(version),
        "precision": precision,
        "at": _time(at_s),
        "where": "local" if is_local else "cloud",
    }


def _phases(connection: apsw.Connection, content_id: int | None, name: str, phases: Sequence[Phase]) -> list[Record]:
    query = "SELECT phase, version, precision, problem, at_s FROM done WHERE content_id = ? AND through_s IS NULL"
    done = {phase: rest for phase, *rest in connection.execute(query, (content_id,))}
    records = []
    for phase in phases:
        version, precision, problem, at_s = done.get(phase.name, (None, None, None, None))
        message = load_message(problem, about=name)
        state = "pending" if version != phase.version else "failed" if message else "done"
        records.append(
            {
                "name": phase.name,
                **version_record(version),
                "precision": precision,
                "state": state,
                "problem": message.text if message is not None else None,
                "at": _time(at_s),
            }
        )
    return records


def _time(seconds: float | None) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds is not None else None


def version_record(version: int | None) -> Record:
    """weights: the beginning of the SHA-256 of the network's weights, of all together if there are several."""
    counter, weights = split(version) if version is not None else (None, None)
    return {"version": counter, "weights": weights}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item's picture lies. path: of the file in front, as os.fsdecode spells it."""

    path: str
    kind: str | None
    state: str


def places(connection: apsw.Connection, media_ids: Sequence[int]) -> dict[int, Place]:
    """The places of these items, by id; what has no file any more is left out."""
    rows = all_rows(connection, _PLACES, (json.dumps(list(media_ids)),))
    return {
        media_id: Place(os.fsdecode(os.path.join(root, folder, name)), kind, "offline" if offline else state)
        for media_id, root, folder, name, kind, state, offline in rows
    }
