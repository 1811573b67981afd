"""Types words letter by letter, as a person does, and sees when the result of each key is painted."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtTest import QTest

from desktop.bench.heartbeat import Heartbeat
from desktop.bench.shown import Found, shown_grid, wait_until
from desktop.screenshot import wait_for_rest
from desktop.session import Session
from desktop.views.main_window import MainWindow
from desktop.views.search.box import SearchBox
from engines.bench.made_items import MadeLibrary
from engines.bench.timing import percentile

_BETWEEN_MS = 120  # keys of a quick typist
_LETTERS = 5  # of a word
_WORDS = (0, 3, 20, 300, 2_000)  # by how often they are used, the commonest first
_TAGS = (0, 40, 400)


def ask(window: MainWindow, session: Session) -> Found:
    """Milliseconds from a key to the painted answer, and how long the UI thread was held up meanwhile."""
    view = shown_grid(window, session).viewport()
    box = window.findChild(SearchBox)
    if not isinstance(box, SearchBox):
        raise TypeError("the window has no search box")
    session.search.warm_up()
    wait_for_rest(session.is_at_rest)
    painted: list[float] = []
    took: list[float] = []
    session.search.found.connect(lambda results: took.append(results.took_ms))

    def paint() -> None:
        view.repaint()
        painted.append(time.perf_counter())

    session.shown_changed.connect(paint)
    keys, beat = [], Heartbeat()
    box.line.setFocus()
    beat.start()
    for text in _texts(session):
        for letter in text[:_LETTERS]:
            painted.clear()
            began = time.perf_counter()
            QTest.keyClicks(box.line, letter)
            wait_until(lambda: bool(painted))
            keys.append((painted[0] - began) * 1000)
            QTest.qWait(_BETWEEN_MS)
        session.search.clear()
        wait_for_rest(session.is_at_rest)
    beat.stop()
    return {
        "key to painted answer, 95 %": percentile(keys, 95),
        "search behind a key, 95 %": percentile(took, 95),
        "UI held up while typing, worst": beat.worst_ms,
    }


def _texts(session: Session) -> Iterator[str]:
    made = MadeLibrary(len(session.library.index.columns().newest))
    yield from (made.words[place] for place in _WORDS)
    yield from (made.tags[place] for place in _TAGS)
