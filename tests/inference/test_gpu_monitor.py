"""What cards do, told by a recorded driver: every number may be missing, and the driver may go away."""

from __future__ import annotations

import pytest

from engines.inference.gpu_monitor import GpuMonitor
from tests.recorded_nvml import GB, Driver


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def driver() -> Driver:
    return Driver()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def monitor(driver: Driver, clock: Clock) -> GpuMonitor:
    return GpuMonitor(driver, clock)


def test_cards_are_known_by_uuid_name_and_capability(monitor: GpuMonitor) -> None:
    first, second = monitor.gpus()
    assert (first.uuid, first.name, first.capability, first.memory) == (
        "GPU-3060", "NVIDIA GeForce RTX 3060", (8, 6), 12 * GB
    )  # fmt: skip
    assert (second.uuid, second.name) == ("GPU-T4", "Tesla T4")  # older drivers answer in bytes
    assert monitor.driver == "581.15"


def test_a_reading_has_its_units(monitor: GpuMonitor) -> None:
    reading = monitor.read(frozenset({10}))[0]
    assert (reading.load, reading.used, reading.ours, reading.power) == (87, 3 * GB, GB, 132.5)
    assert (reading.temperature, reading.clock, reading.encoder, reading.decoder) == (67, 1777, 12, 3)


def test_what_a_card_does_not_tell_is_none_and_costs_nothing_else(monitor: GpuMonitor) -> None:
    passive = monitor.read(frozenset({10}))[1]
    assert (passive.fan, passive.ours) == (None, None)  # no fan, and Windows hides the memory of programs
    assert passive.temperature == 41


@pytest.mark.parametrize("name", list(Driver.RECORDED))
def test_any_single_question_may_be_refused(name: str, driver: Driver, monitor: GpuMonitor) -> None:
    """Also the one for memory, of which a card that shares the computer's has none of its own."""
    driver.failing[name] = 3
    readings = monitor.read()
    assert [reading.total for reading in readings] in ([12 * GB, 16 * GB], [None, None])
    assert all(reading.load is not None or reading.temperature is not None for reading in readings)


@pytest.mark.parametrize(("value", "reason"), [
    (12, "No NVIDIA driver was found."), (9, "No NVIDIA driver was found."), (18, "was not started again since"),
    (999, "does not answer"),
])  # fmt: skip
def test_without_a_driver_the_reason_is_a_sentence(
    value: int, reason: str, driver: Driver, monitor: GpuMonitor
) -> None:
    driver.failing["nvmlInit"] = value
    assert monitor.read() == ()
    assert reason in str(monitor.reason)


def test_a_driver_that_was_reset_is_asked_again_after_a_while(
    driver: Driver, monitor: GpuMonitor, clock: Clock
) -> None:
    assert len(monitor.read()) == 2
    driver.failing["nvmlDeviceGetMemoryInfo"] = 15  # the card is lost
    assert monitor.read() == ()
    assert "does not answer" in str(monitor.reason)
    driver.failing.clear()
    clock.now += 5
    assert monitor.read() == ()
    clock.now += 6
    assert len(monitor.read()) == 2
    assert (driver.inits, monitor.reason) == (2, None)


def test_this_computer_answers_one_way_or_the_other() -> None:
    monitor = GpuMonitor()
    assert monitor.gpus() or monitor.reason
    monitor.close()
