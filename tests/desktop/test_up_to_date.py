"""While a library of an older form is brought up to date a dialog tells how far it is, and can be stopped."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QProgressDialog
from pytestqt.qtbot import QtBot

from desktop import up_to_date
from desktop.up_to_date import bringing_up_to_date
from engines.cancel import Cancelled


def dialogs() -> list[QProgressDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QProgressDialog) and one.isVisible()]


@pytest.mark.usefixtures("qtbot")
def test_what_is_over_at_once_shows_nothing() -> None:
    with bringing_up_to_date() as tell:
        tell(10, 10)
        assert not dialogs()


def test_it_shows_how_far_it_is_until_it_is_stopped(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up_to_date, "_PATIENCE_MS", 0)
    with bringing_up_to_date() as tell:
        tell(2000, 10_000)
        tell(4000, 10_000)
        (dialog,) = dialogs()
        assert (dialog.value(), dialog.maximum()) == (4000, 10_000)
        dialog.cancel()
        with pytest.raises(Cancelled):
            tell(6000, 10_000)
    assert not dialogs()
