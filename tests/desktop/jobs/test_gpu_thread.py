"""The threads of the networks: fed through a desk for each run, they keep networks loaded only where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread

from desktop.jobs import gpu_thread
from desktop.jobs.gpu_thread import NetworkThread, NetworkThreads
from engines.analysis.attendant import Attendant
from engines.analysis.desk import ThreadDesk
from engines.analysis.networks import Networks
from engines.errors import UsageError
from engines.settings import Settings
from engines.types import Inferred
from tests.seeing import Cabinet, picture


def test_networks_are_run_in_the_thread_and_freed_with_it() -> None:
    ran_in: list[QThread] = []
    cabinet = Cabinet(lambda runner: ran_in.append(QThread.currentThread()))
    attendant = Attendant(Networks(cabinet))
    desk = ThreadDesk(attendant.networks)
    thread = NetworkThread(attendant)
    thread.start()
    attendant.attend(desk, 0)
    desk.submit(picture(1))
    found: list[Inferred] = []
    while desk.busy:
        found += desk.collect(10)
    desk.close()
    attendant.close()
    assert thread.wait(10_000)
    assert [one.digest for one in found] == [picture(1).digest]
    assert set(ran_in) == {thread}
    assert [runner.freed for runner in cabinet.runners.values()] == [1, 1]


@pytest.fixture
def threads() -> Iterator[NetworkThreads]:
    threads = NetworkThreads()
    yield threads
    threads.close()


def test_a_photo_is_looked_at_by_the_real_networks(threads: NetworkThreads) -> None:
    with threads.start_desk(Settings()) as desk:
        desk.submit(picture(90, "objects"))
        (found,) = desk.collect(60)
        (running,) = threads.networks[0].running
    assert [done.problem for done in found.done] == [None]
    assert (running.name, running.back_end, running.precision, running.pictures) == (
        "yolov3-tiny", "openvino", "fp32", 1
    )  # fmt: skip


def test_a_back_end_that_cannot_be_had_is_told(threads: NetworkThreads) -> None:
    settings = Settings().with_value("inference.back_end", "tensorrt")
    with pytest.raises(UsageError, match="cannot be had"), threads.start_desk(settings):
        pass


@pytest.fixture
def cabinets(monkeypatch: pytest.MonkeyPatch) -> list[Cabinet]:
    """One for each time that networks are made."""
    made: list[Cabinet] = []

    def make(settings: Settings) -> tuple[Networks, ...]:
        made.append(Cabinet())
        return (Networks(made[-1]),)

    monkeypatch.setattr(gpu_thread, "networks_on_all", make)
    return made


def look(threads: NetworkThreads, settings: Settings) -> None:
    with threads.start_desk(settings) as desk:
        desk.submit(picture(1))
        while desk.busy:
            desk.collect(10)


def test_networks_on_the_processor_leave_with_the_run_unless_they_shall_stay(
    threads: NetworkThreads, cabinets: list[Cabinet]
) -> None:
    look(threads, Settings())
    look(threads, Settings())
    threads.close()
    assert [sum(runner.freed for runner in one.runners.values()) for one in cabinets] == [2]
    assert cabinets[0].loads == 4
    look(threads, keeping := Settings().with_value("inference.keep_loaded", "on"))
    look(threads, keeping)
    threads.close()
    assert cabinets[1].loads == 2


def test_another_precision_makes_other_networks(threads: NetworkThreads, cabinets: list[Cabinet]) -> None:
    look(threads, keeping := Settings().with_value("inference.keep_loaded", "on"))
    look(threads, keeping.with_value("analysis.precision", "int8"))
    assert len(cabinets) == 2


def test_what_stays_is_given_back_when_asked_and_loaded_again(threads: NetworkThreads, cabinets: list[Cabinet]) -> None:
    look(threads, keeping := Settings().with_value("inference.keep_loaded", "on"))
    threads.give_back()
    look(threads, keeping)
    assert cabinets[0].loads == 4
