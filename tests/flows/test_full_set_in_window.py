"""The full set with small random weights, the whole way in the window: got from folders, proved, chosen, run, searched;
what was found before answers until what is new is complete; and removed again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first import of Qt

from PIL import Image
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs.monitor import Load
from desktop.session import Session
from desktop.views.cockpit.wording import strip_text
from desktop.views.networks import sets_part
from desktop.views.networks.price_part import PricePart
from desktop.views.networks.sets_part import OfferRow, SetsPart
from engines.analysis.phases import all_phases, phases
from engines.inference import sets
from engines.library import overview
from engines.library.describe import describe
from engines.library.library import Library
from engines.settings import Settings
from tests import tiny_networks

pytestmark = pytest.mark.nvidia

PHOTOS = 6  # and a smaller copy of the first
PATIENCE_MS = 180_000


@pytest.fixture
def photos(tmp_path: Path, media_folder: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    real = sorted((media_folder / "photos").glob("*.jpg"))
    for number in range(PHOTOS):
        shutil.copy(real[5 * number], folder / f"photo{number}.jpg")
    with Image.open(real[0]) as image:
        image.resize((image.width // 2, image.height // 2)).save(folder / "small.jpg")
    return folder


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    session = Session(Library(tmp_path / "library"), Settings())
    yield session
    session.close()
    session.deleteLater()
    sets.use("starter")


class Hands:
    """What a person does in the window, and sees there."""

    def __init__(self, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = session
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self.part = SetsPart(session)
        qtbot.addWidget(self.part)
        with qtbot.waitSignal(session.getting.changed):
            self.part.show()

    def press(self, text: str, title: str = "") -> None:
        """title: of the network whose button it is."""
        rows = [row for row in self.part.findChildren(OfferRow) if title in words(row)]
        place = rows[0] if title else self.part
        (button,) = [one for one in place.findChildren(QPushButton) if one.text() == text and not one.isHidden()]
        button.click()

    def get(self, title: str, folder: Path) -> None:
        self._monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(folder))
        self.press("From a folder…", title)
        self._qtbot.waitUntil(lambda: not self.session.getting.under_way, timeout=PATIENCE_MS)
        assert self.session.getting.faults == {}

    def wait_for_run(self, start: Callable[[], object]) -> None:
        with self._qtbot.waitSignal(self.session.analyser.finished, timeout=PATIENCE_MS):
            start()

    def hits(self, ask: Callable[[], object]) -> list[int]:
        with self._qtbot.waitSignal(self.session.shown_changed, timeout=PATIENCE_MS):
            ask()
        shown = self.session.shown
        return [] if shown is None else [int(media_id) for media_id in shown.ids]


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def record(session: Session, media_id: int) -> dict[str, Any]:
    with session.library.database.read() as connection:
        return dict(describe(connection, media_id, all_phases()))


def named(session: Session, media_ids: list[int], name: str) -> int:
    return next(one for one in media_ids if record(session, one)["files"][0]["path"].endswith(name))


def pending(session: Session) -> set[str]:
    with session.library.database.read() as connection:
        return {one.name for one in overview.phase_counts(connection, phases()) if one.pending}


@pytest.fixture
def hands(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, photos: Path) -> Hands:
    """With the photos in the library, looked at by the starter set."""
    hands = Hands(session, qtbot, monkeypatch)
    hands.wait_for_run(session.analyser.start)
    hands.wait_for_run(lambda: session.analyser.add_paths([str(photos)]))
    return hands


def test_the_full_set_is_got_chosen_run_searched_and_removed(
    hands: Hands, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = hands.hits(session.search.run)
    assert len(everything) == PHOTOS + 1
    first, small = (named(session, everything, name) for name in ("photo0.jpg", "small.jpg"))
    hands.get("CLIP ViT-B/32", tiny_networks.clip(tmp_path / "clip"))
    hands.get("DETR ResNet-50", tiny_networks.detr(tmp_path / "detr"))
    assert not pending(session)  # nothing changes before a person says so

    session.analyser.pause()
    session.set_settings(session.settings.with_value("inference.keep_loaded", True))
    hands.press("Use the full set")
    assert pending(session) == {"objects", "labels", "meaning"}
    like_first = lambda: session.search.find_similar(first)  # noqa: E731
    assert small in hands.hits(like_first)  # what the starter set found answers meanwhile

    hands.wait_for_run(session.analyser.resume)
    assert not pending(session)
    origins = record(session, first)["origins"]
    assert (origins["object_count"], origins["raw_labels"]) == ("detr-resnet-50", "clip-vit-b32")
    assert small in hands.hits(like_first)
    hands.hits(lambda: session.search.ask("dog on a beach"))
    assert session.search.results is not None

    session.cockpit.take(Load(0.5, 1, 2, 4))
    used = {use.network.name: use for use in session.cockpit.uses}
    assert used.keys() == {"clip-vit-b32", "detr-resnet-50"}
    assert all(use.per_second > 0 for use in used.values())
    assert strip_text(None, session.cockpit.uses, None) == "OpenVINO fp32"

    prices = PricePart(session)
    qtbot.addWidget(prices)
    prices.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: session.pricing.under_way is None, timeout=PATIENCE_MS)
    measured = session.pricing.known or {}
    assert measured.keys() == {"clip-vit-b32", "detr-resnet-50"}
    assert all(one.photos == PHOTOS + 1 and one.prices[0].precision == "fp32" for one in measured.values())
    assert "CLIP ViT-B/32, OpenVINO" in words(prices)

    monkeypatch.setattr(sets_part, "agreed", lambda *args: True)
    hands.wait_for_run(lambda: hands.press("Remove…", "CLIP ViT-B/32"))
    assert session.settings.analysis.networks == "starter"
    assert record(session, first)["origins"]["raw_labels"] == "efficientnet-lite2"
