"""Fills an empty library with made items, thousands in a second, as an import would have left them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from typing import Any

import apsw

from engines.library import media
from engines.library.database import first_value
from engines.library.facts_json import dump_facts
from engines.library.library import Library
from engines.library.reconcile import stem
from engines.library.results import tag_id
from engines.library.roots import Root, folder_id
from engines.library.sightings import save_sightings
from engines.library.text import index_media
from engines.types import Facts, Kind, Phase, Sighting, State

_ROOT = "/made"  # no such folder is ever looked for


@dataclass(frozen=True, slots=True)
class MadeItem:
    """A photo or video of one file. folder: relative. findings: facts by phase. tags: names, all different.

    sightings: what networks may have seen, each kind once.
    """

    folder: str
    name: str
    kind: Kind
    format: str
    size_bytes: int
    mtime_s: int
    findings: Mapping[str, Facts]
    tags: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()


class MadeRows:
    """Adds items to a library that had none. phases: what is said to be done with them.

    Nothing is left to be examined, and there are no thumbnails. What belongs to one item has the same id in all tables.
    """

    def __init__(self, library: Library, phases: Sequence[Phase]) -> None:
        self._library = library
        self._phases = phases
        self._root = library.add_root(_ROOT)
        self._ids = count(1)

    def add(self, items: Sequence[MadeItem]) -> None:
        """Add these in one transaction."""
        with self._library.write() as connection:
            batch = _Batch(connection, self._root, self._phases)
            for item in items:
                batch.take(next(self._ids), item)
            batch.write()


_NEXT_CHANGE = "UPDATE meta SET value = value + 1 WHERE key = 'change' RETURNING value"
_CONTENT = "INSERT INTO content (id, digest, whole, size_bytes, format, kind, state) VALUES (?, ?, 1, ?, ?, ?, 'ok')"
_FRAME = "INSERT INTO frame (id, content_id) VALUES (?1, ?1)"
_DONE = "INSERT INTO done (content_id, phase, version, at_s) VALUES (?, ?, ?, ?)"
_FINDING = "INSERT INTO finding (content_id, phase, facts) VALUES (?, ?, ?)"
_TAGGING = "INSERT INTO tagging (frame_id, tag_id, source, phase, score) VALUES (?, ?, 'file', 'metadata', 1)"
_FILE = """
INSERT INTO file (id, folder_id, name, shown, stem, media_id, content_id, size_bytes, mtime_ns, waiting)
VALUES (?1, ?, ?, ?, ?, ?1, ?1, ?, ?, 0)
"""


class _Batch:
    """Rows by the statement that inserts them, in an order that keeps their references whole."""

    def __init__(self, connection: apsw.Connection, root: Root, phases: Sequence[Phase]) -> None:
        self._connection = connection
        self._phases = phases
        self._now = int(time.time())
        self._change = first_value(connection, _NEXT_CHANGE)
        self._term = cache(partial(media.term_id, connection))
        self._tag = cache(partial(tag_id, connection))
        self._folder = cache(lambda path: folder_id(connection, root, path.encode()))
        self._root = root.shown
        self._folder_shown = cache(lambda path: f"{root.shown}/{path}")
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._media: list[dict[str, Any]] = []
        self._words: list[tuple[int, dict[str, str]]] = []
        self._sightings: list[tuple[int, tuple[Sighting, ...]]] = []

    def take(self, row_id: int, item: MadeItem) -> None:
        rows, folder, name = self._rows, self._folder(item.folder), item.name.encode()
        mtime_ns = item.mtime_s * 1_000_000_000
        rows[_CONTENT].append((row_id, row_id.to_bytes(16), item.size_bytes, item.format, item.kind))
        rows[_FRAME].append((row_id,))
        rows[_FILE].append((row_id, folder, name, item.name, stem(name), item.size_bytes, mtime_ns))
        rows[_DONE] += [(row_id, phase.name, phase.version, self._now) for phase in self._phases]
        rows[_FINDING] += [(row_id, phase, dump_facts(facts)) for phase, facts in item.findings.items()]
        rows[_TAGGING] += [(row_id, self._tag(name)) for name in item.tags]
        if item.sightings:
            self._sightings.append((row_id, item.sightings))
        self._take_media(row_id, item, self._file(row_id, item, folder, mtime_ns))

    def _take_media(self, row_id: int, item: MadeItem, file: media.ItemFile) -> None:
        facts = {name: fact for found in item.findings.values() for name, fact in found.items()}
        columns = media.columns_of([file], facts, item.tags, {}, self._term)
        self._media.append(columns | {"id": row_id, "change": self._change, "added_s": self._now})
        self._words.append((row_id, media.words_of([file], facts, item.tags)))

    def _file(self, row_id: int, item: MadeItem, folder: int, mtime_ns: int) -> media.ItemFile:
        return media.ItemFile(
            id=row_id,
            folder_id=folder,
            folder=self._folder_shown(item.folder),
            root=self._root,
            name=item.name,
            role="main",
            presence="present",
            waiting=False,
            problem=None,
            size_bytes=item.size_bytes,
            mtime_ns=mtime_ns,
            sidecar=None,
            content_id=row_id,
            state=State.OK,
            kind=item.kind,
            format=item.format,
            raw=False,
        )

    def write(self) -> None:
        names = list(self._media[0])
        insert = f"INSERT INTO media ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
        self._connection.executemany(insert, self._media)
        for statement in (_CONTENT, _FRAME, _FILE, _DONE, _FINDING, _TAGGING):
            self._connection.executemany(statement, self._rows[statement])
        for media_id, words in self._words:
            index_media(self._connection, media_id, words)
        for content_id, sightings in self._sightings:
            save_sightings(self._connection, content_id, sightings)
