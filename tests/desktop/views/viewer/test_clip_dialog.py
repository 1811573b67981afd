"""A clip is exported: said where it begins, written, told of; and stopped without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs.background import Background
from desktop.jobs.clips import ClipJob
from desktop.views.viewer.clip_dialog import ClipDialog, clip_name
from engines.media.clip import Cut


@pytest.fixture
def dialog(media_folder: Path, qtbot: QtBot) -> Iterator[ClipDialog]:
    window, owner = QWidget(), QObject()
    qtbot.addWidget(window)
    background = Background(owner)
    cut = Cut(str(media_folder / "videos" / "multi_scene_h264.mp4"), 8.0, 11.0)
    dialog = ClipDialog(window, background, ClipJob(background, owner), cut, "multi scene.mp4")
    dialog.open()
    qtbot.waitUntil(lambda: "keyframe" in dialog.words.text(), timeout=20_000)
    yield dialog
    background.close()


def test_a_clip_is_written_where_it_was_asked_for(dialog: ClipDialog, tmp_path: Path, qtbot: QtBot) -> None:
    assert dialog.words.text().endswith("begins at the keyframe before A, 0:07.04: 0.96 s earlier.")
    with qtbot.waitSignal(dialog._job.written, timeout=20_000) as written:
        dialog.write_to(str(tmp_path / "clip"))
    assert written.args is not None
    assert written.args[1] == str(tmp_path / "clip.mp4")
    with av.open(tmp_path / "clip.mp4") as container:
        assert container.duration == pytest.approx(3_960_000, abs=100_000)


def test_a_file_that_is_there_is_refused_in_the_dialog(dialog: ClipDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"precious")
    dialog.write_to(str(tmp_path / "clip.mp4"))
    qtbot.waitUntil(dialog.problem.isVisible, timeout=20_000)
    assert "is there already" in dialog.problem.text()
    assert dialog.choose.isEnabled()
    assert (tmp_path / "clip.mp4").read_bytes() == b"precious"


def test_closing_the_dialog_stops_it_and_leaves_nothing(dialog: ClipDialog, tmp_path: Path, qtbot: QtBot) -> None:
    background = dialog._job._background
    dialog.write_to(str(tmp_path / "clip.mp4"))
    dialog.reject()
    qtbot.waitUntil(lambda: background.is_idle, timeout=20_000)
    assert list(tmp_path.iterdir()) == []


def test_a_clip_is_called_after_its_film() -> None:
    assert clip_name("Trip: day 1.MTS", Cut("/a/Trip: day 1.MTS", 42.9, 3670.0)) == "Trip: day 1 0.42-1.01.10.mts"
    assert clip_name("old.wmv", Cut("/a/old.wmv", 0.0, 9.0)) == "old 0.00-0.09.mkv"
