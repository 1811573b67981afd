"""What is said to the person, and when it goes away."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.notices import Action, Notices
from desktop.views.notice_bar import NoticeBar
from engines.errors import UsageError


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(900, 600)
    with qtbot.waitExposed(around):
        around.show()
    return NoticeBar(around)


def test_what_was_said_before_there_was_a_window_is_shown_later(bar: NoticeBar) -> None:
    notices = Notices(bar)
    notices.show("Early")
    notices.listen(bar.show_notice)
    notices.show("Late")
    assert bar.texts == ["Early", "Late"]


def test_there_are_two_at_most_and_faults_stay_longest(bar: NoticeBar) -> None:
    notices = Notices(bar)
    notices.listen(bar.show_notice)
    notices.error(UsageError("code", "The disk is full."))
    notices.show("One")
    notices.show("Two")
    assert bar.texts == ["The disk is full.", "Two"]


def test_the_same_words_are_not_stacked(bar: NoticeBar) -> None:
    notices = Notices(bar)
    notices.listen(bar.show_notice)
    notices.show("Rated 1 photo")
    notices.show("Rated 1 photo")
    assert bar.texts == ["Rated 1 photo"]


def test_the_action_is_done_once_and_the_notice_goes(bar: NoticeBar) -> None:
    undone: list[int] = []
    notices = Notices(bar)
    notices.listen(bar.show_notice)
    notices.show("Rated 12 photos", Action("Undo", lambda: undone.append(1)))
    button = bar._lines[0].action_button
    assert button is not None
    button.click()
    assert (undone, bar.texts) == ([1], [])


def test_a_bug_is_logged_with_its_stack_and_told_in_a_sentence(
    bar: NoticeBar, caplog: pytest.LogCaptureFixture
) -> None:
    notices = Notices(bar)
    notices.listen(bar.show_notice)
    notices.error(ZeroDivisionError("division by zero"))
    assert "division by zero" in bar.texts[0]
    assert "ZeroDivisionError" in caplog.text
