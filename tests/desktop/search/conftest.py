"""The sidebar over a library of made photos."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.search.panel import SearchPanel
from engines.library.made_rows import MadeItem, MadeRows
from engines.types import Fact, Facts, Kind

DAY = 86_400


def facts(**values: object) -> Facts:
    return {name: Fact(value, "exif") for name, value in values.items()}


def made() -> Iterator[MadeItem]:
    """Thirty photos of three years and a video: dogs with a Canon, beaches with a Nikon."""
    for number in range(30):
        is_dog = number % 3 == 0
        found = facts(
            taken=f"{2008 + number // 10}-0{1 + number % 9}-15T12:00:00",
            camera="Canon EOS 5" if is_dog else "Nikon D70",
            caption="a dog runs" if is_dog else "waves on a beach",
            rating=number % 6,
        )
        tags = ("dog",) if is_dog else ("beach", "sea") if number % 2 else ("beach",)
        folder = "Lisbon 2019" if is_dog else "Lisbon 2019/coast"
        yield MadeItem(folder, f"IMG_{number:04}.jpg", Kind.PHOTO, "jpeg", 1000, 0, {"metadata": found}, tags)
    yield MadeItem("clips", "waves.mp4", Kind.VIDEO, "mp4", 5000, 0, {"metadata": facts(caption="waves")}, ("sea",))


@pytest.fixture
def filled(session: Session) -> Session:
    MadeRows(session.library, []).add(list(made()))
    return session


@pytest.fixture
def panel(qtbot: QtBot, filled: Session) -> SearchPanel:
    """Shown, with the answer to 'everything'."""
    panel = SearchPanel(filled)
    qtbot.addWidget(panel)
    panel.resize(300, 800)
    panel.show()
    qtbot.waitActive(panel)
    filled.search.run()
    settle(qtbot, filled)
    return panel


def settle(qtbot: QtBot, session: Session) -> None:
    """Until nothing is on its way any more."""
    search = session.search
    qtbot.waitUntil(lambda: not search.is_busy and session.background.is_idle)
