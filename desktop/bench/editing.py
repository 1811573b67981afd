"""Selects and tags many items at once, and sees how long that takes and how long the window was held up."""

from __future__ import annotations

from collections.abc import Callable

from desktop.bench.heartbeat import Heartbeat
from desktop.bench.shown import Found, shown_grid, wait_until
from desktop.screenshot import wait_for_rest
from desktop.session import Session
from desktop.views.main_window import MainWindow

_MANY = 10_000
_PATIENCE_S = 60


def edit(window: MainWindow, session: Session) -> Found:
    """Milliseconds of what a person does with many items."""
    grid = shown_grid(window, session)
    if grid.order is None:
        raise TypeError("the grid shows nothing")
    ids = grid.order.ids[:_MANY]
    wait_for_rest(session.is_at_rest)
    changes: list[int] = []
    session.editing.changed.connect(lambda media_ids: changes.append(len(media_ids)))

    def change(command: Callable[[], None]) -> None:
        changes.clear()
        command()
        wait_until(lambda: bool(changes), _PATIENCE_S)

    found = {}
    _, found["select all: UI held up, worst"] = _watched(session, grid.selectAll)
    _watched(session, lambda: session.selection.select(ids, int(ids[0])))
    took, held = _watched(session, lambda: change(lambda: session.editing.tag(["measured"])))
    found |= {"tag 10,000": took, "tag 10,000: UI held up, worst": held}
    took, held = _watched(session, lambda: change(session.editing.undo))
    return found | {"undo that": took, "undo that: UI held up, worst": held}


def _watched(session: Session, work: Callable[[], None]) -> tuple[float, float]:
    """How long the work took, and the longest that the UI thread was held up by it and by what followed."""
    wait_for_rest(session.is_at_rest)
    beat, whole = Heartbeat(), Heartbeat()
    whole.start()
    beat.start()
    work()
    beat.stop()
    wait_for_rest(session.is_at_rest)
    whole.stop()
    return beat.seconds * 1000, whole.worst_ms
