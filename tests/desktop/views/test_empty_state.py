"""What stands in an empty place can be read, however long it is."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.views.empty_state import EmptyState


def test_long_sentences_have_the_room_they_need(qtbot: QtBot) -> None:
    state = EmptyState("images", "A sentence as German has them " * 4, hint="And more of it below " * 12, action="Do")
    qtbot.addWidget(state)
    state.resize(1000, 700)
    with qtbot.waitExposed(state):
        state.show()
    for label in (state.sentence, state.hint):
        assert label.height() >= label.heightForWidth(label.width()) > 40
