"""Neither the key nor a picture that was sent is found again: in the library, a crash report, a notice, a fault."""

from __future__ import annotations

import base64
import json
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.crash import CrashReport
from desktop.jobs.requests import Stage
from desktop.notices import Notice
from desktop.session import Session
from desktop.views.cloud.faults import said
from engines.analysis.asking import chosen_service
from engines.cloud.key import delete_key, keep_for_this_run
from engines.secret import Secret
from tests.cloud_server import CloudServer

KEY = "nvapi-SENTINEL0123456789abcdefghij"


def test_the_window_keeps_neither_key_nor_picture(
    session: Session,
    items: list[int],
    server: CloudServer,
    photos: Path,
    told: list[Notice],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = chosen_service(session.settings.cloud)
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)  # the fault below is one that is meant
    report = CrashReport(session.library.folder / "logs" / "running.txt")
    try:
        keep_for_this_run(service, Secret(KEY))
        store = session.library.cloud
        store.allow(str(photos), service.name)
        store.add(store.contents_of(items), "description")
        session.requests.go_on()
        qtbot.waitUntil(lambda: session.requests.queue.stage is Stage.IDLE and len(server.asked) == 3, timeout=60_000)
        assert all(one["headers"]["Authorization"] == f"Bearer {KEY}" for one in server.asked)
        echo = json.dumps({"detail": f"odd key {KEY}"})
        server.order({"match": "/chat/", "times": 99, "status": 401, "body": echo})
        store.add(store.contents_of(items), "description", again=True)
        session.requests.go_on()
        qtbot.waitUntil(lambda: session.requests.queue.stage is Stage.STOPPED, timeout=60_000)
        try:
            raise ValueError(f"a fault of ours with {KEY} in its text")
        except ValueError:
            threading.excepthook(threading.ExceptHookArgs([*sys.exc_info(), None]))
        trouble = session.requests.queue.trouble
        assert trouble is not None
        written = [path.read_bytes() for path in session.library.folder.rglob("*") if path.is_file()]
        written += [text.encode() for text in (said(trouble), trouble.text, *(notice.text for notice in told))]
        assert any(b"ValueError" in one for one in written)  # the crash report is among them
        sent = base64.b64decode(server.asked[0]["body"])
        picture = json.loads(sent)["messages"][-1]["content"][0]["image_url"]["url"].partition(",")[2].encode()
        for one in written:
            assert KEY.encode() not in one
            assert picture[200:260] not in one
            assert base64.b64decode(picture)[150:200] not in one
    finally:
        report.close()
        delete_key(service)
