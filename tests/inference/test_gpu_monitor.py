"""What cards do, told by a recorded driver: every number may be missing, and the driver may go away."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from engines.inference.gpu_monitor import GpuMonitor

GB = 1 << 30


class NvmlError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__(f"error {value}")
        self.value = value


class Driver:
    """nvidia-ml-py as far as it is asked, with what an RTX 3060 and a T4 said. failing: calls that raise, by name."""

    NVMLError = NvmlError
    NVML_ERROR_LIBRARY_NOT_FOUND, NVML_ERROR_DRIVER_NOT_LOADED, NVML_ERROR_LIB_RM_VERSION_MISMATCH = 12, 9, 18
    NVML_TEMPERATURE_GPU, NVML_CLOCK_SM = 0, 1

    RECORDED: ClassVar[dict[str, Any]] = {
        "nvmlSystemGetDriverVersion": "581.15",
        "nvmlDeviceGetCount": 2,
        "nvmlDeviceGetUUID": ("GPU-3060", b"GPU-T4"),
        "nvmlDeviceGetName": ("NVIDIA GeForce RTX 3060", b"Tesla T4"),
        "nvmlDeviceGetCudaComputeCapability": ((8, 6), (7, 5)),
        "nvmlDeviceGetMemoryInfo": (
            SimpleNamespace(total=12 * GB, used=3 * GB, free=9 * GB),
            SimpleNamespace(total=16 * GB, used=GB, free=15 * GB),
        ),
        "nvmlDeviceGetUtilizationRates": (SimpleNamespace(gpu=87, memory=41), SimpleNamespace(gpu=0, memory=0)),
        "nvmlDeviceGetPowerUsage": (132_500, 9_000),
        "nvmlDeviceGetEnforcedPowerLimit": (170_000, 70_000),
        "nvmlDeviceGetEncoderUtilization": ([12, 167_000], [0, 167_000]),
        "nvmlDeviceGetDecoderUtilization": ([3, 167_000], [0, 167_000]),
        "nvmlDeviceGetTemperature": (67, 41),
        "nvmlDeviceGetFanSpeed": (45, None),
        "nvmlDeviceGetClockInfo": (1777, 300),
        "nvmlDeviceGetCurrentClocksEventReasons": (0, 1),
        "nvmlDeviceGetComputeRunningProcesses": (
            [SimpleNamespace(pid=10, usedGpuMemory=GB), SimpleNamespace(pid=11, usedGpuMemory=2 * GB)],
            [SimpleNamespace(pid=10, usedGpuMemory=None)],
        ),
    }

    def __init__(self) -> None:
        self.failing: dict[str, int] = {}
        self.inits = 0

    def nvmlInit(self) -> None:  # noqa: N802 -- the driver's name
        self.inits += 1
        self._fail("nvmlInit")

    def nvmlShutdown(self) -> None: ...  # noqa: N802 -- the driver's name

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:  # noqa: N802 -- the driver's name
        return index

    def _fail(self, name: str) -> None:
        if name in self.failing:
            raise NvmlError(self.failing[name])

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self.RECORDED:
            raise AttributeError(name)

        def ask(handle: int | None = None, *rest: object) -> Any:
            self._fail(name)
            recorded = self.RECORDED[name]
            value = recorded[handle] if handle is not None and isinstance(recorded, tuple) else recorded
            if value is None:
                raise NvmlError(3)  # not supported
            return value

        return ask


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


@pytest.mark.parametrize("name", [name for name in Driver.RECORDED if name not in (
    "nvmlDeviceGetCount", "nvmlDeviceGetMemoryInfo",
)])  # fmt: skip
def test_any_single_question_may_be_refused(name: str, driver: Driver, monitor: GpuMonitor) -> None:
    driver.failing[name] = 3
    assert [reading.total for reading in monitor.read()] == [12 * GB, 16 * GB]


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
