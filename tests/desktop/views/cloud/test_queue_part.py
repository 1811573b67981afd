"""The cloud queue in the activity panel: what it says, and that its buttons do what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs.requests import Queue, Stage
from desktop.session import Session
from desktop.views.cloud.indicator import CloudIndicator
from desktop.views.cloud.queue_part import QueuePart, detail, figures
from engines.analysis.cloud_phases import DESCRIPTION
from engines.library.cloud.calls import Meter
from engines.types import Message
from tests.cloud_server import CloudServer
from tests.desktop.views.answering import agree


@pytest.fixture
def part(session: Session, items: list[int], photos: Path, server: CloudServer, qtbot: QtBot) -> QueuePart:
    session.library.cloud.allow(str(photos), server.host.removeprefix("http://"))
    part = QueuePart(session)
    qtbot.addWidget(part)
    return part


def ask(session: Session, items: list[int]) -> None:
    store = session.library.cloud
    store.add(store.contents_of(items), DESCRIPTION.name)
    session.requests.go_on()


def buttons(part: QWidget) -> dict[str, QPushButton]:
    return {one.text(): one for one in part.findChildren(QPushButton) if not one.isHidden()}


def texts(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if not one.isHidden())


def wait_for(session: Session, stage: Stage, qtbot: QtBot) -> Queue:
    qtbot.waitUntil(lambda: session.requests.queue.stage is stage, timeout=60_000)
    return session.requests.queue


def test_nothing_is_shown_where_nothing_was_asked(part: QueuePart) -> None:
    assert part.isHidden()


def test_what_waits_is_worked_off_and_counted(
    part: QueuePart, session: Session, items: list[int], qtbot: QtBot
) -> None:
    ask(session, items)
    wait_for(session, Stage.RUNNING, qtbot)
    assert not part.isHidden()
    assert set(buttons(part)) == {"Pause", "Do not ask…"}
    queue = wait_for(session, Stage.IDLE, qtbot)
    assert (queue.answered, queue.queued, queue.failed) == (3, 0, 0)
    part.panel_shown()
    qtbot.waitUntil(lambda: "Today 3 requests" in texts(part), timeout=10_000)
    assert "Answers take 0.0 s" in texts(part)


def test_a_pause_lasts_and_is_taken_back(
    part: QueuePart, session: Session, items: list[int], server: CloudServer, qtbot: QtBot
) -> None:
    session.requests.pause()
    qtbot.waitUntil(lambda: session.library.cloud.paused, timeout=10_000)
    ask(session, items)
    queue = wait_for(session, Stage.PAUSED, qtbot)
    qtbot.waitUntil(lambda: session.requests.queue.queued == 3, timeout=10_000)
    assert "Paused, also after a restart. 3 requests wait." in texts(part)
    assert server.asked == []
    assert queue.answered == 0
    buttons(part)["Go on"].click()
    qtbot.waitUntil(lambda: session.requests.queue.answered == 3, timeout=60_000)


def test_what_failed_is_listed_and_tried_again(
    part: QueuePart, session: Session, items: list[int], server: CloudServer, qtbot: QtBot
) -> None:
    server.order({"match": "/chat/", "times": 2, "status": 422, "body": json.dumps({"detail": "too odd"})})
    ask(session, items)
    qtbot.waitUntil(lambda: session.requests.queue.failed == 2, timeout=60_000)
    wait_for(session, Stage.IDLE, qtbot)
    part.panel_shown()
    (shown,) = part.findChildren(QListView)
    qtbot.waitUntil(lambda: shown.model().rowCount() == 2, timeout=10_000)
    assert re.match(r"\d.jpg · Description\n.*too odd", str(shown.model().index(0, 0).data()))
    shown.setCurrentIndex(shown.model().index(1, 0))
    buttons(part)["Retry selected"].click()
    qtbot.waitUntil(lambda: len(server.asked) == 4, timeout=60_000)
    queue = wait_for(session, Stage.IDLE, qtbot)
    assert (queue.answered, queue.failed) == (1, 1)
    part.panel_shown()
    qtbot.waitUntil(lambda: shown.model().rowCount() == 1, timeout=10_000)
    buttons(part)["Retry all"].click()
    qtbot.waitUntil(lambda: len(server.asked) == 5, timeout=60_000)
    qtbot.waitUntil(lambda: session.requests.queue.is_empty, timeout=10_000)


def test_what_only_a_person_can_mend_leads_to_the_settings(
    part: QueuePart, session: Session, items: list[int], server: CloudServer, qtbot: QtBot
) -> None:
    server.order({"match": "/chat/", "times": 99, "status": 401, "body": "{}"})
    ask(session, items)
    queue = wait_for(session, Stage.STOPPED, qtbot)
    assert queue.queued == 3
    assert "The service does not accept the API key" in texts(part)
    with qtbot.waitSignal(session.settings_requested):
        buttons(part)["Settings"].click()
    server.order()
    buttons(part)["Go on"].click()
    qtbot.waitUntil(lambda: session.requests.queue.is_empty, timeout=60_000)


def test_where_nobody_answers_it_waits_by_itself(
    part: QueuePart, session: Session, items: list[int], qtbot: QtBot
) -> None:
    store, chosen = session.library.cloud, session.settings.with_value("cloud.models", ("test/vision",))
    store.allow("/", "127.0.0.1:9")
    session.set_settings(chosen.with_value("cloud.address", "http://127.0.0.1:9/v1"))
    for phase in ("description", "products", "suggested tags"):
        store.add(store.contents_of(items), phase)
    session.requests.go_on()
    queue = wait_for(session, Stage.WAITING, qtbot)
    assert (queue.queued, queue.failed) == (9, 0)
    assert "cannot be reached" in texts(part)
    assert session.requests._later.isActive()
    buttons(part)["Do not ask…"].click()
    agree(part, "Do not ask")
    qtbot.waitUntil(lambda: session.requests.queue.is_empty, timeout=10_000)
    assert store.waiting() == []


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_words(stage: Stage) -> None:
    assert detail(Queue(stage, 412, 2, 40, 310.0, Message("odd", "Something is odd."))).strip()


def test_refused_credits_are_told() -> None:
    told = figures(Meter(3, 14, 300_000, 1_400_000, 2, 1.2, 3.4))
    assert "2 were refused for lack of credits." in told
    assert "Answers take 1.2 s, 95 % of them at most 3.4 s." in told


def test_the_status_bar_says_that_something_waits(session: Session, qtbot: QtBot) -> None:
    indicator = CloudIndicator(session.shortcuts.action("show_activity"))
    qtbot.addWidget(indicator)
    assert indicator.isHidden()
    indicator.show_queue(Queue(Stage.RUNNING, 412))
    assert (indicator.text().strip(), indicator.isHidden()) == ("Asking, 412 wait", False)
    indicator.show_queue(Queue(Stage.PAUSED, 1))
    assert indicator.text().strip() == "Paused, 1 waits"
    indicator.show_queue(Queue(failed=2))
    assert indicator.text().strip() == "2 failed"
