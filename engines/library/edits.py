"""What a person changes about items, each command with what was there before, so that it can be undone and redone.

All of it lies in `media.typed`, a JSON object: facts by their names in engines.facts, `favourite`, `picked`,
`hidden`, `removed`, and `tags`, each with whether it is right. A command is a merge patch (RFC 7396) of it; the log
is kept 30 days. One with an empty patch is a note: what it did lies outside the library, so undoing it only says how
it is taken back.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import apsw

from engines.library import media, retyped
from engines.library.database import all_rows, first_row, first_value
from engines.library.results import tag_id

TRASH = "trash"  # the command of the note that files went to the system's trash

KEPT_S = 30 * 86_400
# No word finds an item by these.
_WORDLESS = frozenset({"rating", "colour_label", "favourite", "picked", "hidden", "removed"})

Patch = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """One command. command: its code, to be worded by whoever shows it. patch: what it changed. items: how many."""

    id: int
    command: str
    patch: Patch
    items: int
    undone: bool

    @property
    def is_note(self) -> bool:
        """Whether the library cannot take it back."""
        return not self.patch


def make(connection: apsw.Connection, media_ids: Sequence[int], patch: Patch, command: str) -> tuple[Edit, list[int]]:
    """Do it and write it down; inside a write transaction. What was undone before cannot be redone any more.

    Returns also the items that are other than before; without any there is nothing to undo, and the id is 0.
    """
    patch = _well_spelled(connection, patch)
    connection.execute("DELETE FROM edit WHERE undone = 1 OR at_s < ?", (int(time.time()) - KEPT_S,))
    inverse_of = cache(lambda typed: _inverse(json.loads(typed), patch))  # of many items the same was typed so far
    inverse = {
        media_id: before
        for media_id, typed in _typed(connection, media_ids)
        if (before := inverse_of(typed)) is not None
    }
    changed = list(inverse)
    if not changed:
        return Edit(0, command, patch, 0, undone=False), changed
    edit = _write_down(connection, patch, command, inverse)
    _apply(connection, patch, changed)
    return edit, changed


def note(connection: apsw.Connection, media_ids: Sequence[int], command: str) -> Edit:
    """Write down what was done with these items outside the library; without any the id is 0."""
    if not media_ids:
        return Edit(0, command, {}, 0, undone=False)
    connection.execute("DELETE FROM edit WHERE undone = 1")
    return _write_down(connection, {}, command, {media_id: {} for media_id in media_ids})


def _write_down(connection: apsw.Connection, patch: Patch, command: str, inverse: Mapping[int, Patch]) -> Edit:
    connection.execute(
        "INSERT INTO edit (at_s, command, patch) VALUES (?, ?, ?)", (int(time.time()), command, json.dumps(patch))
    )
    edit_id = int(connection.last_insert_rowid())
    connection.executemany(
        "INSERT INTO edited VALUES (?, ?, ?)",
        [(edit_id, media_id, json.dumps(before)) for media_id, before in inverse.items()],
    )
    return Edit(edit_id, command, patch, len(inverse), undone=False)


def undo(connection: apsw.Connection, edit_id: int) -> list[int]:
    """Take a command back, or forget a note; the items that change. Raises KeyError if it is not the last one."""
    _expect(connection, edit_id, "SELECT max(id) FROM edit WHERE undone = 0")
    if first_value(connection, "SELECT patch FROM edit WHERE id = ?", (edit_id,)) == "{}":
        connection.execute("DELETE FROM edit WHERE id = ?", (edit_id,))
        return []
    connection.execute(
        "UPDATE media SET typed = json_patch(typed, before) FROM edited WHERE edit_id = ? AND media.id = media_id",
        (edit_id,),
    )
    return _settle(connection, edit_id, undone=True)


def redo(connection: apsw.Connection, edit_id: int) -> list[int]:
    """Do again what was undone; the items that change. Raises KeyError if it is not the first one that was undone."""
    _expect(connection, edit_id, "SELECT min(id) FROM edit WHERE undone = 1")
    connection.execute(
        "UPDATE media SET typed = json_patch(typed, patch) FROM edited JOIN edit ON edit.id = edit_id "
        "WHERE edit_id = ? AND media.id = media_id",
        (edit_id,),
    )
    return _settle(connection, edit_id, undone=False)


def history(connection: apsw.Connection) -> list[Edit]:
    """The commands of the last 30 days, oldest first; those that are undone come last."""
    rows = connection.execute(
        "SELECT id, command, patch, (SELECT count(*) FROM edited WHERE edit_id = id), undone FROM edit ORDER BY id"
    )
    return [Edit(row_id, command, json.loads(patch), items, bool(off)) for row_id, command, patch, items, off in rows]


def _typed(connection: apsw.Connection, media_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    query = "SELECT id, typed FROM media WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'gone'"
    return all_rows(connection, query, (json.dumps([int(media_id) for media_id in media_ids]),))


def _apply(connection: apsw.Connection, patch: Patch, media_ids: Sequence[int]) -> None:
    connection.execute(
        "UPDATE media SET typed = json_patch(typed, ?) WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(patch), json.dumps(media_ids)),
    )
    _refresh(connection, media_ids, patch)


def _settle(connection: apsw.Connection, edit_id: int, *, undone: bool) -> list[int]:
    connection.execute("UPDATE edit SET undone = ? WHERE id = ?", (undone, edit_id))
    changed = [row[0] for row in all_rows(connection, "SELECT media_id FROM edited WHERE edit_id = ?", (edit_id,))]
    patch = json.loads(first_value(connection, "SELECT patch FROM edit WHERE id = ?", (edit_id,)))
    _refresh(connection, changed, patch)
    return changed


def _refresh(connection: apsw.Connection, media_ids: Sequence[int], patch: Patch) -> None:
    if patch.keys() <= retyped.NAMES:
        retyped.refresh(connection, media_ids, patch.keys(), list(patch.get("tags", ())))
    else:
        media.refresh(connection, media_ids, words=not patch.keys() <= _WORDLESS)


def _expect(connection: apsw.Connection, edit_id: int, query: str) -> None:
    """Commands are undone in the order of a stack: an older one would bring back what newer ones build on."""
    row = first_row(connection, query)
    if row is None or row[0] != edit_id:
        raise KeyError(edit_id)


def _well_spelled(connection: apsw.Connection, patch: Patch) -> Patch:
    """With tags as the library spells them, so that 'Dog' and 'dog' are one."""
    if "tags" not in patch:
        return patch
    known = {name: tag_id(connection, name.strip()) for name in patch["tags"]}
    spelled = {
        first_value(connection, "SELECT name FROM tag WHERE id = ?", (known[name],)): holds
        for name, holds in patch["tags"].items()
    }
    return {**patch, "tags": spelled}


def _inverse(typed: Patch, patch: Patch) -> Patch | None:
    """The merge patch that leads back to `typed`; None if the patch changes nothing."""
    back: dict[str, Any] = {}
    for name, value in patch.items():
        before = typed.get(name)
        if isinstance(value, Mapping):
            inner = _inverse(before or {}, value)
            if inner is not None:
                back[name] = inner
        elif before != value:
            back[name] = before
    return back or None
