"""The page about networks: what can be got, how getting it goes, and what changing the set means."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.networks.sets_part import OfferRow, SetsPart
from desktop.views.settings.dialog import SettingsDialog
from desktop.views.settings.editors import CardChoice
from engines.inference.catalogue import networks_folder
from engines.inference.gpu_monitor import Gpu
from engines.settings import options

needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="networks are made with the extra nvidia")
CLIP, DETR = "CLIP ViT-B/32", "DETR ResNet-50"


@pytest.fixture
def part(session: Session, qtbot: QtBot) -> SetsPart:
    part = SetsPart(session)
    qtbot.addWidget(part)
    with qtbot.waitSignal(session.getting.changed):
        part.show()
    return part


def row(part: SetsPart, title: str) -> OfferRow:
    (found,) = [one for one in part.findChildren(OfferRow) if title in words(one)]
    return found


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden() and label.text()]


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {one.text(): one for one in widget.findChildren(QPushButton) if not one.isHidden()}


def test_what_there_is_and_what_can_be_got_is_listed_with_its_card(part: SetsPart) -> None:
    assert {"EfficientNet-Lite2", "MiniLM-L6-v2", "YOLOv3-tiny", CLIP, DETR, "Whisper base"} <= set(words(part))
    (details,) = [text for text in words(row(part, CLIP)) if "MIT" in text]
    assert "finds pictures by what is meant" in details
    assert "606" in details
    assert buttons(row(part, CLIP)).keys() == {"Get", "From a folder…"}
    assert any("NV-CLIP is left out: it runs at NVIDIA" in text for text in words(part))


def test_a_set_that_lacks_networks_is_refused_with_what_to_do(session: Session, qtbot: QtBot) -> None:
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.open_page("networks")
    box = next(box for box in dialog.findChildren(QComboBox) if box.findData("starter") >= 0)
    box.setCurrentIndex(box.findData("full"))
    box.activated.emit(box.currentIndex())
    assert (session.settings.analysis.networks, box.currentData()) == ("starter", "starter")
    assert f"Get {CLIP} and {DETR} first; they are listed on this page." in words(dialog)


@needs_torch
def test_a_folder_that_holds_something_else_is_told_beside_the_network(
    part: SetsPart, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path))
    buttons(row(part, CLIP))["From a folder…"].click()
    assert buttons(row(part, CLIP)).keys() == {"Stop"}
    qtbot.waitUntil(lambda: "Get" in buttons(row(part, CLIP)))
    assert any("is no checkpoint of CLIP ViT-B/32: it lacks config.json" in text for text in words(row(part, CLIP)))


@needs_torch
def test_nothing_is_fetched_while_offline(part: SetsPart, session: Session, qtbot: QtBot) -> None:
    session.set_settings(session.settings.with_value("cloud.offline", True))
    buttons(row(part, DETR))["Get"].click()
    qtbot.waitUntil(lambda: "Get" in buttons(row(part, DETR)))
    assert any("choose a folder that holds it" in text for text in words(row(part, DETR)))


def test_what_was_begun_is_gone_on_with(part: SetsPart, session: Session, qtbot: QtBot) -> None:
    begun = networks_folder() / ".parts" / f"hub-clip-vit-b32-{'c' * 40}"
    begun.mkdir(parents=True)
    (begun / "model.safetensors").write_bytes(bytes(3_000_000))
    with qtbot.waitSignal(session.getting.changed):
        session.getting.look()
    assert "Go on" in buttons(row(part, CLIP))
    assert any("3 MB of it are there" in text for text in words(row(part, CLIP)))


def test_one_that_waits_can_be_given_up(part: SetsPart, session: Session, qtbot: QtBot) -> None:
    session.getting.get("clip-vit-b32", "/nowhere")
    session.getting.get("detr-resnet-50", "/nowhere")
    session.getting.cancel("detr-resnet-50")
    qtbot.waitUntil(lambda: not session.getting.under_way)
    assert "detr-resnet-50" not in session.getting.faults


def test_cards_are_chosen_by_name_and_kept_by_identity(qtbot: QtBot) -> None:
    choice = CardChoice(options()["inference.device"])
    qtbot.addWidget(choice)
    choice.show_value("GPU-gone")
    box = choice.control
    assert isinstance(box, QComboBox)
    assert (box.currentData(), box.currentText()) == ("GPU-gone", "GPU-gone")
    choice.name_cards([Gpu(0, "GPU-3060", "NVIDIA GeForce RTX 3060", (8, 6), 12 << 30)])
    assert [box.itemText(place) for place in range(box.count())] == [
        "Automatic", "All of them", "0: NVIDIA GeForce RTX 3060", "GPU-gone"
    ]  # fmt: skip
    with qtbot.waitSignal(choice.edited) as edited:
        box.activated.emit(2)
    assert edited.args == ["GPU-3060"]
