"""Does everything to an item that a person can do, starts again, and sees how much of it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from desktop.bench.shown import Found, shown_grid, wait_until
from desktop.editing import Editing
from desktop.session import Session
from desktop.views.main_window import MainWindow
from engines.analysis.phases import phases
from engines.library.describe import describe
from engines.library.library import Library

_ITEM = 1
_PATIENCE_S = 10
_PRODUCTS = ({"name": "Tea", "count": 2, "confidence": 0.9},)

# All that changes what the library says. Files that go to the system's trash are taken back there.
_COMMANDS: Mapping[str, Callable[[Editing], None]] = {
    "rate": lambda editing: editing.rate(4),
    "pick": Editing.pick,
    "favour": lambda editing: editing.favour(favourite=True),
    "label": lambda editing: editing.label("Red"),
    "entitle": lambda editing: editing.entitle("A pier"),
    "caption": lambda editing: editing.caption("in the evening"),
    "describe": lambda editing: editing.describe("A pier in the evening."),
    "name products": lambda editing: editing.name_products(_PRODUCTS),
    "tag": lambda editing: editing.tag(["pier"]),
    "judge": lambda editing: editing.judge("pier", right=False),
    "hide": Editing.hide,
    "remove": Editing.remove,
}


def do(window: MainWindow, session: Session, states: str) -> Found:
    """Do all of it, one after the other, and write down what was known before and after each. states: a new file."""
    editing = session.editing
    shown_grid(window, session)
    editing.concentrate(_ITEM)
    known = [_record(session.library)]
    for command in _COMMANDS.values():
        done = editing.stack.count()
        command(editing)
        wait_until(partial(_has_more, editing, done), _PATIENCE_S)
        known.append(_record(session.library))
    Path(states).write_text(json.dumps(known))
    return {"commands": len(_COMMANDS)}


def undo(window: MainWindow, session: Session, states: str) -> Found:
    """In another process: how many of them can be taken back, each to what was known before it."""
    shown_grid(window, session)
    known, undone = json.loads(Path(states).read_text()), 0
    for before, after in zip(known[-2::-1], known[:0:-1], strict=True):
        session.editing.undo()
        wait_until(partial(_is_as, session.library, before), _PATIENCE_S)
        undone += before != after and _is_as(session.library, before)
    return {"commands": len(_COMMANDS), "undone": undone}


def _has_more(editing: Editing, done: int) -> bool:
    return editing.stack.count() > done


def _is_as(library: Library, record: Any) -> bool:
    return bool(_record(library) == record)


def _record(library: Library) -> Any:
    """As JSON has it. That no tag is named says as much as that tags are not."""
    with library.database.read() as connection:
        record = describe(connection, _ITEM, phases())
    typed = {name: value for name, value in record["typed"].items() if value != {}}
    return json.loads(json.dumps({**record, "typed": typed}))
