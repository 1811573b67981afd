"""Memory that is free is given back when nothing is asked for any more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.jobs import tidying
from desktop.session import Session


def test_it_is_given_back_once_after_an_answer(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bool] = []
    monkeypatch.setattr(tidying, "give_back", lambda: given.append(True))
    tidy = session.findChild(tidying.Tidying)
    assert isinstance(tidy, tidying.Tidying)
    quiet = tidy.findChild(QTimer)
    assert isinstance(quiet, QTimer)
    quiet.setInterval(50)
    with qtbot.waitSignal(session.search.composed):
        session.search.run()
    assert not given
    qtbot.waitUntil(lambda: session.background.is_idle and not quiet.isActive())
    assert given == [True]
