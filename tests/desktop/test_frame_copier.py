"""A frame of a film that is not open, brought for the clipboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.frame_copier import FrameCopier
from desktop.session import Session
from tests.make_film import Scene, made_picture, make_film


def test_a_frame_comes_as_large_as_the_film_has_it(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    film = tmp_path / "film.mp4"
    make_film(film, [Scene(made_picture(1), 1.0)], size=(96, 64))
    copier = FrameCopier(session, session)
    with qtbot.waitSignal(copier.frame_copied, timeout=20_000) as copied:
        session.frame_requested.emit(str(film), 0.41)
    image, second = copied.args
    assert (image.width(), image.height()) == (96, 64)
    assert second == pytest.approx(0.4)
