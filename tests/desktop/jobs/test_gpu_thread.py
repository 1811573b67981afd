"""The thread of the networks: starts with a run, is fed through its desk, and has ended after it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QThread

from desktop.jobs.gpu_thread import NetworkThread, start_desk
from engines.analysis.desk import ThreadDesk
from engines.analysis.networks import Networks
from engines.errors import UsageError
from engines.settings import Settings
from engines.types import Inferred
from tests.seeing import Cabinet, picture


def test_networks_are_run_in_the_thread_and_freed_with_it() -> None:
    ran_in: list[QThread] = []
    cabinet = Cabinet(lambda runner: ran_in.append(QThread.currentThread()))
    desk = ThreadDesk(Networks(cabinet))
    thread = NetworkThread(desk)
    thread.start()
    desk.submit(picture(1))
    found: list[Inferred] = []
    while desk.busy:
        found += desk.collect(10)
    desk.close()
    assert thread.wait(10_000)
    assert [one.digest for one in found] == [picture(1).digest]
    assert set(ran_in) == {thread}
    assert [runner.freed for runner in cabinet.runners.values()] == [1, 1]


def test_a_photo_is_looked_at_by_the_real_networks() -> None:
    with start_desk(Settings()) as desk:
        desk.submit(picture(90, "objects"))
        (found,) = desk.collect(60)
    assert [done.problem for done in found.done] == [None]


def test_a_back_end_that_cannot_be_had_is_told() -> None:
    settings = Settings().with_value("inference.back_end", "tensorrt")
    with pytest.raises(UsageError, match="cannot be had"), start_desk(settings):
        pass
